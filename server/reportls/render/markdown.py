"""Markdown to HTML as GitHub shows it. What comes out is not safe yet: `cleaning` sees to that."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from reportls.render.highlight import highlighted
from reportls.report.commonmark.parse import can_be_parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict


PATH = "data-path"
"""The attribute that has an image's path, which nothing takes for an address."""
TASK = "task"
"""The class of list items that show a box."""

_BOX = re.compile(r"\[([ xX])\][ \t]+")


class Markdown:
    """Turns pieces of one report into HTML."""

    def __init__(self, *, has_html: bool, defining: Iterable[str] = ()) -> None:
        """Say whether HTML in the text stays HTML, and which pieces define links that others refer to."""
        self._parser = _parser(has_html=has_html)
        self._shared: dict[str, Any] = {}
        for text in defining:
            if can_be_parsed(text):
                self._parser.parse(text, self._shared)

    def html_of(self, text: str) -> str:
        """The HTML of one piece; if it would take too long, the text itself."""
        if not can_be_parsed(text):
            return f"<pre>{escape(text)}</pre>"
        return str(self._parser.render(text, {"references": dict(self._shared.get("references", {}))}))


def _parser(*, has_html: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # importing it costs more than all else

    options = {"html": has_html, "maxNesting": 20, "highlight": _highlighted}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    # A path that leads nowhere is shown as such, and a bad link as its words: both are for `cleaning` to see.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.core.ruler.before("inline", "tick_boxes", _tick_boxes)
    for name, rule in {"image": _image, "td_open": _cell, "th_open": _cell}.items():
        parser.add_render_rule(name, rule)
    return parser


def _highlighted(code: str, language: str, _attributes: str) -> str:
    return highlighted(code, language)


def _tick_boxes(state: StateCore) -> None:
    """Have list items that begin with `[ ]` or `[x]` show a box."""
    for item, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:]):
        if (item.type, paragraph.type) == ("list_item_open", "paragraph_open") and (box := _BOX.match(inline.content)):
            sign = "\u2610" if box[1] == " " else "\u2611"
            inline.content = f"{sign} {inline.content[box.end() :]}"
            item.attrs["class"] = TASK


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    words = renderer.renderInlineAsText(token.children, options, env)
    return f'<img {PATH}="{escape(str(token.attrs["src"]))}" alt="{escape(words)}">'


def _cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """A cell's start tag, its alignment in an attribute of its own: the page allows no style but its own."""
    token = tokens[index]
    _, _, side = str(token.attrs.pop("style", "")).partition("text-align:")
    if side:
        token.attrs["align"] = side
    return str(renderer.renderToken(tokens, index, options, env))
