"""Turns logged errors into failures, because a rule that raises is only logged."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Raising(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise AssertionError(self.format(record))


@contextmanager
def nothing_fails() -> Iterator[None]:
    """Raise an exception for an error that is logged meanwhile."""
    logger, handler = logging.getLogger("reportls"), _Raising(logging.ERROR)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
