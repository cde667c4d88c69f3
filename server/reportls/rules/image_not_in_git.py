"""Figures that will not be handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_paths import PathProblem, found_figures, shown
from reportls.findings.files import GitState
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.findings.files import FileInfo


@question_rule(Severity.WARNING, tags={Tag.MISSING_IMAGE}, of={"images"})
def image_not_in_git(ctx: QuestionContext) -> Iterator[Problem]:
    """The figure is on your disk but not in git, so it will not be handed in.

    The course collects what is in the repository. That does not include a file that was never added, is excluded by
    `.gitignore`, is empty, or is kept elsewhere by Git LFS: readers of the report see an empty frame.

    Add the file, commit and push:

        git add figures/runs.png
    """
    for figure, path, info in found_figures(ctx):
        if figure.problem is PathProblem.NONE and (trouble := _trouble(path, info)):
            yield Problem(figure.place, trouble)


def _trouble(path: str, info: FileInfo) -> str | None:
    file = shown(path)
    if not info.size:
        return f"{file} is an empty file: save the image again"
    if info.is_lfs_pointer:
        return f"{file} is not in git itself but in Git LFS, which the course does not collect: add the image itself"
    if info.git is GitState.UNTRACKED:
        return f"{file} is not in git and will not be handed in: git add it, commit and push"
    if info.git is GitState.IGNORED:
        return f"{file} is excluded by .gitignore and will not be handed in: git add -f it, commit and push"
    return None
