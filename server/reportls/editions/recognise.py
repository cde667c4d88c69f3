"""Which built-in edition a report belongs to, told by its own texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.builtin import IDS, builtin
from reportls.report.fingerprint import fingerprint
from reportls.report.introduction import Introduction
from reportls.report.question import Question

if TYPE_CHECKING:
    from reportls.editions.edition import Edition
    from reportls.report.block import Block
    from reportls.report.report import Report

_LAST_OF_OLD_FAMILY = 28
"""Editions up to 2023 have 27 questions, later ones 31; a question may have been added or lost."""

_FEWEST_MATCHES = 3
"""Fewer texts than that may be alike by chance."""


def recognise(report: Report) -> Edition | None:
    """The edition whose fingerprints match best; None if the report is another course's.

    A tie goes to the limits that the prompts name, then to the newest.
    """
    highest = max((question.number for question in report.questions), default=0)
    old = highest <= _LAST_OF_OLD_FAMILY
    candidates = [
        edition for edition in map(builtin, IDS) if (edition.form.answers_expected <= _LAST_OF_OLD_FAMILY) == old
    ]
    scored = [(_matches(report, edition), edition) for edition in candidates]
    best = max(score for score, _ in scored)
    if best < _FEWEST_MATCHES and not _has_title(report, candidates):
        return None
    tied = [edition for score, edition in scored if score == best]
    return max(tied, key=lambda edition: (_limits_stated(report, edition), edition.since))


def recognised_alike(old: Block, new: Block) -> bool:
    """Whether the same edition is recognised whichever of the two stands in a report, as their headings are equal."""
    if isinstance(old, Question) and isinstance(new, Question) and old.stated != new.stated:
        return False
    return all(_matches_in(old, edition) == _matches_in(new, edition) for edition in map(builtin, IDS))


def _matches(report: Report, edition: Edition) -> int:
    return sum(_matches_in(block, edition) for block in report.blocks)


def _matches_in(block: Block, edition: Edition) -> int:
    """How many of the edition's texts stand in the block."""
    prints = edition.prints
    if isinstance(block, Question):
        words, example = block.prompt_print
        is_asked = words in prints.prompts.get(block.number, ())
        return is_asked + (example in prints.examples.get(block.number, ()))
    if isinstance(block, Introduction):
        return sum(task.print in prints.tasks for task in block.tasks)
    return 0


def _has_title(report: Report, editions: list[Edition]) -> bool:
    title = report.introduction.title
    return title is not None and fingerprint(report.introduction[title]) in editions[0].prints.titles


def _limits_stated(report: Report, edition: Edition) -> int:
    return sum(
        question.stated.words is not None and question.stated.words == edition.limits_at(question.number).words
        for question in report.questions
    )
