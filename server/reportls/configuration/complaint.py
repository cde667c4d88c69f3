"""Complaints about settings: the path to a value and what is wrong with it, not yet located in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]
"""The keys, and indices in lists, that lead to a value."""

_LONGEST_NAME = 60
"""Longer names are cut in messages, and no similar name is suggested."""


class Complaint(NamedTuple):
    """A problem with one key or value of a configuration."""

    path: Path
    message: str
    of_key: bool = False
    """Whether the problem is the last key of the path rather than its value."""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return a message that the name is unknown, with the closest known name, or all known names if none is close."""
    from difflib import get_close_matches  # noqa: PLC0415  # few configurations have mistakes

    choices = list(known)
    near = get_close_matches(name.lower(), choices, n=1) if len(name) <= _LONGEST_NAME else []
    if near:
        return f"unknown {what} `{shown(name)}`: did you mean `{near[0]}`?"
    return f"unknown {what} `{shown(name)}`: known are {', '.join(choices)}"


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
