"""Image formats that the course does not accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_paths import Figure, PathProblem, figures_of
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.target import extension_of
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext

_KINDS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp", "svg": "svg"}
"""Expected format of the content by extension."""


@question_rule(Severity.WARNING, of={"images"})
def image_format(ctx: QuestionContext) -> Iterator[Problem]:
    """The image is in a format that the course does not accept.

    It accepts `.png`, `.jpg` and `.jpeg`, in lower case, and the content must match the name: a WebP image remains one
    if it is called `runs.png`, and some programs will not open it.

    Export the image in one of these formats from the program that made it, or take a screenshot. Renaming the file does
    not convert it.
    """
    for figure in figures_of(ctx):
        if figure.target.kind == "relative" and figure.problem in (
            PathProblem.NONE,
            PathProblem.OUTSIDE,
            PathProblem.UNKNOWN,
        ):
            yield from _problems(ctx, figure)


def _problems(ctx: QuestionContext, figure: Figure) -> Iterator[Problem]:
    formats, extension = ctx.settings.formats, extension_of(figure.target.bare)
    place = _place_of(ctx, figure, extension)
    if not extension and not figure.file and figure.problem is PathProblem.OUTSIDE:
        return  # `image-outside-figures` reports a path that leads to no file
    if not extension:
        yield Problem(place, f"the file's name has no extension: use {_listed(formats)}")
    elif extension.lower() not in formats:
        yield Problem(place, f".{extension} is not a format that the course accepts: use {_listed(formats)}")
    elif wrong := _content(ctx, figure, extension.lower()):
        yield Problem(figure.place, wrong)
    elif extension not in formats:
        message = f".{extension} is in capitals, .{extension.lower()} is asked for: rename the file and change the path"
        yield Problem(place, message, severity=Severity.HINT)


def _place_of(ctx: QuestionContext, figure: Figure, extension: str) -> Span:
    end = figure.place.end
    is_at_end = extension and ctx.question[figure.place].endswith("." + extension)
    return Span(end - len(extension), end) if is_at_end else figure.place


def _content(ctx: QuestionContext, figure: Figure, extension: str) -> str | None:
    """Return a message if the file's content does not match its extension."""
    info = ctx.files.info(figure.file) if figure.file else None
    wanted = _KINDS.get(extension)
    if not info or not wanted or not info.size or info.is_lfs_pointer or info.kind == wanted:
        return None
    if not info.kind:
        return f"the file's name ends in .{extension}, but its content is not an image: save it again"
    return f"the file's name ends in .{extension}, but its content is {info.kind}: convert it, or name it as what it is"


def _listed(formats: tuple[str, ...]) -> str:
    *others, last = (f".{name}" for name in formats)
    return f"{', '.join(others)} or {last}" if others else last
