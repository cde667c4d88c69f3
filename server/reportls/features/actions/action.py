"""What an action is."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportls.findings.finding import Finding
    from reportls.text import Edit, Span


class ActionKind(Enum):
    """What an action is for."""

    QUICK_FIX = "quick fix"
    """It mends a finding."""
    REFACTOR = "refactor"
    """It inserts an image, whether or not one is wanted."""
    FIX_ALL = "fix all"
    """It mends all that can be mended without losing a word."""
    IGNORE = "ignore"
    """It changes the configuration, so that a rule's findings are not listed; see `ignorable`."""


class SnippetEdit(NamedTuple):
    """An edit whose new text has places to fill in."""

    span: Span
    snippet: str
    """In the syntax of snippets: `${1:words}` is to be typed over, `$0` is where typing ends."""


class Action(NamedTuple):
    """One thing that can be done."""

    kind: ActionKind
    title: str
    """An imperative: `remove the placeholder`."""
    edits: tuple[Edit, ...]
    """All of them at once; offsets count from the start of the report."""
    finding: Finding | None = None
    """The one that it mends."""
    is_preferred: bool = False
    """Whether it is the safe one of those that mend its finding."""
    snippet: tuple[SnippetEdit, ...] = ()
    """The same edits, with places to fill in; none if there is nothing to fill in."""
