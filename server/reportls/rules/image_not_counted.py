"""Images that are shown but not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.figure_format import format_problem
from reportls.analysis.image_fixes import as_markdown
from reportls.analysis.image_paths import Figure, PathProblem, figures_of, first_line, shown
from reportls.analysis.limits import lacking_images
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.form import FORM
from reportls.report.target import target_of
from reportls.text import Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.images import AnswerImage, ImageForm

_SAID: dict[ImageForm, str] = {
    "html": "an <img> is shown, but the checker does not count it",
    "reference": "an image with its path elsewhere is shown, but the checker does not count it",
    "inline": "an image broken over lines is shown, but the checker does not count it",
}
_REFERENCE = pattern(r"!\[(?P<text>[^\[\]]{1,200})\](?:\[(?P<label>[^\[\]]{0,200})\])?(?!\()")


@question_rule(Severity.WARNING, fix="offered", of={"images"})
def image_not_counted(ctx: QuestionContext) -> Iterator[Problem]:
    """The image is shown, but the checker does not count it.

    The checker counts `![text](path)` on one line and nothing else. An `<img>` tag, an image whose path is elsewhere
    (`![text][label]`) and an image that is broken over lines are shown, but the question may fail for lack of images.

    Write the image on one line:

        ![the buckets](figures/buckets.png)

    The size given in an `<img>` is lost. If it matters, resize the file itself.
    """
    images = [*_uncounted(ctx)]
    if not images:
        return
    severity = None if lacking_images(ctx) else Severity.HINT
    for place, message, fixes in images:
        yield Problem(first_line(ctx.question, place), message, fixes, severity=severity)


def _uncounted(ctx: QuestionContext) -> Iterator[tuple[Span, str, tuple[Fix, ...]]]:
    counted = {target_of(image.path) for image in ctx.question.images if image.is_counted}
    # Those have a finding of their own, which says that the tag is not counted as well.
    mentioned = {figure.image for figure in figures_of(ctx) if _is_elsewhere(ctx, figure)}
    for image in ctx.question.images:
        # Some groups hide a counted image next to an `<img>` that sets the size: nothing is lost then.
        if not image.is_counted and target_of(image.path) not in counted and image not in mentioned:
            yield _told(ctx, image)
    for span in _references(ctx):
        yield span, f"{_SAID['reference']}: write ![text](path)", ()


def _is_elsewhere(ctx: QuestionContext, figure: Figure) -> bool:
    is_outside = figure.problem is PathProblem.OUTSIDE
    return figure.image.form == "html" and (is_outside or format_problem(ctx, figure) is not None)


def _told(ctx: QuestionContext, image: AnswerImage) -> tuple[Span, str, tuple[Fix, ...]]:
    written = as_markdown(ctx.question, image)
    if not written or any(
        sign in written[1] for sign in (FORM.marker, FORM.cut)
    ):  # these would split the image for the checker
        return image.span, f"{_SAID[image.form]}: write ![text](path) outside the HTML", ()
    fix = Fix("write it as a Markdown image on one line", (Edit(*written),))
    return image.span, f"{_SAID[image.form]}: write {shown(written[1])}", (fix,)


def _references(ctx: QuestionContext) -> Iterator[Span]:
    """Yield images whose path is defined right under a line of text or in another question."""
    question, defined = ctx.question, ctx.surroundings.defined
    if not defined or "![" not in question.text:
        return
    known = [image.span for image in question.images]
    for match in _REFERENCE.finditer(question.text, *question.layout.answer):
        label = " ".join((match["label"] or match["text"]).lower().split())
        span = Span(*match.span())
        if label in defined and not is_covered(span, known) and not question.hidden_areas.around(span):
            yield span
