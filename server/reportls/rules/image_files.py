"""Paths and files of images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_paths import (
    Figure,
    PathProblem,
    difference_in_blanks,
    elsewhere,
    existing_figure,
    figures_folder,
    figures_of,
    format_problem,
    found_figures,
    is_sample,
    near,
    path_fixes,
    read_otherwise,
    shown,
    with_count,
)
from reportls.findings.files import GitState
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.target import encoded, extension_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.findings.files import FileInfo

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
            yield Problem(figure.place, _not_found_message(ctx, figure, meant), path_fixes(figure, meant))


def _cut_short(file: str) -> str:
    sign = next(sign for sign in file if sign in "?#")
    return f"browsers take `{sign}` for the end of the path: write {shown(encoded(file))}, or rename the file"


def _not_found_message(ctx: QuestionContext, figure: Figure, meant: list[str]) -> str:
    path = shown(figure.target.path)
    nearest = f"; the nearest is {shown(meant[0])}" if meant else ""
    if meant and (odd := difference_in_blanks(figure.target.bare, meant[0])):
        nearest += f", which looks the same: {odd}"
    if figure.problem is PathProblem.UNFILLED:
        return f"{path} is the template's sample path: write the path of your own figure, without < and >{nearest}"
    if not meant and (file := elsewhere(ctx, figure.target.bare)):
        return f"there is no file {path}: move {shown(file)} there"
    return f"there is no file {path}: put it there, or correct the path{nearest}"


@question_rule(Severity.WARNING, fix="safe", tags={Tag.IN_SLOTS, Tag.MISSING_IMAGE}, of={"images"})
def image_case_mismatch(ctx: QuestionContext) -> Iterator[Problem]:
    """The image's path and the file's name differ in upper and lower case.

    `figures/Runs.png` finds `figures/runs.png` on macOS and Windows. On GitHub, and where the course renders the
    report, these are two different files, and readers see an empty frame.

    Write the path exactly as the file is named.
    """
    for figure in figures_of(ctx):
        if figure.problem is PathProblem.OTHER_CASE and figure.file:
            yield Problem(
                figure.place, _case_message(figure, figure.file), path_fixes(figure, [figure.file], safe=True)
            )


def _case_message(figure: Figure, file: str) -> str:
    if file.lower() == figure.target.bare.lower():
        return f"the file is {shown(file)}, with different capitals: only macOS and Windows find it"
    return f"the file is {shown(file)}, with its accents encoded differently: only macOS finds it"


@question_rule(Severity.WARNING, fix="offered", tags={Tag.MISSING_IMAGE}, of={"images"})
def image_outside_figures(ctx: QuestionContext) -> Iterator[Problem]:
    """The image is neither in the figures folder nor elsewhere beside the report.

    The course collects the folder of the report and asks for all figures in `figures`. An image on the web is not
    handed in: it may be deleted or private, and an address with `blob` in it leads to a page about the image. An
    address such as `attachment:` works in one program only. A path that starts with `/` leads to a place on the
    reader's own disk, and `..` leads out of the folder that is handed in. A file in another folder beside the report is
    handed in and shown, so it is not reported.

    Save the image in the folder and write its path relative to the report:

        ![the architecture](figures/architecture.png)
    """
    for figure in figures_of(ctx):
        if figure.problem is PathProblem.OUTSIDE:
            yield with_count(ctx, figure, _outside(ctx, figure))


def _outside(ctx: QuestionContext, figure: Figure) -> Problem:
    folder, name = figures_folder(ctx.settings), _name(figure)
    meant = existing_figure(ctx, name)
    put = "move it to" if figure.file else "save it in"
    remedy = f"write {shown(meant)}" if meant else f"{put} {folder} and write {_path(folder, name)}"
    return Problem(figure.place, f"{_what(figure, folder)}: {remedy}", path_fixes(figure, [meant] if meant else []))


def _name(figure: Figure) -> str:
    """Return the file's name without a scheme such as `attachment:`."""
    name = name_of(figure.target.bare)
    return name.rpartition(":")[2] if figure.target.kind in ("url", "program") else name


def _path(folder: str, name: str) -> str:
    return shown(folder + name) if extension_of(name) else "the path of the file"


def _what(figure: Figure, folder: str) -> str:
    path = shown(figure.target.path)
    if figure.target.kind == "url":
        return "an image on the web is not handed in"
    if figure.target.kind == "program":
        return f"`{figure.target.path.partition(':')[0]}:` means something only to the program that wrote it"
    if figure.target.kind == "data":
        return "an image whose data is in the text is not a figure"
    if figure.target.kind == "absolute":
        return f"{path} leads to a place on the reader's own disk"
    return f"{path} is not under {folder}"


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
        return f"{file} is not in git and will not be handed in: `git add` it, commit and push"
    if info.git is GitState.IGNORED:
        return f"{file} is excluded by .gitignore and will not be handed in: `git add -f` it, commit and push"
    return None


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


@question_rule(Severity.WARNING, tags={Tag.EDITION}, of={"images"})
def sample_figure(ctx: QuestionContext) -> Iterator[Problem]:
    """The image is one of the template's own figures, unchanged.

    The template comes with figures as examples. The checker counts them like any other, but they show another project.

    Replace the file with your own figure, or insert another file.
    """
    for figure, path, _ in found_figures(ctx):
        if is_sample(ctx, path):
            yield Problem(figure.place, f"{shown(path)} is the template's own figure: replace it with your own")
