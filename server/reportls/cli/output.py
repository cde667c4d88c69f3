"""The results of a command: text on standard output, messages and progress on standard error, and exit codes."""

from __future__ import annotations

import logging
import os
import sys
import time
from contextlib import suppress
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reportls.cli.terminal import Styled, cut, terminal_of
from reportls.cli.text_width import printable
from reportls.render import ci_safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FINE = 0
"""The check completes, every question passes and no warning or error is left."""
NOT_YET = 1
"""A question fails or is unanswered, or a warning or error is left."""
NOT_AS_ASKED = 2
"""The command cannot be run as asked: bad usage, a file that cannot be read, or a broken configuration."""
INTERRUPTED = 130
"""The command was interrupted with Ctrl-C."""
BROKEN_PIPE = 141
"""The reader of the output, such as `head`, has gone; shells report the signal SIGPIPE as this code."""
_PATIENCE = 0.7
"""Seconds before the bar appears; importing the library that draws it takes a sixth of that."""
_FORMULAS = ("=", "+", "-", "@", "::", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Beginnings of a cell that spreadsheets read as a formula, and `::`, which starts a workflow command of GitHub.

The last four are the fullwidth forms of the first four.
"""

T = TypeVar("T")


class UsageError(Exception):
    """A command cannot be run as asked; the message says why and, where not obvious, what to do."""


def refuse(contradictions: Mapping[str, bool]) -> None:
    """Refuse options that do not go together; each message is given with whether it holds.

    Raises:
        UsageError: one does.
    """
    for message, holds in contradictions.items():
        if holds:
            raise UsageError(message)


def refuse_source(target: Path, others: Iterable[str | Path | None] = ()) -> None:
    """Refuse to replace a file that is somebody's work by output: a Markdown file, a setting, or one of `others`.

    Raises:
        UsageError: the target is such a file, and not empty.
    """
    from reportls.host.configuration import OWN, SHARED
    from reportls.host.loading import SCRIPT
    from reportls.host.paths import SUFFIXES, is_same_file, shown

    is_source = target.suffix.lower() in SUFFIXES or target.name in {OWN, SHARED, SCRIPT}
    if not is_source and not any(is_same_file(target, Path(other)) for other in others if other):
        return
    with suppress(OSError, ValueError):  # it does not exist, or the writing will say what is wrong
        if target.stat().st_size:
            raise UsageError(f"{shown(target)}: this is a source, not an output: name another file for the output")


def write_out(text: str, *, as_utf8: bool = False) -> None:
    r"""Write to standard output; `as_utf8` writes UTF-8 with `\n` as line end, for other programs.

    Raises:
        UsageError: writing failed, for example because the disk is full.
    """
    stream = sys.stdout
    if isinstance(stream, TextIOWrapper):
        if as_utf8:
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        else:
            # A report may have characters that the terminal's encoding lacks; an escape is better than no output.
            stream.reconfigure(errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        raise UsageError(f"standard output: {error.strerror}") from None


def without_commands(text: str) -> str:
    """Return the text so that GitHub Actions, if this runs there, finds no workflow command in it."""
    return ci_safe.without_commands(text, ci_safe.PLAIN) if os.environ.get("GITHUB_ACTIONS") else text


def json_without_commands(text: str) -> str:
    """Return JSON with the same content in which GitHub Actions finds no workflow command."""
    return ci_safe.without_commands(text, ci_safe.JSON)


def open_missing_streams() -> None:
    """Discard output if standard output or standard error is closed, as in some services."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  # open to the end


def drop_output() -> None:
    """Discard further output: flushing the buffer at Python's exit would raise the error again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str, style: str = "") -> None:
    """Print a message on standard error, on one line if that is no terminal.

    `style` is `error` or `warning`, "" for what is neither.
    """
    said = [Styled(style or "reportls", style), Styled(f": {printable(message)}")]
    with suppress(OSError):
        lines = cut(said, terminal_of(sys.stderr), hanging="  ")
        print(without_commands("\n".join(lines)), file=sys.stderr)


def complain(message: str) -> None:
    """Print on standard error why the command, or a part of it, cannot be done."""
    say(message, "error")


def warn(message: str) -> None:
    """Print on standard error what the user should know although the command goes on."""
    say(message, "warning")


class _OneLine(logging.Handler):
    """Prints each message once: a rule that raises may do so in every question."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message not in self._said:
            self._said.add(message)
            if record.levelno >= logging.ERROR:
                complain(f"{message}: a bug in reportls, please report it; all the other rules ran")
            else:
                warn(message)


def log_in_one_line() -> None:
    """Print logged warnings and errors on one line each, unless `REPORTLS_TRACEBACK` asks for tracebacks."""
    logger = logging.getLogger("reportls")
    logger.handlers = [handler for handler in logger.handlers if not isinstance(handler, _OneLine)]
    if not os.environ.get("REPORTLS_TRACEBACK"):
        logger.addHandler(_OneLine())


def with_progress(reports: Sequence[T]) -> Iterator[T]:
    """Yield the reports; show a bar if the loop takes long, there are several, and standard error is a terminal."""
    return progress_of(reports, len(reports), "reports")


def progress_of(items: Iterable[T], total: int, things: str) -> Iterator[T]:
    """Yield the items; show a bar if the loop takes long, `total` is above 1, and standard error is a terminal."""
    if total <= 1 or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    start = time.monotonic()
    left = iter(items)
    # The bar takes over in the middle, as rich is too slow to import for a loop that is over at once.
    for done, item in enumerate(left, start=1):
        yield item
        if time.monotonic() - start > _PATIENCE:
            yield from _with_bar(left, done, total, things)


def _with_bar(items: Iterator[T], done: int, total: int, things: str) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(things), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(things, total=total, completed=done)
        for item in items:
            progress.advance(task)
            yield item


def csv_line(cells: Iterable[str]) -> str:
    """Return one line with the cells, with the line end of RFC 4180."""
    from csv import writer

    text = StringIO()
    writer(text).writerow([_harmless(cell) for cell in cells])
    return text.getvalue()


def utc(seconds: int) -> str:
    """Return a time in seconds from the epoch as spreadsheets and programs read it: `2026-01-03T13:02:00Z`."""
    from datetime import datetime, timezone

    return datetime.fromtimestamp(seconds, timezone.utc).isoformat().replace("+00:00", "Z")


def _harmless(cell: str) -> str:
    """Return the cell on one line, after an apostrophe if it could be taken for a formula or a command."""
    # Spreadsheets skip blanks before a formula, so they do not make it harmless.
    plain = printable(cell)
    return ci_safe.without_commands(f"'{plain}" if plain.lstrip().startswith(_FORMULAS) else plain, ci_safe.PLAIN)
