"""Tests of `--format github` with a parser that follows the rules of GitHub's runner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.cli.reports import LEFT, PERFECT, SHORT, write
from tests.cli.running import environment, process, reportls

if TYPE_CHECKING:
    from pathlib import Path

_COMMAND = re.compile(r"::(?P<name>[^ :]+)(?: (?P<properties>.*?))?::(?P<data>.*)", re.DOTALL)


class Command(NamedTuple):
    """A parsed workflow command."""

    name: str
    properties: dict[str, str]
    data: str


def unescape(text: str, *, is_property: bool) -> str:
    """Undo the escapes; the percent sign comes last."""
    escapes = {"%0D": "\r", "%0A": "\n", **({"%3A": ":", "%2C": ","} if is_property else {}), "%25": "%"}
    for escape, char in escapes.items():
        text = text.replace(escape, char)
    return text


def read(line: str) -> Command:
    """Parse a line: name and properties stand between two `::`, separated by a space and by commas."""
    match = _COMMAND.fullmatch(line)
    assert match, line
    pairs = (pair.partition("=") for pair in (match["properties"] or "").split(","))
    properties = {key: unescape(value, is_property=True) for key, _, value in pairs}
    return Command(match["name"], properties, unescape(match["data"], is_property=False))


def commands(*arguments: str | Path) -> list[Command]:
    """Parse the output; every line must be a command."""
    return [read(line) for line in reportls("check", "--format", "github", *arguments).out.splitlines()]


def test_place_and_words(tmp_path: Path) -> None:
    """Lines and code points count from 1, and the end column is the one after the mark."""
    path = write(tmp_path / "README.md", SHORT)
    assert commands(path) == [
        Command(
            "error",
            {
                "file": str(path),
                "line": "7",
                "endLine": "7",
                "col": "30",
                "endColumn": "40",
                "title": "answer-too-short",
            },
            "Question 1: 1 of 3-10 words: add 2",
        )
    ]


def test_severities(tmp_path: Path) -> None:
    """Severities become the three levels of GitHub: error, warning and notice."""
    text = LEFT.replace("In a box in the garden.", "--- question 2 fill here ---")
    found = [(command.name, command.properties["title"]) for command in commands(write(tmp_path / "a.md", text))]
    assert found == [("warning", "placeholder-left"), ("notice", "unanswered")]


def test_escapes(tmp_path: Path) -> None:
    """Characters with a meaning for the runner survive in paths and messages."""
    text = PERFECT.replace("In a box", "![x](figures/50%25,a::b%0A.png) In a box")
    path = write(tmp_path / "100%,a::b%0A.md", text)
    (command,) = commands(path)
    assert command.properties["file"] == str(path)
    assert "figures/50%,a::b" in command.data


def test_path_is_seen_from_the_repository(tmp_path: Path) -> None:
    """In a subfolder of the repository, paths are still relative to its root."""
    write(tmp_path / "reports" / "README.md", SHORT)
    env = environment(GITHUB_WORKSPACE=str(tmp_path))
    ran = process("check", "--format", "github", "README.md", cwd=tmp_path / "reports", env=env)
    assert read(ran.out.strip()).properties["file"] == "reports/README.md"


def test_configuration(tmp_path: Path) -> None:
    """A problem in a configuration file is an annotation on that file."""
    write(tmp_path / "reportls.toml", "ignroe = []\n")
    (command,) = commands(write(tmp_path / "README.md"))
    assert command.name == "warning"
    assert command.properties["file"].endswith("reportls.toml")
    place = [command.properties[key] for key in ("line", "col", "endColumn", "title")]
    assert place == ["1", "1", "7", "configuration"]


def test_what_could_not_be_judged(tmp_path: Path) -> None:
    """A report that could not be judged leads to an annotation."""
    (command,) = commands(tmp_path / "nowhere.md")
    assert command.name == "error"
    assert command.data == f"{tmp_path / 'nowhere.md'}: there is no such file"
