"""Patterns of paths: `*`, `?` and `[...]` within a name, `**` for any number of folders."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def matches(parts: Sequence[str], pattern: str) -> bool:
    """Whether the path of these parts is one that the pattern means."""
    # Which ends of the pattern's beginning have been reached: a set of those, so that no `**` is tried twice.
    wanted = pattern.split("/")
    reached = _skipped({0}, wanted)
    for part in parts:
        reached = _skipped({_next(at, wanted) for at in reached if _takes(wanted, at, part)}, wanted)
    return len(wanted) in reached


def _takes(wanted: list[str], at: int, part: str) -> bool:
    return at < len(wanted) and (wanted[at] == "**" or fnmatchcase(part, wanted[at]))


def _next(at: int, wanted: list[str]) -> int:
    return at if wanted[at] == "**" else at + 1


def _skipped(reached: set[int], wanted: list[str]) -> set[int]:
    """Also what is reached if a `**` stands for no folder at all."""
    found = set(reached)
    for at in sorted(reached):
        end = at
        while end < len(wanted) and wanted[end] == "**":
            end += 1
            found.add(end)
    return found
