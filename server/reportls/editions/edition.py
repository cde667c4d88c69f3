"""Editions: the questions and limits of a course year; the built-in ones are JSON files in `data/`."""

from __future__ import annotations

import json
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from reportls.report.checker import Variant
from reportls.report.kinds import KINDS, Constraints, Limit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.report.kinds import Kind

IDS = ("dtu-02476-2022", "dtu-02476-2023", "dtu-02476-2024", "dtu-02476-2025", "dtu-02476-2026")
"""The ids of all built-in editions, oldest first. To add one, add a file to `data/` and its id here."""


class Role(Enum):
    """A special purpose of a question that only some courses have."""

    GROUP_NUMBER = "group-number"
    STUDY_NUMBERS = "study-numbers"
    CONTRIBUTIONS = "contributions"


class Source(Enum):
    """The origin of a constraint, in words that finish "the limit comes from ..."."""

    NAMED = "the edition named"
    CONFIGURATION = "the configuration"
    SCRIPT = "the report.py beside the report"
    EDITION = "the course's edition"
    PROMPT = "the words of the prompt"


class Prints(NamedTuple):
    """Fingerprints of an edition's texts, by the number of the question."""

    titles: frozenset[str] = frozenset()
    tasks: tuple[str, ...] = ()
    """In the order of the checklist."""
    passing_tasks: frozenset[str] = frozenset()
    """Tasks that were reworded or added while the edition was in use."""
    corrected_tasks: Mapping[str, str] = MappingProxyType({})
    """Tasks as groups correct their spelling, each with the task as the course spells it."""
    prompts: Mapping[int, frozenset[str]] = MappingProxyType({})
    examples: Mapping[int, frozenset[str]] = MappingProxyType({})
    sentences: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The sentences of each prompt and example that has several, by its own fingerprint."""


class Edition(NamedTuple):
    """The questions of a course year as the checker judges them."""

    id: str | None
    """None for a course without a built-in edition, known only from its report."""
    since: str
    """The date from which it was in use, `YYYY-MM-DD`; empty if unknown."""
    variant: Variant
    limits: tuple[Constraints, ...]
    """The constraints of each question, in order of position."""
    sources: tuple[Source, ...]
    """The origin of the constraints of each question."""
    roles: Mapping[int, Role] = MappingProxyType({})
    prints: Prints = Prints()
    positions: Mapping[int, int] = MappingProxyType({})
    """For a course known only from its report, the position of the question with each number."""

    @property
    def year(self) -> str:
        """The year in the id of a built-in edition; empty for a course known only from its report."""
        return (self.id or "").rpartition("-")[2]

    @property
    def is_known_by_report_alone(self) -> bool:
        """Whether questions and limits were taken from the report itself, so none can be missing or extra."""
        return bool(self.positions)

    def position_of(self, number: int) -> int:
        """Return the position at which the question with that number belongs."""
        return self.positions.get(number, number)

    def limits_at(self, position: int) -> Constraints:
        """Return the constraints of the question at that position, from 1; none past the last."""
        return self.limits[position - 1] if 0 < position <= len(self.limits) else Constraints()

    def source_at(self, position: int) -> Source:
        """Return the origin of the constraints at that position."""
        return self.sources[position - 1] if 0 < position <= len(self.sources) else Source.PROMPT

    def overridden(self, overrides: Mapping[int, Override]) -> Edition:
        """Return the edition with the overrides of the configuration for some questions."""
        if not overrides:
            return self
        limits, sources, roles = list(self.limits), list(self.sources), dict(self.roles)
        for position, override in overrides.items():
            if position <= len(limits):
                limits[position - 1] = override.apply(limits[position - 1])
                if override.limits:
                    sources[position - 1] = Source.CONFIGURATION
            if override.role:
                roles[position] = override.role
        return self._replace(limits=tuple(limits), sources=tuple(sources), roles=roles)


class Override(NamedTuple):
    """The configuration's overrides for one question."""

    limits: Mapping[Kind, Limit | None] = MappingProxyType({})
    """The new limit of each kind in here; None removes the limit."""
    role: Role | None = None

    def apply(self, constraints: Constraints) -> Constraints:
        """Return the constraints with the limits of this override."""
        return Constraints(self.limits.get(kind, constraints[kind]) for kind in KINDS)


@cache
def builtin(edition_id: str) -> Edition:
    """Return a built-in edition by its id, which must be one of `IDS`."""
    return _from_json(_data(f"{edition_id}.json"))


@cache
def sample_figures() -> dict[str, str]:
    """Return the figures that come with the template: git blob id to file name."""
    return {blob: name for name, blob in _data("sample-figures.json").items()}


def _data(name: str) -> dict[str, Any]:
    # `importlib.resources` would do, but importing it takes longer than importing all modules used here.
    return json.loads(Path(__file__).with_name("data").joinpath(name).read_text("utf-8"))  # type: ignore[no-any-return]


def _from_json(data: dict[str, Any]) -> Edition:
    limits = tuple(_constraints(question) for question in data["questions"].values())
    return Edition(
        id=data["id"],
        since=data["since"],
        variant=Variant(data["answers_expected"], data.get("drops", 0), data.get("first_part_counts", False)),
        limits=limits,
        sources=(Source.EDITION,) * len(limits),
        roles={number: Role(role) for role, number in data["roles"].items()},
        prints=Prints(
            titles=frozenset(data["titles"]),
            tasks=tuple(data["tasks"]),
            passing_tasks=frozenset(data.get("passing_tasks", ())),
            corrected_tasks=data.get("corrected_tasks", {}),
            prompts=_by_number(data["prompts"]),
            examples=_by_number(data["examples"]),
            sentences={whole: tuple(parts) for whole, parts in data["sentences"].items()},
        ),
    )


def _constraints(question: dict[str, list[int]]) -> Constraints:
    return Constraints(Limit(*question[kind.key]) if kind.key in question else None for kind in KINDS)


def _by_number(prints: dict[str, list[str]]) -> dict[int, frozenset[str]]:
    return {int(number): frozenset(values) for number, values in prints.items()}
