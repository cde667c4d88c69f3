"""Tests of `--fix` and `--diff`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportls.features.fix_all import with_fixes
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.snapshot import Environment, take
from reportls.text import Edit, Span
from tests.cli.reports import LEFT, NO_REPORT, PERFECT, SHORT, write
from tests.cli.running import on_terminal, reportls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportls.findings.context import QuestionContext


FIXED = LEFT.replace("--- question 1 fill here ---\n\n", "")


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_fix(tmp_path: Path, newline: str, bom: str) -> None:
    """`--fix` removes the placeholder and keeps byte order mark, line ends and emoji; then it judges the result."""
    text = bom + LEFT.replace("They eat", "They 😋 eat").replace("\n", newline)
    path = write(tmp_path / "README.md", text)
    ran = reportls("check", "--fix", path)
    assert ran.code == 0
    assert ran.err == f"reportls: {path}: 1 fix: remove the placeholder; 2 of 2 passed, as before\n"
    assert ran.out.endswith("\n2 of 2 passed\n")
    fixed = bom + FIXED.replace("They eat", "They 😋 eat").replace("\n", newline)
    assert path.read_bytes().decode() == fixed


def test_fix_again(tmp_path: Path) -> None:
    """A report without anything to fix is not written."""
    path = write(tmp_path / "README.md", LEFT)
    reportls("check", "--fix", path)
    before = path.stat()
    ran = reportls("check", "--fix", path)
    assert (ran.code, ran.err) == (0, "")
    after = path.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_only_what_is_listed(tmp_path: Path) -> None:
    """An ignored rule fixes nothing."""
    path = write(tmp_path / "README.md", LEFT)
    assert reportls("check", "--fix", "--ignore", "placeholder-left", path).code == 0
    assert path.read_text() == LEFT


def test_machine_formats(tmp_path: Path) -> None:
    """The summary of fixes goes to standard error in every format."""
    path = write(tmp_path / "README.md", LEFT)
    ran = reportls("check", "--fix", "--format", "json", path)
    assert ran.out.startswith("{")
    assert "remove the placeholder" in ran.err


def test_standard_input() -> None:
    """With standard input, the fixed report goes to standard output and the findings to standard error."""
    ran = reportls("check", "--fix", "-", stdin=("\ufeff" + LEFT.replace("\n", "\r\n")).encode())
    assert ran.code == 0
    assert ran.out == "\ufeff" + FIXED.replace("\n", "\r\n")
    assert "2 of 2 passed" in ran.err
    untouched = reportls("check", "--fix", "-", stdin=SHORT.encode())
    assert (untouched.code, untouched.out) == (1, SHORT)


def test_standard_input_that_is_no_report() -> None:
    """A text on standard input that is not a report is passed on unchanged."""
    ran = reportls("check", "--fix", "-", stdin=NO_REPORT.encode())
    assert (ran.code, ran.out) == (2, NO_REPORT)


def test_diff_names_the_file_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The diff names the file relative to the current folder, with a tab after a name that has blanks."""
    path = write(tmp_path / "my report.md", LEFT)
    monkeypatch.chdir(tmp_path)
    assert reportls("check", "--diff", path).out.startswith("--- a/my report.md\t\n+++ b/my report.md\t\n")


def test_read_only(tmp_path: Path) -> None:
    """A report that cannot be written leads to a message, and is judged unchanged."""
    folder = tmp_path / "reports"
    path = write(folder / "README.md", LEFT)
    folder.chmod(0o500)
    path.chmod(0o400)
    try:
        ran = reportls("check", "--fix", path)
        if path.read_text() != LEFT:
            pytest.skip("this user may write anywhere")
    finally:
        folder.chmod(0o700)
    assert ran.code == 2
    assert "placeholder-left" in ran.out
    assert "permission denied" in ran.err


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_diff(tmp_path: Path, newline: str, end: str) -> None:
    """`--diff` changes nothing, exits as without it, and prints a patch that git and patch apply."""
    if not shutil.which("git"):
        pytest.skip("needs git")
    text = (LEFT.rstrip("\n") + end).replace("\n", newline)
    path = write(tmp_path / "a b" / "README.md", text)
    ran = reportls("check", "--diff", path)
    assert ran.code == 1
    assert path.read_bytes().decode() == text
    assert "--fix would make 1 fix: remove the placeholder" in ran.err
    patch = write(tmp_path / "a.patch", ran.out.replace(str(path).lstrip("/"), "a b/README.md"))
    subprocess.run(["git", "apply", patch], cwd=tmp_path, check=True)
    by_patch = path.read_bytes()
    write(path, text)
    reportls("check", "--fix", path)
    assert path.read_bytes() == by_patch != text.encode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_diff_on_a_terminal(tmp_path: Path) -> None:
    """On a terminal the diff is coloured, and no control character of the report reaches the terminal."""
    text = LEFT.replace("They eat", "They \x1b[2Jeat").replace("\n", "\r\n")
    shown = on_terminal("check", "--diff", write(tmp_path / "README.md", text), columns=80)
    assert "\x1b[31m---- question 1 fill here ---\x1b[0m\n" in shown
    assert "\x1b[2J" not in shown
    assert "\r" not in shown


def test_diff_of_nothing(tmp_path: Path) -> None:
    """Without anything to fix, the diff is empty."""
    path = write(tmp_path / "README.md", PERFECT)
    ran = reportls("check", "--diff", path)
    assert (ran.code, ran.out) == (0, "")
    assert "nothing for --fix to do" in ran.err


def test_diff_of_standard_input() -> None:
    """The diff of a report on standard input has a file name, and nothing is written."""
    ran = reportls("check", "--diff", "-", stdin=LEFT.encode())
    assert ran.out.startswith("--- a/-\n+++ b/-\n@@ ")
    assert "\n---- question 1 fill here ---\n" in ran.out


def _rule(*fixes: tuple[str, str]) -> object:
    """Return a rule that replaces the first letter of each pair by the second, with one finding for each place."""

    def letters(ctx: QuestionContext) -> Iterator[Problem]:
        """Report every place of the first letter."""
        for old, new in fixes:
            at = ctx.question.text.find(old)
            while at >= 0:
                span = Span(at, at + len(old))
                yield Problem(span, f"{old} is wrong", (Fix(f"make it {new}", (Edit(span, new),), safe=True),))
                at = ctx.question.text.find(old, at + 1)

    return question_rule(Severity.HINT, of={"words"})(letters)


def test_fixes_that_touch_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fixes that touch each other are applied in several rounds, until all are done."""
    monkeypatch.setattr("reportls.rules._QUESTION_RULES", (_rule(("aa", "b"), ("xy", "z"), ("yx", "z")),))
    fixed = with_fixes(take(PERFECT.replace("In a box", "aaaaaaaaa xyxyx"), Environment()))
    assert "bababa zxz in the garden" in fixed.text
    assert fixed.titles == {"make it b": 3, "make it z": 2}
    assert with_fixes(fixed.snapshot).text == fixed.text


def test_fixes_that_undo_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules whose fixes undo each other, which would be a bug, do not make `--fix` run forever."""
    monkeypatch.setattr("reportls.rules._QUESTION_RULES", (_rule(("qq", "QQ"), ("QQ", "qq")),))
    assert with_fixes(take(PERFECT + "qq", Environment())).text in (PERFECT + "qq", PERFECT + "QQ")
    monkeypatch.setattr("reportls.rules._QUESTION_RULES", (_rule(("q", "qr")),))
    assert len(with_fixes(take(PERFECT + " q", Environment())).text) < len(PERFECT) + 200
