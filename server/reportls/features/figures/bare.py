"""Paths of pictures that stand in the text of an answer by themselves, neither image nor link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportls.analysis.image_paths import existing, figures_folder, is_figure
from reportls.report.target import encoded, read_target
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.question import Question

_SIGNS = r"\x00-$'-*,:-?\[-^`{-\x7f\xab\xbb\u2010-\u2027\u2039\u203a"
"""What stands beside a path rather than in it, besides white space; as in a class of characters."""
SIGN = pattern(f"[{_SIGNS}]")
_PATH = pattern(
    rf"(?<![^\s{_SIGNS}])[^\s{_SIGNS}]+\.(?:png|jpe?g|gif|svg|webp)(?![\w/-]|\.\w)",
    re.IGNORECASE,
)
_ENDING = pattern(r"\.(?:png|jpe?g|gif|svg|webp)", re.IGNORECASE)
_NOT_LINE_BREAK = pattern(r"[^\r\n]")


def bare_paths(ctx: QuestionContext) -> Iterator[Span]:
    """Each path of a figure, or of another file that exists; as text or as all of a code span.

    A path that starts further up than the report, such as `reports/figures/a.png`, counts from its folder for figures.
    """
    question = ctx.question
    if not _ENDING.search(question.text, *question.layout.answer):
        return
    for match in _PATH.finditer(_bared(question), *question.layout.answer):
        if span := _from_here(ctx, Span(*match.span())):
            yield span


def _from_here(ctx: QuestionContext, span: Span) -> Span | None:
    written = ctx.question[span]
    target = read_target(written)
    if target.kind != "relative":
        return None
    if is_figure(ctx.settings, target.path) or existing(ctx.files, target):
        return span
    above = written.rfind("/" + encoded(figures_folder(ctx.settings)))
    is_known = above >= 0 and ctx.files.info(read_target(written[above + 1 :]).path)
    return Span(span.start + above + 1, span.end) if is_known else None


def _bared(question: Question) -> str:
    """The question's text with blanks for all that is an image, a link, code or HTML."""
    markup, parts, position = question.markup, [], 0
    taken = [*(image.span for image in markup.images), *(image.span for image in question.images)]
    taken += [link.span for link in markup.links]
    taken += [element.span for element in markup.elements if element.kind in ("fence", "code", "html")]
    taken += [*markup.html, *(code for code in markup.code if not _PATH.fullmatch(question[code].strip("` ")))]
    for start, end in sorted(taken):
        if end > position:
            start = max(start, position)  # noqa: PLW2901  # what is inside another was blanked with it
            parts += [question.text[position:start], _NOT_LINE_BREAK.sub(" ", question.text[start:end])]
            position = end
    return "".join([*parts, question.text[position:]])
