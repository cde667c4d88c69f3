"""Decides which edition a report is judged by and where each of its constraints comes from."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.builtin import builtin
from reportls.editions.edition import Edition, Override, Source
from reportls.editions.recognise import recognise
from reportls.report.checker import Variant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.editions.recognise import Likeness
    from reportls.editions.script import Script
    from reportls.report.report import Report


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
