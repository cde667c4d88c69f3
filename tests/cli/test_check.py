"""Tests of `check`: which reports it judges and its exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportls.editions.edition import IDS, builtin
from reportls.report.checker import Variant
from reportls.report.kinds import WORDS, Constraints, Limit
from tests.cli.reports import LEFT, NO_REPORT, PERFECT, SHORT, judged, meeting, write
from tests.cli.running import process, reportls
from tests.host.repositories import PNG
from tests.support.checkers import SHAPES, checker

FINE, NOT_YET, NOT_AS_ASKED = 0, 1, 2


@pytest.mark.parametrize(
    ("text", "code"), [(PERFECT, FINE), (SHORT, NOT_YET), (LEFT, NOT_YET)], ids=["fine", "error", "warning"]
)
def test_exit_code(tmp_path: Path, text: str, code: int) -> None:
    """The exit code is 0 if all is well, and 1 if a question fails or a warning is left."""
    path = write(tmp_path / "README.md", text)
    assert reportls("check", path).code == code
    assert reportls("check", "--exit-zero", path).code == FINE


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("edition", IDS)
def test_script_beside_a_report_that_passes(tmp_path: Path, edition: str, shape: str) -> None:
    """A passing report with the course's script beside it has no findings."""
    variant, limits = builtin(edition).variant, builtin(edition).limits
    text = meeting(limits)
    for figure in re.findall(r"\((figures/.*?)\)", text):
        write(tmp_path / figure).write_bytes(PNG)
    path = write(tmp_path / "README.md", text)
    write(tmp_path / "report.py", checker(variant, limits, shape))
    ran = reportls("check", path)
    assert "limits from the report.py beside the report" in ran.out
    assert f"{len(limits)} of {len(limits)} passed" in ran.out
    assert ran.code == FINE


def test_script_that_names_an_encoding(tmp_path: Path) -> None:
    """Characters that Windows cannot decode are a hint, unless the script opens the report with an encoding."""
    path = write(tmp_path / "README.md", PERFECT.replace("flowers", "\u201dflowers\u201d"))
    assert "not-readable-on-windows" not in reportls("check", path).out
    script = checker(Variant(2), [Constraints.of({WORDS: Limit(3, 10)}), Constraints()], "classes")
    write(tmp_path / "report.py", script)
    ran = reportls("check", path)
    assert ran.out.count("hint not-readable-on-windows") == 1
    assert ran.code == FINE
    write(tmp_path / "report.py", script.replace("open('README.md')", "open('README.md', encoding='utf-8')"))
    assert "not-readable-on-windows" not in reportls("check", path).out


def test_information_and_hints_do_not_count(tmp_path: Path) -> None:
    """Information and hints do not make the check fail."""
    path = write(tmp_path / "README.md", PERFECT.replace("In a box in the garden.", "--- question 2 fill here ---"))
    ran = reportls("check", path)
    assert "information unanswered" in ran.out
    assert ran.code == FINE


def test_what_is_not_listed_does_not_count_but_the_verdict_does(tmp_path: Path) -> None:
    """`--ignore` hides a warning altogether, but of a failed question only the finding: the exit code stays 1."""
    warned, failed = write(tmp_path / "a.md", LEFT), write(tmp_path / "b.md", SHORT)
    assert reportls("check", "--ignore", "placeholder-left", warned).code == FINE
    ran = reportls("check", "--ignore", "answer-too-short", failed)
    assert "error" not in ran.out
    assert "1 of 2 passed" in ran.out
    assert ran.code == NOT_YET


def test_usual_places(tmp_path: Path) -> None:
    """Without a path, `check` looks in `reports/`, then in `report/`, then in the current folder."""
    for place in ("elsewhere/README.md", "report/README.md", "reports/README.md"):
        judged(tmp_path / place, SHORT)
        assert process("check", "--format", "concise", cwd=tmp_path).out.startswith(f"{place}:7:30: error")


def test_each_report_once(tmp_path: Path) -> None:
    """A report that is named several times, also by its folder, is judged once."""
    path = write(tmp_path / "reports" / "README.md", SHORT)
    other = write(tmp_path / "b.md", SHORT)
    ran = reportls("check", "--format", "concise", "-q", path, tmp_path / "reports" / ".." / "reports", tmp_path, other)
    assert sorted(line.split(":")[0] for line in ran.out.splitlines()) == sorted([str(other), str(path)])


def test_no_report(tmp_path: Path) -> None:
    """A folder without a report and a file that is not one lead to exit code 2, or 0 with `--allow-none`."""
    note = write(tmp_path / "notes" / "README.md", NO_REPORT)
    said = {tmp_path: f"{tmp_path}: there is no report in this folder", note: "no report among the paths"}
    for path, message in said.items():
        ran = reportls("check", path)
        assert (ran.code, ran.out) == (NOT_AS_ASKED, "")
        assert message in ran.err
        allowed = reportls("check", "--allow-none", path)
        assert allowed.code == FINE
        assert message not in allowed.err
    assert f"{note}: no report, so not judged" in reportls("check", note).err


def test_no_report_beside_others(tmp_path: Path) -> None:
    """A file that is not a report is mentioned on standard error, and the other reports count."""
    note, path = write(tmp_path / "a.md", NO_REPORT), write(tmp_path / "b.md")
    ran = reportls("check", note, path)
    assert ran.code == FINE
    assert f"{note}: no report" in ran.err
    assert str(note) not in ran.out


def test_many_that_are_no_reports(tmp_path: Path) -> None:
    """Files that are not reports are mentioned in one line with `--allow-none`, as in a hook, else in one line each."""
    path, *others = (write(tmp_path / f"{number}.md", NO_REPORT if number else PERFECT) for number in range(4))
    ran = reportls("check", "--allow-none", path, *others)
    assert (ran.code, ran.err.count("\n")) == (FINE, 1)
    assert f"{others[0]} and 2 other files: no report" in ran.err
    assert f"{others[0]} and 1 other file: no report" in reportls("check", "--allow-none", *others[:2]).err
    assert reportls("check", path, *others).err.count(": no report") == 3


def test_unreadable_beside_others(tmp_path: Path) -> None:
    """An unreadable file does not stop the others from being judged, but the exit code is 2."""
    path, latin = write(tmp_path / "a.md", SHORT), tmp_path / "b.md"
    latin.write_bytes(PERFECT.replace("bees", "bées").encode("latin-1"))
    ran = reportls("check", "--format", "concise", path, latin, tmp_path / "nowhere.md")
    assert ran.code == NOT_AS_ASKED
    assert ran.out.startswith(f"{path}:7:30: error answer-too-short")
    assert f"{latin}: " in ran.err
    assert "13 (0xe9" in ran.err
    assert f"{tmp_path / 'nowhere.md'}: there is no such file" in ran.err
    assert reportls("check", "--exit-zero", latin).code == NOT_AS_ASKED


def test_named_by_the_configuration(tmp_path: Path) -> None:
    """A file that the configuration names is a report, whatever its content."""
    path = write(tmp_path / "exam.md", "### Question 1\n\n> What?\n>\n> Answer:\n\nThat.\n")
    assert reportls("check", path).code == NOT_AS_ASKED
    write(tmp_path / "reportls.toml", 'reports = ["exam.md"]\n')
    assert "1 of 1 passed" in reportls("check", path).out


def test_broken_configuration(tmp_path: Path) -> None:
    """A configuration that cannot be parsed stops the check with exit code 2."""
    path = write(tmp_path / "README.md")
    write(tmp_path / "reportls.toml", "select = [\n")
    ran = reportls("check", path)
    assert (ran.code, ran.out) == (NOT_AS_ASKED, "")
    assert "reportls.toml: line 1" in ran.err


def test_doubtful_configuration(tmp_path: Path) -> None:
    """An invalid setting is a warning, printed once however many reports use the configuration."""
    reports = [write(tmp_path / name) for name in ("a.md", "b.md")]
    write(tmp_path / "reportls.toml", '\nignroe = ["unanswered"]\n')
    ran = reportls("check", "--format", "concise", *reports)
    assert ran.code == NOT_YET
    assert ran.out.count("warning configuration unknown setting `ignroe`: did you mean `ignore`?") == 1
    assert "reportls.toml:2:1: " in ran.out


def test_edition(tmp_path: Path) -> None:
    """`--edition` decides how many questions are expected: a report with two answers crashes the check."""
    path = write(tmp_path / "README.md")
    ran = reportls("check", "--edition", "dtu-02476-2026", path)
    assert ran.code == NOT_YET
    assert "the check crashes: 2 answers found, 31 expected" in ran.out
    assert "the edition named (dtu-02476-2026)" in ran.out


def test_standard_input(tmp_path: Path) -> None:
    """A report on standard input is judged as if it lay at `--stdin-filename`, with that folder's configuration."""
    write(tmp_path / "reportls.toml", 'ignore = ["placeholder-left"]\n')
    ran = reportls("check", "-", "--stdin-filename", tmp_path / "draft.md", stdin=LEFT.encode())
    assert ran.code == FINE
    assert f"{tmp_path / 'draft.md'}: limits from" in ran.out
    plain = reportls("check", "-", "--format", "concise", stdin=SHORT.encode())
    assert plain.out.startswith("-:7:30: error answer-too-short")
    assert reportls("check", "-", stdin=NO_REPORT.encode()).code == NOT_AS_ASKED


def test_standard_input_that_is_no_text() -> None:
    """If standard input is not UTF-8, the message names the first invalid byte."""
    ran = reportls("check", "-", stdin=b"### Question\xff")
    assert ran.code == NOT_AS_ASKED
    assert "standard input: the byte at offset 12 (0xff, on line 1) is not UTF-8" in ran.err


def test_checker_alone(tmp_path: Path) -> None:
    """`--checker` prints a line for each unmet constraint and the verdict; rules do not run."""
    short, left = write(tmp_path / "a.md", SHORT), write(tmp_path / "b.md", LEFT)
    ran = reportls("check", "--checker", short)
    assert ran.out == "question 1: 1 word, 3-10 wanted\n1 of 2 passed\n"
    assert ran.code == NOT_YET
    assert reportls("check", "--checker", left) == (FINE, "2 of 2 passed\n", "")
    both = reportls("check", "--checker", short, left)
    assert both.out == f"{short}:\nquestion 1: 1 word, 3-10 wanted\n1 of 2 passed\n{left}:\n2 of 2 passed\n"
    crash = reportls("check", "--checker", "--edition", "dtu-02476-2026", left)
    assert crash.out == "the check crashes: 2 answers found, 31 expected\n"
    assert crash.code == NOT_YET


def test_checker_alone_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    """With `--checker`, a missing file leads to exit code 2, and the other verdicts are printed."""
    ran = reportls("check", "--checker", tmp_path / "nowhere.md", write(tmp_path / "README.md"))
    assert (ran.code, ran.out) == (NOT_AS_ASKED, "2 of 2 passed\n")


def test_many_reports(tmp_path: Path) -> None:
    """With several reports, the last line has the totals."""
    for index in range(3):
        write(tmp_path / f"{index}.md", SHORT if index else PERFECT)
    ran = reportls("check", tmp_path)
    assert ran.out.endswith("\n1 of 3 reports passed; 2 errors\n")


def test_broken_configuration_is_named_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration file is named relative to the current folder, and a `report.py` is named only once."""
    write(tmp_path / "reports" / "README.md")
    write(tmp_path / "reportls.toml", "select = [\n")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert reportls("check", "reports").err.startswith("error: reportls.toml: line 1")
    (tmp_path / "reportls.toml").unlink()
    (tmp_path / "reports" / "report.py").write_bytes(b"\xff")
    assert "configuration the byte at offset 0" in reportls("check", "--format", "concise").out


def test_nothing_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If there is no report in the default places, the message names these places."""
    monkeypatch.chdir(tmp_path)
    ran = reportls("check")
    message = "no report in reports/, report/ or this folder: change to its folder, or name the file"
    assert (ran.code, ran.err) == (NOT_AS_ASKED, f"error: {message}\n")


@pytest.mark.parametrize("place", ["reports", "report"])
def test_usual_file_is_no_report(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a file lies where reports lie, a second message says why it is none."""
    monkeypatch.chdir(tmp_path)
    file = write(tmp_path / place / "README.md", NO_REPORT)
    seen = Path(place, "README.md")
    for paths in ((), (place,), (".",)):
        ran = reportls("check", *paths)
        assert ran.code == NOT_AS_ASKED
        assert ran.err.splitlines()[1].startswith(f"error: {seen}: no report, so not judged")
    file.unlink()
    file.symlink_to(write(tmp_path.parent / "elsewhere.md", SHORT))
    assert f"error: {seen}: a search follows no symbolic links: name this file\n" in reportls("check").err


@pytest.mark.parametrize(
    ("configuration", "message"),
    [
        ('template = "blank.md', "reportls.toml: line 1 is not valid TOML"),
        ('templat = "blank.md"', "reportls.toml:1: unknown setting `templat`: did you mean `template`?"),
        (
            'template = "first-version"',
            "reportls.toml: no file here has a first version in git that can be its template",
        ),
    ],
)
def test_configuration_without_report(
    configuration: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If there is no report because of the configuration, a second message says so."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "reportls.toml", configuration)
    write(tmp_path / "walk.md", NO_REPORT)
    ran = reportls("check")
    assert ran.code == NOT_AS_ASKED
    first, second = ran.err.splitlines()
    assert first.startswith("error: no report in reports/, report/ or this folder")
    assert second.startswith(f"error: {message}")


def test_report_without_any_marker(tmp_path: Path) -> None:
    """With most of a course's headings left, a text is a report, and the crash of its check is told."""
    questions = "\n".join(f"### Question {number}\n\n> **What?**\n\nA thing.\n" for number in range(1, 28))
    ran = reportls("check", write(tmp_path / "README.md", questions))
    assert ran.code == 1
    assert "the check crashes: no `Answer:` in the report" in ran.out


def test_few_headings_without_any_marker(tmp_path: Path) -> None:
    """Two headings alone make no report."""
    text = "### Question 1\n\nA thing.\n\n### Question 2\n\nAnother.\n"
    assert reportls("check", write(tmp_path / "README.md", text)).code == 2


@pytest.mark.parametrize(
    ("name", "table"), [("reportls.toml", "questions"), ("pyproject.toml", "tool.reportls.questions")]
)
def test_limits_of_a_question_that_does_not_exist(tmp_path: Path, name: str, table: str) -> None:
    """Limits for a question beyond the last one are a warning at their place; those of the last one are not."""
    path = write(tmp_path / "README.md")
    settings = write(tmp_path / name, f"[{table}.2]\nwords = false\n[{table}.99]\nwords = [1, 2]\n")
    column = len(f"[{table}.") + 1
    message = "there is no question 99; the last one is 2: correct the number, or remove the table"
    for more in ((), ("--config", settings)):
        out = reportls("check", "--format", "concise", "-q", path, *more).out
        assert out == f"{settings}:3:{column}: warning configuration {message}\n"
