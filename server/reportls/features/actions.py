"""Code actions: fix a finding, fix all, insert an image, restore a prompt, ignore a rule."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.insert_image import NEW_NAME, NEW_TEXT, insert_image_fixes_at
from reportls.features.completion.cursor import literal
from reportls.features.fix_all import with_fixes
from reportls.findings.finding import short_name
from reportls.form_snapshot import FormSnapshot
from reportls.forms.wording import key_of
from reportls.text import Edit, Span, end_of_line, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from reportls.findings.finding import FileEdit, Finding
    from reportls.form_snapshot import AnySnapshot
    from reportls.forms.filled import FilledSlot
    from reportls.forms.template import Slot
    from reportls.report.report import Report

FIX_ALL_TITLE = "fix everything that can be fixed without losing a word"
_IMAGE = pattern(
    r"(?P<before>\s*)!\[(?P<text>(?:[^\[\]\\\r\n]|\\[^\r\n])*)\]"
    r"\((?P<folder>(?:[^()\r\n/]*/)*)(?P<name>[^()\r\n/.]*)(?P<rest>[^()\r\n/]*)\)(?P<after>\s*)\Z"
)
"""The new text of an edit that inserts one image and nothing else."""
_PARAGRAPH = pattern(r"[^\r\n]*[^\s>][^\r\n]*(?:(?:\r\n|\n|\r)[^\r\n]*[^\s>][^\r\n]*)*")
"""Lines that say something, up to a blank one; a line of a quote without words is blank."""
_ALIKE = 0.6
_SHORTEST, _LONGEST = 25, 2000
"""Code points of paragraphs that are compared: shorter ones are alike by chance, and longer ones are no prompts."""


class ActionKind(Enum):
    """The purpose of an action."""

    QUICK_FIX = "quick fix"
    """Fixes one finding."""
    REFACTOR = "refactor"
    """Inserts an image, whether or not the limits ask for one, or restores a prompt, which need not be there."""
    FIX_ALL = "fix all"
    """Applies all safe fixes."""
    IGNORE = "ignore"
    """Changes the configuration so that a rule's findings are no longer listed; see `ignorable`."""


class SnippetEdit(NamedTuple):
    """An edit whose new text has placeholders for the author to type over."""

    span: Span
    snippet: str
    """In the syntax of snippets: `${1:words}` is to be typed over, `$0` is where typing ends."""


class Action(NamedTuple):
    """One code action."""

    kind: ActionKind
    title: str
    """An imperative: `remove the placeholder`."""
    edits: tuple[Edit, ...]
    """Applied together; offsets count from the start of the report."""
    finding: Finding | None = None
    """The finding that it fixes."""
    is_preferred: bool = False
    """Whether it is the first safe fix of its finding."""
    snippet: tuple[SnippetEdit, ...] = ()
    """The edits as snippets; empty if there is nothing to fill in."""
    file: FileEdit | None = None
    """Another file to replace, instead of an edit of the report."""


def findings_at(snapshot: AnySnapshot, span: Span) -> tuple[Finding, ...]:
    """Return the findings that touch the span; if there are none, those on its lines."""
    found = findings_touching(snapshot, span)
    return found or findings_touching(snapshot, _whole_lines(snapshot.report, span))


def findings_touching(snapshot: AnySnapshot, span: Span) -> tuple[Finding, ...]:
    """Return the findings that touch the span, ends included."""
    return tuple(
        finding for finding in snapshot.findings if finding.span.start <= span.end and span.start <= finding.span.end
    )


def _whole_lines(report: Report, span: Span) -> Span:
    return Span(_line_at(report, span.start).start, _line_at(report, span.end).end)


def _line_at(report: Report, offset: int) -> Span:
    """Return the line around the offset, without its line break."""
    offset = min(max(offset, 0), report.starts[-1])
    block = report.block_at(offset)
    start, source = report.starts[block], report.blocks[block].source
    return source.line_span(source.line_at(offset - start)).shifted(start)


def quick_fixes(findings: Sequence[Finding]) -> tuple[Action, ...]:
    """Return one action for each fix of these findings, in the order of the findings, the best fix first.

    A fix that several findings share is returned once, for the first of them.
    """
    actions: dict[tuple[str, tuple[Edit, ...], FileEdit | None], Action] = {}
    for finding in findings:
        for action in _fixes_of(finding):
            actions.setdefault((action.title, action.edits, action.file), action)
    return tuple(actions.values())


def _fixes_of(finding: Finding) -> Iterator[Action]:
    safe = next((fix for fix in finding.fixes if fix.safe), None)
    for fix in finding.fixes:
        snippet = snippets_of(fix.edits)
        is_preferred = fix is safe
        yield Action(ActionKind.QUICK_FIX, fix.title, fix.edits, finding, is_preferred, snippet, fix.file)


def fix_all(
    snapshot: AnySnapshot, rule: str | None = None, pause: Callable[[], object] = lambda: None
) -> Action | None:
    """Return all safe fixes, or those of one rule, as one action; None if there are none.

    Without a rule, the edits are exactly those of `reportls check --fix`. `pause` is called between the steps; it may
    raise to give up.
    """
    edits = with_fixes(snapshot, rule, pause).edits
    return Action(ActionKind.FIX_ALL, FIX_ALL_TITLE, edits) if edits else None


def fixable_rules(snapshot: AnySnapshot, findings: Sequence[Finding]) -> dict[str, int]:
    """Return the rules of these findings that have safe fixes in several places, with the number of places."""
    rules = {finding.rule for finding in findings if _is_safe(finding)}
    numbers = Counter(finding.rule for finding in snapshot.findings if finding.rule in rules and _is_safe(finding))
    return {rule: numbers[rule] for rule in ignorable(findings) if numbers[rule] > 1}


def _is_safe(finding: Finding) -> bool:
    return any(fix.safe for fix in finding.fixes)


def insert_image(snapshot: AnySnapshot, offset: int) -> tuple[Action, ...]:
    """Return one action for each figure that no answer shows, then one for a figure that does not exist yet.

    The image goes near the offset, where it is shown and counted. Empty outside answers, in code, in raw HTML, and in
    the fields and tables of a template.
    """
    index = snapshot.question_at(min(max(offset, 0), snapshot.report.starts[-1]))
    if index is None:
        return ()
    start, placeholder = snapshot.question_starts[index], None
    if isinstance(snapshot, FormSnapshot):
        slot = snapshot.form.slots[index]
        if slot.blank.slot.anchor.kind in {"field", "table"}:
            return ()
        is_alone = len(slot.answer.left) == 1 and not slot.answer.is_answered
        placeholder = slot.answer.left[0] if is_alone else None
    found = insert_image_fixes_at(snapshot.questions[index], offset - start, placeholder)
    fixes = (fix.shifted(start) for fix in found)
    return tuple(Action(ActionKind.REFACTOR, fix.title, fix.edits, snippet=snippets_of(fix.edits)) for fix in fixes)


def restore_prompt(snapshot: AnySnapshot, offset: int) -> tuple[Action, ...]:
    """Return the action that restores the template's prompt in the slot at the offset; none if it is as it was."""
    if not isinstance(snapshot, FormSnapshot) or (index := snapshot.question_at(offset)) is None:
        return ()
    edits = restored_prompt(snapshot, index)
    title = f"restore the prompt of {short_name(snapshot.form.slots[index].name)}"
    return (Action(ActionKind.REFACTOR, title, edits),) if edits else ()


def ignorable(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the names of these findings' rules, each once, for the configuration to ignore."""
    return tuple(dict.fromkeys(finding.rule for finding in findings))


def snippets_of(edits: Sequence[Edit]) -> tuple[SnippetEdit, ...]:
    """Return the edits as snippets if exactly one of them inserts an image and nothing else; otherwise nothing."""
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
