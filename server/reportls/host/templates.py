"""Reads templates, the blank files that reports begin from, with a message and a way out where one cannot be used."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reportls.forms.template import read_template
from reportls.host.error import HostError, shown
from reportls.host.read import read_bytes, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from reportls.forms.template import Template

MOST_BYTES = 1_000_000
"""Larger files are refused: they are no forms that people fill in."""

_NAME_ANOTHER = "name the blank file that reports begin from"

# All reports of a course have one template, and the server reads it again whenever a file beside a report changes.
_read = lru_cache(maxsize=4)(read_template)


def template_at(path: Path) -> Template:
    """Return the template in a file.

    Raises:
        HostError: the file cannot be read, is over 1 MB or not UTF-8, or nothing in it asks for an answer.
    """
    try:
        data = read_bytes(path, MOST_BYTES)
    except HostError as error:
        message = f"{error}: {_NAME_ANOTHER}"
        raise HostError(message) from None
    template = _read(text_of(data, shown(path), MOST_BYTES))
    if not template.slots:
        message = (
            f"{shown(path)}: nothing in this file asks for an answer; a place to answer begins with a heading, a bold"
            " question, an item that ends in `?`, or a label with nothing behind its colon"
        )
        raise HostError(message)
    return template
