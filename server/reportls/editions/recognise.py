"""Recognises the built-in edition that a report was written for by its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.builtin import IDS, builtin
from reportls.report.fingerprint import fingerprint
from reportls.report.introduction import Introduction
from reportls.report.kinds import WORDS
from reportls.report.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.editions.edition import Edition
    from reportls.report.block import Block
    from reportls.report.report import Report

_LAST_OF_OLD_FAMILY = 28
"""Editions up to 2023 have 27 questions and later ones 31; this leaves room for one added or lost."""

_FEWEST_MATCHES = 3
"""Fewer matching texts may be chance."""


class Likeness(NamedTuple):
    """The similarity of a text to the built-in editions: a number for each, in the order of `IDS`."""

    matches: tuple[int, ...]
    """For each edition, how many of its texts occur."""
    stated: tuple[int, ...]
    """For each edition, how many prompts state the word limit that the edition has."""


def likeness_of(blocks: Iterable[Block]) -> Likeness:
    """Return the similarity of a text of these blocks to each built-in edition."""
    editions = [*map(builtin, IDS)]
    blocks = tuple(blocks)
    return Likeness(
        tuple(sum(_matches(block, edition) for block in blocks) for edition in editions),
        tuple(sum(_states_length(block, edition) for block in blocks) for edition in editions),
    )


def recognise(report: Report, likeness: Likeness | None = None) -> Edition | None:
    """Return the edition whose fingerprints match best; None if the report belongs to another course.

    Ties are broken by the number of prompts that state the edition's limits, then in favour of the newest edition. Pass
    the report's `likeness` if it is known already.
    """
    if likeness is None and not _has_any_text(report):
        return None  # the limits of the prompts, which take long to read, would decide nothing
    highest = max(report.numbers, default=0)
    old = highest <= _LAST_OF_OLD_FAMILY
    scored = [
        (matches, stated, edition)
        for matches, stated, edition in zip(*(likeness or likeness_of(report.blocks)), map(builtin, IDS), strict=True)
        if (edition.variant.answers_expected <= _LAST_OF_OLD_FAMILY) == old
    ]
    most, _, best = max(scored, key=lambda score: (score[0], score[1], score[2].since))
    return best if most >= _FEWEST_MATCHES or _has_title(report, best) else None


def _has_any_text(report: Report) -> bool:
    """Return whether the report has the title or any other text of an edition."""
    editions = [*map(builtin, IDS)]
    return any(
        _has_title(report, edition) or any(_matches(block, edition) for block in report.blocks) for edition in editions
    )


def _matches(block: Block, edition: Edition) -> int:
    """Count the edition's texts in the block."""
    prints = edition.prints
    if isinstance(block, Question):
        words, example = block.prompt_print
        is_asked = words in prints.prompts.get(block.number, ())
        return is_asked + (example in prints.examples.get(block.number, ()))
    if isinstance(block, Introduction):
        return sum(task.print in prints.tasks for task in block.tasks)
    return 0


def _states_length(block: Block, edition: Edition) -> bool:
    if not isinstance(block, Question):
        return False
    stated = block.stated[WORDS]
    return stated is not None and stated.limit == edition.limits_at(block.number)[WORDS]


def _has_title(report: Report, edition: Edition) -> bool:
    title = report.introduction.title
    return title is not None and fingerprint(report.introduction[title]) in edition.prints.titles
