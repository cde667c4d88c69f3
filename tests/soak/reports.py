"""The reports of a soak, each in its own repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.edits import NORMAL, bakery
from tests.support import corpus
from tests.support.group import REPORT, Group, group_in, png
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = 20
"""Number of open reports."""
_FROM_CORPUS = 10


def make_groups(folder: Path) -> dict[Group, str]:
    """Create the repositories in that folder; return each report's text, a real one where the corpus is available."""
    texts = [*_real_reports(), *_invented_reports()]
    return {
        _group(folder / f"group {number}", texts[number % len(texts)]): texts[number % len(texts)]
        for number in range(REPORTS)
    }


def _real_reports() -> list[str]:
    names = corpus.names()
    return [corpus.report(name) for name in names[:: max(1, len(names) // _FROM_CORPUS)]][:_FROM_CORPUS]


def _invented_reports() -> list[str]:
    return [SAMPLE[27], SAMPLE[31], bakery(NORMAL), REPORT, SAMPLE[31].replace("\n", "\r\n")]


def _group(folder: Path, text: str) -> Group:
    group = group_in(folder)
    group.write("reports/README.md", text.encode())
    for number in range(1, 6):
        group.write(f"reports/figures/thing{number}.png", png())
    if text is not REPORT:
        (group.folder / "reports" / "report.py").unlink()  # it is of a course with three questions
    group.commit()
    return group
