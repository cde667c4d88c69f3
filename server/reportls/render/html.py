"""Builds HTML, where whatever is not `Safe` is escaped, and the frame of our pages.

The policy of a page forbids loading, sending and running all but our own script.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VOID = frozenset({"br", "hr", "img", "input", "meta", "rect", "path"})
"""Elements without content and end tag; those of SVG are closed in their start tag."""

_OF_SVG = frozenset({"rect", "path"})
GENERATOR = "reportls"
"""Marks our pages, so that we overwrite them without asking."""
CLOSING = "</body>\n</html>\n"
"""Text after the content of a page."""


class Safe(str):
    """HTML that can be put into a page as it is."""

    __slots__ = ()


def escaped(text: str) -> Safe:
    """Escape a text; HTML that is safe already stays as it is."""
    # HTML has no way to write NUL, not even as a reference.
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


def rect(kind: str, x: float, y: float, width: float, height: float) -> Safe:
    """Return a rectangle of a drawing; `kind` is its class in the style sheet."""
    return tag("rect", class_=kind, x=f"{x:.2f}", y=f"{y:.2f}", width=f"{width:.2f}", height=f"{height:.2f}")


def key_of(meanings: Mapping[str, str]) -> Safe:
    """Return the key of a chart: each kind of rectangle with its meaning."""
    items = (
        tag("li", tag("svg", rect(kind, 0, 0, 12, 12), viewBox="0 0 12 12", aria_hidden="true"), f" {words}")
        for kind, words in meanings.items()
    )
    return tag("ul", *items, class_="key")


def opening(title: str, styles: Sequence[str] = ("style.css",), script: str | None = None, kind: str = "") -> str:
    """Return the text before the content; styles and script are files of this package, `kind` a class of `body`."""
    sheets = [_read(name) for name in styles]
    code = _read(script) if script else None
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(sheets, code)),
        tag("meta", name="generator", content=GENERATOR),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        *(tag("style", Safe(sheet)) for sheet in sheets),
        *([tag("script", Safe(code), type="module")] if code else ()),
    )
    body = f'<body class="{kind}">' if kind else "<body>"
    return f'<!DOCTYPE html>\n<html lang="en">{tag("head", joined(head))}\n{body}'


def _read(name: str) -> str:
    from importlib.resources import files  # noqa: PLC0415  # it loads slowly

    return files("reportls.render").joinpath(name).read_text("utf-8")


def _policy(sheets: Sequence[str], code: str | None) -> str:
    """Return the Content-Security-Policy: images as `data:`, and by their digests our own style and script."""
    own_style = f"style-src {' '.join(map(_digest, sheets))}"
    own_script = f"; script-src {_digest(code)}" if code else ""
    return f"default-src 'none'; img-src data:; {own_style}{own_script}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    from base64 import b64encode  # noqa: PLC0415
    from hashlib import sha256  # noqa: PLC0415

    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
