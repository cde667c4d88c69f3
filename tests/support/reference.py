"""A second implementation of the course's checker, written from its description, to compare ours with."""

from __future__ import annotations

import re
from typing import NamedTuple


class Outcome(NamedTuple):
    """The result of the script."""

    answers: list[tuple[int, int]]
    """Words and images of each answer."""
    completed: bool


def run(raw: str, *, expected: int, old: bool) -> Outcome:
    """Read the text as the script does, split it and count; `old` is the form of the 27-question editions."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if old:
        parts = text[43:].split("Answer:")
    else:
        parts = text.split("Answer:")[1:]
        if not parts:
            return Outcome([], completed=False)
    kept = [re.split("##", part)[0] for part in parts if "###" in part]
    kept.append(parts[-1])
    if old:
        kept = kept[1:]
    counted = [_count(answer.strip("\n")) for answer in kept]
    return Outcome(counted, completed=len(kept) == expected)


def _count(answer: str) -> tuple[int, int]:
    return len(answer.split()), len(re.findall(r"!\[.*?\]\(.*?\)", answer))
