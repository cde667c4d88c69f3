"""Writes a course for `checks/overview.mjs`: python -m tests.browser.course FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.support.checkers import script_of
from tests.support.sample import SAMPLE

HOSTILE = "<img src=x onerror=hit(1)><b>\"&'"


def make(folder: Path) -> None:
    """Write sixty groups: passing, failing, crashing and without report; two editions; hostile names and numbers."""
    for number in range(1, 61):
        group = folder / (f"group {number}" if number != 13 else "group 13 <b>&'\"; onclick=hit(1)")
        group.mkdir(parents=True)
        text = _report(number)
        if text:
            reports = group / ("reports" if number % 9 else "report")
            reports.mkdir()
            (reports / "README.md").write_text(text, "utf-8")
            (reports / "report.py").write_text(script_of(_sample(number)), "utf-8")


def _sample(number: int) -> str:
    return SAMPLE[27 if number % 4 == 0 else 31]


def _report(number: int) -> str | None:
    text = _sample(number).replace("(figures/", "(images/" if number % 5 == 0 else "(figures/")
    if number % 10 == 3:
        return None
    if number % 10 == 7:
        text = text.replace("> Answer:", f"> {HOSTILE}", number % 3 + 1)
    if number % 10 == 6:
        text = "\n".join(line for line in text.split("\n") if not line.startswith("Thing"))
    if number % 10 == 1:
        text = text.replace("Thing 2 is", f"s123456 and s{number:06} {HOSTILE} Thing 2 is")
    for question in range(number % 12):
        text = text.replace(f"Thing {question + 5} is", "word " * (30 * question) + f"Thing {question + 5} is", 1)
    return text.replace("### Question 9\n", f"## {HOSTILE}\n### Question 9\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
