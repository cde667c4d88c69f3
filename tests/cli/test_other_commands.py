"""Tests of `rule`, `edition` and `demo`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportls.cli.demo import SAMPLE
from reportls.editions.edition import IDS, builtin
from reportls.rules import ALL
from tests.cli.running import on_terminal, reportls
from tests.support.cases import read_cases

if TYPE_CHECKING:
    from reportls.findings.rule import Rule

CASES = Path(__file__).parents[1] / "rules"


def test_list_of_rules() -> None:
    """Every rule is listed in order, with severity and title, on one line where no terminal is too narrow for that."""
    ran = reportls("rule")
    assert ran.code == 0
    listed = re.findall(
        r"^([a-z-]+) +(error|warning|information|hint) +(?:safe|offered)? +(\S.*)$", ran.out, re.MULTILINE
    )
    assert [(name, severity) for name, severity, _ in listed] == [(rule.name, rule.severity.word) for rule in ALL]
    for (_, _, title), rule in zip(listed, ALL, strict=True):
        assert title == rule.title


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_page_of_a_rule(rule: Rule) -> None:
    """`rule NAME` prints the rule's page as Markdown, under its name."""
    ran = reportls("rule", rule.name)
    assert ran.code == 0
    assert ran.out.startswith(f"# {rule.name}\n\n*{rule.severity.word}")
    assert ran.out.endswith(f"\n\n{rule.page}\n")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_page_of_a_rule_on_a_terminal() -> None:
    """On a terminal the page is rendered and wrapped, without Markdown syntax."""
    shown = on_terminal("rule", "answer-too-short", columns=70)
    assert "answer-too-short" in shown
    assert "# answer" not in shown
    assert "*error" not in shown
    assert "`" not in shown
    plain = on_terminal("rule", "answer-too-short", columns=70, NO_COLOR="1", TERM="dumb")
    assert max(map(len, plain.splitlines())) <= 70


@pytest.mark.parametrize("edition_id", IDS)
def test_edition(edition_id: str) -> None:
    """`edition ID` prints every question with its limits."""
    assert edition_id in reportls("edition").out
    ran = reportls("edition", edition_id)
    assert ran.code == 0
    edition = builtin(edition_id)
    rows = re.findall(r"^ +(\d+)  (\S+) +(\S+)", ran.out, re.MULTILINE)
    wanted = [
        (str(position), str(words or "any"), str(images or "any"))
        for position, (words, images) in enumerate(edition.limits, start=1)
    ]
    assert rows == wanted
    assert f"unless it finds {edition.variant.answers_expected} answers" in ran.out


def test_demo(tmp_path: Path) -> None:
    """`demo` writes all files, judges the report and exits with 0; the report has many kinds of mistakes."""
    ran = reportls("demo", tmp_path / "new" / "sample")
    assert (ran.code, ran.err) == (0, "")
    written = {path.relative_to(tmp_path / "new" / "sample") for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {path.relative_to(SAMPLE) for path in SAMPLE.rglob("*") if path.is_file()}
    assert re.search(r"\n\d of 10 passed; 3 errors, \d warnings", ran.out)
    for rule in ("answer-too-short", "answer-too-long", "placeholder-left", "unanswered", "image-case-mismatch"):
        assert f" {rule}: " in ran.out
    assert f"reportls check --fix {tmp_path / 'new' / 'sample'}" in ran.out


def test_demo_overwrites_nothing(tmp_path: Path) -> None:
    """`demo` refuses a folder that is not empty, and takes an empty one."""
    (tmp_path / "thesis.txt").write_text("years of work")
    for target in (tmp_path, tmp_path / "thesis.txt", tmp_path / "thesis.txt" / "below"):
        ran = reportls("demo", target)
        assert (ran.code, ran.out) == (2, "")
        assert str(target) in ran.err
    assert [*tmp_path.iterdir()] == [tmp_path / "thesis.txt"]
    (tmp_path / "empty").mkdir()
    assert reportls("demo", tmp_path / "empty").code == 0


def test_demo_again(tmp_path: Path) -> None:
    """An existing sample that was edited is judged and not overwritten."""
    reportls("demo", tmp_path / "sample")
    report = tmp_path / "sample" / "reports" / "README.md"
    report.write_bytes(report.read_bytes() + b"one more word\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = reportls("demo", tmp_path / "sample")
    assert again.code == 0
    assert "already and was left as it is" in again.out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_demo_can_be_fixed(tmp_path: Path) -> None:
    """The safe fixes improve the sample and never make it worse; its figures have the formats that their names say."""
    reportls("demo", tmp_path / "sample")
    before = reportls("check", "--checker", tmp_path / "sample").out.splitlines()[-1]
    assert before == "6 of 10 passed"
    reportls("check", "--fix", tmp_path / "sample")
    after = reportls("check", "--format", "concise", tmp_path / "sample").out
    assert "placeholder-left" not in after
    assert "image-format" not in after
    assert reportls("check", "--checker", tmp_path / "sample").out.splitlines()[-1] == "6 of 10 passed"


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github", "junit"])
def test_every_format_on_the_sample(form: str) -> None:
    """Every format can print the findings of the sample, which has some of every kind."""
    ran = reportls("check", "--format", form, SAMPLE)
    assert ran.code == 1
    assert "answer-too-short" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_rule_says_what_fixes_it_has(rule: Rule) -> None:
    """The kind of fix in the list of rules agrees with the rules' cases."""
    path = CASES / f"{rule.name}.md"
    findings = [finding for case in read_cases(path) for finding in case.findings()[1]] if path.exists() else []
    kinds = {fix.safe for finding in findings for fix in finding.fixes}
    assert rule.fix == ("safe" if True in kinds else "offered" if kinds else None)
