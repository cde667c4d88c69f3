"""Benchmark of reports with a template: `python -m tests.bench.template`.

One text is judged twice: by the edition that it belongs to, and by its own blank as a template. A letter typed in an
answer, a line break and a whole `reportls check` may take at most 1.3 times as long with a template. Runs are
interleaved; each round gives one ratio. Machines differ and are shared: compare the ratios, not the figures.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.form_snapshot import snapshot_of
from reportls.forms.template import read_template
from reportls.report.form import FORM
from reportls.report.report import parse
from reportls.snapshot import Environment
from reportls.text import Edit, Span
from tests.cli.running import environment
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.form_snapshot import AnySnapshot

ROUNDS = 11
EDITS = 60
MOST = 1.3
"""Times as long as with an edition that a template may take."""


def main() -> int:
    """Measure both and print a table; return 1 if a template takes too long."""
    print("| what | with a template | with an edition | ratio, median | quartiles |\n|---|---|---|---|---|")
    text = SAMPLE[31]
    blank = blank_of(text)
    with_template = snapshot_of(text, Environment(template=read_template(blank), template_name="blank.md"))
    with_edition = snapshot_of(text, Environment())
    sides = (with_template, with_edition)
    typing = _report("a letter, µs", *(partial(typed, side, "word ") for side in sides), scale=1e6 / EDITS)
    breaking = _report("a line break, µs", *(partial(typed, side, "\n") for side in sides), scale=1e6 / EDITS)
    with tempfile.TemporaryDirectory() as folder:
        report, template = Path(folder, "report.md"), Path(folder, "blank.md")
        report.write_text(text, "utf-8")
        template.write_text(blank, "utf-8")
        check = [str(Path(sys.executable).with_name("reportls")), "check", "--exit-zero", str(report)]
        template_check = [*check, "--template", str(template)]
        checking = _report("check, ms", partial(_wall, template_check), partial(_wall, check), scale=1000)
    return int(max(typing, breaking, checking) > MOST)


def blank_of(text: str) -> str:
    """Return the report with the placeholder in place of each answer."""
    report = parse(text)
    parts = [report.introduction.text]
    for question in report.questions:
        start, end = question.content
        placeholder = FORM.placeholder_of(question.number)
        parts.append(f"{question.text[:start].rstrip()}\n\n{placeholder}{question.text[end:]}")
    return "".join(parts)


def typed(snapshot: AnySnapshot, words: str) -> float:
    """Return the processor time of typing into the prose of an answer, with all that a server publishes after it."""
    at = snapshot.report.text.index(" an apple", len(snapshot.report.text) // 2)
    start = time.process_time()
    for letter in (words * EDITS)[:EDITS]:
        snapshot = snapshot.edited(Edit(Span(at, at), letter))
        at += 1
        _found(snapshot)
    return time.process_time() - start


def _found(snapshot: AnySnapshot) -> int:
    return len(snapshot.answer_findings) + sum(map(len, snapshot.block_findings))


def _wall(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())
    return time.perf_counter() - start


def _report(what: str, ours: Callable[[], float], theirs: Callable[[], float], *, scale: float) -> float:
    ours(), theirs()  # once to warm caches
    pairs = [(ours(), theirs()) for _ in range(ROUNDS)]
    ratios = [mine / other for mine, other in pairs]
    low, middle, high = statistics.quantiles(ratios, n=4)
    mine, other = (statistics.median(side) * scale for side in zip(*pairs, strict=True))
    print(f"| {what} | {mine:.0f} | {other:.0f} | {middle:.2f} | {low:.2f}-{high:.2f} |")
    return middle


if __name__ == "__main__":
    raise SystemExit(main())
