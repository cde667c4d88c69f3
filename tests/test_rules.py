"""Tests of every rule's case file, and that every rule has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportls.findings.rule import Rule
from reportls.report.question import Question
from reportls.rules import ALL
from tests.support.cases import Case, diffs, fixed, marked_report, read_cases, said_of, updated

FOLDER = Path(__file__).parent / "rules"
CASES = [case for path in sorted(FOLDER.glob("*.md")) for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_case(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    """Findings and marks match one to one, and fixes have the order and effect of the diffs; no rule raises (a log)."""
    assert marked_report(case) == case.marked
    assert [*diffs(case).items()] == [*case.diffs.items()]
    assert not caplog.records


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_finding_names_its_question(case: Case) -> None:
    """A finding has the number in the heading above it, or none if that is no question's."""
    report, findings = case.findings()
    for finding in findings:
        block = report.blocks[report.block_at(finding.span.start)]
        assert finding.heading == (block.number if isinstance(block, Question) else None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_no_line_break_at_the_end(case: Case) -> None:
    """Without a line break at the end of the report, the same is found and offered."""
    text = case.report
    end = len(text.removesuffix("\n").removesuffix("\r"))
    found, found_without = (
        [(it.message, it.span.start, min(it.span.end, end), [*map(said_of, it.fixes)]) for it in findings]
        for _, findings in (case.findings(), case.findings(text[:end]))
    )
    assert found == found_without


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_fix_removes_finding(case: Case) -> None:
    """Applying a fix to all findings that have it leaves no finding with that fix."""
    for said in diffs(case):
        _, left = case.findings(fixed(case, said))
        assert said not in {said_of(fix) for finding in left for fix in finding.fixes}


@pytest.mark.parametrize("case", [case for case in CASES if "crlf" in case.report_info], ids=lambda case: case.title)
def test_fix_keeps_line_breaks(case: Case) -> None:
    r"""In a report with `\r\n`, no fix inserts a line break of another kind."""
    for said in diffs(case):
        assert not re.search(r"\r(?!\n)|(?<!\r)\n", fixed(case, said))


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_rule_is_documented(rule: Rule) -> None:
    """A rule's page is one sentence, then why it matters and how to fix it."""
    title, blank, *rest = rule.page.split("\n")
    assert title.endswith(".")
    assert len(title) <= 100
    assert not blank
    assert len("".join(rest)) > 100


@pytest.mark.parametrize("rule", [rule for rule in ALL if type(rule) is not Rule], ids=lambda rule: rule.name)
def test_rule_is_tried(rule: Rule) -> None:
    """A rule has cases with and without findings; `configuration` is tested with its own files."""
    marks = ["^" in case.marked for case in CASES if case.rule == rule.name]
    assert any(marks)
    assert not all(marks)


def test_update_cases(request: pytest.FixtureRequest) -> None:
    """With `--update-cases`, rewrite every expectation with the current result; read the diff."""
    if not request.config.getoption("--update-cases"):
        return
    only = request.config.getoption("--update-cases")
    for path in sorted(FOLDER.glob("*.md")):
        if only not in ("all", path.stem):
            continue
        text = path.read_text("utf-8")
        for case in read_cases(path):
            text = text.replace(case.text, "\n" + updated(case).strip("\n") + "\n\n")
        path.write_text(text.rstrip("\n") + "\n", "utf-8")
