"""Tells whether a text fills in a template, and whether a text is a blank template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportls.forms import form_words as words
from reportls.forms.anchors import outline_of
from reportls.forms.template import slot_name
from reportls.report.form import FORM
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.forms.template import Slot, Template

_COMMENT = pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PARAGRAPH_END = pattern(r"\n[ \t]*\n")
_QUOTED = pattern(r"^[ \t]*>[^\n]*$", re.MULTILINE)
_ITALIC = pattern(r"[ \t]*([*_])(?![*_\s]).*(?<![*_\s])\1[ \t]*", re.DOTALL)
_FENCE_LINE = pattern(r"^[ \t]*(?:`{3,}|~{3,})[^\n]*$", re.MULTILINE)


def follows(template: Template, text: str) -> bool:
    """Return whether at least half of the template's anchors are in the text, with words added after them or not.

    Optional ones that are missing do not count, but one heading alone makes no report. A text in which the words alone
    are not found is refused without being parsed: most files are no reports.
    """
    named = [(_normal(slot_name(slot.anchor.words)), slot.is_optional) for slot in template.slots]
    names = {name: is_optional for name, is_optional in named if name}
    plain = _normal(text)
    if not _are_enough({name for name in names if name in plain}, names):
        return False
    anchors = [*_anchors(text)]
    return _are_enough({name for name in names if any(anchor.startswith(name) for anchor in anchors)}, names)


def _are_enough(found: set[str], names: dict[str, bool]) -> bool:
    wanted = found | {name for name, is_optional in names.items() if not is_optional}
    return 0 < len(names) <= len(found) * 2 or (len(found) > 1 and len(wanted) <= len(found) * 2)


def is_blank(template: Template) -> bool:
    """Return whether most slots of the text read as blank.

    Prose may be instructions as well as an answer, so a slot with plain prose reads as filled in, unless a limit stands
    in that paragraph.
    """
    return _blank_slots(template) * 2 > len(template.slots)


def may_be_blank(template: Template) -> bool:
    """Return whether half of the slots read as blank, which is enough to word a message."""
    return _blank_slots(template) * 2 >= len(template.slots)


def _blank_slots(template: Template) -> int:
    return sum(1 for slot in template.slots if _is_blank(slot, template.text))


def _anchors(text: str) -> Iterator[str]:
    for anchor in outline_of(text).anchors:
        yield _normal(anchor.words)
        yield _normal(slot_name(anchor.words))


def _normal(words: str) -> str:
    return " ".join(words.replace("*", "").replace("_", "").replace("`", "").casefold().split())


def _is_blank(slot: Slot, text: str) -> bool:
    if slot.anchor.kind in {"field", "table"}:
        return True  # they are anchors because nothing is filled in
    if slot.marker:
        return not any(_says_something(text[span.start : span.end]) for span in slot.placeholders)
    if slot.placeholders:
        return True
    body = text[slot.body.start : slot.body.end]
    limits = [limit.span.start - slot.body.start for limit in slot.limits]
    start = 0
    for paragraph in _PARAGRAPH_END.split(body):
        # Line breaks around a paragraph do not matter: a limit is never there.
        start = body.index(paragraph, start)
        states_limit = any(start <= offset < start + len(paragraph) for offset in limits)
        if not states_limit and _says_something(paragraph):
            return False
        start += len(paragraph)
    return True


def _says_something(text: str) -> bool:
    """Return whether anything is left without quotes, comments, italic paragraphs and placeholders."""
    for noise in (_COMMENT, _QUOTED, words.LEFT_OVER, FORM.fill_here, _FENCE_LINE):
        text = noise.sub("", text)
    left = [paragraph for paragraph in _PARAGRAPH_END.split(text) if not _ITALIC.fullmatch(paragraph.strip("\r\n"))]
    return any(paragraph.strip() for paragraph in left)
