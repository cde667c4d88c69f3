"""What all groups come to: for each question how many fail it, and by how much."""

from __future__ import annotations

from collections import Counter
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.features.course.records import Answer, GroupOutcome, GroupRow
    from reportls.report.kinds import Constraints, Limit

BANDS = ((1, 10), (11, 50), (51, None))
"""By how many words an answer misses its limit: lowest and highest of each band."""
_FURTHEST = 2000
"""A greater distance from a limit counts as this one: so many different ones are kept at most."""


class Misses(NamedTuple):
    """The answers that are on one side of a limit."""

    groups: int = 0
    median: int = 0
    """Half of them miss it by at most so much; 0 if there are none."""
    bands: tuple[int, ...] = (0,) * len(BANDS)
    """How many miss it by as much as each of `BANDS` says."""


class QuestionTally(NamedTuple):
    """One question of one edition over all groups that the checker reached a verdict on."""

    edition: str | None
    number: int
    wanted: Constraints
    """What is wanted of most groups."""
    groups: int
    unanswered: int
    """Fail it and have written nothing."""
    too_few: tuple[Misses, ...]
    """Those below a limit, by kind. Each group that fails counts once, for the first kind that it misses."""
    too_many: tuple[Misses, ...]
    """Those above a limit, by kind."""

    @property
    def failing(self) -> int:
        """How many groups fail it."""
        return self.unanswered + sum(misses.groups for misses in (*self.too_few, *self.too_many))


class Tallies:
    """Counts one group after another; what is kept does not grow with their number."""

    def __init__(self) -> None:
        """Begin with none."""
        self._outcomes: Counter[GroupOutcome] = Counter()
        self._editions: Counter[str | None] = Counter()
        self._questions: dict[tuple[str | None, int], _Question] = {}

    def add(self, row: GroupRow) -> None:
        """Count one more group."""
        self._outcomes[row.outcome] += 1
        if not row.judgement:
            return
        edition = row.judgement.edition
        self._editions[edition] += 1
        for answer in row.judgement.answers:
            key = (edition, answer.number)
            if key not in self._questions:
                self._questions[key] = _Question()
            self._questions[key].add(answer)

    @property
    def groups(self) -> int:
        """How many there are."""
        return sum(self._outcomes.values())

    @property
    def outcomes(self) -> Mapping[GroupOutcome, int]:
        """How many groups there are of each outcome; 0 for those not counted."""
        return self._outcomes

    @property
    def editions(self) -> tuple[str | None, ...]:
        """The editions of all reports, that of most groups first."""
        return tuple(sorted(self._editions, key=lambda edition: (-self._editions[edition], edition or "")))

    def questions(self) -> tuple[QuestionTally, ...]:
        """Every question, edition by edition."""
        return tuple(
            self._questions[key].tally(*key)
            for edition in self.editions
            for key in sorted(key for key in self._questions if key[0] == edition)
        )


class _Question:
    def __init__(self) -> None:
        self._wanted: Counter[Constraints] = Counter()
        self._unanswered = 0
        self._distances: tuple[Counter[int], ...] = tuple(Counter() for _ in KINDS)

    def add(self, answer: Answer) -> None:
        self._wanted[answer.wanted] += 1
        if answer.passed:
            return
        if not answer.is_answered:
            self._unanswered += 1
            return
        for kind, limit in answer.wanted.limits:
            if distance := _distance(answer.counted[kind], limit):
                self._distances[kind][distance] += 1
                return

    def tally(self, edition: str | None, number: int) -> QuestionTally:
        """What has been counted."""
        ((wanted, _),) = self._wanted.most_common(1)
        return QuestionTally(
            edition,
            number,
            wanted,
            sum(self._wanted.values()),
            self._unanswered,
            too_few=tuple(_misses(distances, -1) for distances in self._distances),
            too_many=tuple(_misses(distances, 1) for distances in self._distances),
        )


def _distance(found: int, limit: Limit) -> int:
    """How far the number is from the limit: less than 0 if it is too small, 0 if it is within."""
    if limit.allows(found):
        return 0
    if found < limit.low:
        return max(found - limit.low, -_FURTHEST)
    return min(found - (limit.high or 0), _FURTHEST)


def _misses(distances: Counter[int], side: int) -> Misses:
    found = Counter({abs(distance): count for distance, count in distances.items() if distance * side > 0})
    if not found:
        return Misses()
    bands = tuple(
        sum(count for distance, count in found.items() if low <= distance and (high is None or distance <= high))
        for low, high in BANDS
    )
    return Misses(sum(found.values()), median_low(sorted(found.elements())), bands)
