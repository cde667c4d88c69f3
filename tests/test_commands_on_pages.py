"""Every command on every page is one that the program accepts."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from reportls.cli import COMMANDS
from reportls.cli.arguments import Parser

ROOT = Path(__file__).parents[1]
_PAGES = (
    "*.md",
    "server/*.md",
    "server/docs/*.md",
    "editors/*/README.md",
    "editors/neovim/doc/*.txt",
    ".github/**/*.md",
    ".pre-commit-hooks.yaml",
)
_LINE = re.compile(r"(?:^ {4,}|^|: |`|\"\$\(|')reportls (?P<rest>[a-z-][^\n`)'#|;&>]*)", re.MULTILINE)
_PLACES = {"COMMAND", "NAME", "UNIT"}
"""Words on pages that stand for others."""


def _commands() -> list[tuple[str, str]]:
    """Return the page and the arguments of each command line; a command's mere name is none."""
    pages = sorted({page for pattern in _PAGES for page in ROOT.glob(pattern)})
    return [
        (page.relative_to(ROOT).as_posix(), match["rest"].strip())
        for page in pages
        for match in _LINE.finditer(page.read_text("utf-8"))
        if match["rest"].split()[0] in COMMANDS and match["rest"].split()[1:]
        if not _PLACES & set(match["rest"].split())
    ]


def test_there_are_commands() -> None:
    """Commands are found on the pages for all readers."""
    found = _commands()
    assert {page for page, _ in found} >= {"README.md", "server/docs/overview.md", "server/docs/first-check.md"}
    assert len(found) > 50


@pytest.mark.parametrize(("page", "line"), _commands(), ids=str)
def test_command(page: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command has this name, takes these options and refuses none of the arguments."""
    # Two blanks separate a command from what is said about it; `<` begins a redirection.
    name, *arguments = shlex.split(re.split(r" {2,}| <", line)[0])
    parser = Parser(prog=f"reportls {name}")
    import_module(f"reportls.cli.{name}").declare(parser)
    parser.add_common()
    code: object = 0
    try:
        parser.parse(arguments)
    except SystemExit as leaving:
        code = leaving.code
    assert not code, (page, capsys.readouterr().err)
