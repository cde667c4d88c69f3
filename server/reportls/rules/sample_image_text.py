"""Alternative texts that come from the template's sample or from an editor."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem, Related, Severity
from reportls.findings.rule import report_rule
from reportls.report.target import target_of, words_of
from reportls.text import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.question import Question

_SAMPLES = frozenset(("my_image", "alt text"))
_MOST_KEPT = 64
"""More than a report has questions."""


@report_rule(Severity.HINT, fix="offered", of="answers")
def sample_image_text(ctx: ReportContext) -> Iterator[Problem]:
    """An image still has the alternative text of the template's sample, or one that an editor inserted.

    The text between the brackets replaces an image that cannot be shown, and screen readers read it aloud. The
    template's `my_image` and the `alt text` that editors insert say nothing. There is one finding for the whole
    report, which lists all such images.

    Describe each image in a few words:

        ![training loss of the three best runs](figures/loss.png)
    """
    found = [
        (question[edit.span], edit.shifted(start))
        for start, question in zip(ctx.report.starts[1:-1], ctx.report.questions, strict=True)
        if "images" in question.triggers
        for edit in _renamings(question)
    ]
    if not found:
        return
    words, first = found[0]
    more = {1: "", 2: ", here and once more"}.get(len(found), f", here and {len(found) - 1} more times")
    message = f"`{words}` says nothing about the image{more}: describe the image in a few words"
    related = tuple(Related(edit.span, "describe this image") for _, edit in found) if found[1:] else ()
    fix = Fix("use the files' names", tuple(edit for _, edit in found))
    yield Problem(first.span, message, (fix,), related)


@lru_cache(_MOST_KEPT)
def _renamings(question: Question) -> tuple[Edit, ...]:
    """Return the edits that replace such a text with the file's name. Cached: most questions stay the same."""
    return tuple(
        Edit(image.text, words_of(target_of(image.path).bare) or "image")
        for image in question.images
        if image.text and not image.hiding and question[image.text].lower() in _SAMPLES
    )
