"""Paths of images that differ from the file's name in case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_paths import Figure, PathProblem, figures_of, path_fixes, shown
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.WARNING, fix="safe", tags={Tag.IN_SLOTS, Tag.MISSING_IMAGE}, of={"images"})
def image_case_mismatch(ctx: QuestionContext) -> Iterator[Problem]:
    """The image's path and the file's name differ in upper and lower case.

    `figures/Runs.png` finds `figures/runs.png` on macOS and Windows. On GitHub, and where the course renders the
    report, these are two different files, and readers see an empty frame.

    Write the path exactly as the file is named.
    """
    for figure in figures_of(ctx):
        if figure.problem is PathProblem.OTHER_CASE and figure.file:
            yield Problem(figure.place, _message(figure, figure.file), path_fixes(figure, [figure.file], safe=True))


def _message(figure: Figure, file: str) -> str:
    if file.lower() == figure.target.bare.lower():
        return f"the file is {shown(file)}, with different capitals: only macOS and Windows find it"
    return f"the file is {shown(file)}, with its accents encoded differently: only macOS finds it"
