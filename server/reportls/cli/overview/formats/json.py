"""The format `json`, for other programs, with one line for each group; lines of reports count from 0."""

from __future__ import annotations

import json
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from reportls.cli.formats.json import limits_by_key
from reportls.cli.output import json_without_commands, utc
from reportls.features.course.records import GroupOutcome
from reportls.features.course.statistics import BANDS
from reportls.report.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.cli.overview.formats import Course
    from reportls.features.course.records import GroupRow, Judgement, Past
    from reportls.features.course.shared_answers import Shared
    from reportls.features.course.statistics import Misses, QuestionTally, Tallies

VERSION = 1
"""Version of the document. It grows when a key is removed or changes its meaning, not when one is added."""


def as_json(course: Course) -> Iterator[str]:
    """Yield one object in pieces."""
    yield f'{{\n"version": {VERSION},\n"groups": ['
    yield from _items(map(_group, course.rows))
    yield '],\n"questions": ['
    yield from _items(map(_question, course.tallies.questions()))
    if course.shared is not None:
        yield '],\n"shared": ['
        yield from _items(map(_shared, course.shared))
    yield f'],\n"summary": {json.dumps(_summary(course.tallies))}\n}}\n'


def _items(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    # Commas come before items: whether another follows is not known while they are made.
    for before, item in zip(chain(["\n"], repeat(",\n")), items, strict=False):
        yield f"{before}{json_without_commands(json.dumps(item))}"
    yield "\n"


def _group(row: GroupRow) -> dict[str, Any]:
    judgement = row.judgement
    return {
        "group": row.name,
        "path": row.path,
        "report": row.report,
        "others": list(row.others),
        "verdict": row.outcome.value,
        "problem": row.problem,
        **(_judgement(judgement) if judgement else {}),
        "notes": list(row.notes),
        **({"history": _past(row.past)} if row.past else {}),
        **({"class_list": [dict(line) for line in row.lines]} if row.lines else {}),
    }


def _past(past: Past) -> dict[str, Any]:
    return {
        "passed": list(past.passed),
        "total": past.total,
        "last_commit": None if past.last is None else utc(past.last),
        "better": past.better,
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "edition": judgement.edition,
        "checker": _checker(judgement) if judgement.has_checker else None,
        "unanswered": list(judgement.unanswered),
        "missing_images": [image._asdict() for image in judgement.missing],
        "study_numbers": list(judgement.study_numbers),
        "words": judgement.words,
        "tasks": {"done": judgement.tasks[0], "total": judgement.tasks[1]},
        "questions": [
            {
                "number": answer.number,
                **{kind.key: answer.counted[kind] for kind in KINDS},
                **({"passed": answer.passed} if judgement.has_checker else {"complete": answer.passed}),
                "answered": answer.is_answered,
            }
            for answer in judgement.answers
        ],
    }


def _checker(judgement: Judgement) -> dict[str, Any]:
    crash = judgement.crash
    return {
        "completed": crash is None,
        "passed": judgement.passed,
        "total": judgement.total,
        "error": crash.error if crash else None,
        "cause": {"line": crash.line, "message": crash.cause} if crash and crash.line is not None else None,
    }


def _question(tally: QuestionTally) -> dict[str, Any]:
    return {
        "edition": tally.edition,
        "number": tally.number,
        "constraints": limits_by_key(tally.wanted),
        "groups": tally.groups,
        "failing": tally.failing,
        "unanswered": tally.unanswered,
        **{
            f"{side}_{kind.key}": _misses(misses[kind])
            for kind in KINDS
            for side, misses in (("too_few", tally.too_few), ("too_many", tally.too_many))
        },
    }


def _misses(misses: Misses) -> dict[str, Any]:
    by = [{"from": low, "to": high, "groups": groups} for (low, high), groups in zip(BANDS, misses.bands, strict=True)]
    return {"groups": misses.groups, "median": misses.median if misses.groups else None, "by": by}


def _shared(shared: Shared) -> dict[str, Any]:
    places = [
        {"group": place.group, "question": place.question, "text": "".join(text for text, _ in place.pieces)}
        for place in shared.places
    ]
    return {"likeness": round(shared.likeness, 2), "words": shared.words, "places": places}


def _summary(tallies: Tallies) -> dict[str, Any]:
    return {
        "groups": tallies.groups,
        **{outcome.value.replace(" ", "_"): tallies.outcomes[outcome] for outcome in GroupOutcome},
        "editions": list(tallies.editions),
    }
