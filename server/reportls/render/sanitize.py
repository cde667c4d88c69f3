"""Makes the HTML of a report safe to show: nothing in it runs, loads, sends or takes the name of a property.

`justhtml` parses the HTML as browsers do, and only listed elements and attributes stay in the tree. None of the listed
elements changes how a parser reads what follows: no script, style, SVG, MathML, template or form. So a browser that
reads what is written of the tree finds that tree again. No attribute is a name (`id`, `name`): names hide properties
of `document`, and links within our pages lead to names of ours.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from reportls.render.html import Safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from justhtml import Node, Regex, SanitizationPolicy, Text

    _Attributes = dict[str, dict[str, list[str | Regex]]]
    """By element and attribute, the values that may stay; of several, `*` stands for any element."""

    ShowImage = Callable[[str, str], Safe]
    """Returns HTML for the image with that path and text."""
    FindImage = Callable[[str], str | None]
    """Returns the `data:` address of the image with that path; None if there is none to show."""

IMAGE_PATH = "data-path"
"""Attribute of an `img` in a tree: the path in the report. There is no `src` before we set one that loads nothing."""

TASK = "task"
"""The class of list items that show a box."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TAGS = (
    "a abbr b bdi big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em font hr i img"
    " ins kbd li mark ol p pre q rp rt ruby s samp small span strike strong sub summary sup table tbody td tfoot th"
    " thead tr tt u ul var wbr"
)
_BLOCKS = (
    "address article aside dialog fieldset figcaption figure footer form header hgroup legend main menu nav search"
    " section"
)
"""Become `div`: unwrapped, their text would run on, and in our pages they would be landmarks and sections of ours."""
_UNSEEN = "audio canvas datalist iframe noembed noframes noscript object script style template title video"
"""Removed with all their content, which browsers do not show either."""
_ADDRESS = r"(?:https?://|mailto:|#)[^\x00-\x20\x7f]*"
_REL = "noopener noreferrer"
_NUMBER = "[0-9]{1,3}"
_SIDE = "left|right|center"
_KIND_OF_WORD = "[a-z][a-z0-9]{0,2}"
"""A CSS class of Pygments; the classes of the page itself have longer names."""
_LOOKS = (
    "align bgcolor border cellpadding cellspacing clear color colspan dir face height hidden hspace lang noshade nowrap"
    " open reversed rowspan rules size span start style title type valign value vspace width"
)
_STYLES = (
    "background-color border border-bottom border-collapse border-color border-left border-radius border-right"
    " border-spacing border-style border-top border-width clear color display float font-family font-size font-style"
    " font-weight height letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right"
    " margin-top max-height max-width min-height min-width padding padding-bottom padding-left padding-right"
    " padding-top text-align text-decoration text-indent text-transform vertical-align visibility white-space width"
)
_MOST_WORK = 200_000
"""Tags times tags without their counterpart. By the rules of HTML each paragraph repeats all formatting left open above
it, and an end tag can move all that is open: time and tree grow by this product. This much takes 1 to 3 s."""
_ATTRIBUTE = r"""(?:\s+[\w-]+(?:="[^"<>]*")?)*\s*"""
_VOID = re.compile(rf"<(?:br|col|hr|img|wbr){_ATTRIBUTE}/?>", re.IGNORECASE)
_CLOSED = re.compile(rf"<([a-z][a-z0-9]*){_ATTRIBUTE}>[^<]*</\1>", re.IGNORECASE)
_TAG = re.compile("</?[a-z]", re.IGNORECASE)
_DEEPEST = 100
"""Elements within each other that count as closed."""
_BROKEN = "data:,"
"""Browsers show it as a broken image."""
_IMAGE = re.compile("<img[^>]*>")


class _Policies(NamedTuple):
    ours: SanitizationPolicy
    course: SanitizationPolicy


def can_be_parsed(html: str) -> bool:
    """Return whether parsing takes a time that is not far from the length of the HTML."""
    return _unclosed(html).count("<") * html.count("<") <= _MOST_WORK


def leaves_open(html: str) -> bool:
    """Return whether an element goes on after this HTML, or began before it; if in doubt, one does."""
    return _TAG.search(_unclosed(html)) is not None


def _unclosed(html: str) -> str:
    """Return the HTML without the elements that it closes."""
    rest = _VOID.sub("", html)
    for _ in range(_DEEPEST):
        # A start tag, text and the end tag leave nothing open in whatever state the parser reads them.
        rest, count = _CLOSED.subn("", rest)
        if not count:
            break
    return rest


def report_tree(html: str) -> Node:
    """Parse the HTML of one piece of a report; what is left fits into a page of ours, which has its own style."""
    from justhtml import JustHTML  # noqa: PLC0415  # importing it takes longer than a check

    return _sanitized(JustHTML(html, fragment=True, sanitize=False).root, _policies().ours)


def course_tree(html: str) -> Node:
    """Parse the course's page; what stays looks as it does there, for presentational attributes and styles stay too."""
    from justhtml import JustHTML  # noqa: PLC0415  # importing it takes longer than a check

    return _sanitized(JustHTML(html, sanitize=False).root, _policies().course)


def html_of(tree: Node, show_image: ShowImage) -> Safe:
    """Write a tree, each image as `show_image` shows it."""
    images = [node.attrs or {} for node in elements_of(tree) if node.name == "img"]
    shown = iter([show_image(image.get(IMAGE_PATH) or "", image.get("alt") or "") for image in images])
    # The serializer escapes `<` and `>` in text and attributes, so nothing else looks like an image.
    return Safe(_IMAGE.sub(lambda _: next(shown), tree.to_html(pretty=False)))


def course_html_of(tree: Node, find_image: FindImage) -> Safe:
    """Write the tree of the course's page; an image that cannot be shown is a broken one, as it is there."""
    for node in elements_of(tree):
        if node.name == "img" and node.attrs is not None:
            node.attrs["src"] = find_image(node.attrs.pop(IMAGE_PATH) or "") or _BROKEN
    return Safe(tree.to_html(pretty=False))


def cleaned(html: str, show_image: ShowImage, heading_of: Callable[[str], str]) -> Safe:
    """Return the HTML of one piece of a report; `heading_of` gives the element for each heading (`h4` for `h1`)."""
    tree = report_tree(html)
    for node in elements_of(tree):
        if node.name in _HEADINGS:
            node.name = heading_of(node.name)
    return html_of(tree, show_image)


def walk(tree: Node) -> Iterator[tuple[Node | Text, bool]]:
    """Yield the nodes below the root in the order of the text, elements a second time, with True, where they end."""
    # Trees can be deeper than Python's stack.
    waiting: list[tuple[Node | Text, bool]] = [(child, False) for child in reversed(tree.children or ())]
    while waiting:
        node, is_end = waiting.pop()
        yield node, is_end
        if not is_end and not node.name.startswith("#"):
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(node.children or ())]


def elements_of(tree: Node) -> Iterator[Node]:
    """Yield all elements below the root in the order of the text."""
    for node, is_end in walk(tree):
        if not is_end and not node.name.startswith("#"):
            yield node  # type: ignore[misc]  # only `Text` and comments begin with `#`


def _sanitized(root: Node, policy: SanitizationPolicy) -> Node:
    from justhtml import sanitize_dom  # noqa: PLC0415  # importing it takes longer than a check

    blocks = {*_BLOCKS.split()}
    for node in elements_of(root):
        attributes = node.attrs = node.attrs or {}
        if node.name in blocks:
            node.name = "div"
        elif node.name == "a":
            attributes["rel"] = _REL
        elif node.name == "img":
            # Sanitizing removes `src`: a path in the report is no address yet.
            attributes[IMAGE_PATH] = attributes.get("src")
    return cast("Node", sanitize_dom(root, policy=policy))


@cache
def _policies() -> _Policies:
    from justhtml import Regex  # noqa: PLC0415  # importing it takes longer than a check

    anything: list[str | Regex] = [Regex(r"[\s\S]*")]
    number: list[str | Regex] = [Regex(_NUMBER)]
    cell: dict[str, list[str | Regex]] = {"align": [Regex(_SIDE)], "colspan": number, "rowspan": number}
    shared: _Attributes = {
        "a": {"href": [Regex(_ADDRESS)], "rel": [_REL]},
        "img": {IMAGE_PATH: anything, "alt": anything},
    }
    ours: _Attributes = {
        "details": {"open": anything},
        "li": {"class": [TASK]},
        "ol": {"start": number},
        "span": {"class": [Regex(_KIND_OF_WORD)]},
        "td": cell,
        "th": cell,
    }
    course: _Attributes = {"*": dict.fromkeys(_LOOKS.split(), anything)}
    return _Policies(_policy({**shared, **ours}, ()), _policy({**shared, **course}, _STYLES.split()))


def _policy(attributes: _Attributes, styles: Sequence[str]) -> SanitizationPolicy:
    from justhtml import SanitizationPolicy, UrlPolicy, UrlRule  # noqa: PLC0415  # importing it takes longer than a check

    link = UrlRule(
        allowed_schemes={"http", "https", "mailto"},
        allow_relative=False,
        handling="allow",
        resolve_protocol_relative=None,
    )
    return SanitizationPolicy(
        allowed_tags={*_TAGS.split(), *_HEADINGS},
        allowed_attributes=attributes,
        allowed_css_properties=styles,
        url_policy=UrlPolicy(default_handling="strip", allow_rules={("a", "href"): link}),
        drop_content_tags=_UNSEEN.split(),
        # Joiners and direction marks belong to words and emoji. Pages escape them so that terminals do not obey them.
        strip_invisible_unicode=False,
    )
