"""Runs tasks in worker processes. A worker that hangs, dies or runs out of memory loses only its current task."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")

MOST_MEMORY = 2_000_000_000
"""Limit on the address space of a worker in bytes. A real report takes 0.2 GB; the worst known, 3 MB of headings, 1.1
GB."""


class Lost(NamedTuple):
    """The result of a task that a worker did not finish."""

    why: str


def results(do: Callable[[T], R], tasks: Sequence[T], jobs: int, seconds: float) -> Iterator[tuple[int, R | Lost]]:
    """Yield each task's index and result as soon as the result is ready.

    `jobs` workers run in parallel; they must be able to import `do`. A task that takes more than `seconds` is lost. On
    a platform without processes, such as a browser, the tasks run one after another without a time limit.
    """
    if sys.platform in ("emscripten", "wasi"):
        yield from ((index, do(task)) for index, task in enumerate(tasks))
    else:
        yield from _from_processes(do, tasks, jobs, seconds)


def _from_processes(
    do: Callable[[T], R], tasks: Sequence[T], jobs: int, seconds: float
) -> Iterator[tuple[int, R | Lost]]:
    import multiprocessing

    from pebble import ProcessPool

    # A forked worker could inherit a lock that another thread holds, such as the progress bar's.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPool(min(jobs, len(tasks)), initializer=_prepare, context=context)
    try:
        with _without_interrupts():
            futures: dict[Future[R], int] = {
                pool.schedule(_run, (do, task), timeout=seconds): index for index, task in enumerate(tasks)
            }
        for future in as_completed(futures):
            result = _result(future, seconds)
            yield futures[future], result
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _run(do: Callable[[T], R], task: T) -> R:
    """Do a task in a worker. One that is told to end first removes what it has half written."""
    _Worker.is_busy = True
    try:
        return do(task)
    except SystemExit:
        os._exit(1)  # pebble would take it for the task's result and go on
    finally:
        _Worker.is_busy = False


class _Worker:
    """The state of this process, if it is a worker."""

    is_busy = False
    """Whether a task is running; it may have temporary files to remove."""


def _end(*_: object) -> None:
    if _Worker.is_busy:
        raise SystemExit(1)
    os._exit(1)  # while Python shuts down, an exception would be printed


def _result(future: Future[R], seconds: float) -> R | Lost:
    from concurrent.futures import TimeoutError as TooLongError
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    try:
        return future.result()
    except TooLongError:
        return Lost(f"not done after {seconds:g} seconds")
    except ProcessExpired as error:
        return Lost(f"the process that judged it ended unexpectedly{_exit_words(error.exitcode)}")
    except MemoryError:
        return Lost(f"it needs more than {MOST_MEMORY / 1e9:g} GB of memory")
    except BrokenProcessPool:
        return Lost("the processes that judge were lost: try again")


def _exit_words(code: int) -> str:
    return f" (signal {-code})" if code < 0 else f" (code {code})"


def _prepare() -> None:
    """Initialise a worker: limit its memory and print its log on single lines."""
    from reportls.cli.output import log_in_one_line

    log_in_one_line()
    if sys.platform != "win32":
        import resource

        # pebble's own handler ends the process on the spot and leaves half-written pages behind.
        signal.signal(signal.SIGTERM, _end)

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Block Ctrl-C in workers that are started meanwhile.

    A terminal sends it to all processes, but we stop the workers ourselves. Threads inherit the signal mask, and so do
    the processes that they start.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
