"""Findings as diagnostics.

They are written as JSON here, not as the protocol's types: a report has dozens, every keystroke publishes all of them,
and turning typed objects into JSON would take several times as long as everything else. What was written of a question
is kept while neither its findings nor its place change.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportls import ADDRESS
from reportls.text import column_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportls.findings.finding import Finding, Related, Severity
    from reportls.findings.rule import Rule
    from reportls.lsp.client import Client
    from reportls.snapshot import Snapshot
    from reportls.text import SourceText, Span

SOURCE = "reportls"
_UNNECESSARY = 1
_TAGS = {"placeholder-left": [_UNNECESSARY], "placeholder-dashes": [_UNNECESSARY]}
"""What editors show faded: it is to go, and nothing else is lost."""

_ENCODER = json.JSONEncoder(separators=(",", ":"))
"""Blanks would make a tenth of what every keystroke sends."""

_Kept = dict[int, tuple[tuple["Finding", ...], int, str]]


class DiagnosticsWriter:
    """Writes the diagnostics of one document, version after version."""

    def __init__(self, uri: str, client: Client) -> None:
        """Say which document, and for whom."""
        self._uri = uri
        self._client = client
        self._kept: _Kept = {}

    def write(self, snapshot: Snapshot) -> str:
        """The items of a JSON array: every finding."""
        report = snapshot.report
        lines = report.first_lines
        kept: _Kept = {}
        parts: list[str] = []
        if snapshot.report_findings:
            whole = [self._of_report(snapshot, finding) for finding in snapshot.report_findings]
            parts.append(_items(whole))
        for index, findings in enumerate(snapshot.question_findings):
            if findings:
                entry = self._kept.get(id(findings))
                if entry is None or entry[1] != lines[index + 1]:
                    source = report.questions[index].source
                    written = _items(self._diagnostic(finding, source, lines[index + 1]) for finding in findings)
                    entry = (findings, lines[index + 1], written)
                kept[id(findings)] = entry
                parts.append(entry[2])
        self._kept = kept
        return ",".join(parts)

    def _of_report(self, snapshot: Snapshot, finding: Finding) -> dict[str, Any]:
        block = snapshot.report.block_at(finding.span.start)
        moved = finding.shifted(-snapshot.report.starts[block])
        source, line = snapshot.report.blocks[block].source, snapshot.report.first_lines[block]
        diagnostic = self._diagnostic(moved._replace(related=()), source, line)
        related = [self._elsewhere(snapshot, place) for place in finding.related]
        return _with_related(diagnostic, related if self._client.takes_related else [])

    def _diagnostic(self, finding: Finding, source: SourceText, line: int) -> dict[str, Any]:
        client, rule = self._client, finding.rule
        found = plain_diagnostic(
            client, rule, finding.severity, finding.message, self._range(source, finding.span, line)
        )
        if client.takes_tags and rule.name in _TAGS:
            found["tags"] = _TAGS[rule.name]
        if finding.fixes:
            found["data"] = {"fixes": [fix.title for fix in finding.fixes]}
        if not client.takes_related:
            return found
        return _with_related(found, [self._place(source, place, line) for place in finding.related])

    def _elsewhere(self, snapshot: Snapshot, place: Related) -> dict[str, Any]:
        report = snapshot.report
        block = report.block_at(place.span.start)
        moved = place.shifted(-report.starts[block])
        return self._place(report.blocks[block].source, moved, report.first_lines[block])

    def _place(self, source: SourceText, place: Related, line: int) -> dict[str, Any]:
        return {
            "location": {"uri": self._uri, "range": self._range(source, place.span, line)},
            "message": place.message,
        }

    def _range(self, source: SourceText, span: Span, line: int) -> dict[str, Any]:
        return {"start": self._position(source, span.start, line), "end": self._position(source, span.end, line)}

    def _position(self, source: SourceText, offset: int, line: int) -> dict[str, int]:
        at, column = source.line_col(offset)
        start = source.line_starts[at]
        text = source.content[start : start + column]
        return {"line": line + at, "character": column_in(self._client.encoding, text, column)}


def plain_diagnostic(
    client: Client, rule: Rule, severity: Severity, message: str, range_: dict[str, Any]
) -> dict[str, Any]:
    """What every diagnostic has, of a rule's finding at a range."""
    found: dict[str, Any] = {
        "range": range_,
        "severity": int(severity),
        "code": rule.name,
        "source": SOURCE,
        "message": message,
    }
    if client.takes_code_description and (href := _address_of(rule)):
        found["codeDescription"] = {"href": href}
    return found


def _address_of(rule: Rule) -> str | None:
    """Where the rule's page is on the web; None while the project has no address there."""
    return f"{ADDRESS}/blob/main/server/docs/rules.md#{rule.name}" if ADDRESS else None


def _with_related(diagnostic: dict[str, Any], related: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {**diagnostic, "relatedInformation": [*related]} if related else diagnostic


def _items(diagnostics: Iterable[dict[str, Any]]) -> str:
    return _ENCODER.encode([*diagnostics])[1:-1]
