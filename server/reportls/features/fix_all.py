"""All safe fixes of a report at once: what `--fix` writes and an editor's "fix all" does."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.report import parse
from reportls.snapshot import Snapshot, assess, take
from reportls.text import Edit, Span, apply_edits, difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.findings.finding import Fix

_MOST_ROUNDS = 100
"""Each round applies at least every other of the fixes that touch one another, so real reports need three or four."""
_MOST_TRIALS = 200
"""Sets of fixes of one round that are tried; the rest is left for the author, so that hostile reports end as well."""


class Fixed(NamedTuple):
    """A report after all safe fixes."""

    snapshot: Snapshot
    titles: dict[str, int]
    """What was done, and how often."""
    edits: tuple[Edit, ...]
    """All of it together: the edits that make of the report as it was what it is now."""

    left_out: int = 0
    """Safe fixes that were not applied because a question would fail."""

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.snapshot.report.text

    @property
    def summary(self) -> str:
        """What was done, in words."""
        done = ", ".join(title if number == 1 else f"{title} ({number} times)" for title, number in self.titles.items())
        number = sum(self.titles.values())
        summary = f"{number} {'fix' if number == 1 else 'fixes'}: {done}"
        return f"{summary}; {self.left_out} left out, as a question would fail" if self.left_out else summary


def with_fixes(snapshot: Snapshot) -> Fixed:
    """Apply the safe fixes of all findings that are listed, until none is left, and fail no question that passes.

    Fixes that touch one another take turns.
    """
    titles: dict[str, int] = {}
    seen = {snapshot.report.text}
    rewriting = Rewriting(snapshot.report.text)
    for _ in range(_MOST_ROUNDS):
        fixes = _harmless(snapshot, [*_compatible(snapshot)])
        edits = [edit for fix in fixes for edit in fix.edits]
        text = apply_edits(snapshot.report.text, edits)
        if text in seen:  # nothing to do, or two fixes that undo each other
            break
        seen.add(text)
        rewriting.edit(edits)
        snapshot = take(text, snapshot.environment)
        for fix in fixes:
            titles[fix.title] = titles.get(fix.title, 0) + 1
    return Fixed(snapshot, titles, rewriting.edits, _left_out(snapshot))


def _left_out(snapshot: Snapshot) -> int:
    """Return how many findings keep their fix because it would fail a question, alone or with others."""
    failing = sum(any(fix.fails_question for fix in finding.fixes) for finding in snapshot.findings)
    return failing + sum(1 for _ in _compatible(snapshot))


def _harmless(snapshot: Snapshot, fixes: list[Fix]) -> list[Fix]:
    """Leave out the fixes that, together with those before them, make a question fail that passes.

    Each alone may be harmless: two that take a word each from an answer of 101 words, at least 100 wanted. Halving
    finds them in few trials, as nearly all fixes are harmless.
    """
    kept: list[Fix] = []
    trials = _MOST_TRIALS
    waiting = [fixes]
    while waiting:
        some = waiting.pop()
        trials -= 1
        if not some or trials < 0:
            continue
        if not _fails_more(snapshot, [*kept, *some]):
            kept += some
        elif len(some) > 1:
            middle = len(some) // 2
            waiting += [some[middle:], some[:middle]]
    return kept


def _fails_more(snapshot: Snapshot, fixes: list[Fix]) -> bool:
    """Return whether a question that passes fails after the fixes, or the check crashes that completes."""
    text = apply_edits(snapshot.report.text, [edit for fix in fixes for edit in fix.edits])
    _, after = assess(parse(text), snapshot.environment)
    passed = {judged.position for judged in snapshot.verdict.judged if judged.passed}
    still = {judged.position for judged in after.judged if judged.passed}
    return not passed <= still or (snapshot.verdict.completed and not after.completed)


def _compatible(snapshot: Snapshot) -> Iterator[Fix]:
    """The first safe fix of each finding, as far as their edits do not touch those of the fixes before."""
    taken = _Taken()
    for finding in snapshot.findings:
        fix = next((fix for fix in finding.fixes if fix.safe), None)
        if fix and fix.edits and not any(map(taken.touches, fix.edits)):
            taken.add(fix.edits)
            yield fix


class _Taken:
    """Edits that are to be made, kept in the order of their places."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []

    def touches(self, edit: Edit) -> bool:
        """Whether there is one that overlaps the edit, or begins where it ends or the other way round."""
        at = bisect_right(self._edits, edit)
        before = at > 0 and self._edits[at - 1].span.end >= edit.span.start
        return before or (at < len(self._edits) and self._edits[at].span.start <= edit.span.end)

    def add(self, edits: tuple[Edit, ...]) -> None:
        for edit in edits:
            insort(self._edits, edit)


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
