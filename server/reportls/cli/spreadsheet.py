"""Writes CSV for spreadsheets: text that others wrote cannot become a formula, nor a workflow command of GitHub."""

from __future__ import annotations

import csv
from datetime import datetime, timezone
from io import StringIO
from typing import TYPE_CHECKING

from reportls.cli.text_width import printable
from reportls.render.ci_safe import PLAIN, without_commands

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMULAS = ("=", "+", "-", "@", "::", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Beginnings of a cell that spreadsheets read as a formula, and `::`, which starts a workflow command of GitHub.

The last four are the fullwidth forms of the first four.
"""


def csv_line(cells: Iterable[str]) -> str:
    """Return one line with the cells, with the line end of RFC 4180."""
    text = StringIO()
    csv.writer(text).writerow([_harmless(cell) for cell in cells])
    return text.getvalue()


def utc(seconds: int) -> str:
    """Return a time in seconds from the epoch as spreadsheets and programs read it: `2026-01-03T13:02:00Z`."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat().replace("+00:00", "Z")


def _harmless(cell: str) -> str:
    """Return the cell on one line, after an apostrophe if it could be taken for a formula or a command."""
    plain = printable(cell)
    return without_commands(f"'{plain}" if plain.lstrip().startswith(_FORMULAS) else plain, PLAIN)
