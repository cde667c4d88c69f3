"""How many images an answer lacks, and how many more it may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.report.checker import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.constraints import Images


def lacking_images(ctx: QuestionContext) -> int:
    """How many images the answer lacks, as the checker counts them; 0 where none are wanted."""
    return max((0, *(wanted.low - found for found, wanted in _counts(ctx))))


def wants_images(ctx: QuestionContext) -> bool:
    """Whether the question fails without an image."""
    return any(wanted.low > 0 for _, wanted in _counts(ctx))


def room_for_images(ctx: QuestionContext) -> int | None:
    """How many images may be added before there are too many; None if there is no limit."""
    return min((wanted.high - found for found, wanted in _counts(ctx) if wanted.high is not None), default=None)


def _counts(ctx: QuestionContext) -> Iterator[tuple[int, Images]]:
    """The images found and wanted each time that the answer is judged; if it never is, as if it were."""
    for judged in ctx.judged:
        if judged.constraints.images:
            yield judged.answer.counted.images, judged.constraints.images
    if not ctx.judged and ctx.constraints.images:
        yield count(ctx.question[ctx.question.layout.answer]).images, ctx.constraints.images
