"""Writes to standard output and standard error: results, one-line messages, and the log."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import cast

from reportls.cli.exits import UsageError
from reportls.cli.styled import Styled, cut
from reportls.cli.terminal import terminal_of
from reportls.cli.text_width import printable
from reportls.render import ci_safe


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
            stream.reconfigure(errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        message = f"standard output: {error.strerror}"
        raise UsageError(message) from None


def without_commands(text: str) -> str:
    """Return the text so that GitHub Actions, if this runs there, finds no workflow command in it."""
    return ci_safe.without_commands(text, ci_safe.PLAIN) if os.environ.get("GITHUB_ACTIONS") else text


def json_without_commands(text: str) -> str:
    """Return JSON with the same content in which GitHub Actions finds no workflow command."""
    return ci_safe.without_commands(text, ci_safe.JSON)


def open_missing_streams() -> None:
    """Discard output if standard output or standard error is closed, as in some services."""
    # The type stubs declare that these are never None.
    if cast("object", sys.stdout) is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # open to the end
    if cast("object", sys.stderr) is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # open to the end


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
            is_ours = record.levelno >= logging.ERROR
            if is_ours:
                complain(f"{message}: a bug in reportls, please report it; all the other rules ran")
            else:
                warn(message)


def log_in_one_line() -> None:
    """Print logged warnings and errors on one line each, unless `REPORTLS_TRACEBACK` asks for tracebacks."""
    logger = logging.getLogger("reportls")
    for handler in [*logger.handlers]:
        if isinstance(handler, _OneLine):
            logger.removeHandler(handler)
    if not os.environ.get("REPORTLS_TRACEBACK"):
        logger.addHandler(_OneLine())
