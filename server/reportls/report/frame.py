"""The frame of a block: what the rest of a report depends on in it, besides how much the checker counts there.

While the frames of all blocks stay, so do the answers that the checker finds, but for their counts, and the labels that
other questions may refer to; and while what is asked stays, too, so does the edition that the report is recognised as.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.introduction import Introduction
from reportls.report.question import Question

if TYPE_CHECKING:
    from reportls.report.block import Block


class Frame(NamedTuple):
    """The frame of one block."""

    heading: str | None
    """The heading's line, and with it the number; in the introduction, the title."""
    kept: tuple[bool, ...]
    """Of each segment, whether it makes the checker keep the answer; one more than the block has markers."""
    definitions: frozenset[str]
    """The labels that it defines."""


@lru_cache(8)
def frame_of(block: Block) -> Frame:
    """The frame of a block. The last ones are kept: at the next edit, what is new now is what it is compared with."""
    kept = tuple([segment.has_kept for segment in block.segments])
    return Frame(_heading(block), kept, block.definitions)


def asked_in(block: Block) -> str | tuple[str, ...] | None:
    """The prompt, and with it the limits and fingerprints; in the introduction, the fingerprints of the tasks."""
    if isinstance(block, Question):
        return block[block.layout.prompt] if block.layout.prompt else None
    return tuple(task.print for task in block.tasks) if isinstance(block, Introduction) else None


def _heading(block: Block) -> str | None:
    if isinstance(block, Question):
        return block[block.layout.heading]
    return block[block.title] if isinstance(block, Introduction) and block.title else None
