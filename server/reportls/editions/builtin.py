"""The built-in editions: one JSON file in `data/` for each."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from reportls.editions.edition import Edition, Prints, Role, Source
from reportls.report.checker import Variant
from reportls.report.kinds import KINDS, Constraints, Limit

IDS = ("dtu-02476-2022", "dtu-02476-2023", "dtu-02476-2024", "dtu-02476-2025", "dtu-02476-2026")
"""The ids of all built-in editions, oldest first. To add one, add a file to `data/` and its id here."""


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
