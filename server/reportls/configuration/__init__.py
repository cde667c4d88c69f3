"""Reads settings from the text of `reportls.toml` or of a table in `pyproject.toml`, without access to the disk."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, cast

from reportls.configuration.complaint import Complaint
from reportls.configuration.settings import settings_from
from reportls.findings.settings import Settings
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.findings.finding import FileProblem

_ENDLESS_KEY = pattern(r"""(?:\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*){100}""")
"""A key with many parts. The parser takes time that is quadratic in their number: minutes for thousands."""

_ENDLESS_NUMBER = pattern(r"[0-9][0-9_]{999}[0-9_]+")
"""A number that Python may refuse to convert, as that takes time that is quadratic in the digits."""
_KEPT = 1000
"""Digits that are read of such a number: enough to be more than any setting allows."""


class BrokenError(Exception):
    """The text is not valid TOML."""

    def __init__(self, message: str, line: int) -> None:
        """Take the message and the line, from 0."""
        super().__init__(message)
        self.line = line


def read_configuration(text: str, table: tuple[str, ...] = ()) -> tuple[Settings, tuple[FileProblem, ...]]:
    """Return the settings in the named table of the text and their problems; invalid values count as not set.

    Raises:
        BrokenError: the text is not valid TOML.
    """
    return read_table(text, table) or (Settings(), ())


def read_table(text: str, table: tuple[str, ...]) -> tuple[Settings, tuple[FileProblem, ...]] | None:
    """Return the settings in the named table of the text and their problems; None if there is no such table.

    Raises:
        BrokenError: the text is not valid TOML.
    """
    text = text.removeprefix("\ufeff")
    data: object = _parse(text)
    for name in table:
        if not isinstance(data, dict) or name not in data:
            return None
        data = data[name]
    if not isinstance(data, dict):
        complaints = [Complaint((), f"`{table[-1]}` must be a table: write `[{'.'.join(table)}]`")]
        return Settings(), _located(text, table, complaints)
    settings, complaints = settings_from(cast("Mapping[str, object]", data))
    return settings, _located(text, table, complaints)


def _parse(text: str) -> dict[str, Any]:
    if endless := _ENDLESS_KEY.search(text):
        raise BrokenError("a key has too many parts", text.count("\n", 0, endless.start()))
    if sys.version_info >= (3, 11):
        import tomllib  # noqa: PLC0415  # few reports have a configuration
    else:
        import tomli as tomllib  # noqa: PLC0415  # few reports have a configuration
    try:
        return tomllib.loads(_ENDLESS_NUMBER.sub(lambda digits: digits[0][:_KEPT].rstrip("_"), text))
    except tomllib.TOMLDecodeError as error:
        raise _broken(str(error), text) from None
    except (ValueError, RecursionError):
        # A date that does not exist raises ValueError, deep nesting RecursionError.
        raise BrokenError("a value is too long or too deeply nested", 0) from None


def _broken(message: str, text: str) -> BrokenError:
    """Return an error with the parser's message, and with its place as a line from 0."""
    # Before Python 3.14 the error has its place in the message alone.
    words, _, place = message.rpartition(" (at ")
    line = re.match(r"line (?P<number>[0-9]+)", place)
    last = text.rstrip().count("\n")
    return BrokenError(words[:1].lower() + words[1:], int(line["number"]) - 1 if line else last)


def _located(text: str, table: tuple[str, ...], complaints: list[Complaint]) -> tuple[FileProblem, ...]:
    if not complaints:
        return ()
    from reportls.configuration.places import places_in  # noqa: PLC0415  # few configurations have mistakes

    places = places_in(text)
    problems = (places.problem((*table, *path), message, of_key=of_key) for path, message, of_key in complaints)
    return tuple(sorted(problems))
