"""Tests of commands on reports with a template: what they print, their exit codes, and templates that are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.reports import write
from tests.cli.running import process, reportls

BLANK = """\
# Field trip

## Route

> Where will you walk? At most 8 words.

[Write your answer here]

## Gear

[Write your answer here]
"""
FILLED = BLANK.replace("[Write your answer here]", "Along the river.")
LONG = FILLED.replace("Along the river.", "Along the river, then up to the ridge and back by bus.", 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create a folder with a template and a configuration that names it, and go there."""
    monkeypatch.chdir(tmp_path)
    Path("template.md").write_text(BLANK, "utf-8")
    Path("reportls.toml").write_text('template = "template.md"\n', "utf-8")
    Path("README.md").write_text("# Read me\n\n## Install\n", "utf-8")
    return tmp_path


def checked(*arguments: str) -> tuple[int, dict[str, Any]]:
    """Return exit code and the only report of `check --format json`."""
    ran = reportls("check", "--format", "json", *arguments)
    (report,) = json.loads(ran.out)["reports"]
    return ran.code, report


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "code", "complete", "outside"), [(FILLED, 0, True, 0), (LONG, 1, True, 1), (BLANK, 1, False, 0)]
)
def test_check(text: str, code: int, complete: bool, outside: int) -> None:  # noqa: FBT001  # a table of cases
    """Without a checker, a report that is complete and within its limits is fine, and nothing passes or crashes."""
    Path("report.md").write_text(text, "utf-8")
    found, report = checked()
    assert (found, report["path"]) == (code, "report.md")
    assert (report["edition"], report["checker"], report["questions"]) == (None, None, [])
    assert (report["summary"]["complete"], report["summary"]["outside_limits"]) == (complete, outside)
    assert [slot["name"] for slot in report["slots"]] == ["Route", "Gear"]
    printed = reportls("check").out
    assert "template.md" in printed
    assert "passed" not in printed
    assert "crash" not in printed


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("value", ['""', "3", '["template.md"]'])
def test_setting_that_is_no_path(value: str) -> None:
    """A setting that names no file is reported at its line, even where no report is left without a template."""
    Path("report.md").write_text(FILLED, "utf-8")
    Path("reportls.toml").write_text(f"strict = true\ntemplate = {value}\n", "utf-8")
    ran = reportls("check", "report.md")
    assert ran.code == 2
    assert "reportls.toml:2:12: warning configuration: `template` must be the path of a blank file" in ran.out


def test_template_on_the_command_line(folder: Path) -> None:
    """`--template` replaces the configured one, for every command that judges."""
    Path("report.md").write_text(FILLED, "utf-8")
    course = folder.parent / "course.md"
    course.write_text("# Field trip\n\n## Route\n\n[Write here]\n", "utf-8")
    _, report = checked("--template", str(course), "report.md")
    assert [slot["name"] for slot in report["slots"]] == ["Route"]
    ran = reportls("html", "report.md", "--template", course, "-o", "-")
    assert ran.code == 0
    assert "course.md" in ran.out
    (folder / "groups" / "1").mkdir(parents=True)
    (folder / "groups" / "1" / "report.md").write_text(FILLED, "utf-8")
    (group,) = json.loads(reportls("overview", "groups", "--template", course, "--format", "json").out)["groups"]
    assert (group["report"], group["edition"]) == ("report.md", "course.md")


def test_reports_side_by_side(folder: Path) -> None:
    """Each file of a folder that fills in the template is a group, whatever kind of Markdown; the template is none."""
    for name in ("template.md", "ants.md", "bees.qmd", "wasps.Rmd"):
        write(folder / "groups" / name, BLANK)
    write(folder / "groups" / "notes.md", "# Notes\n\nTo be graded by Friday.\n")
    template = folder / "groups" / "template.md"
    found = json.loads(reportls("overview", "groups", "--template", template, "--format", "json").out)["groups"]
    assert [(group["group"], group["verdict"]) for group in found] == [
        (n, "not complete") for n in ("ants", "bees", "wasps")
    ]
    ran = reportls("overview", "groups")
    assert (ran.code, ran.out) == (2, "")
    assert "or the template that its files fill in with --template" in ran.err


def test_overview_without_checker(folder: Path) -> None:
    """Without a checker nothing passes: a group is complete or not, also in total."""
    template = write(
        folder / "course.md", BLANK.replace("# Field trip\n", "# Field trip\n\nAt most 9 words in total.\n")
    )
    write(folder / "groups" / "fine" / "report.md", FILLED)
    write(folder / "groups" / "long" / "report.md", FILLED.replace("river.", "river, and then all the way back.", 1))
    document = json.loads(reportls("overview", "groups", "--template", template, "--format", "json").out)
    fine, long = document["groups"]
    assert (fine["verdict"], fine["checker"], fine["notes"]) == ("complete", None, [])
    assert [question["complete"] for question in fine["questions"]] == [True, True]
    assert "passed" not in fine["questions"][0]
    assert (long["verdict"], long["notes"]) == ("not complete", ["total outside its limits"])
    summary = document["summary"]
    assert (summary["complete"], summary["not_complete"], summary["passes"]) == (1, 1, 0)


@pytest.mark.usefixtures("folder")
def test_strict() -> None:
    """With `strict`, a limit that is missed is an error; without it, a warning."""
    Path("report.md").write_text(LONG, "utf-8")
    severities = []
    for setting in ("false", "true"):
        Path("reportls.toml").write_text(f'template = "template.md"\nstrict = {setting}\n', "utf-8")
        severities.append([finding["severity"] for finding in checked()[1]["findings"]])
    assert severities == [["warning"], ["error"]]


@pytest.mark.usefixtures("folder")
def test_limits_by_name() -> None:
    """A limit by the name of a place, or by its number, goes before the template's."""
    Path("report.md").write_text(LONG, "utf-8")
    for name in ('"Route"', "1"):
        Path("reportls.toml").write_text(f'template = "template.md"\n[questions.{name}]\nwords = [1, 20]\n', "utf-8")
        code, report = checked()
        assert (code, report["slots"][0]["limits"][0]["at_most"]) == (0, 20)


BAD = {
    "gone.md": None,
    "../outside.md": BLANK.encode(),
    "latin.md": b"## caf\xe9\n",
    "long.md": b"x" * 1_000_001,
    "empty.md": b"",
    "letter.md": b"Dear all,\n",
    "report.md": FILLED.encode(),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("is_configured", [True, False])
def test_refused(name: str, is_configured: bool) -> None:  # noqa: FBT001  # both ways
    """A template that cannot be used is one message that names it, and exit code 2."""
    Path("report.md").write_text(FILLED, "utf-8")
    if (content := BAD[name]) is not None:
        Path(name).write_bytes(content)
    if is_configured:
        Path("reportls.toml").write_text(f'template = "{name}"\n', "utf-8")
    elif name == "../outside.md":
        return  # the command line may name a template anywhere
    ran = reportls("check", "report.md", *([] if is_configured else ["--template", name]))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert f"{name}: " in ran.err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", [("html",), ("preview", "--no-open"), ("overview", "."), ("serve",)])
def test_refused_everywhere(command: tuple[str, ...]) -> None:
    """Each command that takes a template refuses one that is missing, before it does anything else."""
    Path("report.md").write_text(FILLED, "utf-8")
    ran = process(*command, "--template", "gone.md", cwd=Path.cwd())
    assert (ran.code, ran.out) == (2, "")
    assert "gone.md: there is no such file" in ran.err


@pytest.mark.usefixtures("folder")
def test_files_of_a_hook() -> None:
    """A pre-commit hook names every Markdown file: the template and pages of others are left alone."""
    Path("report.md").write_text(FILLED, "utf-8")
    ran = reportls("check", "--allow-none", "--format", "json", "README.md", "template.md", "report.md")
    assert ran.code == 0
    assert [report["path"] for report in json.loads(ran.out)["reports"]] == ["report.md"]


@pytest.mark.usefixtures("folder")
def test_file_that_was_named() -> None:
    """A file that is named is judged, even if it has nothing of the template."""
    code, report = checked("README.md")
    assert code == 1
    assert [finding["rule"] for finding in report["findings"]] == ["template-not-followed"]


@pytest.mark.usefixtures("folder")
def test_fixes_and_verdict_alone() -> None:
    """`--checker`, `--diff` and `--fix` work without a checker."""
    Path("report.md").write_text(LONG, "utf-8")
    ran = reportls("check", "report.md", "--checker")
    assert ran.code == 1
    assert ran.out.splitlines()[0].startswith("Route: 12 of at most 8 words")
    for option in ("--diff", "--fix"):
        assert reportls("check", "report.md", option).code == 1
    assert Path("report.md").read_text("utf-8") == LONG
    ran = reportls("check", "-", "--stdin-filename", "report.md", "--format", "json", stdin=FILLED.encode())
    assert (ran.code, json.loads(ran.out)["reports"][0]["path"]) == (0, "report.md")


@pytest.mark.usefixtures("folder")
def test_template_of_plain_prose() -> None:
    """A blank file of plain prose beside a report is no report, and no mistake."""
    blank = "# Field trip\n\n## Route\n\nSay where you walked.\n\n## Gear\n\nSay what you carried.\n"
    Path("template.md").write_text(blank, "utf-8")
    assert "this is the report itself" in reportls("check").err
    Path("report.md").write_text(blank.replace("Say", "Well, we say"), "utf-8")
    code, report = checked()
    assert (code, report["path"]) == (0, "report.md")
