"""Processes that do one task after another. One that dies or takes too long is replaced, and costs its task alone."""

from __future__ import annotations

import multiprocessing
import signal
import time
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

Work = TypeVar("Work")
Result = TypeVar("Result")
_LIFE = 2_000
"""Tasks that one process does: what it keeps between tasks must not grow for ever."""
_GRACE = 2.0
"""Seconds in which a process may tidy up."""


class Lost(NamedTuple):
    """A task that its process did not finish."""

    why: str


class Workers(Generic[Work, Result]):
    """So many processes, each with at most one task at a time. To be used in a `with`, which ends them all."""

    def __init__(self, do: Callable[[Work], Result], size: int, seconds: float) -> None:
        """Say what is done with a task, a function that can be pickled, and how long that may take."""
        self._do = do
        self._size = size
        self._seconds = seconds
        self._workers: list[_Worker[Work]] = []

    def __enter__(self) -> Workers[Work, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        end = time.monotonic() + _GRACE
        for worker in self._workers:
            worker.end(max(end - time.monotonic(), 0))

    def results(self, tasks: Iterator[Work]) -> Iterator[tuple[Work, Result | Lost]]:
        """Do all tasks; results come as they are ready. A task is only asked for when a process is free to do it."""
        for task in tasks:
            self._give(self._free() or self._new(), task)
            if all(worker.task is not None for worker in self._workers) and len(self._workers) == self._size:
                yield from self._ready()
        while any(worker.task is not None for worker in self._workers):
            yield from self._ready()

    def _free(self) -> _Worker[Work] | None:
        return next((worker for worker in self._workers if worker.task is None), None)

    def _new(self) -> _Worker[Work]:
        self._workers.append(_Worker(self._do))
        return self._workers[-1]

    def _give(self, worker: _Worker[Work], task: Work) -> None:
        if not worker.begin(task, self._seconds):
            # It died while it had nothing to do.
            self._replace(worker)
            self._new().begin(task, self._seconds)

    def _replace(self, worker: _Worker[Work]) -> None:
        worker.end(0)
        self._workers.remove(worker)

    def _ready(self) -> Iterator[tuple[Work, Result | Lost]]:
        """What is ready first; at least one result, unless what is late was waited for in vain."""
        busy = [worker for worker in self._workers if worker.task is not None]
        first = min(worker.deadline for worker in busy)
        ready = wait([worker.connection for worker in busy], max(first - time.monotonic(), 0))
        for worker in busy:
            if worker.connection in ready:
                yield self._result(worker)
            elif worker.deadline <= time.monotonic():
                yield self._lost(worker, f"not done after {self._seconds:g} seconds")

    def _result(self, worker: _Worker[Work]) -> tuple[Work, Result | Lost]:
        try:
            result = worker.connection.recv()
        except (EOFError, OSError):
            return self._lost(worker, None)
        task = worker.finish()
        if worker.count >= _LIFE:
            self._replace(worker)
        return task, result

    def _lost(self, worker: _Worker[Work], why: str | None) -> tuple[Work, Lost]:
        task = worker.finish()
        self._replace(worker)
        return task, Lost(why or f"the process that judged it ended by itself{worker.exit_words}")


class _Worker(Generic[Work]):
    """One process, and our end of the line to it."""

    def __init__(self, do: Callable[[Work], object]) -> None:
        # A copy of this process might hold a lock that another thread has taken: the progress bar has one.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, do), daemon=True)
        with _without_interrupts():
            self._process.start()
        theirs.close()
        self.task: Work | None = None
        self.deadline = 0.0
        self.count = 0

    @property
    def exit_words(self) -> str:
        """How it ended."""
        code = self._process.exitcode
        if code is None or code == 0:
            return ""
        return f" (signal {-code})" if code < 0 else f" (code {code})"

    def begin(self, task: Work, seconds: float) -> bool:
        """Give it a task; False if it is no more."""
        try:
            self.connection.send(task)
        except OSError:
            return False
        self.task, self.deadline = task, time.monotonic() + seconds
        return True

    def finish(self) -> Work:
        """Its task, which is done with."""
        task, self.task = self.task, None
        assert task is not None
        self.count += 1
        return task

    def stop(self) -> None:
        """Tell it to end."""
        if self.task is None:
            self.connection.close()
        else:
            self._process.terminate()

    def end(self, seconds: float) -> None:
        """Wait until it has ended, and not much longer than so long."""
        self.connection.close()
        self._process.join(seconds)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """What is started meanwhile never sees Ctrl-C, which a terminal sends to all: we end it ourselves."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, do: Callable[[object], object]) -> None:
    """Do tasks until there are no more."""
    from reportls.cli.output import log_in_one_line

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    log_in_one_line()
    with suppress(EOFError, OSError):
        while True:
            connection.send(do(connection.recv()))


def _leave(*_: object) -> None:
    raise SystemExit(1)
