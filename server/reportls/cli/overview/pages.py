"""File names for the groups' pages that every file system accepts, whatever the groups' names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = "groups"
"""The folder of the groups' pages, inside the folder of the overview."""
INDEX = "index.html"

_LONGEST = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)
"""Names of devices on Windows, which no file may have, whatever its extension."""


def page_names(names: Iterable[str]) -> Iterator[str]:
    """Yield a file name for each group; all differ, also where case is ignored."""
    taken: set[str] = set()
    for name in names:
        plain = _plain(name)
        number, unique = 1, plain
        while unique.lower() in taken:
            number += 1
            unique = f"{plain}-{number}"
        taken.add(unique.lower())
        yield f"{unique}.html"


def _plain(name: str) -> str:
    without_accents = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _UNSAFE.sub("-", without_accents)[:_LONGEST].strip("-")
    return f"group-{plain}".rstrip("-") if not plain or _RESERVED.match(plain) else plain
