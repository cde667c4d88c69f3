"""A report that is too long, or has too many findings, is checked in part and says so; it never freezes an editor."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportls.editions.edition import Override
from reportls.findings.finding import Severity
from reportls.findings.settings import Settings
from reportls.lsp.capabilities import Client
from reportls.lsp.diagnostics import DiagnosticsWriter
from reportls.report.kinds import WORDS, Limit
from reportls.report.report import MOST_READ
from reportls.rules import MOST_FINDINGS
from reportls.rules.files import checked_in_part
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Edit, Span
from tests.cli.running import environment
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

_REPORT = SAMPLE[31]
_TWO = "### Question 1\n\n> a\n>\n> Answer:\n\n### Question 2\n\n> b\n>\n> Answer:\n\n"
_ISSUES = "a\n\n#word\n\n"
"""One finding of `unintended-heading` each."""
_MOST_BYTES = 700_000_000


def _answered(words: str) -> str:
    """Return the sample report with this at the start of its last answer."""
    start = _REPORT.rindex("Answer:") + len("Answer:")
    return f"{_REPORT[:start]}\n\n{words}\n{_REPORT[start:]}"


def _said(snapshot: Snapshot) -> list[str]:
    return [finding.message for finding in snapshot.findings if finding.rule == checked_in_part.name]


@pytest.mark.parametrize("text", [_answered(_ISSUES * 1100), _TWO + "Answer:\n" * 1100], ids=["answer", "report"])
def test_a_thousand_findings_are_listed(text: str) -> None:
    """Of more than 1,000 findings 1,000 are listed, and one says that there are more."""
    snapshot = take(text, Environment())
    assert len(snapshot.findings) == MOST_FINDINGS + 1
    assert _said(snapshot) == ["More than 1,000 findings: the rest is not shown"]


def test_the_gravest_are_listed() -> None:
    """A question that fails is listed, however many lesser findings stand above it."""
    settings = Settings(questions={31: Override({WORDS: Limit(1, 1)})})
    found = take(_answered(_ISSUES * 1100 + "Two words."), Environment(settings)).findings
    assert [finding.rule for finding in found if finding.severity is Severity.ERROR] == ["answer-too-long"]


def test_exactly_as_many_are_all_listed() -> None:
    """Nothing is left out and nothing said as long as the limit is not passed."""
    found = take(_TWO + "Answer:\n" * 20, Environment()).findings
    number = MOST_FINDINGS - len(found) + 20
    snapshot = take(_TWO + "Answer:\n" * number, Environment())
    assert len(snapshot.findings) == MOST_FINDINGS
    assert not _said(snapshot)
    assert _said(take(_TWO + "Answer:\n" * (number + 1), Environment()))


def test_an_editor_shows_as_many_as_a_check() -> None:
    """The diagnostics are the findings that are listed."""
    snapshot = take(_answered(_ISSUES * 1100), Environment())
    written = DiagnosticsWriter("file:///README.md", Client()).write(snapshot)
    assert written.count('"source":"reportls"') == MOST_FINDINGS + 1
    assert written.count("the rest is not shown") == 1


def test_it_can_be_ignored() -> None:
    """The rule can be ignored like any other; the limit stays."""
    settings = Settings(ignore=frozenset({checked_in_part.name}))
    assert len(take(_answered(_ISSUES * 1100), Environment(settings)).findings) == MOST_FINDINGS


def test_a_long_report_is_checked_for_limits_alone() -> None:
    """Above two million characters the verdict and the limits are right, and one finding says so."""
    words = "#word " * (MOST_READ // 6)
    snapshot = take(_answered(words), Environment())
    (said,) = _said(snapshot)
    assert said == "2.0 million characters: above 2 million only limits and crashes are checked"
    assert {finding.rule for finding in snapshot.findings} <= {
        "answer-too-short",
        "answer-too-long",
        "too-few-images",
        "too-many-images",
        "unanswered",
        checked_in_part.name,
    }
    assert snapshot.verdict.judged[-1].answer.counted[0] > MOST_READ // 6


def test_growing_too_long_and_back() -> None:
    """An edit that makes a report too long, or short enough again, checks it as a fresh look does."""
    words = "word " * ((MOST_READ - len(_REPORT)) // 5 - 10)
    snapshot = take(_answered(words), Environment())
    assert not _said(snapshot)
    at = snapshot.report.text.rindex("word")
    longer = snapshot.edited(Edit(Span(at, at), "word " * 20))
    assert _said(longer)
    assert longer.findings == take(longer.report, Environment()).findings
    shorter = longer.edited(Edit(Span(at, at + 100), ""))
    assert shorter.findings == snapshot.findings


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the limit on memory is not enforced")
def test_memory(tmp_path: Path) -> None:
    """Five megabytes of markers fit into less than 0.7 GB, in a format that lists all findings."""
    (tmp_path / "README.md").write_text(_TWO + "Answer:\n" * 600_000)
    program = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({_MOST_BYTES},) * 2); "
    program += "from reportls.cli import main; raise SystemExit(main(['check', '--format', 'json', 'README.md']))"
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 1, ran.stderr
    assert len(ran.stdout) < 2_000_000
