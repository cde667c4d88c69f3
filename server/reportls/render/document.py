"""Writes the start and end of our pages. Their policy forbids loading, sending and running all but our own script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.render.html import Safe, joined, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

GENERATOR = "reportls"
"""Marks our pages, so that we overwrite them without asking."""
CLOSING = "</body>\n</html>\n"
"""Text after the content of a page."""


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
