"""Images without an alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.target import target_of, words_of
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.images import AnswerImage


@question_rule(Severity.HINT, fix="offered", tags={Tag.IN_SLOTS}, of={"images"})
def image_without_text(ctx: QuestionContext) -> Iterator[Problem]:
    """The image has no alternative text.

    The text between the brackets replaces an image that cannot be shown, and screen readers read it aloud. Describe the
    image in a few words:

        ![training loss of the three best runs](figures/loss.png)
    """
    for image in ctx.question.images:
        if image.text and not image.hiding and not ctx.question[image.text].strip():
            place = Span(image.span.start, image.text.end + 1)
            yield Problem(place, "no text between the brackets: describe the image in a few words", _fixes(image))


def _fixes(image: AnswerImage) -> tuple[Fix, ...]:
    words = words_of(target_of(image.path).bare)
    if not words or not image.text:
        return ()
    return (Fix("use the file's name as its text", (Edit(image.text, words),)),)
