"""The format `json`, for other programs: lines and columns from 0, columns in UTF-16 units, as in LSP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportls.cli.output import json_without_commands
from reportls.features.verdicts import tally
from reportls.form_snapshot import FormSnapshot
from reportls.host.paths import shown
from reportls.report.kinds import KINDS
from reportls.rules.files import configuration
from reportls.text import Position, column_in

if TYPE_CHECKING:
    from reportls.cli.result import Checked, Outcome
    from reportls.features.history import Standing
    from reportls.features.verdicts import FormTally, VerdictRow
    from reportls.findings.finding import Finding
    from reportls.forms.rows import SlotRow
    from reportls.host.loading import FileFinding
    from reportls.report.checker import Verdict
    from reportls.report.kinds import Constraints

VERSION = 1
"""Version of the document. It grows when a key is removed or changes its meaning, not when one is added."""


def as_json(outcome: Outcome) -> str:
    """Return the whole outcome as one object."""
    document = {
        "version": VERSION,
        "configuration": [_configuration(finding) for finding in outcome.configuration],
        "reports": [_report(checked) for checked in outcome.checked],
        "summary": {"reports": len(outcome.checked), "completed": outcome.completed, **outcome.counts._asdict()},
    }
    return written(document)


def written(document: object) -> str:
    """Return the document as JSON in which GitHub, which scans all output of a step, finds no workflow command."""
    return json_without_commands(json.dumps(document, indent=2)) + "\n"


def _configuration(finding: FileFinding) -> dict[str, Any]:
    path, problem, severity, text = finding
    columns = (problem.column, problem.end_column)
    return {
        "path": shown(path),
        "rule": configuration.name,
        "severity": severity.word,
        "message": problem.message,
        "range": _range(*(Position(problem.line, column_in("utf-16", text, column)) for column in columns)),
    }


def _report(checked: Checked) -> dict[str, Any]:
    snapshot = checked.snapshot
    return {
        "path": checked.path,
        "edition": checked.answers.edition.id if checked.answers else None,
        "checker": _checker(checked.answers.verdict) if checked.answers else None,
        "form": snapshot.environment.template_name if isinstance(snapshot, FormSnapshot) else None,
        "questions": [_question(row) for row in checked.rows],
        "slots": [_slot(row) for row in snapshot.rows] if isinstance(snapshot, FormSnapshot) else [],
        "summary": as_summary(tally(snapshot)) if isinstance(snapshot, FormSnapshot) else None,
        "findings": [_finding(checked, finding) for finding in checked.findings],
        **_against(checked),
    }


def _against(checked: Checked) -> dict[str, Any]:
    found = checked.against
    if found is None:
        return {}
    from reportls.cli.against import HEADINGS, NOW, lines_of

    before = found.before
    against: dict[str, Any] = {
        "commit": found.commit,
        "problem": found.why,
        "checker": before and checker_as_object(before),
        "summary": before.tally and as_summary(before.tally) if before else None,
        "errors": found.counts and found.counts[0],
        "warnings": found.counts and found.counts[1],
        "lines": [{"change": HEADINGS[effect], "message": words} for effect, words in lines_of(found)],
    }
    for effect, heading in HEADINGS.items():
        events = [event for event in found.events if event.effect is effect]
        against[heading] = [{"question": event.question, "message": event.said(NOW)} for event in events]
    return {"against": against}


def _checker(verdict: Verdict) -> dict[str, Any]:
    return {
        "completed": verdict.completed,
        "passed": verdict.passed,
        "total": verdict.expected,
        "answers": len(verdict.answers),
        "error": verdict.error,
    }


def checker_as_object(standing: Standing) -> dict[str, Any] | None:
    """Return the verdict on a version of a report; None where a template decides."""
    if standing.tally:
        return None
    return {
        "completed": bool(standing.states),
        "passed": standing.passed,
        "total": standing.total,
        "error": standing.error,
    }


def _slot(row: SlotRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "line": row.line,
        "state": row.state.value,
        "optional": row.is_optional,
        "words": row.words,
        "images": row.images,
        "limits": [
            {
                "unit": each.bounds.unit,
                "found": each.found,
                "at_least": each.bounds.at_least,
                "at_most": each.bounds.at_most,
                "about": each.bounds.is_approximate,
                "met": each.is_met,
            }
            for each in row.measured
        ],
    }


def as_summary(counted: FormTally) -> dict[str, Any]:
    """Return how many slots of a template are in each state."""
    return {
        "slots": counted.total,
        "answered": counted.answered,
        "outside_limits": counted.outside_limits,
        "complete": counted.is_complete,
    }


def _question(row: VerdictRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "line": row.line,
        **{kind.key: row.counted[kind] if row.counted else None for kind in KINDS},
        "passed": row.passed,
        "answered": row.is_answered,
        "constraints": limits_by_key(row.constraints),
    }


def limits_by_key(constraints: Constraints) -> dict[str, list[int | None] | None]:
    """Return the limit of each kind by its key; None where there is none."""
    return {
        kind.key: [limit.low, limit.high] if limit else None for kind, limit in zip(KINDS, constraints, strict=True)
    }


def _finding(checked: Checked, finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "question": finding.question,
        "message": finding.message,
        "range": _range(*(checked.report.position("utf-16", offset) for offset in finding.span)),
        "fixes": [{"title": fix.title, "safe": fix.safe} for fix in finding.fixes],
    }


def _range(*ends: Position) -> dict[str, dict[str, int]]:
    start, end = ({"line": position.line, "character": position.column} for position in ends)
    return {"start": start, "end": end}
