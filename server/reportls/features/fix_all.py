"""All safe fixes of a report at once: what `--fix` writes, and what an editor does on "fix all"."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING, NamedTuple

from reportls.features.compose_edits import Rewriting
from reportls.snapshot import Snapshot, take
from reportls.text import Edit, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.finding import Fix

_MOST_ROUNDS = 100
"""Each round applies at least every other of the fixes that touch one another, so real reports need three or four."""


class Fixed(NamedTuple):
    """A report after all safe fixes."""

    snapshot: Snapshot
    titles: dict[str, int]
    """What was done, and how often."""
    edits: tuple[Edit, ...]
    """All of it together: the edits that make of the report as it was what it is now."""

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.snapshot.report.text

    @property
    def summary(self) -> str:
        """What was done, in words."""
        done = ", ".join(title if number == 1 else f"{title} ({number} times)" for title, number in self.titles.items())
        number = sum(self.titles.values())
        return f"{number} {'fix' if number == 1 else 'fixes'}: {done}"


def with_fixes(snapshot: Snapshot) -> Fixed:
    """Apply every safe fix of what is listed, until none is left; fixes that touch one another take turns."""
    titles: dict[str, int] = {}
    seen = {snapshot.report.text}
    rewriting = Rewriting(snapshot.report.text)
    for _ in range(_MOST_ROUNDS):
        fixes = [*_compatible(snapshot)]
        edits = [edit for fix in fixes for edit in fix.edits]
        text = apply_edits(snapshot.report.text, edits)
        if text in seen:  # nothing to do, or two fixes that undo each other
            break
        seen.add(text)
        rewriting.edit(edits)
        snapshot = take(text, snapshot.environment)
        for fix in fixes:
            titles[fix.title] = titles.get(fix.title, 0) + 1
    return Fixed(snapshot, titles, rewriting.edits)


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
