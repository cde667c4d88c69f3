"""Images that are not in the report's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.figure_format import with_count
from reportls.analysis.image_paths import (
    Figure,
    PathProblem,
    existing_figure,
    figures_folder,
    figures_of,
    path_fixes,
    shown,
)
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.target import extension_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


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
            yield with_count(ctx, figure, _problem(ctx, figure))


def _problem(ctx: QuestionContext, figure: Figure) -> Problem:
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
