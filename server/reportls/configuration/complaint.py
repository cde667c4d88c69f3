"""Complaints about settings: the path to a value and what is wrong with it, not yet located in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]
"""The keys, and indices in lists, that lead to a value."""

MOST_COMPLAINTS = 100
"""Complaints about one configuration that are shown; a suggestion for each of very many wrong names takes long."""

_LONGEST_NAME = 60
"""Longer names are cut in messages, and no similar name is suggested."""

_SHORTEST_PART = 4
"""Letters of a name, such as `2026`, by which the whole is found."""


class Complaint(NamedTuple):
    """A problem with one key or value of a configuration."""

    path: Path
    message: str
    of_key: bool = False
    """Whether the problem is the last key of the path rather than its value."""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return a message that the name is unknown, with the closest known name, or all known names if none is close."""
    choices = list(known)
    if near := similar(name, choices):
        return f"unknown {what} `{shown(name)}`: did you mean `{near}`?"
    return f"unknown {what} `{shown(name)}`: known are {', '.join(choices)}"


def similar(name: str, known: Iterable[str]) -> str | None:
    """Return the only known name that contains this one, or else the closest one; None if none is close."""
    from difflib import get_close_matches  # noqa: PLC0415  # few configurations have mistakes

    choices = list(known)
    if not 0 < len(name) <= _LONGEST_NAME:
        return None
    containing = [choice for choice in choices if len(name) >= _SHORTEST_PART and name.lower() in choice]
    near = containing if len(containing) == 1 else get_close_matches(name.lower(), choices, n=1)
    return near[0] if near else None


def unknown_rule(name: str) -> str:
    """Return a message that there is no such rule, with the closest name or the command that lists all rules."""
    from reportls.rules import BY_NAME  # noqa: PLC0415  # few names are wrong

    message = unknown("rule", name, BY_NAME)
    return message if "did you mean" in message else f"unknown rule `{shown(name)}`: `reportls rule` lists all"


def shown(value: object) -> str:
    """Return the value as messages show it: short and on one line."""
    text = value if isinstance(value, str) else _written(value)
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[: _LONGEST_NAME + 1])
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _written(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # it is, or has, a hexadecimal number of more digits than Python writes as a decimal one
        return "a number that is too large"
