"""All safe fixes of a report at once: what `--fix` writes and an editor's "fix all" does."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from reportls.form_snapshot import parse_for, snapshot_of
from reportls.snapshot import Snapshot, assess
from reportls.text import Edit, Span, apply_edits, difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportls.findings.finding import Finding, Fix
    from reportls.form_snapshot import AnySnapshot
    from reportls.report.report import Report

    Pause = Callable[[], object]

_MOST_ROUNDS = 12
"""Most rounds. Each applies at least every other fix of a row of adjacent ones: real reports need three or four, and a
thousand adjacent fixes need ten."""
_MOST_TRIALS = 60
"""Most sets of fixes that one round tries. The rest is left to the author, so that a hostile report does not take
forever."""


class Fixed(NamedTuple):
    """A report after all safe fixes."""

    snapshot: AnySnapshot
    titles: dict[str, int]
    """Titles of the fixes applied, and how often."""
    edits: tuple[Edit, ...]
    """The edits that turn the original text into the fixed one."""

    left_out: int = 0
    """Number of safe fixes not applied because a question would fail."""
    is_unfinished: bool = False
    """Whether some fixes were not applied because there are too many."""

    @property
    def text(self) -> str:
        """The fixed text."""
        return self.snapshot.report.text

    @property
    def summary(self) -> str:
        """The fixes applied, in words."""
        done = ", ".join(title if number == 1 else f"{title} ({number} times)" for title, number in self.titles.items())
        number = sum(self.titles.values())
        summary = f"{number} {'fix' if number == 1 else 'fixes'}: {done}"
        if self.is_unfinished:
            return f"{summary}; there are more: fix again"
        return f"{summary}; {self.left_out} left out, as a question would fail" if self.left_out else summary


def with_fixes(snapshot: AnySnapshot, rule: str | None = None, pause: Pause = lambda: None) -> Fixed:
    """Apply the safe fixes of all findings that are listed, until none is left, and fail no question that passes.

    Fixes that touch one another take turns. If a rule is named, only its findings are fixed. `pause` is called between
    the steps; it may raise to give up.
    """
    titles: dict[str, int] = {}
    seen = {snapshot.report.text}
    rewriting = Rewriting(snapshot.report.text)
    for _ in range(_MOST_ROUNDS):
        fixes = [*_compatible(snapshot, rule)]
        report = _report_after(snapshot, fixes)
        if _fails_more(snapshot, report):
            fixes = _harmless(snapshot, fixes, pause)
            report = _report_after(snapshot, fixes)
        if report.text in seen:  # nothing to do, or two fixes that undo each other
            return Fixed(snapshot, titles, rewriting.edits, _left_out(snapshot, rule))
        seen.add(report.text)
        rewriting.edit(edit for fix in fixes for edit in fix.edits)
        snapshot = snapshot_of(report, snapshot.environment, pause=pause)
        for fix in fixes:
            titles[fix.title] = titles.get(fix.title, 0) + 1
    return Fixed(snapshot, titles, rewriting.edits, is_unfinished=any(_compatible(snapshot, rule)))


def _left_out(snapshot: AnySnapshot, rule: str | None) -> int:
    """Return how many findings keep their fix because it would fail a question, alone or with others."""
    failing = sum(any(fix.fails_question for fix in finding.fixes) for finding in _of(snapshot, rule))
    return failing + sum(1 for _ in _compatible(snapshot, rule))


def _of(snapshot: AnySnapshot, rule: str | None) -> Iterator[Finding]:
    return (finding for finding in snapshot.findings if rule in (None, finding.rule))


def _harmless(snapshot: AnySnapshot, fixes: list[Fix], pause: Pause) -> list[Fix]:
    """Leave out the fixes that, together with those before them, make a passing question fail.

    Fixes that are harmless alone can fail together: two that each remove a word from an answer of 101 words with a
    minimum of 100. Halving finds them in few trials, as nearly all fixes are harmless.
    """
    kept: list[Fix] = []
    trials = _MOST_TRIALS
    waiting = [*_halves(fixes)]
    while waiting:
        pause()
        some = waiting.pop()
        trials -= 1
        if trials < 0:
            continue
        if not _fails_more(snapshot, _report_after(snapshot, [*kept, *some])):
            kept += some
        else:
            # A single fix that fails a question has no halves, and so is left out.
            waiting += _halves(some)
    return kept


def _halves(fixes: list[Fix]) -> Iterator[list[Fix]]:
    """Yield the second half of at least two fixes, and the first."""
    middle = len(fixes) // 2
    if middle:
        yield fixes[middle:]
        yield fixes[:middle]


def _report_after(snapshot: AnySnapshot, fixes: list[Fix]) -> Report:
    text = apply_edits(snapshot.report.text, [edit for fix in fixes for edit in fix.edits])
    return parse_for(text, snapshot.environment)


def _fails_more(snapshot: AnySnapshot, report: Report) -> bool:
    """Return whether a passing question fails in the other report, or a check that completes crashes."""
    if not isinstance(snapshot, Snapshot):
        return False  # without a checker, no question can fail
    _, after = assess(report, snapshot.environment)
    passed = {judged.position for judged in snapshot.verdict.judged if judged.passed}
    still = {judged.position for judged in after.judged if judged.passed}
    return not passed <= still or (snapshot.verdict.completed and not after.completed)


def _compatible(snapshot: AnySnapshot, rule: str | None) -> Iterator[Fix]:
    """Yield the first safe fix of each finding, unless its edits touch those of an earlier one."""
    taken = _Taken()
    for finding in _of(snapshot, rule):
        fix = next((fix for fix in finding.fixes if fix.safe), None)
        if fix and fix.edits and not any(map(taken.touches, fix.edits)):
            taken.add(fix.edits)
            yield fix


class _Taken:
    """Edits accepted so far, sorted by position."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []

    def touches(self, edit: Edit) -> bool:
        """Return whether an accepted edit overlaps or adjoins this one."""
        at = bisect_right(self._edits, edit)
        before = at > 0 and self._edits[at - 1].span.end >= edit.span.start
        return before or (at < len(self._edits) and self._edits[at].span.start <= edit.span.end)

    def add(self, edits: tuple[Edit, ...]) -> None:
        for edit in edits:
            insort(self._edits, edit)


class _Piece(NamedTuple):
    """A stretch of the original text or of the new text of an edit."""

    source: str
    start: int
    end: int
    is_kept: bool
    """Whether the piece comes from the original text."""


class Rewriting:
    """Composes rounds of edits to one text into a single set of edits."""

    def __init__(self, text: str) -> None:
        """Start with the original text."""
        self._text = text
        self._pieces = [_Piece(text, 0, len(text), is_kept=True)]

    def edit(self, edits: Iterable[Edit]) -> None:
        """Apply one round of disjoint edits, whose spans refer to the text after the previous round."""
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
        """The edits that turn the original text into the current one: sorted, disjoint and minimal."""
        gaps = self._gaps()
        edits = (difference(self._text[start:end], new_text).shifted(start) for (start, end), new_text in gaps)
        return tuple(edit for edit in edits if edit.new_text or edit.span.start < edit.span.end)

    def _gaps(self) -> Iterator[Edit]:
        """Yield the replaced stretches between those that are kept."""
        position, new = 0, list[str]()
        end = _Piece(self._text, len(self._text), len(self._text), is_kept=True)
        for piece in (*self._pieces, end):
            if not piece.is_kept:
                new.append(piece.source[piece.start : piece.end])
                continue
            yield Edit(Span(position, piece.start), "".join(new))
            position, new = piece.end, []


def _taken(rest: deque[_Piece], length: int) -> Iterator[_Piece]:
    """Remove `length` code points from the front of the pieces and yield them."""
    while length > 0:
        piece = rest.popleft()
        cut = min(piece.start + length, piece.end)
        length -= cut - piece.start
        if cut < piece.end:
            rest.appendleft(piece._replace(start=cut))
        yield piece._replace(end=cut)
