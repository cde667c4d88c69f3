"""Completion in answers: paths of figures and files, whole images, study numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import figures_folder
from reportls.editions.edition import Role
from reportls.features.completion.cursor import Completion, CompletionKind, becomes_image, cursor_at, literal
from reportls.features.completion.paths import path_completions, typed_path
from reportls.features.figures import Figure, unused_figures
from reportls.features.references import path_as_written
from reportls.report.study_numbers import DIGITS, is_slip, study_numbers
from reportls.report.target import words_of
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from reportls.features.completion.cursor import Cursor
    from reportls.snapshot import JudgedReport

__all__ = ["Completion", "CompletionKind", "complete"]
_BEGUN = pattern(r"(?<!\\)!\[?\Z")
_GOES_ON = pattern(r"[^\[\]]*\][(\[]")
"""Text after `![` that shows that the image is already there."""
_DESCRIBE, _NAME = "describe the image", "name"
_MOST = 50
_WITHOUT_IMAGES = frozenset({Role.GROUP_NUMBER, Role.STUDY_NUMBERS})
_WORD = pattern(r"(?<!\w)[sS]?[0-9]{0,12}\Z")
_REST = pattern(r"[0-9]{0,12}(?!\w)")
_LONGEST = 20
_MOST_NUMBERS = 100
"""More members than any group has; bounds the list for damaged text."""


def complete(snapshot: JudgedReport, offset: int) -> tuple[Completion, ...]:
    """Return the completions at `offset`, counted from the start of the report, in display order.

    Inside the brackets of an image: figures; of a link: all files; where an image can start: whole images; in the
    answers about the members: study numbers. Nothing outside answers or where it would not be shown, as in code.
    """
    cursor = cursor_at(snapshot, offset)
    if not cursor:
        return ()
    typed = typed_path(cursor)
    found = path_completions(cursor, typed) if typed else [*number_completions(cursor), *image_completions(cursor)]
    return tuple(
        completion._replace(replaced=completion.replaced.shifted(cursor.start), order=order)
        for order, completion in enumerate(found)
    )


def image_completions(cursor: Cursor) -> list[Completion]:
    """Return an image of each unused figure, then an empty one to fill in."""
    replaced = _replaced(cursor)
    if not replaced or cursor.ctx.role in _WITHOUT_IMAGES:
        return []
    new = _new(cursor, replaced)
    if not becomes_image(cursor, Edit(replaced, new.new_text)):
        return []
    return [*(_of(replaced, figure) for figure in unused_figures(cursor.snapshot, cursor.ctx, _MOST)), new]


def _replaced(cursor: Cursor) -> Span | None:
    """Return the span of `!` or `![` at the cursor, with a bracket that the editor closed; None inside other text."""
    begun = _BEGUN.search(cursor.before[-len("\\![") :])
    if not begun:
        return Span(cursor.at, cursor.at) if cursor.is_at_line_start else None
    has_bracket = begun[0].endswith("[")
    if _GOES_ON.match(cursor.after) if has_bracket else cursor.after.startswith("["):
        return None
    return Span(cursor.at - len(begun[0]), cursor.at + (has_bracket and cursor.after.startswith("]")))


def _of(replaced: Span, figure: Figure) -> Completion:
    text = words_of(figure.path).replace(":", "") or _DESCRIBE
    path = path_as_written(figure.path)
    return Completion(
        label=f"insert {figure.path}",
        kind=CompletionKind.SNIPPET,
        replaced=replaced,
        new_text=f"![{text}]({path})",
        detail=figure.detail,
        snippet=f"![${{1:{literal(text)}}}]({literal(path)})$0",
        figure=figure.path,
    )


def _new(cursor: Cursor, replaced: Span) -> Completion:
    folder = path_as_written(figures_folder(cursor.ctx.settings))
    extension = cursor.ctx.formats[0]
    return Completion(
        label="insert a new image",
        kind=CompletionKind.SNIPPET,
        replaced=replaced,
        new_text=f"![{_DESCRIBE}]({folder}{_NAME}.{extension})",
        detail=f"a figure that you still have to add to {figures_folder(cursor.ctx.settings)}",
        snippet=f"![${{1:{_DESCRIBE}}}]({literal(folder)}${{2:{_NAME}}}.{literal(extension)})$0",
    )


class _Number(NamedTuple):
    digits: str
    written: str
    """The number with its `s`."""
    has_letter: bool


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
            found.append(_Number(digits, written, has_letter))
    return found


def _members(word: Span, members: list[_Number], named: Counter[str]) -> list[Completion]:
    known = {number.digits: number for number in members if number.has_letter or len(number.digits) == DIGITS}
    ordered = sorted(known.values(), key=lambda number: number.digits in named)[:_MOST_NUMBERS]
    return [_number_completion(number, word, _mentions(named[number.digits])) for number in ordered]


def _mentions(times: int) -> str:
    if not times:
        return "not named here yet"
    return f"named here {times} times" if times > 1 else "named here once"


def _strangers(word: Span, members: list[_Number], named: list[_Number]) -> list[Completion]:
    """Return numbers in the answer about contributions that are neither a member's nor a typo of one."""
    given = {number.digits for number in members}
    strangers = {number.digits: number for number in named if number.has_letter and number.digits not in given}
    return [
        _number_completion(number, word, "named in the answer on who did what")
        for number in [*strangers.values()][:_MOST_NUMBERS]
        if not any(is_slip(number.digits, digits) for digits in [*given][:_MOST_NUMBERS])
    ]


def _number_completion(number: _Number, word: Span, detail: str) -> Completion:
    return Completion(number.written, CompletionKind.STUDY_NUMBER, word, number.written, detail=detail)
