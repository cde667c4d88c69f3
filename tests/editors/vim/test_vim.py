"""The instructions for Vim work in real Vims on a terminal, with ALE."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.editors import desk, page
from tests.editors.desk import installed, set_up
from tests.editors.terminal import Screen, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not desk.FOLDER, reason=desk.REASON)

_VIMRC = """
set runtimepath^={ale}
filetype plugin on
"""


class Vim(Screen):
    """A Vim with ALE, configured by the instructions, with the report open."""

    def __init__(self, program: Path, home: Path) -> None:
        """Open the report, in which one line has emoji before a mistake."""
        self.desk = set_up(home)
        self.desk.write(".vim/vimrc", _VIMRC.format(ale=program.parent / "usr/share/vim-ale"))
        self.desk.write(".vim/ale_linters/markdown/reportls.vim", page.snippet("vim", "ale#linter#Define"))
        super().__init__([program, self.desk.report.name], self.desk.report.parent, self.desk.environment)

    def command(self, command: str) -> None:
        """Run a command."""
        self.press(":")
        self.write(command)
        self.press("Enter")

    def ask(self, expression: str) -> Any:  # noqa: ANN401  # whatever it is
        """Return the value of an expression."""
        answer = self.desk.home / "answer"
        answer.unlink(missing_ok=True)
        self.command(f"call writefile([json_encode({expression})], '{answer}')")
        return json.loads(wait_until(lambda: answer.read_text() if answer.exists() else "", bool, expression))

    def findings(self) -> dict[str, str]:
        """The findings at the cursor and the marked words."""
        lines = self.desk.text().encode().split(b"\n")
        return {
            finding["text"]: lines[finding["lnum"] - 1][finding["col"] - 1 : finding["end_col"]].decode()
            for finding in self.ask("getloclist(0)")
        }

    def complaints(self) -> list[str]:
        """Error messages of Vim and the server."""
        messages = self.ask("execute('messages')").split("\n")
        return [line for line in messages if line.startswith("E") or "rror" in line] + self.desk.complaints()


@pytest.fixture(params=installed("vim-*/vim"), ids=lambda program: program.parent.name)
def vim(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vim]:
    """Start a Vim and wait until it shows the report."""
    vim = Vim(request.param, tmp_path)
    yield vim
    vim.close()


def test_a_finding_is_shown_explained_and_fixed(vim: Vim) -> None:
    """The marked words are right, hover explains the finding, and its quick fix makes one more question pass."""
    findings = wait_until(vim.findings, lambda found: len(found) > 5, "findings")
    (words,) = [words for text, words in findings.items() if "![the temperature" in text]
    assert words == desk.LINK

    vim.command(f"call cursor({vim.desk.line}, 35)")
    vim.command("ALEHover")
    vim.wait_for("reportls rule image-not-embedded")
    vim.command("pclose")
    vim.wait_until_gone("reportls rule image-not-embedded")

    assert vim.desk.verdict() == desk.PASSED_BEFORE
    vim.command("ALECodeAction")
    vim.wait_for("1) Make it an image")
    vim.press("1", "Enter")
    vim.wait_for(f"!{desk.LINK}")
    vim.command("write")
    vim.desk.wait_until_saved(desk.LINE.replace("[", "!["))
    assert vim.desk.verdict() == desk.PASSED_AFTER
    wait_until(vim.findings, lambda found: len(found) == len(findings) - 2, "two findings less")
    assert vim.complaints() == []


def test_other_markdown_is_left_alone(vim: Vim) -> None:
    """A Markdown file that is not a report has no findings."""
    wait_until(vim.findings, lambda found: len(found) > 5, "findings")
    vim.command(f"edit {vim.desk.notes.name}")
    vim.wait_for("No report, and so this is right")
    vim.command("ALEHover")
    vim.desk.wait_for_log('"result":null')
    assert vim.ask("ale#statusline#Count(bufnr(''))")["total"] == 0
    assert vim.complaints() == []
