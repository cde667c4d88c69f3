"""Builds HTML: whatever is not `Safe` is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

VOID = frozenset({"br", "hr", "img", "input", "meta", "rect", "path"})
"""Elements without content and end tag; those of SVG are closed in their start tag."""

_OF_SVG = frozenset({"rect", "path"})


class Safe(str):
    """HTML that can be put into a page as it is."""

    __slots__ = ()


def escaped(text: str) -> Safe:
    """Escape a text; HTML that is safe already stays as it is."""
    return text if isinstance(text, Safe) else Safe(escape(text.replace("\0", "\ufffd")))


def joined(parts: Iterable[str]) -> Safe:
    """Join parts, each escaped unless it is safe."""
    return Safe("".join(map(escaped, parts)))


def tag(name: str, /, *content: str, **attributes: str | None) -> Safe:
    """Return an element with its content. Attributes of None are left out; `class_` is `class`, `_` within is `-`."""
    start = start_tag(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})
    return start if name in VOID else Safe(f"{start}{joined(content)}</{name}>")


def start_tag(name: str, attributes: dict[str, str | None]) -> Safe:
    """Return a start tag, which is the whole element if that has no content."""
    written = "".join(f' {key}="{escaped(str(value))}"' for key, value in attributes.items() if value is not None)
    return Safe(f"<{name}{written}{'/' if name in _OF_SVG else ''}>")
