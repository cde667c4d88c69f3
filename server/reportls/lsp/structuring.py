"""Makes the protocol's types of plain data."""

from __future__ import annotations

from functools import cache
from typing import Any

import cattrs
from lsprotocol.converters import get_converter


@cache
def structuring(*, explains: bool) -> cattrs.Converter:
    """A converter; one that `explains` says what is wrong and where, which takes it much longer."""
    converter = cattrs.Converter(detailed_validation=explains)
    converter.register_structure_hook_func(lambda kind: kind in (int, str, bool), _exactly)
    return get_converter(converter)


def _exactly(value: Any, kind: type[Any]) -> Any:  # noqa: ANN401  # of that type
    """The value as it is: cattrs would make a number of a string of digits, and a string of anything."""
    if type(value) is not kind:
        message = f"{value!r:.40} is no {kind.__name__}"
        raise TypeError(message)
    return value
