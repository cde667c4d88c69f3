"""What is said of each question: passed, not met, not answered, or no verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.render.html import Safe, tag

if TYPE_CHECKING:
    from reportls.features.verdicts import Row


class State(NamedTuple):
    """How a question stands, never by colour alone."""

    name: str
    """The class in the style sheet."""
    sign: str
    words: str

    @property
    def html(self) -> Safe:
        """Sign and words."""
        return tag("span", tag("span", self.sign, aria_hidden="true"), f" {self.words}", class_=f"state {self.name}")


NO_VERDICT = State("unknown", "\u2013", "no verdict")
NOT_COUNTED = State("unknown", "\u2013", "not counted by the checker")
_PASSED = State("passed", "\u2713", "passed")
_NOT_MET = State("failed", "\u2717", "not passed")
_OPEN = State("open", "\u25cb", "not answered")


def state_of(row: Row) -> State:
    """How the answer stands; if its limits are those of another question, that is said."""
    state = _state(row)
    if row.passed is None or row.heading in (None, row.number):
        return state
    return state._replace(words=f"{state.words}, judged as question {row.number}")


def _state(row: Row) -> State:
    if not row.is_answered:
        return _OPEN
    if row.passed is None:
        return NO_VERDICT
    return _PASSED if row.passed else _NOT_MET
