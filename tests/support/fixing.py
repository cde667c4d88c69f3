"""Properties that every finding and every fix must have."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reportls.findings.rule import QuestionRule, ReportRule
from reportls.rules import ALL
from reportls.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from reportls.findings.finding import Finding, Fix
    from reportls.snapshot import Snapshot

_QUOTE_MARKS = re.compile(r"(?:^|(?<=\r)) {0,3}>(?: {0,3}>)* ?", re.MULTILINE)
_NOT_WORDS = re.compile(
    r"-*[ \t]*[Qq]uestion[ \t]+\d+[ \t]+fill[ \t]+here[ \t]*-*|<[A-Za-z/!][^<>]*>|\]\([^)\r\n]*\)|figures/[\w./%-]+"
)


def check_marks(snapshot: Snapshot) -> None:
    """Check that every mark and related place is visible and on one line, and that no rule would find more."""
    check_all_asked(snapshot)
    for finding in snapshot.findings:
        for span in (finding.span, *(place.span for place in finding.related)):
            assert 0 <= span.start < span.end <= len(snapshot.report.text), finding
            lines = {snapshot.report.line_col(offset).line for offset in (span.start, span.end)}
            assert len(lines) == 1, finding


def check_all_asked(snapshot: Snapshot) -> None:
    """Check that running every rule, whatever it says it looks at, finds nothing new."""
    rules = [rule for rule in ALL if isinstance(rule, QuestionRule) and snapshot.environment.settings.lists(rule.name)]
    for ctx, found in zip(snapshot.questions, snapshot.block_findings, strict=True):
        asked = [(rule.name, problem.span, problem.message) for rule in rules for problem in rule.check(ctx)]
        assert asked == [(finding.rule, finding.span, finding.text) for finding in found]
    of_report = [
        rule for rule in ALL if isinstance(rule, ReportRule) and snapshot.environment.settings.lists(rule.name)
    ]
    in_report = {(rule.name, problem.span) for rule in of_report for problem in rule.check(snapshot.context)}
    assert in_report == {(finding.rule, finding.span) for finding in snapshot.report_findings}


def check_fixes(snapshot: Snapshot) -> None:
    """Check that every fix removes its finding, and that every safe fix keeps the author's words."""
    for finding in snapshot.findings:
        for fix in finding.fixes:
            check_fix(snapshot, finding, fix)


def check_fix(snapshot: Snapshot, finding: Finding, fix: Fix) -> None:
    """Check that the finding is gone from its place, and that a safe fix keeps all words."""
    text = snapshot.report.text
    fixed = apply_edits(text, fix.edits)
    assert not _left(snapshot, finding, fix), (snapshot.report.line_col(finding.span.start), finding.message, fix)
    if fix.safe:
        assert not visible_words(text) - visible_words(fixed), (finding, fix)


def _left(snapshot: Snapshot, finding: Finding, fix: Fix) -> list[Finding]:
    """Return the findings of the rule that are still at the place of the finding."""
    place = moved(finding.span, fix.edits)
    after = [other for other in _after(snapshot, fix).findings if other.rule == finding.rule]
    if place.start == place.end:
        # What was marked is gone. A neighbour of the same kind may have moved up, but they must have become fewer.
        before = [other for other in snapshot.findings if other.rule == finding.rule]
        alike = [other for other in before if other.message == finding.message]
        left = [other for other in after if other.message == finding.message]
        return left if len(left) >= len(alike) and len(after) >= len(before) else []
    # What a fix uncovers may be of the same rule, but must be less grave. What else was there before may stay.
    others = {other.message for other in snapshot.findings if other.rule == finding.rule} - {finding.message}
    left = [other for other in after if other.span.overlaps(place) and other.severity <= finding.severity]
    return [other for other in left if other.message not in others]


def _after(snapshot: Snapshot, fix: Fix) -> Snapshot:
    """Return the snapshot after the fix; the last edit goes first, so that only the edited part is judged again."""
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        snapshot = snapshot.edited(edit)
    return snapshot


def moved(span: Span, edits: tuple[Edit, ...]) -> Span:
    """Return the span after the edits; replaced text inside it still belongs to it."""
    start = end = 0
    for edit in edits:
        growth = len(edit.new_text) - (edit.span.end - edit.span.start)
        if edit.span.end <= span.start and edit.span.start < span.start:
            start += growth
        if edit.span.start < span.end or edit.span.end <= span.end:
            end += growth
    return Span(span.start + start, max(span.end + end, span.start + start))


def visible_words(text: str) -> Counter[str]:
    """Count the author's words and numbers in lower case, without placeholders, tags, link targets and quote marks.

    The text of a link may become that of an image, and `question` the `Question` of a heading.
    """
    plain = _NOT_WORDS.sub(" ", _QUOTE_MARKS.sub("", text))
    return Counter(re.findall(r"\d+|[^\W\d_]+", plain.casefold()))
