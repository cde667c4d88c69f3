"""Fills in any blank file as an author would, in several ways, and so that all limits are met."""

from __future__ import annotations

import re
from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from reportls.forms.form_words import LEFT_OVER
from reportls.forms.template import read_template
from reportls.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from reportls.forms.template import Slot, Template
    from reportls.report.limit_grammar import Limit

_Result = TypeVar("_Result")

WORDS = (
    *("we", "walked", "along", "the", "shore", "and", "counted", "shells", "until", "the", "tide", "came", "in"),
    *("then", "we", "sat", "down", "to", "draw"),
)
_LAST_WORD = re.compile(r"(?<= )[a-z]{3,}(?=[.?:]?$)")
_SHORTEST = 30
"""Code points of an instruction in which one other word changes little."""


def ended(steps: Generator[None, None, _Result]) -> _Result:
    """Take all steps; return the result."""
    results: list[_Result] = []

    def ending() -> Generator[None, None, None]:
        results.append((yield from steps))

    deque(ending(), maxlen=0)
    return results[0]


def filled(blank: str, own_heading: str = "") -> str:
    """Return the blank with an answer in each slot; the instructions stay, what asks to be replaced goes."""
    template = read_template(blank)
    edits = [edit for slot in template.slots for edit in _edits(template, slot, own_heading)]
    bodies = [Span(slot.anchor.span.start, slot.body.end) for slot in template.slots]
    for match in LEFT_OVER.finditer(blank):
        span = Span(*match.span())
        if not any(body.overlaps(span) for body in bodies):
            edits.append(Edit(span, "Ada"))
    text = apply_edits(blank, edits)
    # An instruction to delete all above it has become a name by now.
    return re.sub(r"\A.*--8<-- Ada[^\n]*\n+", "", text, flags=re.DOTALL)


def replaced(blank: str) -> str:
    """Return the blank with each slot's own text replaced by an answer; markers stay."""
    template = read_template(blank)
    edits = []
    for slot in template.slots:
        if slot.anchor.kind == "heading" and not slot.marker and not _holds_table(blank, slot):
            edits.append(Edit(_inner(blank, slot.body), f"\n\n{answer(template, slot)}\n\n"))
        else:
            edits += _edits(template, slot, "")
    bodies = [Span(slot.anchor.span.start, slot.body.end) for slot in template.slots]
    loose = [Span(*match.span()) for match in LEFT_OVER.finditer(blank)]
    edits += [Edit(span, "Ada") for span in loose if not any(body.overlaps(span) for body in bodies)]
    return re.sub(r"\A.*--8<-- Ada[^\n]*\n+", "", apply_edits(blank, edits), flags=re.DOTALL)


def quoted(blank: str) -> str:
    """Return the filled blank with the template's plain lines quoted."""
    lines = filled(blank).split("\n")
    own = set(blank.split("\n"))
    titles = {line for line, following in pairwise(blank.split("\n")) if re.match("[-=]{3}", following)}

    def is_instruction(line: str) -> bool:
        return line in own - titles and re.match("[A-Z_]", line) is not None and "|" not in line

    return "\n".join(f"> {line}" if is_instruction(line) else line for line in lines)


def reworded(blank: str) -> str:
    """Return the filled blank with other words in the heading of its first slot that has one."""
    template = read_template(blank)
    slot = next((slot for slot in template.slots if slot.anchor.kind == "heading"), None)
    text = filled(blank)
    if not slot:
        return text
    return text.replace(slot.anchor.words, f"Our {slot.anchor.words}", 1)


def begun_last_year(blank: str) -> str:
    """Return a report that was begun from a blank whose instructions had slightly other words."""
    lines = [_LAST_WORD.sub("things", line) if _is_instruction(line) else line for line in blank.split("\n")]
    return filled("\n".join(lines))


def _is_instruction(line: str) -> bool:
    return len(line) >= _SHORTEST and re.match("[A-Z_>]", line) is not None and not re.search("[0-9?|:]", line)


def answer(template: Template, slot: Slot, own_heading: str = "") -> str:
    """Return an answer within all limits of the slot."""
    limits = {limit.unit: limit for limit in slot.limits}
    words = _wanted_words(template, limits)
    sentences = 2
    if limit := limits.get("sentences"):
        sentences = int(limit.at_least or limit.at_most or 2)
    each = max(words // sentences, 2)
    said = [_sentence(number, each) for number in range(sentences)]
    paragraphs = int(limits["paragraphs"].at_least or 1) if "paragraphs" in limits else 1
    parts = [" ".join(said), *said[:1] * (paragraphs - 1)]
    if own_heading and "paragraphs" not in limits:
        parts.insert(0, own_heading)
    for unit, thing in (("images", "![a plot](figures/plot.png)"), ("code blocks", "```sh\nls shells\n```")):
        if limit := limits.get(unit):
            parts += [thing] * int(limit.at_least or 1)
    return "\n\n".join(parts)


def _wanted_words(template: Template, limits: dict[str, Limit]) -> int:
    for part in template.parts:
        least = (part.limit.at_least or 0) * {"words": 1, "pages": 400}.get(part.limit.unit, 0)
        if least:
            return int(least) // max(len(template.slots) - 1, 1) + 2
    for unit, factor in (("words", 1.0), ("minutes", 200.0), ("characters", 0.25)):
        if limit := limits.get(unit):
            low, high = limit.at_least, limit.at_most
            if low and high:
                return int((low + high) / 2 * factor)
            if low:
                return int(low * factor) + 4
    return 12


def _sentence(number: int, words: int) -> str:
    said = [WORDS[(number + at) % len(WORDS)] for at in range(words)]
    return " ".join(said).capitalize() + "."


def _edits(template: Template, slot: Slot, own_heading: str) -> Iterator[Edit]:
    text = template.text
    if slot.anchor.kind == "field":
        yield from (Edit(span, "Ada") for span in slot.placeholders[:1])
        if not slot.placeholders:
            yield Edit(Span(slot.anchor.span.end, slot.anchor.span.end), " Ada")
        return
    if _holds_table(text, slot):
        yield from _cells(text, slot)
        return
    said = answer(template, slot, own_heading)
    if slot.placeholders and not slot.marker:
        yield Edit(slot.placeholders[0], said)
        yield from (Edit(span, "") for span in slot.placeholders[1:])
        return
    if slot.marker:
        yield from (Edit(span, "") for span in slot.placeholders)
        yield Edit(Span(slot.marker.end, slot.marker.end), f"\n\n{said}\n")
        return
    body = _inner(text, slot.body)
    if (
        text[slot.anchor.span.start : slot.anchor.span.end].lstrip().startswith(("-", "*"))
        and slot.anchor.kind == "question"
    ):
        said = "    " + said.replace("\n", "\n    ")
    end = body.start + len(text[body.start : body.end].rstrip())
    yield Edit(Span(end, end), f"\n\n{said}\n")


def _inner(text: str, body: Span) -> Span:
    """Return a slot's body without a rule and the comment that close it."""
    end = body.end
    closing = re.search(r"(?:\n\s*(?:---+|<!--[^\n]*-->)\s*)+\Z", text[body.start : end])
    return Span(body.start, body.start + closing.start()) if closing else body


def _holds_table(text: str, slot: Slot) -> bool:
    return re.search(r"\|[ ]+\|", text[slot.body.start : slot.body.end]) is not None


def _cells(text: str, slot: Slot) -> Iterator[Edit]:
    for match in re.finditer(r"(?<=\|)(?P<blank>[ ]+)(?=\|)", text[slot.body.start : slot.body.end]):
        start = slot.body.start + match.start()
        yield Edit(Span(start, start + len(match["blank"])), " 12 ")
