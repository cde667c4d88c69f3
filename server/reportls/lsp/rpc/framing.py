"""Cuts a stream of bytes into messages, each behind a header that gives its length: the protocol's base layer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 100_000_000
"""A longer message is not taken in: an editor would have to open a text of that size."""
_LONGEST_HEADER = 4096

_HEADER_END = b"\r\n\r\n"
_FIELD = re.compile(rb"(?P<name>[A-Za-z-]+):[ \t]*(?P<value>[^\r\n]*)")


class Bad(NamedTuple):
    """Bytes that are no message."""

    reason: str


class Frames:
    """What has arrived so far and is not yet a whole message."""

    def __init__(self) -> None:
        """Begin before the first header."""
        self._buffer = bytearray()
        self._skipped = 0
        """How many bytes of a message that is too long are still to come."""

    def feed(self, data: bytes) -> Iterator[bytes | Bad]:
        """The bodies of the messages that these bytes complete; `Bad` once for each stretch that is none."""
        self._buffer += data
        while self._has_skipped():
            end = self._buffer.find(_HEADER_END)
            if end < 0 and len(self._buffer) <= _LONGEST_HEADER:
                return
            length = _length_in(bytes(self._buffer[:end])) if end >= 0 else None
            if length is None:
                yield self._resynchronised()
            elif length > MOST_BYTES:
                self._skipped = end + len(_HEADER_END) + length
                yield Bad(f"a message of {length} bytes is longer than {MOST_BYTES}")
            else:
                start = end + len(_HEADER_END)
                if len(self._buffer) < start + length:
                    return
                body = bytes(self._buffer[start : start + length])
                del self._buffer[: start + length]
                yield body

    def _has_skipped(self) -> bool:
        """Drop what belongs to a message that is too long; whether something is left to look at."""
        dropped = min(self._skipped, len(self._buffer))
        del self._buffer[:dropped]
        self._skipped -= dropped
        return bool(self._buffer) and not self._skipped

    def _resynchronised(self) -> Bad:
        """Go on at the next thing that looks like a header, if there is one."""
        found = re.search(rb"content-length:", self._buffer[1:], re.IGNORECASE)
        if found:
            del self._buffer[: found.start() + 1]
        else:
            self._buffer.clear()
        return Bad("there is no header with a `Content-Length`")


def _length_in(header: bytes) -> int | None:
    """The length that a header gives; None if this is no header."""
    length = None
    for line in header.split(b"\r\n"):
        field = _FIELD.fullmatch(line)
        if not field:
            return None
        if field["name"].lower() == b"content-length":
            if not re.fullmatch(rb"[0-9]{1,15}", field["value"].strip()):
                return None
            length = int(field["value"])
    return length
