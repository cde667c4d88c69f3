"""Puts the prompt of a template back into a slot whose author has changed it or taken it out."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from reportls.forms.wording import key_of
from reportls.text import Edit, Span, end_of_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.form_snapshot import FormSnapshot
    from reportls.forms.filled import FilledSlot
    from reportls.forms.template import Slot

_PARAGRAPH = pattern(r"[^\r\n]*[^\s>][^\r\n]*(?:(?:\r\n|\n|\r)[^\r\n]*[^\s>][^\r\n]*)*")
"""Lines that say something, up to a blank one; a line of a quote without words is blank."""
_ALIKE = 0.6
_SHORTEST, _LONGEST = 25, 2000
"""Code points of paragraphs that are compared: shorter ones are alike by chance, and longer ones are no prompts."""


def restored_prompt(snapshot: FormSnapshot, index: int) -> tuple[Edit, ...]:
    """Return the edits after which a slot of the report has its prompt as the template has it; none if it has.

    A paragraph much like one of the prompt is replaced; one that is gone is inserted where it belongs. No other words
    of the author are touched. Offsets count from the start of the report.
    """
    filled = snapshot.form.slots[index]
    wanted = [*_prompt(snapshot.template.text, filled.blank.slot)]
    present = [Span(*match.span()) for match in _PARAGRAPH.finditer(filled.text, filled.anchor.end)]
    newline = snapshot.questions[index].question.newline
    return tuple(edit.shifted(snapshot.form.starts[index]) for edit in _edits(filled, wanted, present, newline))


def _prompt(template: str, slot: Slot) -> Iterator[str]:
    """Yield the paragraphs that the template has above the place for the answer."""
    bounds = [slot.body.end, *(each.start for each in slot.placeholders), *([slot.marker.start] if slot.marker else [])]
    for match in _PARAGRAPH.finditer(template, slot.body.start, min(bounds)):
        yield match[0].rstrip("> \t")


def _edits(filled: FilledSlot, wanted: Sequence[str], present: Sequence[Span], newline: str) -> Iterator[Edit]:
    at = end_of_line(filled.text, filled.anchor.end)
    keys = {key_of(filled.text[span.start : span.end]): span for span in present}
    free = [span for key, span in keys.items() if key not in set(map(key_of, wanted))]
    for paragraph in wanted:
        if key_of(paragraph) in keys:
            at = keys[key_of(paragraph)].end
            continue
        text = newline.join(paragraph.splitlines())
        changed = next((span for span in free if _is_alike(filled.text[span.start : span.end], paragraph)), None)
        if changed:
            free.remove(changed)
            at = changed.end
            yield Edit(changed, text)
        else:
            yield Edit(Span(at, at), newline * 2 + text)


def _is_alike(one: str, other: str) -> bool:
    if not _SHORTEST <= min(len(one), len(other)) <= max(len(one), len(other)) <= _LONGEST:
        return False
    return SequenceMatcher(None, key_of(one), key_of(other), autojunk=False).ratio() >= _ALIKE
