"""Makes HTML from a report safe to show: a sanitizer first, then nothing but what is listed here."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from reportls.render.html import VOID, Safe, escaped, start_tag
from reportls.render.markdown import PATH, TASK

if TYPE_CHECKING:
    from collections.abc import Callable

    ShowImage = Callable[[str, str], Safe]
    """The image at a path, with the text that stands for it, as HTML."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OTHERS = (
    "a abbr b blockquote br caption cite code dd del div dl dt em hr i img ins kbd li mark ol p pre q s samp small span"
    " strike strong sub sup table tbody td tfoot th thead tr tt u ul var"
)
_TAGS = _HEADINGS | frozenset(_OTHERS.split())
_NUMBER = re.compile(r"[0-9]{1,3}")
_SIDE = re.compile(r"left|right|center")
_ADDRESS = re.compile(r"(?:https?://|mailto:|#)[^\x00-\x20\x7f]*", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z][a-z0-9]{0,2}")
"""What Pygments calls a kind of word; the page's own classes are longer."""
_ATTRIBUTES = {
    "a": {"href": _ADDRESS},
    "span": {"class": _TOKEN},
    "li": {"class": re.compile(TASK)},
    "ol": {"start": _NUMBER},
    "td": {"align": _SIDE, "colspan": _NUMBER, "rowspan": _NUMBER},
    "th": {"align": _SIDE, "colspan": _NUMBER, "rowspan": _NUMBER},
}
_READ = {"img": {PATH, "src", "alt"}}
"""Attributes that are looked at, but do not come out as they went in."""


def can_clean() -> bool:
    """Whether there is a sanitizer; without one, HTML in a report must have been escaped before it comes here."""
    try:
        import nh3  # noqa: F401, PLC0415  # it need not be there
    except ImportError:
        return False
    return True


def cleaned(html: str, show_image: ShowImage, heading: str | None) -> Safe:
    """The HTML with nothing left in it that runs, loads or sends; all its headings become such as `heading` says.

    Without a `heading` they stay what they are.
    """
    builder = _Builder(show_image, heading)
    builder.feed(_sanitized(html) if can_clean() else html)
    builder.close()
    return Safe("".join(builder.parts))


def _sanitized(html: str) -> str:
    import nh3  # noqa: PLC0415  # likewise

    attributes = {tag: {*allowed} for tag, allowed in {**_ATTRIBUTES, **_READ}.items()}
    return nh3.clean(html, tags={*_TAGS}, attributes=attributes, url_schemes={"http", "https", "mailto"}, link_rel=None)


class _Builder(HTMLParser):
    """Builds the HTML anew, of allowed elements and attributes alone."""

    def __init__(self, show_image: ShowImage, heading: str | None) -> None:
        super().__init__(convert_charrefs=True)
        self._show_image = show_image
        self._heading = heading
        self.parts: list[Safe] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            given = {name: value or "" for name, value in reversed(attrs)}
            self.parts.append(self._show_image(given.get(PATH) or given.get("src", ""), given.get("alt", "")))
        elif tag in _TAGS:
            self.parts.append(start_tag(self._name(tag), _allowed(tag, attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _TAGS and tag not in VOID:
            self.parts.append(Safe(f"</{self._name(tag)}>"))

    def handle_data(self, data: str) -> None:
        self.parts.append(escaped(data))

    def _name(self, tag: str) -> str:
        return self._heading if self._heading and tag in _HEADINGS else tag


def _allowed(tag: str, attributes: list[tuple[str, str | None]]) -> dict[str, str | None]:
    rules = _ATTRIBUTES.get(tag, {})
    kept = {name: value for name, value in attributes if name in rules and rules[name].fullmatch(value or "")}
    return {**kept, "rel": "noopener noreferrer"} if "href" in kept else kept
