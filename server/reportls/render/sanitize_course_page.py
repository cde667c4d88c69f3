"""Makes the course's page harmless and leaves it as it looks: it runs, loads and sends nothing.

That page holds the report's HTML as it is. Whatever a browser would run or load is taken out here; that nothing of the
sort happens is the doing of the browser, which is told so where the page is shown.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from reportls.render.blocks import IMAGE
from reportls.render.html import Safe, escaped, start_tag

if TYPE_CHECKING:
    from collections.abc import Callable

    FindImage = Callable[[str], str | None]
    """The address (`data:`) of the picture at a path; None if there is none to show."""

_LOADING = (
    "html head body base link meta script iframe frame frameset noframes object embed applet portal noscript noembed"
    " plaintext audio video source track template slot animate set animatetransform animatemotion use"
)
_TAKEN_OUT = frozenset({*_LOADING.split(), "style"})
"""Elements that load, run, or change the page around them; what is in them stays, but for scripts."""
_ENDLESS = frozenset({"area", "br", "col", "hr", "img", "input", "param", "wbr"})
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_ATTRIBUTES = (
    "align alt bgcolor border cellpadding cellspacing char class clear color cols colspan coords dir face headers"
    " height hspace id label lang noshade nowrap open reversed role rows rowspan rules scope size span start style"
    " summary title type valign value vspace width checked disabled viewbox d x y x1 x2 y1 y2 cx cy r rx ry points fill"
    " stroke stroke-width transform"
)
_KEPT = frozenset(_ATTRIBUTES.split())
_LINK = re.compile(r"(?:https?://|mailto:|#)[^\x00-\x20\x7f]*", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[\s\S]*?(?:-->|\Z)|<(?:[!?]|/(?![A-Za-z]))[^>]*>?")
_LOOSE = re.compile(r"""<(?!/?[A-Za-z](?:(?:[^<>"']|"[^<"]*"|'[^<']*')*>|[^<>]*>))""")
"""A sign that begins no tag; nor does one that has another of them within."""
_LOADS = re.compile(
    r"@(?:import|namespace|font-face)[^;{}]*;?|[\w-]*(?:url|src|image|set|fade)\s*\([^()]*\)?", re.IGNORECASE
)
"""In a style."""
_BROKEN = "data:,"
"""What browsers show as a broken picture."""


def disarmed(html: str, find_image: FindImage) -> Safe:
    """The page with its pictures in it, and nothing else that is loaded from anywhere."""
    builder = _Builder(find_image)
    # Python's parser looks to the end of the page for every tag that does not end.
    builder.feed(_LOOSE.sub("&lt;", _COMMENT.sub("", html)))
    builder.close()
    return Safe("".join(builder.parts))


class _Builder(HTMLParser):
    """Builds the HTML anew: a browser finds the tags that are written here and no others."""

    def __init__(self, find_image: FindImage) -> None:
        super().__init__(convert_charrefs=True)
        self._find_image = find_image
        self.parts: list[Safe] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TAKEN_OUT or not _NAME.fullmatch(tag):
            return
        given = {name: value or "" for name, value in reversed(attrs)}
        kept: dict[str, str | None] = {name: value for name, value in given.items() if name in _KEPT}
        if tag == "a" and _LINK.fullmatch(given.get("href", "")):
            kept |= {"href": given["href"], "rel": "noopener noreferrer"}
        elif tag in ("img", "image"):
            path = given.get("src", "")
            tag, kept = "img", {**kept, "src": self._find_image(path) or _BROKEN, IMAGE: path}
        if "style" in kept:
            kept["style"] = _loading_nothing(given["style"])
        self.parts.append(start_tag(tag, kept))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _TAKEN_OUT | _ENDLESS and _NAME.fullmatch(tag):
            self.parts.append(Safe(f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "style":
            self._add_style(data)
        elif self.cdata_elem != "script":
            self.parts.append(escaped(data))

    def _add_style(self, rules: str) -> None:
        # Within SVG, a browser would read tags in it.
        if "<" not in rules:
            self.parts.append(Safe(f"<style>{_loading_nothing(rules)}</style>"))


def _loading_nothing(rules: str) -> str:
    """The style without what it would load; none of it if that may be hidden by escapes."""
    return "" if "\\" in rules else _LOADS.sub("", rules)
