"""Completion in answers: paths of figures and files, whole images, study numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.features.completion.cursor import Completion, CompletionKind, cursor_at
from reportls.features.completion.items import image_completions, number_completions
from reportls.features.completion.paths import path_completions, typed_path

if TYPE_CHECKING:
    from reportls.snapshot import JudgedReport

__all__ = ["Completion", "CompletionKind", "complete"]


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
