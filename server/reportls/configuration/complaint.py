"""What is wrong with a setting, before it is known where in a file that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]
"""The keys, and positions in lists, that lead to a value."""

_LONGEST_NAME = 60
"""Longer names are shown cut, and not compared with others."""


class Complaint(NamedTuple):
    """Something wrong in a configuration."""

    path: Path
    message: str
    of_key: bool = False
    """Whether the last key is wrong, not its value."""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Say that there is no such thing, and which was probably meant, or which there are."""
    from difflib import get_close_matches  # noqa: PLC0415  # few configurations have mistakes

    choices = list(known)
    near = get_close_matches(name.lower(), choices, n=1) if len(name) <= _LONGEST_NAME else []
    if near:
        return f"unknown {what} `{shown(name)}`: did you mean `{near[0]}`?"
    return f"unknown {what} `{shown(name)}`: known are {', '.join(choices)}"


def unknown_rule(name: str) -> str:
    """Say that there is no such rule, and which was probably meant, or where all are listed."""
    from reportls.rules import BY_NAME  # noqa: PLC0415  # few names are wrong

    message = unknown("rule", name, BY_NAME)
    return message if "did you mean" in message else f"unknown rule `{shown(name)}`: `reportls rule` lists all"


def shown(value: object) -> str:
    """The value as a message shows it: short, on one line."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[: _LONGEST_NAME + 1])
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "\N{HORIZONTAL ELLIPSIS}"
