"""Makes the protocol's types of plain data, and plain data of them."""

from __future__ import annotations

from functools import cache
from typing import Any

import cattrs
from lsprotocol import _hooks, converters

# `deferring.py` does for each class, when it is made, what this would do for all of them now.
_hooks._resolved_forward_references = True  # noqa: SLF001  # there is no other way


@cache
def structuring(*, explains: bool) -> cattrs.Converter:
    """A converter; one that `explains` says what is wrong and where, which takes it much longer."""
    converter = cattrs.Converter(detailed_validation=explains)
    converter.register_structure_hook_func(lambda kind: kind in (int, str, bool), _exactly)
    converter = converters.get_converter(converter)
    # Identifiers and tokens are looked up; the library takes anything for one.
    converter.register_structure_hook(int | str, _number_or_string)
    converter.register_structure_hook(int | str | None, _number_or_string_or_none)
    return converter


def plain_of(typed: object) -> object:
    """What stands for something of the protocol's types in JSON."""
    return structuring(explains=False).unstructure(typed)


def _exactly(value: Any, kind: type[Any]) -> Any:  # noqa: ANN401  # of that type
    """The value as it is: cattrs would make a number of a string of digits, and a string of anything."""
    if type(value) is not kind:
        message = f"{value!r:.40} is no {kind.__name__}"
        raise TypeError(message)
    return value


def _number_or_string(value: Any, _kind: object) -> Any:  # noqa: ANN401  # one of the two
    if type(value) not in (int, str):
        message = f"{value!r:.40} is neither a number nor a string"
        raise TypeError(message)
    return value


def _number_or_string_or_none(value: Any, kind: object) -> Any:  # noqa: ANN401  # one of the three
    return None if value is None else _number_or_string(value, kind)
