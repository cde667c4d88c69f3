"""Completion of whole images where one can start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.image_paths import figures_folder
from reportls.editions.edition import Role
from reportls.features.completion.cursor import Completion, CompletionKind, becomes_image, literal
from reportls.features.figures import Figure, unused_figures
from reportls.features.rename import path_as_written
from reportls.report.target import words_of
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from reportls.features.completion.cursor import Cursor

_BEGUN = pattern(r"(?<!\\)!\[?\Z")
_GOES_ON = pattern(r"[^\[\]]*\][(\[]")
"""Text after `![` that shows that the image is already there."""
_DESCRIBE, _NAME = "describe the image", "name"
_MOST = 50
_WITHOUT_IMAGES = frozenset({Role.GROUP_NUMBER, Role.STUDY_NUMBERS})


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
