"""One row for each question: its name and topic, its state, what is counted in it, and what is missing."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from reportls.features.symbols import topic_of
from reportls.features.verdicts import decisive
from reportls.report.form import FORM
from reportls.report.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.checker import Judged
    from reportls.report.kinds import Kind, Limit
    from reportls.snapshot import Snapshot


class State(Enum):
    """The state of a question."""

    PASSED = "passed"
    FAILED = "failed"
    UNANSWERED = "unanswered"
    """Also where the checker passes the placeholder."""
    NOT_JUDGED = "not judged"
    """The check crashes, or the checker drops the answer."""


class Amount(NamedTuple):
    """The number of one kind in an answer, and its limit."""

    kind: Kind
    found: int
    limit: Limit | None

    @property
    def is_missed(self) -> bool:
        """Whether the number is outside the limit."""
        return self.limit is not None and not self.limit.allows(self.found)

    @property
    def in_words(self) -> str:
        """The number against its limit: `179 / 200-300 words`; without a limit `179 words`."""
        return f"{self.found} / {self.kind.limited(self.limit)}" if self.limit else self.kind.amount(self.found)


class QuestionRow(NamedTuple):
    """One question as a list of questions shows it."""

    name: str
    """`Question 11`."""
    number: int | None
    topic: str
    """The start of the question's text on one line; may be empty."""
    line: int
    """The line of the heading, from 0."""
    end: int
    """The line after the last one that belongs to the question."""
    state: State
    judged_as: int | None
    """The question whose limits count for the answer, if it is another one."""
    amounts: tuple[Amount, ...]
    """One for each kind of limit, also those that are not limited; empty if nothing is counted."""
    figures: tuple[str, ...]
    """The paths of the images in the answer, as written there."""

    @property
    def in_words(self) -> str:
        """The limited amounts in words: `179 / 200-300 words · 1 / 1-3 images`; empty without limits."""
        return " · ".join(amount.in_words for amount in self.amounts if amount.limit)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the answer lacks or has too much of, one entry for each limit: `21 words to go`."""
        return tuple(_missing(amount.kind, amount.found, amount.limit) for amount in self.amounts if amount.is_missed)


def question_rows(snapshot: Snapshot) -> tuple[QuestionRow, ...]:
    """Return one row for each question, in the order of the report."""
    return tuple(_rows(snapshot))


def _rows(snapshot: Snapshot) -> Iterator[QuestionRow]:
    lines = snapshot.report.first_lines
    last = len(snapshot.questions)
    for index, ctx in enumerate(snapshot.questions, start=1):
        judged = decisive(ctx) or ctx.after_repair
        question = ctx.question
        yield QuestionRow(
            name=FORM.name_of(question.number),
            number=question.number,
            topic=topic_of(question),
            line=lines[index],
            end=lines[index + 1] + (index == last),  # no block begins on the line on which the report ends
            state=_state(ctx),
            judged_as=ctx.position if ctx.is_shifted else None,
            amounts=_amounts(judged) if judged else (),
            figures=tuple(dict.fromkeys(image.path for image in question.images)),
        )


def _state(ctx: QuestionContext) -> State:
    if ctx.is_unanswered:
        return State.UNANSWERED
    judged = decisive(ctx)
    if judged is None:
        return State.NOT_JUDGED
    return State.PASSED if judged.passed else State.FAILED


def _amounts(judged: Judged) -> tuple[Amount, ...]:
    return tuple(Amount(kind, judged.answer.counted[kind], judged.constraints[kind]) for kind in KINDS)


def _missing(kind: Kind, found: int, limit: Limit | None) -> str:
    if limit is None or limit.allows(found):
        return ""
    if found < limit.low:
        return f"{kind.amount(limit.low - found)} to go"
    return f"{kind.amount(found - (limit.high or 0))} too many"
