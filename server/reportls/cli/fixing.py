"""Applies safe fixes, and shows what they would change."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.cells import printable
from reportls.snapshot import Snapshot, take
from reportls.text import Edit, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.cli.terminal import Terminal
    from reportls.findings.finding import Fix

_MOST_ROUNDS = 100
"""Each round applies at least every other of the fixes that touch one another, so real reports need three or four."""


class Fixed(NamedTuple):
    """A report after all safe fixes."""

    snapshot: Snapshot
    titles: dict[str, int]
    """What was done, and how often."""

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
    for _ in range(_MOST_ROUNDS):
        fixes = [*_compatible(snapshot)]
        text = apply_edits(snapshot.report.text, [edit for fix in fixes for edit in fix.edits])
        if text in seen:  # nothing to do, or two fixes that undo each other
            break
        seen.add(text)
        snapshot = take(text, snapshot.environment)
        for fix in fixes:
            titles[fix.title] = titles.get(fix.title, 0) + 1
    return Fixed(snapshot, titles)


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
        self._edits = sorted([*self._edits, *edits])


def diff(path: str, before: str, after: str, terminal: Terminal) -> str:
    """The change as a unified diff; what `git apply` and `patch` take, unless it goes to a terminal."""
    from difflib import unified_diff

    if before == after:
        return ""
    name = _name(path)
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    if terminal.is_terminal:
        return "".join(f"{_painted(line, terminal)}\n" for line in lines)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _name(path: str) -> str:
    """The path as seen from the current folder, if it is in there; the tab says that blanks belong to the name."""
    seen = os.path.relpath(path) if os.path.isabs(path) else path  # noqa: PTH117  # a text, not a path
    name = printable(path if seen.startswith("..") else os.path.normpath(seen)).lstrip("/")
    return f"{name}\t" if " " in name else name


def _lines(text: str) -> list[str]:
    # Those programs know `\n` alone.
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _painted(line: str, terminal: Terminal) -> str:
    styles = {"+": "added", "-": "removed", "@": "dim"}
    shown = terminal.shows(printable(line.rstrip("\r\n")))
    return terminal.paint(styles[line[0]], shown) if line[0] in styles else shown
