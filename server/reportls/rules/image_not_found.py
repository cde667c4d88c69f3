"""Paths of images that lead to no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_paths import (
    Figure,
    PathProblem,
    difference_in_blanks,
    elsewhere,
    figures_of,
    near,
    path_fixes,
    read_otherwise,
    shown,
)
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.target import encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext

_MOST_SEARCHED = 20
"""Paths per answer for which similar names are looked up."""


@question_rule(Severity.WARNING, fix="offered", tags={Tag.IN_SLOTS, Tag.MISSING_IMAGE}, of={"images"})
def image_not_found(ctx: QuestionContext) -> Iterator[Problem]:
    """The image's path leads to no file.

    The checker counts the image, but readers of the report see an empty frame. Paths are relative to the folder of the
    report, and case matters:

        ![training runs](figures/runs.png)

    Put the file there, or correct the path: the fixes offer files with similar names that no answer shows yet. If the
    path is still `figures/<image>.<extension>`, replace both words, including the `<` and `>`. A `#` or `?` in the
    file's name is written `%23` or `%3F`.
    """
    searched = 0
    for figure in figures_of(ctx):
        if figure.problem in (PathProblem.MISSING, PathProblem.UNFILLED):
            searched += 1
            if file := read_otherwise(ctx, figure.target):
                yield Problem(figure.place, _cut_short(file), path_fixes(figure, [file]))
                continue
            meant = near(ctx, figure.target.bare) if searched <= _MOST_SEARCHED else []
            yield Problem(figure.place, _message(ctx, figure, meant), path_fixes(figure, meant))


def _cut_short(file: str) -> str:
    sign = next(sign for sign in file if sign in "?#")
    return f"browsers take `{sign}` for the end of the path: write {shown(encoded(file))}, or rename the file"


def _message(ctx: QuestionContext, figure: Figure, meant: list[str]) -> str:
    path = shown(figure.target.path)
    nearest = f"; the nearest is {shown(meant[0])}" if meant else ""
    if meant and (odd := difference_in_blanks(figure.target.bare, meant[0])):
        nearest += f", which looks the same: {odd}"
    if figure.problem is PathProblem.UNFILLED:
        return f"{path} is the template's sample path: write the path of your own figure, without < and >{nearest}"
    if not meant and (file := elsewhere(ctx, figure.target.bare)):
        return f"there is no file {path}: move {shown(file)} there"
    return f"there is no file {path}: put it there, or correct the path{nearest}"
