"""What a completion is."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import pattern

if TYPE_CHECKING:
    from reportls.text import Span

_SNIPPET_SIGNS = pattern(r"[$}\\]")


class CompletionKind(Enum):
    """What is offered."""

    FIGURE = "figure"
    """The path of a file, nearly always a picture."""
    SNIPPET = "snippet"
    """A whole image."""
    STUDY_NUMBER = "study number"
    FOLDER = "folder"
    """A folder's path, to be typed on from."""


class Completion(NamedTuple):
    """One thing to choose."""

    label: str
    kind: CompletionKind
    replaced: Span
    """What it replaces, in code points from the start of the report; on one line, around the cursor."""
    new_text: str
    """What it puts there. By this, not by the label, a list is narrowed down to what was typed."""
    snippet: str | None = None
    """The same with places to fill in, in the syntax of the Language Server Protocol; None if there are none."""
    detail: str = ""
    """A few plain words on it."""
    documentation: str = ""
    """Markdown."""
    figure: str | None = None
    """The picture to show with it: its path from the report's folder, decoded."""
    order: int = 0
    """Its place in the list, from 0."""


def literal(text: str) -> str:
    """Text as it stands in a snippet, whatever its characters."""
    return _SNIPPET_SIGNS.sub(r"\\\g<0>", text)
