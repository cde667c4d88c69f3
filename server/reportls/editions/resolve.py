"""Decides which edition a report is judged by: one that is named, one that its texts belong to, or its own words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.edition import IDS, Edition, Override, Source, builtin
from reportls.report.checker import Variant
from reportls.report.introduction import Introduction
from reportls.report.kinds import WORDS
from reportls.report.prompt import fingerprint
from reportls.report.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportls.editions.script import Script
    from reportls.report.block import Block
    from reportls.report.report import Report

_LAST_OF_OLD_FAMILY = 28
"""Editions up to 2023 have 27 questions and later ones 31; this leaves room for one added or lost."""

_FEWEST_MATCHES = 3
"""Fewer matching texts may be chance."""


class Wishes(NamedTuple):
    """The sources that can choose an edition or limits besides the report, the strongest first."""

    named: str | None = None
    """The id given by `--edition`."""
    configured: str | None = None
    """The id in the configuration."""
    overrides: Mapping[int, Override] = MappingProxyType({})
    """The configuration's overrides for single questions."""
    script: Script | None = None
    """The `report.py` beside the report."""


def resolve(report: Report, wishes: Wishes, likeness: Likeness | None = None) -> Edition:
    """Return the edition to judge by; ids in `wishes` must be known, `likeness` saves time if it is known already."""
    if wishes.named:
        edition = builtin(wishes.named)
        return edition._replace(sources=(Source.NAMED,) * len(edition.limits))
    if wishes.configured:
        edition = builtin(wishes.configured)
        return edition._replace(sources=(Source.CONFIGURATION,) * len(edition.limits)).overridden(wishes.overrides)
    edition = recognise(report, likeness) or own_words(report)
    if wishes.script:
        variant, limits = wishes.script
        edition = edition._replace(variant=variant, limits=limits, sources=(Source.SCRIPT,) * len(limits), positions={})
    return edition.overridden(wishes.overrides)


def own_words(report: Report) -> Edition:
    """Make an edition for another course: the report's own questions, with the limits that their prompts state."""
    questions = {question.number: question for question in reversed(report.questions)}  # the first of a number counts
    positions = {number: position for position, number in enumerate(dict.fromkeys(report.numbers), start=1)}
    limits = tuple(questions[number].stated.constraints for number in positions)
    return Edition(None, "", Variant(len(limits)), limits, (Source.PROMPT,) * len(limits), positions=positions)


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
    # Editions of one family share most texts; the number of questions tells the families apart.
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
