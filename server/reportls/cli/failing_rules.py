"""What is logged gets one line: the traceback of a rule that fails helps us and frightens others."""

from __future__ import annotations

import logging
import os

from reportls.cli.output import say


class _OneLine(logging.Handler):
    """Says each thing once: a rule that fails may do so at every question."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message not in self._said:
            self._said.add(message)
            is_ours = record.levelno >= logging.ERROR
            say(f"{message}: a mistake in reportls, please report it; all the other rules ran" if is_ours else message)


def keep_to_one_line() -> None:
    """Show failing rules as one line each on standard error, unless tracebacks are wanted."""
    logger = logging.getLogger("reportls")
    for handler in [*logger.handlers]:
        if isinstance(handler, _OneLine):
            logger.removeHandler(handler)
    if not os.environ.get("REPORTLS_TRACEBACK"):
        logger.addHandler(_OneLine())
