"""Image formats that the course does not accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.figure_format import format_problem, with_count
from reportls.analysis.image_paths import figures_of
from reportls.findings.finding import Severity, Tag
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.findings.finding import Problem


@question_rule(Severity.WARNING, tags={Tag.IN_SLOTS}, of={"images"})
def image_format(ctx: QuestionContext) -> Iterator[Problem]:
    """The image is in a format that the course does not accept.

    It accepts `.png`, `.jpg` and `.jpeg`, in lower case, and the content must match the name: a WebP image that is
    called `runs.png` is still a WebP image, and some programs will not open it.

    Export the image in one of these formats from the program that made it, or take a screenshot. Renaming the file does
    not convert it.
    """
    for figure in figures_of(ctx):
        if problem := format_problem(ctx, figure):
            yield with_count(ctx, figure, problem)
