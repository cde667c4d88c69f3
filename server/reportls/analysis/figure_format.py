"""Checks the formats of figures against those that the course accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_paths import Figure, PathProblem
from reportls.analysis.limits import lacking_images
from reportls.findings.finding import Problem, Severity
from reportls.report.target import extension_of
from reportls.text import Span

if TYPE_CHECKING:
    from reportls.findings.context import QuestionContext

_KINDS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp", "svg": "svg"}
"""Expected format of the content by extension."""
_WITH_FORMAT = (PathProblem.NONE, PathProblem.OUTSIDE, PathProblem.UNKNOWN)


def format_problem(ctx: QuestionContext, figure: Figure) -> Problem | None:
    """Return what is wrong with the format of a figure that a relative path leads to; None if nothing is."""
    if figure.target.kind != "relative" or figure.problem not in _WITH_FORMAT:
        return None
    extension = extension_of(figure.target.bare)
    if not extension and not figure.file and figure.problem is PathProblem.OUTSIDE:
        return None  # a path that leads to no file is another problem
    formats, place = ctx.formats, _place_of(ctx, figure, extension)
    if not extension:
        return Problem(place, f"the file's name has no extension: use {_listed(formats)}")
    if extension.lower() not in formats:
        return Problem(place, f".{extension} is not a format that the course accepts: use {_listed(formats)}")
    if wrong := _content(ctx, figure, extension.lower()):
        return Problem(figure.place, wrong)
    return None if extension in formats else _in_capitals(place, extension)


def with_count(ctx: QuestionContext, figure: Figure, problem: Problem) -> Problem:
    """Return a problem of an `<img>`'s path that also says that the tag is not counted, where an image is lacking.

    Changing the path alone would leave the question failed, and two findings about one tag are one too many.
    """
    image = figure.image
    if image.form != "html" or image.is_counted or not lacking_images(ctx):
        return problem
    return problem._replace(message=f"{problem.message}, as ![text](path), because an <img> is not counted")


def _in_capitals(place: Span, extension: str) -> Problem:
    message = f".{extension} is in capitals, but .{extension.lower()} is required: rename the file and change the path"
    return Problem(place, message, severity=Severity.HINT)


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
    return f"the file's name ends in .{extension}, but its content is {info.kind}: convert it, or change the extension"


def _listed(formats: tuple[str, ...]) -> str:
    *others, last = (f".{name}" for name in formats)
    return f"{', '.join(others)} or {last}" if others else last
