"""Sends log records to the client's log, and to a file if one is given.

Only records of level DEBUG contain text of a report.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportls.lsp.rpc.endpoint import Endpoint

ERROR, WARNING, INFO = 1, 2, 3
"""The specification's types of messages that are logged or shown."""
_KINDS = {logging.WARNING: WARNING, logging.INFO: INFO}
_MOST_TOLD = 1000
"""Number of different messages that are remembered; after that, repetitions are sent again, so that memory stays
bounded."""


def prepare_logs(file: Path | None = None) -> None:
    """Write all records to the file, if there is one, including messages with text of reports.

    Raises:
        OSError: the file cannot be written.
    """
    # pygls logs whole messages, text of reports included, at INFO and above.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    # websockets logs a traceback for every client that does not speak its protocol.
    logging.getLogger("websockets").setLevel(logging.CRITICAL)
    logger = logging.getLogger("reportls")
    logger.propagate = False
    logger.setLevel(logging.DEBUG if file else logging.INFO)
    if file:
        handler = logging.FileHandler(file, encoding="utf-8", errors="backslashreplace")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logger.addHandler(handler)


@contextmanager
def told_to(endpoint: Endpoint) -> Iterator[None]:
    """Send what this thread logs to the client while the context lasts: each session has a thread of its own."""
    handler = tell(endpoint)
    try:
        yield
    finally:
        logging.getLogger("reportls").removeHandler(handler)


def tell(endpoint: Endpoint) -> logging.Handler:
    """Send what this thread logs to the client from now on; return the handler that does so."""
    handler = _ClientHandler(endpoint)
    logging.getLogger("reportls").addHandler(handler)
    return handler


class _ClientHandler(logging.Handler):
    """Sends each message once: a rule that fails may do so at every keystroke."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(logging.INFO)
        self._endpoint = endpoint
        self._thread = threading.get_ident()
        self._told: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = self.format(record)
        # Before `initialize` is answered, a client need not understand anything.
        if record.thread != self._thread or message in self._told or not self._endpoint.is_initialized:
            return
        if len(self._told) >= _MOST_TOLD:
            self._told.clear()
        self._told.add(message)
        kind = _KINDS.get(record.levelno, ERROR)
        self._endpoint.notify("window/logMessage", {"type": kind, "message": f"reportls: {message}"})
