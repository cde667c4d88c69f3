"""What an image's path has to do with the files beside the report, and how the path is mended."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.builtin import sample_figures
from reportls.findings.finding import Fix
from reportls.report.target import decoded_target, encoded, extension_of, name_of
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.findings.context import QuestionContext
    from reportls.findings.files import FileInfo, Files
    from reportls.findings.settings import Settings
    from reportls.report.images import AnswerImage
    from reportls.report.question import Question
    from reportls.report.target import Target

PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp"})
"""The extensions that files of pictures have."""
RASTER = frozenset({"png", "jpeg", "gif", "webp"})
"""Kinds of pictures that are nothing but points, and safe to show: one that draws itself, as SVG does, can do more."""
_MOST_NEAR = 3
_MOST_COMPARED = 300
_LONGEST_NAME = 255
_LONGEST_SHOWN = 80


class PathProblem(Enum):
    """What is wrong with the place that a path leads to; one thing at a time."""

    NONE = "fine"
    OUTSIDE = "outside the folder for figures"
    UNFILLED = "the sample's < > left in"
    OTHER_CASE = "in other letters"
    MISSING = "no such file"
    UNKNOWN = "a relative path, and no files known"


class Figure(NamedTuple):
    """An image that a reader should see, and where its path leads."""

    image: AnswerImage
    place: Span
    """The path as it stands there, within one line; failing that, the image's first line."""
    target: Target
    problem: PathProblem
    file: str | None = None
    """The file that it leads to, or would but for the letters' case."""


@lru_cache(4)
def figures_of(ctx: QuestionContext) -> tuple[Figure, ...]:
    """The images of an answer that are shown, with what their paths lead to.

    The last are kept, for one rule after the other asks.
    """
    return tuple(_figure(ctx, image) for image in ctx.question.images if not image.hiding)


def found_figures(ctx: QuestionContext) -> Iterator[tuple[Figure, str, FileInfo]]:
    """Those whose file exists, with its path and what is known of it."""
    for figure in figures_of(ctx):
        info = ctx.files.info(figure.file) if figure.file else None
        if figure.file and info and figure.problem in (PathProblem.NONE, PathProblem.OUTSIDE):
            yield figure, figure.file, info


def _figure(ctx: QuestionContext, image: AnswerImage) -> Figure:
    target = decoded_target(image.path)
    place = first_line(ctx.question, image.target or image.text or image.span)
    if place.start >= place.end:
        place = first_line(ctx.question, image.span)
    problem, file = _problem(ctx, target)
    return Figure(image, place, target, problem, file)


def _problem(ctx: QuestionContext, target: Target) -> tuple[PathProblem, str | None]:
    if target.kind != "relative":
        return PathProblem.OUTSIDE, None
    is_inside = is_figure(ctx.settings, target.bare.replace("\\", "/"))
    file = existing(ctx.files, target)
    if file:
        return PathProblem.NONE if is_inside or _is_below_figures(ctx, file) else PathProblem.OUTSIDE, file
    if "<" in target.path and ">" in target.path:
        return PathProblem.UNFILLED, None
    other = spelled_otherwise(ctx.files, target.bare)
    if other and is_figure(ctx.settings, other):
        return PathProblem.OTHER_CASE, other
    if not is_inside:
        return PathProblem.OUTSIDE, None
    return (PathProblem.MISSING if ctx.files.is_known else PathProblem.UNKNOWN), None


def _is_below_figures(ctx: QuestionContext, file: str) -> bool:
    """Whether it lies in a folder of that name further down, as it does beside a report at the repository's root."""
    return f"/{figures_folder(ctx.settings)}" in file and not file.startswith("../")


def existing(files: Files, target: Target) -> str | None:
    """The file that a relative target leads to."""
    return next((path for path in (target.path, target.bare) if path and files.info(path)), None)


def figures_folder(settings: Settings) -> str:
    """The beginning of every figure's path."""
    return settings.figures + "/"


def is_figure(settings: Settings, path: str) -> bool:
    """Whether a normalised path leads into the folder for figures."""
    return path.startswith(figures_folder(settings))


def spelled_otherwise(files: Files, path: str) -> str | None:
    """The one file whose path differs only in capitals, or in how its accents are encoded."""
    return _folded(tuple(files.paths())).get(fold(path))


@lru_cache(maxsize=4)
def _folded(paths: tuple[str, ...]) -> dict[str, str | None]:
    by_fold: dict[str, str | None] = {}
    for path in paths:
        folded = fold(path)
        by_fold[folded] = None if folded in by_fold else path
    return by_fold


def fold(path: str) -> str:
    """The path as file systems compare it that know no case."""
    if path.isascii():
        return path.lower()
    from unicodedata import normalize  # noqa: PLC0415  # most paths are plain

    return normalize("NFC", path).casefold()


def existing_figure(ctx: QuestionContext, name: str) -> str | None:
    """The one figure of that name, whatever its capitals."""
    like = _index(figures_in(ctx.files, ctx.settings)).get(fold(name), []) if name else []
    found = [figure for figure in like if fold(name_of(figure)) == fold(name)]
    return found[0] if len(found) == 1 else None


def near(ctx: QuestionContext, path: str) -> list[str]:
    """The figures that a path may have meant, the best first."""
    index = _index(figures_in(ctx.files, ctx.settings))
    path = fold(path.replace("\\", "/").replace("<", "").replace(">", ""))
    name = name_of(path)
    keys = (path, name, _stem(name))
    alike = sorted(_alike(name, index[""]), key=lambda figure: figure not in ctx.surroundings.unused)
    found = [*(figure for key in keys for figure in index.get(key, ())), *alike]
    return list(dict.fromkeys(found))[:_MOST_NEAR]


def elsewhere(ctx: QuestionContext, path: str) -> str | None:
    """A file of the same name that does not lie in the folder for figures."""
    name = fold(name_of(path))
    found = _index(tuple(ctx.files.paths())).get(name, ()) if name else ()
    return next((file for file in found if fold(name_of(file)) == name and not is_figure(ctx.settings, file)), None)


@lru_cache(maxsize=4)
def _index(figures: tuple[str, ...]) -> dict[str, list[str]]:
    """The figures by folded path, by name, by name without extension; under the empty string all that are compared."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for figure in figures:
        path = fold(figure)
        for key in {path, name_of(path), _stem(name_of(path))} - {""}:
            index[key].append(figure)
    index[""] = list(figures[:_MOST_COMPARED])
    return index


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _alike(name: str, figures: Sequence[str]) -> list[str]:
    if len(name) > _LONGEST_NAME:
        return []
    from difflib import get_close_matches  # noqa: PLC0415  # few reports need it

    by_name = {fold(name_of(figure)): figure for figure in figures}
    return [by_name[match] for match in get_close_matches(name, by_name, _MOST_NEAR)]


def is_picture(path: str) -> bool:
    """Tell whether the file's name has the extension of a picture."""
    return extension_of(path).lower() in PICTURES


def figures_in(files: Files, settings: Settings) -> tuple[str, ...]:
    """The pictures in the folder for figures."""
    return _figures(tuple(files.paths()), figures_folder(settings), settings.formats)


@lru_cache(maxsize=4)
def _figures(paths: tuple[str, ...], folder: str, formats: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for path in paths if path.startswith(folder) and extension_of(path).lower() in formats)


def unused_figures(files: Files, settings: Settings, questions: Iterable[Question]) -> tuple[str, ...]:
    """The pictures in the folder for figures that no answer shows or has the checker count."""
    figures = figures_in(files, settings)
    if not figures:
        return ()
    used = frozenset().union(*(question.image_paths for question in questions))
    return tuple(path for path in figures if path not in used)


def use_same_figures(files: Files, settings: Settings, one: Question, other: Question) -> bool:
    """Whether of the pictures in the folder for figures both questions show, or have counted, the same."""
    different = one.image_paths ^ other.image_paths
    return not different or different.isdisjoint(figures_in(files, settings))


def is_sample(ctx: QuestionContext, path: str) -> bool:
    """Tell whether the file is one of the template's own pictures, unchanged; False where the course is not known."""
    return bool(ctx.edition.id) and ctx.files.blob(path) in sample_figures()


def path_fixes(figure: Figure, paths: Sequence[str], *, safe: bool = False) -> tuple[Fix, ...]:
    """A fix for each path that the image may have meant; none for an image by reference."""
    target = figure.image.target
    if not target:
        return ()
    return tuple(Fix(f"change the path to {path}", (Edit(target, encoded(path)),), safe) for path in paths)


def first_line(question: Question, span: Span) -> Span:
    """The part of the span that lies on its first line."""
    end = question.source.line_span(question.source.line_at(span.start)).end
    return Span(span.start, min(span.end, end))


def shown(path: str) -> str:
    """The path as a message shows it."""
    return path if len(path) <= _LONGEST_SHOWN else path[: _LONGEST_SHOWN - 1] + "\u2026"
