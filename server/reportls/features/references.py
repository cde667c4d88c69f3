"""References to files in the answers, and the edits that rename a figure in all of them."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.analysis.embedding import PATH_SIGN, bare_paths
from reportls.analysis.image_paths import is_figure, is_picture, spelled_otherwise
from reportls.report.commonmark.parse import attributes_of
from reportls.report.target import address_of, encoded, read_target, target_of
from reportls.text import LINE_START, Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.findings.context import QuestionContext
    from reportls.findings.files import Files
    from reportls.report.commonmark.nodes import Image
    from reportls.report.question import Question
    from reportls.snapshot import JudgedReport

Form = Literal["image", "tag", "link", "definition", "text"]
"""`tag` is an `<img>`, `definition` a line `[label]: path`, `text` a bare path."""

_DEFINITION = pattern(LINE_START + r" {0,3}\[[^\]\r\n]{1,200}\]:[ \t]*(?P<path><[^<>\r\n]*>|[^\s<]\S*)", re.MULTILINE)
_QUERY = pattern(r"(?<!&)\\?[?#]")
"""Except in an entity such as `&#32;`."""
_ESCAPED = pattern(r"\\([!-/:-@\[-`{-~])")
_BREAKING = pattern(r"[\x00-\x1f\x7f:]")
"""Encoded in addition to the usual characters: `Answer:` in a path would start an answer."""
_FORBIDDEN = pattern(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff<>:"\\|?*]')
_DEVICE = pattern(r"(?i:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])")
"""Names that Windows keeps for devices, whatever the extension."""
_LONGEST = 255
_HERE = "./"
_ABOVE = ".."


class Place(NamedTuple):
    """A path in an answer."""

    span: Span
    """Offsets count from the start of the report."""
    path: str
    """The relative path, decoded and normalised. The file need not exist."""
    form: Form


class _Written(NamedTuple):
    """A path as written; its span counts from the start of the question's block."""

    span: Span
    path: str
    """With entities, backslashes and percent signs decoded, the last as `address_of` does."""
    form: Form


def all_places(snapshot: JudgedReport) -> Iterator[Place]:
    """Yield the relative paths in the answers, in the order of the text; no two overlap."""
    for index in range(len(snapshot.questions)):
        yield from places_in(snapshot, index)


def places_in(snapshot: JudgedReport, index: int) -> Iterator[Place]:
    """Yield the relative paths in the question at an index."""
    ctx, start = snapshot.questions[index], snapshot.question_starts[index]
    for written in _apart([*_in_markup(ctx.question), *_in_text(ctx)]):
        if (meant := _meant(ctx, written)) is not None:
            yield Place(meant.span.shifted(start), meant.path, meant.form)


def _apart(places: Iterable[_Written]) -> Iterator[_Written]:
    """Sort the paths and drop overlaps: the views of author and checker may disagree on what an image is."""
    end = -1
    for place in sorted(places, key=lambda place: place.span):
        if place.span.start > end:
            end = place.span.end
            yield place


def _in_markup(question: Question) -> Iterator[_Written]:
    for image in question.markup.images:
        if written := _from_image(question, image):
            yield written
    for counted in question.images:
        if counted.target and counted.form != "html":
            yield _Written(counted.target, counted.path, "image")
    for link in question.markup.links:
        if link.target:
            yield _Written(link.target, link.path, "link")
    yield from _definitions(question)


def _from_image(question: Question, image: Image) -> _Written | None:
    if image.form == "html":
        source = attributes_of(question[image.span]).get("src")
        return _Written(source.shifted(image.span.start), address_of(image.path), "tag") if source else None
    return _Written(image.target, image.path, "image") if image.target else None


def _definitions(question: Question) -> Iterator[_Written]:
    if not question.definitions:
        return
    # The hand-in page reads definitions even in a fence, but the author means them as code.
    code = [element.span for element in question.markup.elements if element.kind in ("code", "fence")]
    for match in _DEFINITION.finditer(question.text, *question.layout.answer):
        span = Span(*match.span("path"))
        if question.text[span.start] == "<":
            span = Span(span.start + 1, span.end - 1)
        area = question.hidden_areas.around(span)
        if (not area or area.hiding == "definition") and not is_covered(span, code):
            yield _Written(span, address_of(unescape(_ESCAPED.sub(r"\1", question[span]))), "definition")


def _in_text(ctx: QuestionContext) -> Iterator[_Written]:
    for span in bare_paths(ctx):
        yield _Written(span, address_of(ctx.question[span]), "text")


def _meant(ctx: QuestionContext, written: _Written) -> _Written | None:
    """Return the part that names a file, without blanks around it and without a query."""
    text = ctx.question[written.span]
    start = written.span.start + len(text) - len(text.lstrip())
    target, query = target_of(written.path), _QUERY.search(text)
    if query and not ctx.files.info(target.path):
        text = text[: query.start()]
        target = target_of(_without(written.path, ctx.question[written.span][query.start() :]))
    span = Span(start, max(start, start + len(text.strip())))
    is_inside = target.kind == "relative" and target.path.split("/", 1)[0] not in (".", "..", "")
    return _Written(span, target.path, written.form) if is_inside and span.end > span.start else None


def _without(path: str, query: str) -> str:
    rest = path.removesuffix(address_of(query))
    return rest if rest != path else re.split("[?#]", path, maxsplit=1)[0]


def figure_at(snapshot: JudgedReport, offset: int) -> Place | None:
    """Return the figure whose path is at `offset`, end included. The file need not exist."""
    index = snapshot.question_at(offset)
    if index is None:
        return None
    places = places_in(snapshot, index)
    found = next((place for place in places if place.span.start <= offset <= place.span.end), None)
    return found if found and _is_picture(snapshot, found) else None


def uses_of(snapshot: JudgedReport, path: str) -> tuple[Place, ...]:
    """Return all uses of the figure in the answers, in the order of the text.

    An image by reference counts where its label is defined, as the path is there.
    """
    return tuple(place for place in all_places(snapshot) if place.path == path)


def _is_picture(snapshot: JudgedReport, place: Place) -> bool:
    return (
        place.form in ("image", "tag") or is_figure(snapshot.environment.settings, place.path) or is_picture(place.path)
    )


class Link(NamedTuple):
    """A link to a file."""

    span: Span
    """The path as written in the report."""
    path: str
    """The decoded path from the report's folder, with `/`, of a file that exists."""
    tooltip: str


def links(snapshot: JudgedReport) -> tuple[Link, ...]:
    """Return the images, links and definitions in the answers that lead to a file in the repository.

    In the order of the text. Web addresses are left out, as editors find them themselves.
    """
    files = snapshot.environment.files
    return tuple(
        Link(place.span, place.path, f"open {place.path}")
        for place in all_places(snapshot)
        if place.form != "text" and files.info(place.path)
    )


def rename_edits(snapshot: JudgedReport, old: str, new: str) -> tuple[Edit, ...]:
    """Return the edits after which every use of `old` leads to `new`; offsets count from the start of the report.

    Both are decoded paths from the report's folder. If `old` ends with `/`, all files below that folder move. Text
    around a path stays: `./`, `<>`, quotes, a title, a query.
    """
    if old == new or not new.strip("/"):
        return ()
    moved = ((place, _moved(place.path, old, new)) for place in all_places(snapshot))
    text = snapshot.report.text
    return tuple(
        Edit(place.span, _as_before(path, place.form, text[place.span.start : place.span.end]))
        for place, path in moved
        if path
    )


def path_as_written(path: str) -> str:
    """Encode a path from the report's folder for the brackets of an image or link."""
    written = _BREAKING.sub(_percent, encoded(path))
    return written if read_target(written).kind == "relative" else _HERE + written


def full_name(old: str, new: str) -> str:
    """Return the path that `new` means as a name for `old`: by default in the same folder and with the same extension.

    Both are decoded paths from the report's folder; a folder ends with `/`. A file keeps its name in a new folder.
    """
    new, is_folder = new.strip(), old.endswith("/")
    name = new.rstrip("/") if is_folder else new + posixpath.basename(old) * new.endswith("/")
    if "/" not in name:
        name = posixpath.join(posixpath.dirname(old.rstrip("/")), name)
    if is_folder:
        return posixpath.normpath(name) + "/"
    stem, extension = posixpath.splitext(name)
    return posixpath.normpath(stem + (extension or posixpath.splitext(old)[1]))


def check_new_name(snapshot: JudgedReport, old: str, new: str) -> str | None:
    """Return why `new` is not a valid name for `old`; None if it is. Both are paths as in `full_name`."""
    if not new.strip(" /"):
        return "the new name is empty"
    if sign := _FORBIDDEN.search(new):
        return f"a file name cannot contain {sign[0] if sign[0].isprintable() else 'control characters'}"
    path = full_name(old, new)
    if path.startswith("/") or path.split("/", 1)[0] == _ABOVE:
        return f"{path} is not in the report's folder"
    if reason := next(filter(None, map(_why_no_name, path.rstrip("/").split("/"))), None):
        return reason
    if is_picture(old) and not is_picture(path):
        return f"{path} is not an image file: end the name with {_endings(snapshot)}"
    return _clash(snapshot.environment.files, old, path)


def _why_no_name(part: str) -> str | None:
    """Return why no file or folder can have that name on the systems of a group; None if it can."""
    if part.strip() != part or part.endswith("."):
        return "a name cannot begin or end with a space, or end with a full stop"
    if len(part.encode()) > _LONGEST:
        return f"a name has at most {_LONGEST} bytes"
    # To Windows, `con .tar.gz` is the device `con`, too.
    stem = part.partition(".")[0].rstrip()
    return f"Windows has no file of the name {stem}" if _DEVICE.fullmatch(stem) else None


def _endings(snapshot: JudgedReport) -> str:
    *first, last = (f".{extension}" for extension in snapshot.environment.formats)
    return " or ".join(filter(None, [", ".join(first), last]))


def _clash(files: Files, old: str, path: str) -> str | None:
    if path == old:
        return None
    if path.endswith("/"):
        if path.startswith(old):
            return "a folder cannot be moved into itself"
        below = next((file for file in files.paths() if f"{file}/".startswith(path)), None)
        return f"{below} already exists" if below else None
    other = path if files.info(path) else spelled_otherwise(files, path)
    if other and other != old:
        return f"{other} already exists"
    return None


def _moved(path: str, old: str, new: str) -> str | None:
    if path == old:
        return new
    if not old.endswith("/") or not path.startswith(old):
        return None
    return f"{new.rstrip('/')}/{path[len(old) :]}"


def _as_before(path: str, form: Form, before: str) -> str:
    """Return the path in the form that `before` has."""
    written = path_as_written(path)
    if form in ("text", "tag"):
        written = PATH_SIGN.sub(_percent, written)
    return _HERE + written if before.startswith(_HERE) and not written.startswith(_HERE) else written


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
