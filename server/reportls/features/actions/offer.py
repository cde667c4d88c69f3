"""What is offered at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.insert_image import insert_image_fixes_at
from reportls.features.actions.action import Action, ActionKind
from reportls.features.actions.snippets import snippets_of
from reportls.features.fix_all import with_fixes
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.finding import Finding
    from reportls.report.report import Report
    from reportls.snapshot import Snapshot
    from reportls.text import Edit

FIX_ALL_TITLE = "fix everything that can be fixed without losing a word"


def findings_at(snapshot: Snapshot, span: Span) -> tuple[Finding, ...]:
    """The findings that touch the span; if there are none, those on its lines."""
    found = _touching(snapshot, span)
    return found or _touching(snapshot, _whole_lines(snapshot.report, span))


def _touching(snapshot: Snapshot, span: Span) -> tuple[Finding, ...]:
    return tuple(
        finding for finding in snapshot.findings if finding.span.start <= span.end and span.start <= finding.span.end
    )


def _whole_lines(report: Report, span: Span) -> Span:
    return Span(_line_at(report, span.start).start, _line_at(report, span.end).end)


def _line_at(report: Report, offset: int) -> Span:
    """The line on which the offset lies, without its line break."""
    block, offset = _place(report, offset)
    source = report.blocks[block].source
    return source.line_span(source.line_at(offset)).shifted(report.starts[block])


def _place(report: Report, offset: int) -> tuple[int, int]:
    """The index of the block at the offset, or nearest to it, and the offset from its start."""
    offset = min(max(offset, 0), report.starts[-1])
    block = report.block_at(offset)
    return block, offset - report.starts[block]


def quick_fixes(findings: Sequence[Finding]) -> tuple[Action, ...]:
    """One action for each fix of each of these findings of the report, in their order, the best first.

    What several findings have in common is there once, for the first of them.
    """
    actions: dict[tuple[str, tuple[Edit, ...]], Action] = {}
    for finding in findings:
        for action in _fixes_of(finding):
            actions.setdefault((action.title, action.edits), action)
    return tuple(actions.values())


def _fixes_of(finding: Finding) -> Iterator[Action]:
    safe = next((fix for fix in finding.fixes if fix.safe), None)
    for fix in finding.fixes:
        snippet = snippets_of(fix.edits)
        yield Action(ActionKind.QUICK_FIX, fix.title, fix.edits, finding, is_preferred=fix is safe, snippet=snippet)


def fix_all(snapshot: Snapshot) -> Action | None:
    """All safe fixes at once, exactly as `reportls check --fix` makes them; None if there is nothing to mend."""
    edits = with_fixes(snapshot).edits
    return Action(ActionKind.FIX_ALL, FIX_ALL_TITLE, edits) if edits else None


def insert_image(snapshot: Snapshot, offset: int) -> tuple[Action, ...]:
    """One action for each picture that no answer shows, then one for a picture yet to be made.

    The image is put near the offset, where it is shown and counted. None outside answers, and in code and raw HTML.
    """
    block, offset = _place(snapshot.report, offset)
    if not block:
        return ()
    start = snapshot.report.starts[block]
    fixes = (fix.shifted(start) for fix in insert_image_fixes_at(snapshot.questions[block - 1], offset))
    return tuple(Action(ActionKind.REFACTOR, fix.title, fix.edits, snippet=snippets_of(fix.edits)) for fix in fixes)


def ignorable(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the names of these findings' rules, each once: what the configuration can be told to ignore."""
    return tuple(dict.fromkeys(finding.rule for finding in findings))
