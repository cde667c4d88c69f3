"""The state of a report that fills in a template, in few words. Without a checker nothing passes, fails or crashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.features.verdicts import Status, UnfinishedQuestion, in_words, passes
from reportls.forms.counting import number_in_words
from reportls.forms.rows import SlotState
from reportls.snapshot import Snapshot

if TYPE_CHECKING:
    from reportls.form_snapshot import AnySnapshot, FormSnapshot
    from reportls.forms.rows import Measured, SlotRow

_ANSWERED = frozenset({SlotState.ANSWERED, SlotState.WITHIN_LIMITS, SlotState.OUTSIDE_LIMITS})
_LEFT = frozenset({SlotState.MISSING, SlotState.UNANSWERED})


class FormTally(NamedTuple):
    """The number of slots in each state; optional slots that have no answer are left out."""

    total: int
    answered: int
    outside_limits: int

    @property
    def is_complete(self) -> bool:
        """Whether every slot that is not optional is answered."""
        return self.answered == self.total

    @property
    def is_fine(self) -> bool:
        """Whether the report is complete and within its limits."""
        return self.is_complete and not self.outside_limits


def tally(snapshot: FormSnapshot) -> FormTally:
    """Count the slots of a report."""
    rows = [row for row in snapshot.rows if not (row.is_optional and row.state in _LEFT)]
    return FormTally(
        total=len(rows),
        answered=sum(row.state in _ANSWERED for row in rows),
        outside_limits=sum(any(map(_is_missed, row.measured)) for row in rows if row.state in _ANSWERED),
    )


def _is_missed(measured: Measured) -> bool:
    """Return whether a limit is missed; an approximate one is never more than a hint."""
    return not (measured.is_met or measured.bounds.is_approximate)


def is_done(row: SlotRow) -> bool:
    """Return whether nothing is left to do in a slot; an approximate limit that is missed is never more than a hint."""
    if row.state in _LEFT:
        return row.is_optional
    return not any(map(_is_missed, row.measured))


def form_in_words(snapshot: FormSnapshot) -> str:
    """Return the state of the report: `complete, within limits`, or `4 of 6 answered, 1 outside its limits`."""
    counted = tally(snapshot)
    said = "complete" if counted.is_complete else f"{counted.answered} of {counted.total} answered"
    if counted.outside_limits:
        return f"{said}, {counted.outside_limits} outside {'its' if counted.outside_limits == 1 else 'their'} limits"
    has_limits = any(row.measured for row in snapshot.rows)
    return f"{said}, within limits" if has_limits and counted.is_complete else said


def standing(snapshot: AnySnapshot) -> tuple[str, bool]:
    """Return the state of any report in words, and whether nothing is left to do for its verdict."""
    if isinstance(snapshot, Snapshot):
        return in_words(snapshot.verdict), passes(snapshot.verdict)
    return form_in_words(snapshot), tally(snapshot).is_fine


def form_status(snapshot: FormSnapshot) -> Status:
    """Return the status of the report."""
    counted = tally(snapshot)
    numbered = [(number, row) for number, row in enumerate(snapshot.rows, start=1) if not row.is_optional]
    return Status(
        passed=None,
        total=counted.total,
        completed=True,
        error=None,
        edition=None,
        unanswered=tuple(_unfinished(number, row) for number, row in numbered if row.state in _LEFT),
        failing=tuple(
            _unfinished(number, row)
            for number, row in enumerate(snapshot.rows, start=1)
            if row.state is SlotState.OUTSIDE_LIMITS
        ),
        hand_in=None,
        form=snapshot.environment.template_name,
        answered=counted.answered,
    )


def _unfinished(number: int, row: SlotRow) -> UnfinishedQuestion:
    return UnfinishedQuestion(number, number, row.line or 0, slot_unmet(row), row.name)


def slot_unmet(row: SlotRow) -> tuple[str, ...]:
    """Return each limit that the answer misses: `12 of 50-100 words`."""
    return tuple(measured.in_words() for measured in row.measured if not measured.is_met)


def row_in_words(row: SlotRow) -> str:
    """Return the state of a slot: `2,259 of at most 2,000 characters · outside limits`, `unanswered`."""
    if row.state in _LEFT:
        return row.state.value
    return " · ".join([*(measured.in_words() for measured in row.measured), row.state.value])


def amounts_in_words(row: SlotRow) -> str:
    """Return the counts with their limits as a hint shows them: `143 / 100-200 words ✓`; empty without limits."""
    return " · ".join(_amount_in_words(measured) for measured in row.measured)


def _amount_in_words(measured: Measured) -> str:
    counted = f"{number_in_words(measured.found)} / {measured.bounds.in_words()}"
    off = measured.bounds.shortfall(measured.found)
    if not off:
        return f"{counted} ✓"
    return f"{counted}, {number_in_words(abs(off))} {'to go' if off > 0 else 'too many'}"
