"""A text that is edited again and again, and what the edits come to as a whole."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import Edit, Span, difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class _Piece(NamedTuple):
    """A stretch of the first text, or of one that an edit put in."""

    source: str
    start: int
    end: int
    is_kept: bool
    """Whether it is the first text's."""


class Rewriting:
    """The first text and the rounds of edits made to it."""

    def __init__(self, text: str) -> None:
        """Begin with the text as it is."""
        self._text = text
        self._pieces = [_Piece(text, 0, len(text), is_kept=True)]

    def edit(self, edits: Iterable[Edit]) -> None:
        """Make all edits at once; their spans refer to the text as the rounds before left it, and are apart."""
        rest, made = deque(self._pieces), list[_Piece]()
        position = 0
        for (start, end), new_text in sorted(edits, key=lambda edit: edit.span):
            made += _taken(rest, start - position)
            made.append(_Piece(new_text, 0, len(new_text), is_kept=False))
            deque(_taken(rest, end - start), maxlen=0)
            position = end
        self._pieces = [*made, *rest]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that make of the first text what it is now, in order and apart; each as small as can be."""
        gaps = self._gaps()
        edits = (difference(self._text[start:end], new_text).shifted(start) for (start, end), new_text in gaps)
        return tuple(edit for edit in edits if edit.new_text or edit.span.start < edit.span.end)

    def _gaps(self) -> Iterator[Edit]:
        """What stands between the stretches that are kept."""
        position, new = 0, list[str]()
        end = _Piece(self._text, len(self._text), len(self._text), is_kept=True)
        for piece in (*self._pieces, end):
            if not piece.is_kept:
                new.append(piece.source[piece.start : piece.end])
                continue
            yield Edit(Span(position, piece.start), "".join(new))
            position, new = piece.end, []


def _taken(rest: deque[_Piece], length: int) -> Iterator[_Piece]:
    """Take so many code points away from the front of the pieces."""
    while length > 0:
        piece = rest.popleft()
        cut = min(piece.start + length, piece.end)
        length -= cut - piece.start
        if cut < piece.end:
            rest.appendleft(piece._replace(start=cut))
        yield piece._replace(end=cut)
