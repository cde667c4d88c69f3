"""What is shown on a finding: its message, how it can be mended, and its rule's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.features.hover.content import Card, Items, Page, Paragraph, code, plain, strong, told
from reportls.rules import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.features.hover.content import Line, Part
    from reportls.findings.finding import Finding
    from reportls.snapshot import Snapshot

_MOST_FINDINGS = 5
_MOST_FIXES = 5


def finding_cards(snapshot: Snapshot, offset: int) -> Iterator[Card]:
    """One for each finding at the offset, the gravest first; a rule's page stands under its first one only."""
    found = [finding for finding in snapshot.findings if finding.span.start <= offset <= finding.span.end]
    found.sort(key=lambda finding: (finding.severity, finding.span))
    for index, finding in enumerate(found[:_MOST_FINDINGS]):
        is_first = all(other.rule != finding.rule for other in found[:index])
        yield Card(finding.span, (*_parts(finding), *(_page(finding) if is_first else ())))


def _parts(finding: Finding) -> Iterator[Part]:
    yield Paragraph((strong(finding.severity.word), plain(" · "), *told(finding.message)))
    if finding.fixes:
        yield Items(tuple(_fixes(finding)))


def _fixes(finding: Finding) -> Iterator[Line]:
    for fix in finding.fixes[:_MOST_FIXES]:
        yield plain("fix: "), *told(fix.title)
    if (more := len(finding.fixes) - _MOST_FIXES) > 0:
        yield (plain(f"and {more} more"),)


def _page(finding: Finding) -> tuple[Part, ...]:
    return Page(BY_NAME[finding.rule].page), Paragraph((plain("rule "), code(finding.rule)))
