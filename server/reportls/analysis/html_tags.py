"""Which HTML tags are there for their effect, and which ones are words that an author put into angle brackets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.report.handin_page.inline import Tag

_NAMES_OF_HIDING = """
    iframe noembed noframes script select style template textarea title
"""
HIDING = frozenset(_NAMES_OF_HIDING.split())
"""Tags whose content browsers do not show as text; until one is closed, they show nothing of what follows."""

_NAMES_OF_EFFECT = """
    a abbr b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn dir div dl dt em
    figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp small
    span strike strong sub summary sup svg table tbody td tfoot th thead tr tt u ul var wbr
"""
EFFECT = frozenset(_NAMES_OF_EFFECT.split())
"""Tags that nobody means as words."""

_NAMES_OF_OTHERS = """
    area article aside audio base body button canvas data datalist dialog embed fieldset footer form head header
    hgroup html input label legend link main map math menu meta meter nav noscript object optgroup option output
    param progress search section slot source time track video
"""
_OTHERS = frozenset(_NAMES_OF_OTHERS.split())
"""Tags that are also words: HTML only if they have attributes, or are opened and closed."""

_VOID = frozenset(["area", "base", "embed", "input", "link", "meta", "param", "source", "track"])
"""Names in `_OTHERS` of elements without an end tag."""
_NEED_VALUES = frozenset(["data"])
"""Names in `_OTHERS` of elements that do nothing without an attribute, so a bare `<data>` was meant as a word."""
_NAMES_OF_FLAGS = """
    allowfullscreen async autoplay checked controls defer disabled download hidden loop muted nowrap open playsinline
    readonly required reversed selected
"""
_FLAGS = frozenset(_NAMES_OF_FLAGS.split())
"""Attributes without a value."""
_ATTRIBUTE = pattern(r"(?P<name>[^\s\"'=<>]+)(?P<value>\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?")
_WORD = pattern(r"[^\W_]")


def has_effect(tag: Tag, pairs: frozenset[str]) -> bool:
    """Whether browsers do with the tag what its author wants; `pairs` are the names that are opened and closed."""
    name = tag.name
    if name in HIDING or name in EFFECT:
        return not lost_attributes(tag)
    has_values = "=" in tag.attributes and not lost_attributes(tag)
    return name in _OTHERS and (has_values or (name in pairs and name not in _VOID | _NEED_VALUES))


def lost_attributes(tag: Tag) -> bool:
    """Whether a tag has words in place of attributes: `<b and c>`."""
    for match in _ATTRIBUTE.finditer(tag.attributes):
        if not match["value"] and _WORD.search(match["name"]) and match["name"].lower().rstrip("/") not in _FLAGS:
            return True
    return False


def paired(tags: Iterable[Tag]) -> frozenset[str]:
    """Return the names of the tags that are closed as often as they are opened."""
    counts: Counter[str] = Counter()
    for tag in tags:
        counts[tag.name] += -1 if tag.is_closing else 1
    return frozenset(name for name, count in counts.items() if not count)
