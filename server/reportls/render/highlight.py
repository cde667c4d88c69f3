"""Colours code, if Pygments is installed: it comes with rich."""

from __future__ import annotations

import re

_LONGEST = 20_000
"""Characters; longer code stays black, for some languages take long to read."""
_LANGUAGE = re.compile(r"[\w+#.-]{1,40}")


def highlighted(code: str, language: str) -> str:
    """The code as HTML, each word in a `span` with a class of Pygments; empty if it is to stay as it is."""
    if len(code) > _LONGEST or not _LANGUAGE.fullmatch(language):
        return ""
    try:
        from pygments import highlight  # type: ignore[import-untyped]  # noqa: PLC0415  # few need it
        from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]  # noqa: PLC0415
        from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError:
        return ""
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
        return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))
    except Exception:  # noqa: BLE001  # an unknown language, or whatever its lexer stumbles over
        return ""
