"""Benchmark of an edit in the core by size of the report: `python -m tests.bench.edits`.

Letters are typed at random places of the answers in an invented course's report, which has the usual number of
questions, ten or a hundred times as many, or answers ten times as long; the usual one is also judged by its template.
All have equally many findings, so most questions are clean. The sizes take turns. Machines differ and are shared:
compare the ratios, not the figures.
"""

from __future__ import annotations

import gc
import re
import statistics
import time
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.forms.template import read_template
from reportls.snapshot import Environment, take
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from reportls.form_snapshot import AnySnapshot
    from reportls.forms.template import Template

NORMAL = 31
LONGER = 10
ROUNDS = 40
LETTERS = 20
"""Letters typed in a row before moving to the next place."""

_WORDS = (
    "the oven stays warm while rolls rise, and whoever opens *its door* lets the heat out; "
    "we wrote down how long each batch took. See `times.csv` for the figures 🥖 of every morning. "
)
_PROMPT = "Our roll was made of rye that had been left to rise overnight. It was sold by noon, and nobody complained."
_PLACE = re.compile(r"(?<=[a-z]) (?=[a-z])")


class Row(NamedTuple):
    """The cost of typing in one report."""

    name: str
    milliseconds: list[float]


def main() -> None:
    """Measure and print a table."""
    reports = {f"{count} questions": bakery(count) for count in (NORMAL, NORMAL * 10, NORMAL * 100)}
    reports[f"{NORMAL} questions, answers ten times as long"] = bakery(NORMAL, LONGER)
    print("| report | findings | median, ms | 95th percentile | ratio of medians |\n|---|---|---|---|---|")
    snapshots: dict[str, AnySnapshot] = {name: take(text, Environment()) for name, text in reports.items()}
    usual = next(iter(reports.values()))
    snapshots[f"{NORMAL} questions, by their template"] = snapshot_of(usual, Environment(template=blank_of(usual)))
    rows = measured(snapshots)
    normal = statistics.median(rows[0].milliseconds)
    for name, times in rows:
        middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"| {name} | {len(snapshots[name].findings)} | {middle:.3f} | {high:.3f} | {middle / normal:.2f} |")


def bakery(questions: int, longer: int = 1) -> str:
    """Return a report of another course; ten of its questions have something to fix, however many there are.

    With 31 questions it is as long as a real report: the median of 130 is 39,000 bytes.
    """
    parts = ["# Our bakery\n\nWritten before dawn.\n\n* [x] Buy flour\n* [ ] Sweep\n"]
    answer = (f"{_WORDS}\n\n{_WORDS * 2}\n\n- rye\n- wheat\n\n{_WORDS * 2}\n\n") * longer
    for number in range(1, questions + 1):
        is_clean = number * 10 % questions >= 10
        words = f"100-{250 * longer}" if is_clean else "1-9"
        parts.append(
            f"\n### Question {number}\n\n> **What of roll {number}?**\n>\n> Recommended answer length: {words} words.\n"
            f">\n> Example:\n> *{_PROMPT}*\n>\n> Answer:\n\nThis is of roll {number}: {answer}"
        )
    return "".join(parts)


def blank_of(report: str) -> Template:
    """Return the template of a report of that kind: the same without its answers."""
    return read_template(re.sub(r"(?<=Answer:\n\n).*?(?=\n### |\Z)", "", report, flags=re.DOTALL))


def measured(snapshots: dict[str, AnySnapshot]) -> list[Row]:
    """Type in each report in turn and measure it."""
    rng, rows = Random(31), [Row(name, []) for name in snapshots]  # noqa: S311  # repeatable, not secret
    current = list(snapshots.values())
    gc.collect()
    for _ in range(ROUNDS):
        for index, row in enumerate(rows):
            current[index] = _typed(current[index], rng, row.milliseconds)
    return rows


def _typed(snapshot: AnySnapshot, rng: Random, milliseconds: list[float]) -> AnySnapshot:
    # With a template, the title is a section of its own.
    block = rng.randrange(1 + isinstance(snapshot, FormSnapshot), len(snapshot.report.blocks))
    text = snapshot.report.blocks[block].text
    place = rng.choice([*_PLACE.finditer(text, text.index("Answer:"))]).start()
    for letter in rng.choices("abcdefgh ", k=LETTERS):
        offset = snapshot.report.starts[block] + place
        start = time.perf_counter()
        snapshot = snapshot.edited(Edit(Span(offset, offset), letter))
        milliseconds.append((time.perf_counter() - start) * 1000)
        place += 1
    return snapshot


if __name__ == "__main__":
    main()
