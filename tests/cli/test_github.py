"""`--format github`: commands that come through as they were meant, read here by the rules of GitHub's runner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.cli.reports import LEFT, PERFECT, SHORT, write
from tests.cli.running import environment, process, reportls

if TYPE_CHECKING:
    from pathlib import Path

_COMMAND = re.compile(r"::(?P<name>[^ :]+)(?: (?P<properties>.*?))?::(?P<data>.*)", re.DOTALL)


class Command(NamedTuple):
    """A workflow command."""

    name: str
    properties: dict[str, str]
    data: str


def unescape(text: str, *, is_property: bool) -> str:
    """Undo the escapes, the percent sign last."""
    escapes = {"%0D": "\r", "%0A": "\n", **({"%3A": ":", "%2C": ","} if is_property else {}), "%25": "%"}
    for escape, char in escapes.items():
        text = text.replace(escape, char)
    return text


def read(line: str) -> Command:
    """One line of output: from `::` to the next `::` are the name and, after a space, properties between commas."""
    match = _COMMAND.fullmatch(line)
    assert match, line
    pairs = (pair.partition("=") for pair in (match["properties"] or "").split(","))
    properties = {key: unescape(value, is_property=True) for key, _, value in pairs}
    return Command(match["name"], properties, unescape(match["data"], is_property=False))


def commands(*arguments: str | Path) -> list[Command]:
    """Every line is a command."""
    return [read(line) for line in reportls("check", "--format", "github", *arguments).out.splitlines()]


def test_place_and_words(tmp_path: Path) -> None:
    """Lines and code points from 1; the end is the column after the mark."""
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
            "1 word, 3-10 wanted: add at least 2",
        )
    ]


def test_severities(tmp_path: Path) -> None:
    """GitHub knows errors, warnings and notices."""
    text = LEFT.replace("In a box in the garden.", "--- question 2 fill here ---")
    found = [(command.name, command.properties["title"]) for command in commands(write(tmp_path / "a.md", text))]
    assert found == [("warning", "placeholder-left"), ("notice", "unanswered")]


def test_escapes(tmp_path: Path) -> None:
    """Signs that mean something to the runner come through in paths and messages."""
    text = PERFECT.replace("In a box", "![x](figures/50%25,a::b%0A.png) In a box")
    path = write(tmp_path / "100%,a::b%0A.md", text)
    (command,) = commands(path)
    assert command.properties["file"] == str(path)
    assert "figures/50%,a::b" in command.data


def test_path_is_seen_from_the_repository(tmp_path: Path) -> None:
    """Run in a folder of it, the annotation still finds its file."""
    write(tmp_path / "reports" / "README.md", SHORT)
    env = environment(GITHUB_WORKSPACE=str(tmp_path))
    ran = process("check", "--format", "github", "README.md", cwd=tmp_path / "reports", env=env)
    assert read(ran.out.strip()).properties["file"] == "reports/README.md"


def test_configuration(tmp_path: Path) -> None:
    """What is wrong in a configuration file is marked there."""
    write(tmp_path / "reportls.toml", "ignroe = []\n")
    (command,) = commands(write(tmp_path / "README.md"))
    assert command.name == "warning"
    assert command.properties["file"].endswith("reportls.toml")
    place = [command.properties[key] for key in ("line", "col", "endColumn", "title")]
    assert place == ["1", "1", "7", "configuration"]


def test_what_could_not_be_judged(tmp_path: Path) -> None:
    """It is an annotation, too."""
    (command,) = commands(tmp_path / "nowhere.md")
    assert command.name == "error"
    assert command.data == f"{tmp_path / 'nowhere.md'}: there is no such file"
