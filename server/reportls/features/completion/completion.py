"""The completion value and its kinds."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import pattern

if TYPE_CHECKING:
    from reportls.text import Span

_SNIPPET_SIGNS = pattern(r"[$}\\]")


class CompletionKind(Enum):
    """The kind of a completion."""

    FIGURE = "figure"
    """The path of a file, nearly always a figure."""
    SNIPPET = "snippet"
    """A whole image."""
    STUDY_NUMBER = "study number"
    FOLDER = "folder"
    """The path of a folder, to continue typing from."""


class Completion(NamedTuple):
    """One completion."""

    label: str
    kind: CompletionKind
    replaced: Span
    """The span to replace, in code points from the start of the report; on one line, around the cursor."""
    new_text: str
    """The replacement. Editors filter by it, not by the label."""
    snippet: str | None = None
    """`new_text` as a snippet of the Language Server Protocol; None if there is nothing to fill in."""
    detail: str = ""
    """A few words in plain text."""
    documentation: str = ""
    """Markdown."""
    figure: str | None = None
    """The figure to show with it: its decoded path from the report's folder."""
    order: int = 0
    """Index in the list, from 0."""


def literal(text: str) -> str:
    """Escape text for a snippet."""
    return _SNIPPET_SIGNS.sub(r"\\\g<0>", text)
