"""Too many images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.form_limits import too_many
from reportls.analysis.limits import missed_limits, problem_with
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.kinds import IMAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext, SlotContext


@question_rule(Severity.ERROR, tags={Tag.LIMIT}, of={"failures"})
def too_many_images(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer has more images than its question allows.

    The checker fails the question. It counts every `![...](...)` on one line, including those in code or comments,
    those that lead to no file, and repeated ones.

    Remove the least useful image, combine several into one file, or mention one in words and show it in the answer to
    another question.
    """
    for missed in missed_limits(ctx, IMAGES):
        if missed.found >= missed.wanted.low:
            yield problem_with(ctx, missed, "remove")


@too_many_images.in_slots
def _in_slot(ctx: SlotContext) -> Iterator[Problem]:
    yield from too_many(ctx, {"images"})
