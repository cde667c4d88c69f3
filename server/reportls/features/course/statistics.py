"""Statistics over all groups, how many fail each question and by how much, and the words of the overview for them."""

from __future__ import annotations

from collections import Counter
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import amount
from reportls.features.course.records import GroupOutcome
from reportls.features.verdicts import numbers
from reportls.report.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportls.features.course.records import Answer, Crash, GroupRow
    from reportls.features.course.shared_answers import Shared
    from reportls.report.kinds import Constraints, Kind

BANDS = ((1, 10), (11, 50), (51, None))
"""Bands of distances from a limit, lowest and highest; None is no upper bound."""
_FURTHEST = 2000
"""Larger distances count as this one, which bounds the memory for each question."""


class Misses(NamedTuple):
    """The answers on one side of a limit."""

    groups: int = 0
    median: int = 0
    """Median distance from the limit; 0 if there are no answers."""
    bands: tuple[int, ...] = (0,) * len(BANDS)
    """Number of answers in each of `BANDS`."""


class QuestionTally(NamedTuple):
    """One question of one edition, over all groups with a verdict."""

    edition: str | None
    number: int
    wanted: Constraints
    """The limits that apply to most groups."""
    groups: int
    unanswered: int
    """Groups that fail and have not answered."""
    too_few: tuple[Misses, ...]
    """Answers below a limit, by kind. A group that fails counts once, for the first kind of limit that it misses."""
    too_many: tuple[Misses, ...]
    """Answers above a limit, by kind."""

    @property
    def failing(self) -> int:
        """Number of groups that fail."""
        return self.unanswered + sum(misses.groups for misses in (*self.too_few, *self.too_many))


class Tallies:
    """Counts one group after another, in memory that does not grow with their number."""

    def __init__(self) -> None:
        """Start empty."""
        self._outcomes: Counter[GroupOutcome] = Counter()
        self._editions: Counter[str | None] = Counter()
        self._questions: dict[tuple[str | None, int], _Question] = {}
        self._without_checker = 0

    def add(self, row: GroupRow) -> None:
        """Count one more group."""
        self._outcomes[row.outcome] += 1
        if not row.judgement:
            return
        edition = row.judgement.edition
        self._editions[edition] += 1
        self._without_checker += not row.judgement.has_checker
        for answer in row.judgement.answers:
            key = (edition, answer.number)
            if key not in self._questions:
                self._questions[key] = _Question()
            self._questions[key].add(answer)

    @property
    def has_checker(self) -> bool:
        """Whether a checker decides for any group, or none was judged."""
        return self._without_checker < self._editions.total() or not self._without_checker

    @property
    def groups(self) -> int:
        """Number of groups."""
        return sum(self._outcomes.values())

    @property
    def outcomes(self) -> Mapping[GroupOutcome, int]:
        """Number of groups for each outcome; 0 if there are none."""
        return self._outcomes

    @property
    def editions(self) -> tuple[str | None, ...]:
        """The editions of all reports, the most frequent first."""
        return tuple(sorted(self._editions, key=lambda edition: (-self._editions[edition], edition or "")))

    def questions(self) -> tuple[QuestionTally, ...]:
        """Return one tally for each question, edition by edition."""
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
            # Negative below the limit, positive above.
            if distance := min(max(-limit.shortfall(answer.counted[kind]), -_FURTHEST), _FURTHEST):
                self._distances[kind][distance] += 1
                return

    def tally(self, edition: str | None, number: int) -> QuestionTally:
        """Return the counts."""
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


def _misses(distances: Counter[int], side: int) -> Misses:
    found = Counter({abs(distance): count for distance, count in distances.items() if distance * side > 0})
    if not found:
        return Misses()
    bands = tuple(
        sum(count for distance, count in found.items() if low <= distance and (high is None or distance <= high))
        for low, high in BANDS
    )
    # The lower of two middle values is a distance that some group really has.
    return Misses(sum(found.values()), median_low(sorted(found.elements())), bands)


def in_short(row: GroupRow) -> str:
    """Return why there is no verdict, or which questions fail; empty if none fails."""
    judgement = row.judgement
    if not judgement:
        return row.problem or ""
    if judgement.crash:
        return f"crashes: {crash_in_words(judgement.crash)}"
    said = "fails" if judgement.has_checker else "not complete:"
    return f"{said} {numbers(judgement.failing)}" if judgement.failing else ""


def crash_in_words(crash: Crash) -> str:
    """Return the crash with its line, counted from 1."""
    return crash.error if crash.line is None else f"{crash.error}; line {crash.line + 1}: {crash.cause}"


def tally_in_words(tally: QuestionTally) -> str:
    """Return how many groups fail the question and by how much: `12 of 40 fail: 3 unanswered, 9 too short ...`."""
    said = f"{tally.failing} of {amount(tally.groups, 'group')} fail"
    return f"{said}: {reasons(tally)}" if tally.failing else said


def reasons(tally: QuestionTally) -> str:
    """Return why groups fail the question and by how much; empty if none fails."""
    return ", ".join(_parts(tally))


def _parts(tally: QuestionTally) -> Iterator[str]:
    if tally.unanswered:
        yield f"{tally.unanswered} unanswered"
    for kind in KINDS:
        yield from _side(tally.too_few[kind], kind.too_few, kind)
        yield from _side(tally.too_many[kind], kind.too_many, kind)


def _side(misses: Misses, what: str, kind: Kind) -> Iterator[str]:
    if misses.groups == 1:
        yield f"1 {what} (by {kind.amount(misses.median)})"
    elif misses.groups:
        yield f"{misses.groups} {what} (half of them by at most {kind.amount(misses.median)})"


def alike_in_words(shared: Shared) -> str:
    """Return how much two answers share, and whose they are: `86% of 120 words: a (question 7), b (question 7)`."""
    places = ", ".join(f"{place.group} (question {place.question})" for place in shared.places)
    return f"{shared.likeness:.0%} of {amount(shared.words, 'word')}: {places}"


def summary(tallies: Tallies) -> str:
    """Return the outcomes of all groups in one line."""
    said = {
        GroupOutcome.PASSES: "pass every question",
        GroupOutcome.FAILS: "fail some",
        GroupOutcome.COMPLETE: "complete",
        GroupOutcome.NOT_COMPLETE: "not complete",
        GroupOutcome.CRASHES: "crash the check",
        GroupOutcome.NOT_JUDGED: "could not be judged",
    }
    parts = [f"{tallies.outcomes[outcome]} {words}" for outcome, words in said.items() if tallies.outcomes[outcome]]
    return f"{amount(tallies.groups, 'group')}: {', '.join(parts)}"
