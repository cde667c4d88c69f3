"""Figures that a report shows twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_paths import found_figures, shown
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.HINT, tags={Tag.IN_SLOTS}, of={"images"})
def figure_repeated(ctx: QuestionContext) -> Iterator[Problem]:
    """A figure is shown twice, and another one is not shown at all.

    Usually a line was copied and its path was not changed. The checker counts both images.

    Write the path of the other figure in the second image. If you mean to show the figure twice, ignore the rule.
    """
    unused, again = ctx.surroundings.figure_use
    if not unused:
        return
    seen = {path for number, path in again if number == ctx.question.number}
    for figure, path, _ in found_figures(ctx):
        if path in seen:
            others = f" and {len(unused) - 1} more are" if unused[1:] else " is"
            message = f"{shown(path)} is shown above already, while {shown(unused[0])}{others} shown nowhere"
            yield Problem(figure.place, f"{message}: correct one of the paths")
        seen.add(path)
