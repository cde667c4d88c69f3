"""Writes findings as diagnostics.

They are written as JSON, without the protocol's types: a report has dozens, every keystroke publishes all of them, and
turning typed objects into JSON would take several times as long as everything else. The JSON of a question's findings
is kept while neither they nor the line of the question change.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportls.findings.finding import Tag, in_sentence_case
from reportls.lsp.conversion import uri_of
from reportls.rules.files import configuration
from reportls.text import column_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportls.findings.finding import Finding, Related, Severity
    from reportls.form_snapshot import AnySnapshot
    from reportls.host.loading import FileFinding
    from reportls.lsp.capabilities import Client
    from reportls.lsp.documents import Document
    from reportls.text import SourceText, Span

SOURCE = "reportls"
_UNNECESSARY = 1

_ENCODER = json.JSONEncoder(separators=(",", ":"))
"""JSON without spaces, which would be a tenth of what every keystroke sends."""

_Kept = dict[int, tuple[object, int, str]]
"""Findings, the line on which their block starts, and their JSON.

By the `id` of the findings, which nothing else can have while they are kept here.
"""


class DiagnosticsWriter:
    """Writes the diagnostics of one document, version after version."""

    def __init__(self, uri: str, client: Client) -> None:
        """Start with nothing written."""
        self._uri = uri
        self._client = client
        self._kept: _Kept = {}
        self._frame: tuple[object, object, str] = (None, None, "")
        """The frame of a version, the lines on which its blocks start, and the JSON of what is found in that frame."""

    def write(self, snapshot: AnySnapshot) -> str:
        """Return all findings, as the items of a JSON array."""
        report = snapshot.report
        lines = report.first_lines
        before, self._kept = self._kept, {}
        parts = [self._of_frame(snapshot)]
        if snapshot.has_too_many:
            return ",".join(filter(None, (*parts, self._of_report(snapshot, snapshot.body_findings))))
        if snapshot.answer_findings:
            parts.append(self._of_report(snapshot, snapshot.answer_findings))
        for index, findings in enumerate(snapshot.block_findings, start=1):
            if findings:
                line = lines[index]
                if not (written := self._keep(before, findings, line)):
                    source = report.blocks[index].source
                    found = [self._diagnostic(finding, source, line) for finding in findings]
                    written = self._keep_new(findings, line, found)
                parts.append(written)
        return ",".join(filter(None, parts))

    def _of_frame(self, snapshot: AnySnapshot) -> str:
        """Return the findings that are the same until more than words changes, or a line is added."""
        frame, lines, written = self._frame
        if frame is not snapshot.frame or lines is not snapshot.report.first_lines:
            written = self._of_report(snapshot, snapshot.frame_findings)
            self._frame = (snapshot.frame, snapshot.report.first_lines, written)
        return written

    def _of_report(self, snapshot: AnySnapshot, findings: Iterable[Finding]) -> str:
        return _ENCODER.encode([self._found_in(snapshot, finding) for finding in findings])[1:-1]

    def _keep(self, before: _Kept, found: object, line: int) -> str:
        """Return the JSON of these findings in the version before, if they are on the same line; else nothing."""
        entry = before.get(id(found))
        if entry is None or entry[1] != line:
            return ""
        self._kept[id(found)] = entry
        return entry[2]

    def _keep_new(self, found: object, line: int, diagnostics: list[dict[str, Any]]) -> str:
        written = _ENCODER.encode(diagnostics)[1:-1]
        self._kept[id(found)] = (found, line, written)
        return written

    def _found_in(self, snapshot: AnySnapshot, finding: Finding) -> dict[str, Any]:
        block = snapshot.report.block_at(finding.span.start)
        moved = finding.shifted(-snapshot.report.starts[block])
        source, line = snapshot.report.blocks[block].source, snapshot.report.first_lines[block]
        diagnostic = self._diagnostic(moved._replace(related=()), source, line)
        related = [self._elsewhere(snapshot, place) for place in finding.related]
        return _with_related(diagnostic, related if self._client.takes_related else [])

    def _diagnostic(self, finding: Finding, source: SourceText, line: int) -> dict[str, Any]:
        client, rule = self._client, finding.rule
        found = _plain_diagnostic(
            client, rule, finding.severity, finding.message, self._range(source, finding.span, line)
        )
        if client.takes_tags and Tag.UNNECESSARY in finding.tags:
            found["tags"] = [_UNNECESSARY]
        if finding.fixes:
            found["data"] = {"fixes": [in_sentence_case(fix.title) for fix in finding.fixes]}
        if not client.takes_related:
            return found
        return _with_related(found, [self._place(source, place, line) for place in finding.related])

    def _elsewhere(self, snapshot: AnySnapshot, place: Related) -> dict[str, Any]:
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
        return {"line": line + source.line_at(offset), "character": source.column(self._client.encoding, offset)}


def written_by_file(documents: Iterable[Document], client: Client) -> dict[str, str]:
    """Return the diagnostics of the configuration files beside these documents: by URI, the items of a JSON array."""
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        environment = document.environment
        for finding in environment.configuration if document.is_report or environment.has_bad_template else ():
            written = json.dumps(_of_file(finding, client))
            found.setdefault(uri_of(finding.path), {})[written] = None  # several reports may share the file
    return {uri: ",".join(items) for uri, items in found.items()}


def _plain_diagnostic(
    client: Client, rule: str, severity: Severity, message: str, range_: dict[str, Any]
) -> dict[str, Any]:
    """Return the members that every diagnostic has."""
    found: dict[str, Any] = {
        "range": range_,
        "severity": int(severity),
        "code": rule,
        "source": SOURCE,
        "message": message,
    }
    if client.takes_code_description and (href := client.page_of_rule(rule)):
        found["codeDescription"] = {"href": href}
    return found


def _with_related(diagnostic: dict[str, Any], related: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {**diagnostic, "relatedInformation": [*related]} if related else diagnostic


def _of_file(finding: FileFinding, client: Client) -> dict[str, Any]:
    line, column, end, message = finding.problem
    start = {"line": line, "character": column_in(client.encoding, finding.line_text, column)}
    stop = {"line": line, "character": column_in(client.encoding, finding.line_text, end)}
    return _plain_diagnostic(client, configuration.name, finding.severity, message, {"start": start, "end": stop})
