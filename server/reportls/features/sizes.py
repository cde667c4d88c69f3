"""Sizes of files in words."""

from __future__ import annotations

_THOUSAND = 1000


def size_in_words(size: int) -> str:
    """So many bytes in the unit that suits: `1 byte`, `20 kB`, `1.5 MB`."""
    if size < _THOUSAND:
        return f"{size} byte{'' if size == 1 else 's'}"
    unit, value = ("kB", size / _THOUSAND) if size < _THOUSAND**2 else ("MB", size / _THOUSAND**2)
    return f"{value:.1f}".removesuffix(".0") + f" {unit}"
