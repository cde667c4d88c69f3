"""Too few images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.form_limits import too_few
from reportls.analysis.insert_image import insert_image_fixes
from reportls.analysis.limits import missed_limits, problem_with
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.kinds import IMAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext, SlotContext


@question_rule(Severity.ERROR, fix="offered", tags={Tag.LIMIT}, of={"failures"})
def too_few_images(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer has fewer images than its question asks for.

    The checker fails the question. It counts images that are written like this, on one line, and nothing else:

        ![the architecture](figures/architecture.png)

    An `<img>` tag, a link without the `!`, a path alone and an image broken over lines are not counted. Nor is anything
    after the first `##` of an answer.

    Put the figure into the folder `figures`, insert it as above, and hand in both.
    """
    for missed in missed_limits(ctx, IMAGES):
        if missed.found < missed.wanted.low:
            # The fix inserts one image, which is not enough if more are missing.
            is_one_short = missed.wanted.low - missed.found == 1
            yield problem_with(ctx, missed, "insert", insert_image_fixes(ctx) if is_one_short else ())


@too_few_images.in_slots
def _in_slot(ctx: SlotContext) -> Iterator[Problem]:
    is_one_short = any(each.bounds.unit == "images" and each.bounds.shortfall(each.found) == 1 for each in ctx.measured)
    for problem in too_few(ctx, {"images"}):
        yield problem._replace(fixes=insert_image_fixes(ctx.answer) if is_one_short else ())
