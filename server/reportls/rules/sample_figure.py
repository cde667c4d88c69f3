"""The template's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_paths import found_figures, is_sample, shown
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.WARNING, tags={Tag.EDITION}, of={"images"})
def sample_figure(ctx: QuestionContext) -> Iterator[Problem]:
    """The image is one of the template's own figures, unchanged.

    The template comes with figures as examples. The checker counts them like any other, but they show another project.

    Replace the file with your own figure, or insert another file.
    """
    for figure, path, _ in found_figures(ctx):
        if is_sample(ctx, path):
            yield Problem(figure.place, f"{shown(path)} is the template's own figure: replace it with your own")
