"""Message boundaries: in byte streams, which the protocol's base layer describes, and where transports keep them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 100_000_000
"""Longest message that is accepted: a client would have to open a text of that size."""
_LONGEST_HEADER = 4096

_HEADER_END = b"\r\n\r\n"
_FIELD = re.compile(rb"(?P<name>[A-Za-z-]+):[ \t]*(?P<value>[^\r\n]*)")


class Bad(NamedTuple):
    """Bytes that are not a message."""

    reason: str
    is_fatal: bool
    """Whether the session ends here."""


class Framing(Protocol):
    """Turns received bytes into message bodies, and message bodies into bytes to send."""

    @property
    def is_amid(self) -> bool:
        """Whether a message has begun to arrive, so that the rest of it is on its way."""

    def decode(self, data: bytes) -> Iterator[bytes | Bad]:
        """Yield the body of each message that these bytes complete, and one `Bad` per run of invalid bytes."""

    def encode(self, body: bytes) -> bytes:
        """Return the bytes that transport one message body."""


class MessageFraming:
    """For transports that deliver whole messages, such as web sockets and workers."""

    is_amid = False

    def decode(self, data: bytes) -> Iterator[bytes | Bad]:
        """See `Framing`."""
        yield data

    def encode(self, body: bytes) -> bytes:
        """See `Framing`."""
        return body


class HeaderFraming:
    """For byte streams: each message follows a header with its `Content-Length`."""

    def __init__(self, *, is_trusted: bool = True) -> None:
        """Start before the first header; a client that is not trusted may not send anything invalid."""
        self._is_trusted = is_trusted
        self._buffer = bytearray()
        self._skipped = 0
        """Number of bytes still to come of a message that is too long."""

    @property
    def is_amid(self) -> bool:
        """See `Framing`."""
        return bool(self._buffer)

    def decode(self, data: bytes) -> Iterator[bytes | Bad]:
        """See `Framing`."""
        self._buffer += data
        while self._has_skipped():
            end = self._buffer.find(_HEADER_END)
            # More than any client's header: then these bytes are no header.
            if end < 0 and len(self._buffer) <= _LONGEST_HEADER:
                return
            length = _length_in(bytes(self._buffer[:end])) if end >= 0 else None
            if length is None:
                yield self._resynchronised()
            elif length > MOST_BYTES:
                self._skipped = end + len(_HEADER_END) + length
                yield self._bad(f"a message of {length} bytes is longer than {MOST_BYTES}")
            else:
                start = end + len(_HEADER_END)
                if len(self._buffer) < start + length:
                    return
                body = bytes(self._buffer[start : start + length])
                del self._buffer[: start + length]
                yield body

    def encode(self, body: bytes) -> bytes:
        """See `Framing`."""
        return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)

    def _bad(self, reason: str) -> Bad:
        return Bad(reason, is_fatal=not self._is_trusted)

    def _has_skipped(self) -> bool:
        """Drop bytes of a message that is too long; return whether other bytes are left."""
        dropped = min(self._skipped, len(self._buffer))
        del self._buffer[:dropped]
        self._skipped -= dropped
        return bool(self._buffer) and not self._skipped

    def _resynchronised(self) -> Bad:
        """Skip to the next bytes that look like a header, or drop everything."""
        found = re.search(rb"content-length:", self._buffer[1:], re.IGNORECASE)
        if found:
            del self._buffer[: found.start() + 1]
        else:
            self._buffer.clear()
        return self._bad("there is no header with a `Content-Length`")


def _length_in(header: bytes) -> int | None:
    """Return the `Content-Length`; None if this is not a header or has none."""
    length = None
    for line in header.split(b"\r\n"):
        field = _FIELD.fullmatch(line)
        if not field:
            return None
        if field["name"].lower() == b"content-length":
            # Fifteen digits are more than any disk holds, and keep `int` from reading megabytes of digits.
            if not re.fullmatch(rb"[0-9]{1,15}", field["value"].strip()):
                return None
            length = int(field["value"])
    return length
