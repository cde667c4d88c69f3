"""The format `sarif`: SARIF 2.1.0, for code scanning and other collectors; lines and code points count from 1."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import reportls
from reportls.cli.formats.json import written
from reportls.cli.result import Place
from reportls.findings.finding import Severity
from reportls.rules import ALL
from reportls.rules.files import configuration
from reportls.text import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.cli.result import Checked, Outcome
    from reportls.findings.finding import Finding, Fix
    from reportls.findings.rule import Rule
    from reportls.host.loading import FileFinding

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_INDEX = {rule.name: index for index, rule in enumerate(ALL)}

_Json = dict[str, Any]


def sarif(outcome: Outcome) -> str:
    """Return the outcome as one run."""
    run = {
        "tool": {"driver": _driver()},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that reportls was run in."}}},
        "invocations": [_invocation(outcome)],
        "results": [*map(_in_configuration, outcome.configuration), *_results(outcome)],
    }
    return written({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver() -> _Json:
    driver = {"name": "reportls", "semanticVersion": reportls.__version__, "rules": [_rule(rule) for rule in ALL]}
    return {**driver, "informationUri": reportls.ADDRESS} if reportls.ADDRESS else driver


def _rule(rule: Rule) -> _Json:
    title, _, rest = rule.page.partition("\n")
    page = reportls.rule_page(rule.name)
    return {
        "id": rule.name,
        **({"helpUri": page} if page else {}),
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": rest.strip().partition("\n\n")[0].replace("\n", " ") or title},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": _level(rule.severity)},
    }


def _level(severity: Severity) -> str:
    return _LEVELS.get(severity, "note")


def _invocation(outcome: Outcome) -> _Json:
    notifications = [{"level": "error", "message": {"text": failure}} for failure in outcome.failures]
    return {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}


def _results(outcome: Outcome) -> Iterator[_Json]:
    for checked in outcome.checked:
        seen: dict[str, int] = {}
        for finding in checked.findings:
            print_ = _fingerprint(checked, finding)
            # Code scanning takes results with one fingerprint for the same, so equal ones are numbered.
            seen[print_] = seen.get(print_, 0) + 1
            yield _result(checked, finding, f"{print_}:{seen[print_]}")


def _result(checked: Checked, finding: Finding, fingerprint: str) -> _Json:
    artifact = _artifact(os.fsencode(checked.loaded.path))
    result: _Json = {
        **_said(finding.rule, finding.severity, finding.message),
        "locations": [_location(artifact, checked.place(finding.span))],
        "partialFingerprints": {"reportls/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {**_location(artifact, checked.place(place.span)), "message": {"text": place.message}}
            for place in finding.related
        ]
    if finding.fixes:
        result["fixes"] = [_fix(checked, artifact, fix) for fix in finding.fixes]
    if finding.question is not None:
        result["properties"] = {"question": finding.question}
    return result


def _said(rule: str, severity: Severity, message: str) -> _Json:
    return {"ruleId": rule, "ruleIndex": _INDEX[rule], "level": _level(severity), "message": {"text": message}}


def _in_configuration(finding: FileFinding) -> _Json:
    path, problem, severity, _ = finding
    place = Place(problem.line, problem.column, problem.line, max(problem.end_column, problem.column))
    return {
        **_said(configuration.name, severity, problem.message),
        "locations": [_location(_artifact(os.fsencode(path)), place)],
    }


def _location(artifact: _Json, place: Place) -> _Json:
    return {"physicalLocation": {"artifactLocation": artifact, "region": _region(place)}}


def _region(place: Place) -> _Json:
    return {
        "startLine": place.line + 1,
        "startColumn": place.column + 1,
        "endLine": place.end_line + 1,
        "endColumn": place.end_column + 1,
    }


def _fix(checked: Checked, artifact: _Json, fix: Fix) -> _Json:
    if fix.file:
        artifact = _artifact(os.fsencode(checked.loaded.path.parent / fix.file.path))
        source = SourceText(fix.file.text)
        end = source.line_col(len(fix.file.text))
        whole = _region(Place(0, 0, end.line, end.column))
        replacements = [{"deletedRegion": whole, "insertedContent": {"text": fix.file.new_text}}]
    else:
        replacements = [
            {"deletedRegion": _region(checked.place(edit.span)), "insertedContent": {"text": edit.new_text}}
            for edit in fix.edits
        ]
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        "properties": {"safe": fix.safe},
    }


def _artifact(path: str | bytes) -> _Json:
    """Return the file's location: relative to the current folder if it lies in it, else an absolute URI."""
    place = Path(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100  # `resolve` would follow links
    folder = Path.cwd()
    if place.is_relative_to(folder):
        return {"uri": quote(os.fsencode(place.relative_to(folder).as_posix())), "uriBaseId": _ROOT}
    return {"uri": place.as_uri()}


def _fingerprint(checked: Checked, finding: Finding) -> str:
    """Return a fingerprint from rule, question and marked text, which stays the same after edits elsewhere."""
    marked = checked.report.text[finding.span.start : finding.span.end]
    text = f"{finding.rule}\n{finding.question}\n{marked}"
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
