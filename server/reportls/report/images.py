"""The images of an answer in both views at once: which ones the checker counts, and which ones a reader sees."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.report.commonmark.parse import attributes_of
from reportls.report.form import FORM
from reportls.report.kinds import counted_images
from reportls.report.target import address_of
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.report.commonmark.nodes import Image
    from reportls.report.handin_page.hidden import HiddenAreas, Hiding

ImageForm = Literal["inline", "spaced", "reference", "html"]

_MOST_IMAGES = 200
"""Read in one answer at most: a report has fewer, and each image costs several look-ups."""
_LONGEST_TARGET = 2000
_BRACKET = pattern(r"\\.|[\[\]]")
_PARENTHESIS = pattern(r"[()\r\n]")


class AnswerImage(NamedTuple):
    """An image in an answer; spans count from the start of the question's block."""

    form: ImageForm
    """`spaced` is an inline image with a space in its path, which the hand-in page shows and GitHub does not."""
    span: Span
    text: Span | None
    """The alternative text; None for an HTML tag."""
    target: Span | None
    """The path as written, without `<>`, title and quotation marks; None for a reference."""
    path: str
    """The path, entities and percent signs decoded as `address_of` does."""
    is_counted: bool
    """Whether the checker counts it."""
    hiding: Hiding | None = None
    """Why nobody sees it on the hand-in page, if so."""


def images_in(text: str, answer: Span, shown: Sequence[Image], hidden: HiddenAreas) -> tuple[AnswerImage, ...]:
    """Return every image in the answer at `answer` in a block's text, in order.

    `shown` are the images that a preview shows, `hidden` the areas of the answer in which none is shown.
    """
    counted = list(islice(_counted(text, answer), _MOST_IMAGES))
    shown = sorted(shown[:_MOST_IMAGES], key=lambda image: image.span)
    spans = [image.span for image in shown]
    found = [_shown(text, image, hidden, is_counted=_is_among(image.span, counted)) for image in shown]
    found += [_only_counted(text, span, hidden) for span in counted if not _is_among(span, spans)]
    return tuple(sorted(found, key=lambda image: image.span))


def _counted(text: str, answer: Span) -> Iterator[Span]:
    start = answer.start
    for segment in text[answer.start : answer.end].split(FORM.marker):
        yield from (span.shifted(start) for span in counted_images(segment))
        start += len(segment) + len(FORM.marker)


def _is_among(span: Span, others: Sequence[Span]) -> bool:
    """Whether the span overlaps one of `others`, which are sorted and do not overlap each other."""
    index = bisect_right(others, span.start, key=lambda other: other.end)
    return index < len(others) and others[index].start < span.end


def _shown(text: str, image: Image, hidden: HiddenAreas, *, is_counted: bool) -> AnswerImage:
    found = AnswerImage(image.form, image.span, image.text, image.target, image.path, is_counted)
    if image.form == "html":
        return found._replace(target=_source(text, image.span), path=address_of(image.path))
    if not image.path.strip():
        return found._replace(hiding="no path")
    area = hidden.around(image.span)
    return found._replace(hiding=area.hiding) if area else found


def _source(text: str, tag: Span) -> Span:
    return attributes_of(text[tag.start : tag.end])["src"].shifted(tag.start)


def _only_counted(text: str, span: Span, hidden: HiddenAreas) -> AnswerImage:
    label = Span(span.start + 2, text.index("](", span.start + 2))
    target = _target(text, label.end + 2)
    path = address_of(text[target.start : target.end]) if target else ""
    form: ImageForm = "spaced" if any(map(str.isspace, path)) else "inline"
    found = AnswerImage(form, span, label, target, path, is_counted=True)
    if target:
        found = found._replace(span=Span(span.start, max(span.end, text.index(")", target.end) + 1)))
    return found._replace(hiding=_hiding(text, found, hidden))


def _hiding(text: str, image: AnswerImage, hidden: HiddenAreas) -> Hiding | None:
    """Return why nobody sees the image; a reason that outlasts the fix of all others comes first."""
    if not image.target or not image.text or not _is_balanced(text[image.text.start : image.text.end]):
        return "no image"
    if not image.path.strip():
        return "no path"
    if area := hidden.around(image.span):
        return area.hiding
    return "backslash" if _is_escaped(text, image.span.start) else None


def _is_escaped(text: str, at: int) -> bool:
    # A look at all backslashes before each image could take quadratic time.
    before = text[max(at - 20, 0) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _target(text: str, start: int) -> Span | None:
    """The path in the brackets that open before `start`; None if they do not close on the line."""
    end = _closing(text, start)
    if end < 0:
        return None
    written = _without_title(text[start:end])
    path = written.strip(" \t")
    start += len(written) - len(written.lstrip(" \t")) if path else 0
    if path.startswith("<") and path.endswith(">"):
        return Span(start + 1, start + len(path) - 1)
    return Span(start, start + len(path))


def _without_title(written: str) -> str:
    """Strip a title in quotation marks from the text between the brackets."""
    stripped = written.rstrip(" \t")
    if not stripped.endswith(("'", '"')):
        return written
    opening = stripped.rfind(stripped[-1], 0, -1)
    return stripped[:opening] if opening > 0 and stripped[opening - 1] in " \t" else written


def _closing(text: str, start: int) -> int:
    depth = 1
    for match in _PARENTHESIS.finditer(text, start, start + _LONGEST_TARGET):
        if match[0] not in "()":
            break
        depth += 1 if match[0] == "(" else -1
        if not depth:
            return match.start()
    return -1


def _is_balanced(label: str) -> bool:
    depth = 0
    for match in _BRACKET.finditer(label):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        if depth < 0:
            return False
    return not depth
