"""Completion of study numbers in the answers that name the members and their work."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.edition import Role
from reportls.features.completion.cursor import Completion, CompletionKind
from reportls.report.study_numbers import DIGITS, is_slip, study_numbers
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from reportls.features.completion.cursor import Cursor

_WORD = pattern(r"(?<!\w)[sS]?[0-9]{0,12}\Z")
_REST = pattern(r"[0-9]{0,12}(?!\w)")
_LONGEST = 20
_MOST = 100
"""More members than any group has; bounds the list for damaged text."""


class _Number(NamedTuple):
    digits: str
    written: str
    """The number with its `s`."""
    has_letter: bool
    span: Span
    """Offsets from the start of the question's block."""


def number_completions(cursor: Cursor) -> list[Completion]:
    """Return study numbers, those not named yet first."""
    word = _word(cursor) if cursor.ctx.role in (Role.CONTRIBUTIONS, Role.STUDY_NUMBERS) else None
    if not word:
        return []
    members, named = _numbers(cursor, Role.STUDY_NUMBERS, word), _numbers(cursor, Role.CONTRIBUTIONS, word)
    if cursor.ctx.role is Role.CONTRIBUTIONS:
        return _members(word, members, Counter(number.digits for number in named))
    return _strangers(word, members, named)


def _word(cursor: Cursor) -> Span | None:
    """Return the span of the number at the cursor, empty where a word can start; None in other words."""
    before = _WORD.search(cursor.before[-_LONGEST:])
    rest = _REST.match(cursor.after)
    return Span(cursor.at - len(before[0]), cursor.at + rest.end()) if before and rest else None


def _numbers(cursor: Cursor, role: Role, word: Span) -> list[_Number]:
    """Return the numbers in the answer with that role, except the one at the cursor."""
    ctx = next((ctx for ctx in cursor.snapshot.questions if ctx.role is role), None)
    if not ctx or not ctx.question.is_answered:
        return []
    found = []
    for span, digits, has_letter in study_numbers(ctx.question):
        if ctx is not cursor.ctx or not span.overlaps(word):
            written = ctx.question[span] if has_letter else f"s{digits}"
            found.append(_Number(digits, written, has_letter, span))
    return found


def _members(word: Span, members: list[_Number], named: Counter[str]) -> list[Completion]:
    known = {number.digits: number for number in members if number.has_letter or len(number.digits) == DIGITS}
    ordered = sorted(known.values(), key=lambda number: number.digits in named)[:_MOST]
    return [_completion(number, word, _mentions(named[number.digits])) for number in ordered]


def _mentions(times: int) -> str:
    if not times:
        return "not named here yet"
    return f"named here {times} times" if times > 1 else "named here once"


def _strangers(word: Span, members: list[_Number], named: list[_Number]) -> list[Completion]:
    """Return numbers in the answer about contributions that are neither a member's nor a typo of one."""
    given = {number.digits for number in members}
    strangers = {number.digits: number for number in named if number.has_letter and number.digits not in given}
    return [
        _completion(number, word, "named in the answer on who did what")
        for number in [*strangers.values()][:_MOST]
        if not any(is_slip(number.digits, digits) for digits in [*given][:_MOST])
    ]


def _completion(number: _Number, word: Span, detail: str) -> Completion:
    return Completion(number.written, CompletionKind.STUDY_NUMBER, word, number.written, detail=detail)
