"""Renders Markdown as GitHub does, to be cleaned by `sanitize` before it is shown, and as the course's script does."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from reportls.render import sanitize
from reportls.report.commonmark import parse
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_BOX = re.compile(r"\[([ xX])\][ \t]+")
_LONGEST_COLOURED = 20_000
"""Characters; longer code stays black, for some languages take long to read."""
_LANGUAGE = re.compile(r"[\w+#.-]{1,40}")
_CRASHES = "There will be no page: the course's script crashes, for lists or quotes are nested too deep."
_TAKES_LONG = "The page is not made here: the course's script would take minutes for the report's {} brackets."
_MOST_BRACKETS = 10_000
"""For each opening bracket Python-Markdown searches the closing one; without it, time grows by the square."""


class Markdown:
    """Renders pieces of one report."""

    def __init__(self, defining: Iterable[str]) -> None:
        """Take the pieces that define links, which others may refer to."""
        self._parser = _parser()
        self._shared: dict[str, Any] = {}
        for text in defining:
            if _can_be_parsed(text):
                self._parser.parse(text, self._shared)

    def html_of(self, text: str) -> str:
        """Return the HTML of one piece; the text itself if parsing it, or its HTML, would take too long."""
        if _can_be_parsed(text):
            html = str(self._parser.render(text, {"references": dict(self._shared.get("references", {}))}))
            if sanitize.can_be_parsed(html):
                return html
        return f"<pre>{escape(text)}</pre>"


def _can_be_parsed(text: str) -> bool:
    return parse.can_be_parsed(text) and parse.quotes_can_be_parsed(text.splitlines())


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # importing it costs more than all else

    options = {"html": True, "maxNesting": 20, "highlight": _highlighted}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    # `sanitize` marks paths that lead nowhere and replaces a bad link with its text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.core.ruler.before("inline", "tick_boxes", _tick_boxes)
    for name in ("td_open", "th_open"):
        parser.add_render_rule(name, _cell)
    return parser


def _highlighted(code: str, language: str, _attributes: str) -> str:
    """Return code as HTML with a Pygments class for each word; empty to leave it uncoloured.

    Pygments comes with rich.
    """
    if len(code) > _LONGEST_COLOURED or not _LANGUAGE.fullmatch(language):
        return ""
    try:
        from pygments import highlight  # type: ignore[import-untyped]  # noqa: PLC0415  # few need it
        from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]  # noqa: PLC0415
        from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError:
        return ""
    try:
        # By default Pygments drops empty lines at both ends of the code and adds one.
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
        return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))
    except Exception:  # noqa: BLE001  # an unknown language, or whatever its lexer stumbles over
        return ""


def _tick_boxes(state: StateCore) -> None:
    """Show a box in list items that begin with `[ ]` or `[x]`."""
    for item, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if (item.type, paragraph.type) == ("list_item_open", "paragraph_open") and (box := _BOX.match(inline.content)):
            sign = "\u2610" if box[1] == " " else "\u2611"
            inline.content = f"{sign} {inline.content[box.end() :]}"
            item.attrs["class"] = sanitize.TASK


def _cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """Return the start tag of a cell with its alignment as an attribute: pages allow no style but their own."""
    token = tokens[index]
    _, _, side = str(token.attrs.pop("style", "")).partition("text-align:")
    if side:
        token.attrs["align"] = side
    return str(renderer.renderToken(tokens, index, options, env))


def checker_page_or_problem(text: str) -> tuple[str, str | None]:
    """Return the page of a report's text and None, or an empty page and why there is none."""
    brackets = text.count("[") + text.count("<")
    if brackets > _MOST_BRACKETS:
        return "", _TAKES_LONG.format(brackets)
    try:
        return checker_page(text), None
    except RecursionError:
        return "", _CRASHES


def checker_page(text: str) -> str:
    r"""Return the page of a report's text; like the script, it has no line end but `\n`.

    Raises:
        RecursionError: the text is nested too deep for Python-Markdown; the script would crash as well.
    """
    from markdown import markdown  # noqa: PLC0415  # only this page needs it

    # The script opens the report as text, so that Python converts line ends.
    universal = text.replace("\r\n", "\n").replace("\r", "\n")
    return markdown(universal[FORM.dropped :])
