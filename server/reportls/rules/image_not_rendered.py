"""Images that are counted but not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_fixes import take_out
from reportls.analysis.image_paths import first_line
from reportls.analysis.limits import wants_images
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.question import Question
from reportls.report.target import target_of
from reportls.text import apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.handin_page.hidden import Hiding
    from reportls.report.images import AnswerImage
    from reportls.text import Edit

_MOST_FIXED = 20
"""Hidden images per answer for which a fix is computed; each costs two readings of the answer."""

_SAID: dict[Hiding, tuple[str, str]] = {
    "code span": ("counted, but shown as code: nobody will see the image", "take it out of the code"),
    "code block": ("counted, but shown as code: nobody will see the image", "take it out of the code"),
    "comment": ("counted, but in a comment: nobody will see the image", "take it out of the comment"),
    "definition": ("counted, but the label before it makes it the target of a link", "remove the label"),
    "HTML": ("counted, but inside HTML, where Markdown is shown as text: move it out of the tags", ""),
    "backslash": ("counted, but the backslash makes it a link: nobody will see the image", "remove the backslash"),
    "no path": ("counted, but there is no path between the brackets: nobody will see an image", ""),
    "no image": ("counted, but its brackets do not match: nobody will see the image", ""),
}
"""Message and title of the fix."""


@question_rule(Severity.WARNING, fix="offered", of={"images"})
def image_not_rendered(ctx: QuestionContext) -> Iterator[Problem]:
    """The image is counted, but nobody will see it.

    The checker counts every `![text](path)`, even in code, in a comment, inside HTML, after a backslash or without a
    path. Readers of the report see the characters, an empty frame, or nothing.

    Write the image as ordinary text, on a line of its own:

        ![the buckets](figures/buckets.png)
    """
    hidden = [image for image in ctx.question.images if image.is_counted and image.hiding]
    if not hidden:
        return
    seen = {target_of(image.path) for image in ctx.question.images if not image.hiding}
    severity = None if wants_images(ctx) else Severity.HINT
    for image in hidden:
        if target_of(image.path) not in seen:
            message, remedy = _SAID[image.hiding or "no image"]
            fixes = _fixes(ctx.question, image, remedy) if len(hidden) <= _MOST_FIXED else ()
            yield Problem(first_line(ctx.question, image.span), message, fixes, severity=severity)


def _fixes(question: Question, image: AnswerImage, title: str) -> tuple[Fix, ...]:
    edits = take_out(question, image)
    return (Fix(title, edits),) if edits and _shows_more(question, edits) else ()


def _shows_more(question: Question, edits: tuple[Edit, ...]) -> bool:
    """Return whether the edits uncover an image: removing a backtick may turn other words into code."""
    fixed = Question(apply_edits(question.text, edits))
    return _hidden(fixed) < _hidden(question)


def _hidden(question: Question) -> int:
    return sum(bool(image.hiding) for image in question.images)
