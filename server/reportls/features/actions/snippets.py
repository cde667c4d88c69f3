"""The edits that insert an image, with its text and a new one's name as places to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.insert_image import NEW_NAME, NEW_TEXT
from reportls.features.actions.action import SnippetEdit
from reportls.features.completion.completion import literal
from reportls.text import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from reportls.text import Edit

_IMAGE = pattern(
    r"(?P<before>\s*)!\[(?P<text>(?:[^\[\]\\\r\n]|\\[^\r\n])*)\]"
    r"\((?P<folder>(?:[^()\r\n/]*/)*)(?P<name>[^()\r\n/.]*)(?P<rest>[^()\r\n/]*)\)(?P<after>\s*)\Z"
)
"""An image and nothing else, as the whole of what an edit puts in."""


def snippets_of(edits: Sequence[Edit]) -> tuple[SnippetEdit, ...]:
    """The edits as snippets if exactly one of them puts in an image and nothing else; else none."""
    images = [_IMAGE.match(edit.new_text) for edit in edits]
    if len(list(filter(None, images))) != 1:
        return ()
    return tuple(
        SnippetEdit(edit.span, _snippet(image) if image else literal(edit.new_text))
        for edit, image in zip(edits, images, strict=True)
    )


def _snippet(image: re.Match[str]) -> str:
    parts = {group: literal(text) for group, text in image.groupdict().items()}
    is_new = image["text"] == NEW_TEXT and image["name"] == NEW_NAME
    name = f"${{2:{parts['name']}}}" if is_new else parts["name"]
    text = f"${{1:{parts['text']}}}" if parts["text"] else "$1"
    return f"{parts['before']}![{text}]({parts['folder']}{name}{parts['rest']})$0{parts['after']}"
