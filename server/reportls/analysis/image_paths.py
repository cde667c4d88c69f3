"""Resolves the paths of images, checks the formats of their files, and makes fixes for paths that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import lacking_images
from reportls.editions.edition import sample_figures
from reportls.findings.context import FigureUse, QuestionContext
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.settings import IMAGE_FORMATS
from reportls.report.target import encoded, extension_of, name_of, target_of
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.findings.files import FileInfo, Files
    from reportls.findings.settings import Settings
    from reportls.report.images import AnswerImage
    from reportls.report.question import Question
    from reportls.report.target import Target

PICTURES = frozenset(IMAGE_FORMATS)
"""The extensions of image files."""
RASTER = frozenset({"png", "jpeg", "gif", "webp"})
"""Formats that are safe to show: pixels only, whereas SVG can contain scripts."""
MOST_PIXELS = 50_000_000
"""Most pixels of a figure that is shown: a small file may unpack into gigabytes."""
_INVISIBLE = pattern(r"[\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")
_BLANK = pattern(r"\s")
_COPY = pattern(r"[ ]\([0-9]{1,3}\)\Z")
"""The number that browsers give to a second download."""
_LIKENESS = 0.7
"""Least similarity of two file stems, from 0 to 1, at which one may be a typo for the other."""
_MOST_NEAR = 3
_MOST_COMPARED = 300
_LONGEST_NAME = 255
_LONGEST_SHOWN = 80


def is_huge(info: FileInfo) -> bool:
    """Return whether the figure has too many pixels to be shown, or an unknown number of them."""
    return info.pixels is None or info.pixels[0] * info.pixels[1] > MOST_PIXELS


class PathProblem(Enum):
    """The problem with a path; if there are several, the one to solve first."""

    NONE = "fine"
    OUTSIDE = "outside what is handed in"
    UNFILLED = "the sample's < > left in"
    OTHER_CASE = "in other letters"
    MISSING = "no such file"
    UNKNOWN = "a relative path, and no files known"


class Figure(NamedTuple):
    """An image that is shown, and where its path leads."""

    image: AnswerImage
    place: Span
    """The path in the text, within one line; failing that, the image's first line."""
    target: Target
    problem: PathProblem
    file: str | None = None
    """The file that it leads to, apart from differences in case."""


@lru_cache(4)
def figures_of(ctx: QuestionContext) -> tuple[Figure, ...]:
    """Return the images of an answer that are shown, with their files.

    The last few results are cached, because one rule after the other asks for them.
    """
    return tuple(_figure(ctx, image) for image in ctx.question.images if not image.hiding)


def found_figures(ctx: QuestionContext) -> Iterator[tuple[Figure, str, FileInfo]]:
    """Yield the images whose file exists, with its path and facts about it."""
    for figure in figures_of(ctx):
        info = ctx.files.info(figure.file) if figure.file else None
        if figure.file and info and figure.problem in (PathProblem.NONE, PathProblem.OUTSIDE):
            yield figure, figure.file, info


def _figure(ctx: QuestionContext, image: AnswerImage) -> Figure:
    target = target_of(image.path)
    place = first_line(ctx.question, image.target or image.text or image.span)
    if place.start >= place.end:
        place = first_line(ctx.question, image.span)
    problem, file = _problem(ctx, target)
    return Figure(image, place, target, problem, file)


def _problem(ctx: QuestionContext, target: Target) -> tuple[PathProblem, str | None]:
    if target.kind != "relative":
        return PathProblem.OUTSIDE, None
    is_inside = is_figure(ctx.settings, target.path.replace("\\", "/"))
    file = existing(ctx.files, target)
    if file:
        return PathProblem.OUTSIDE if _is_above(file) else PathProblem.NONE, file
    if "<" in target.path and ">" in target.path:
        return PathProblem.UNFILLED, None
    other = spelled_otherwise(ctx.files, target.bare)
    if other and not _is_above(other):
        return PathProblem.OTHER_CASE, other
    if not is_inside and not ctx.surroundings.has_form:
        return PathProblem.OUTSIDE, None
    return (PathProblem.MISSING if ctx.files.is_known else PathProblem.UNKNOWN), None


def _is_above(file: str) -> bool:
    """Return whether the file is outside the report's folder, which is what is handed in."""
    return file.startswith("../")


def existing(files: Files, target: Target) -> str | None:
    """Return the file that a relative target leads to, as browsers read it."""
    return target.bare if target.bare and files.info(target.bare) else None


def read_otherwise(ctx: QuestionContext, target: Target) -> str | None:
    """Return the file whose name a relative target says, if browsers take its `#` or `?` for the end of the path."""
    return target.path if target.path != target.bare and ctx.files.info(target.path) else None


def figures_folder(settings: Settings) -> str:
    """Return the beginning of every figure's path."""
    return settings.figures + "/"


def is_figure(settings: Settings, path: str) -> bool:
    """Return whether a normalised path leads into the figures folder."""
    return path.startswith(figures_folder(settings))


def spelled_otherwise(files: Files, path: str) -> str | None:
    """Return the only file whose path differs just in case or in the encoding of accents; None if several do."""
    return _folded(tuple(files.paths())).get(fold(path))


@lru_cache(maxsize=4)
def _folded(paths: tuple[str, ...]) -> dict[str, str | None]:
    by_fold: dict[str, str | None] = {}
    for path in paths:
        folded = fold(path)
        by_fold[folded] = None if folded in by_fold else path
    return by_fold


def fold(path: str) -> str:
    """Return the path as case-insensitive file systems compare it."""
    if path.isascii():
        return path.lower()
    from unicodedata import normalize  # noqa: PLC0415  # most paths are plain

    return normalize("NFC", path).casefold()


def existing_figure(ctx: QuestionContext, name: str) -> str | None:
    """Return the only figure of that name, ignoring case."""
    like = _index(figures_in(ctx.files, ctx.settings, ctx.formats)).get(_plain(name), []) if name else []
    found = [figure for figure in like if fold(name_of(figure)) == fold(name)]
    return found[0] if len(found) == 1 else None


def near(ctx: QuestionContext, path: str) -> list[str]:
    """Return the figures that a path may have meant and no answer shows, best match first."""
    index = _index(ctx.surroundings.figure_use.unused)
    # On Windows, people write backslashes; `<` and `>` are left over from the template's sample.
    path = _plain(path.replace("\\", "/").replace("<", "").replace(">", ""))
    name = name_of(path)
    keys = (path, name, _stem(name))
    found = [*(figure for key in keys for figure in index.get(key, ())), *_alike(_stem(name), index[""])]
    return list(dict.fromkeys(found))[:_MOST_NEAR]


def difference_in_blanks(path: str, file: str) -> str:
    """Name the character that only one of two paths has if they look the same; empty if they differ visibly."""
    if path == file or _plain(path) != _plain(file):
        return ""
    for where, one, other in (("it has", file, path), ("the path has", path, file)):
        odd = next((sign for sign in one if sign not in other and (sign.isspace() or _INVISIBLE.match(sign))), None)
        if odd and odd != " ":
            return f"{where} {_in_words(odd)} (U+{ord(odd):04X})"
    return ""


def _in_words(sign: str) -> str:
    from unicodedata import name  # noqa: PLC0415  # few names hold such a sign

    word = name(sign, "control character").lower()
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def elsewhere(ctx: QuestionContext, path: str) -> str | None:
    """Return a file of the same name outside the figures folder."""
    name = fold(name_of(path))
    found = _index(tuple(ctx.files.paths())).get(_plain(name), ())
    return next((file for file in found if fold(name_of(file)) == name and not is_figure(ctx.settings, file)), None)


@lru_cache(maxsize=4)
def _index(figures: tuple[str, ...]) -> dict[str, list[str]]:
    """Index figures by plain path, by name, and by name without extension; the empty string has those to compare."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for figure in figures:
        path = _plain(figure)
        for key in {path, name_of(path), _stem(name_of(path))} - {""}:
            index[key].append(figure)
    index[""] = list(figures[:_MOST_COMPARED])
    return index


def _plain(path: str) -> str:
    """Return the path as it looks: folded, with plain spaces and without invisible signs."""
    folded = fold(path)
    return folded if folded.isascii() else _BLANK.sub(" ", _INVISIBLE.sub("", folded))


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _alike(stem: str, figures: Sequence[str]) -> list[str]:
    # No file has such a name, and the time to compare grows with the square of its length.
    if len(stem) > _LONGEST_NAME:
        return []
    from difflib import get_close_matches  # noqa: PLC0415  # few reports need it

    by_stem = {_COPY.sub("", _stem(_plain(name_of(figure)))): figure for figure in figures}
    return [by_stem[match] for match in get_close_matches(stem, by_stem, _MOST_NEAR, _LIKENESS)]


def is_picture(path: str) -> bool:
    """Return whether the file's name has the extension of an image."""
    return extension_of(path).lower() in PICTURES


def figures_in(files: Files, settings: Settings, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths of all figures."""
    return _figures(tuple(files.paths()), figures_folder(settings), formats)


@lru_cache(maxsize=4)
def _figures(paths: tuple[str, ...], folder: str, formats: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for path in paths if path.startswith(folder) and extension_of(path).lower() in formats)


def figure_use(files: Files, settings: Settings, formats: tuple[str, ...], questions: Iterable[Question]) -> FigureUse:
    """Return which figures the questions, in the order of the report, show or have counted."""
    figures = frozenset(figures_in(files, settings, formats))
    if not figures:
        return FigureUse()
    used: set[str] = set()
    again: set[tuple[int, str]] = set()
    for question in questions:
        again |= {(question.number, path) for path in used & question.image_paths}
        used |= question.image_paths & figures
    return FigureUse(tuple(path for path in figures_in(files, settings, formats) if path not in used), frozenset(again))


def use_same_figures(
    files: Files, settings: Settings, formats: tuple[str, ...], one: Question, other: Question
) -> bool:
    """Return whether both questions show, or have counted, the same figures."""
    different = one.image_paths ^ other.image_paths
    return not different or different.isdisjoint(figures_in(files, settings, formats))


def is_sample(ctx: QuestionContext, path: str) -> bool:
    """Return whether the file is one of the template's own figures, unchanged; False if the course is unknown."""
    return bool(ctx.edition.id) and ctx.files.blob(path) in sample_figures()


def path_fixes(figure: Figure, paths: Sequence[str], *, safe: bool = False) -> tuple[Fix, ...]:
    """Return a fix for each path that the image may have meant; none for an image by reference."""
    target = figure.image.target
    if not target:
        return ()
    return tuple(Fix(f"change the path to {path}", (Edit(target, encoded(path)),), safe) for path in paths)


def first_line(question: Question, span: Span) -> Span:
    """Return the part of the span on its first line."""
    end = question.source.line_span(question.source.line_at(span.start)).end
    return Span(span.start, min(span.end, end))


def shown(path: str) -> str:
    """Return the path shortened for a message."""
    return path if len(path) <= _LONGEST_SHOWN else path[: _LONGEST_SHOWN - 1] + "\u2026"


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
    formats, place = ctx.formats, _place_of_extension(ctx, figure, extension)
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


def _place_of_extension(ctx: QuestionContext, figure: Figure, extension: str) -> Span:
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
