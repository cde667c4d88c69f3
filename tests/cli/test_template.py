"""Tests of `reportls template`: the slots and limits of a blank file, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportls.cli import main
from reportls.configuration import read_configuration
from reportls.host.configuration import configuration_in

BLANK = """\
# Field trip

## Route

> Where will you walk? At most 800 characters.

[Write your answer here]

## Gear (optional)

Three items.
"""


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["template", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each slot is listed with its limits, the words that state them, and its placeholders."""
    path = tmp_path / "blank.md"
    path.write_text(BLANK, "utf-8")
    code, out, err = _run(capsys, str(path))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Route  (line 3)",
        "    at most 800 characters: “At most 800 characters” on line 5",
        "    to be replaced: “[Write your answer here]”",
        "Gear (optional)  (line 9, optional)",
        "",
        "2 places to answer, 1 with a limit",
    ]


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON has the same for programs."""
    path = tmp_path / "blank.md"
    path.write_text(BLANK, "utf-8")
    code, out, _ = _run(capsys, str(path), "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert (found["version"], found["path"], found["limits"], found["not_understood"]) == (1, str(path), [], [])
    route, gear = found["slots"]
    assert route == {
        "name": "Route",
        "line": 3,
        "optional": False,
        "marker": None,
        "placeholders": ["[Write your answer here]"],
        "limits": [
            {
                "unit": "characters",
                "at_least": None,
                "at_most": 800,
                "about": False,
                "text": "At most 800 characters",
                "line": 5,
            }
        ],
    }
    assert gear["optional"]


def test_json_has_the_limits_of_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A limit of a section with several places to answer is in the JSON under its name; one of the document is not."""
    path = tmp_path / "blank.md"
    path.write_text("# Plan\n\n## Method\n\nAt most 500 words.\n\n### Data\n\n### Model\n\n## Risks\n", "utf-8")
    found = json.loads(_run(capsys, str(path), "--format", "json")[1])
    assert (found["limits"], [part["name"] for part in found["parts"]]) == ([], ["Method"])
    assert [*found] == ["version", "path", "limits", "slots", "not_understood", "parts"]


def test_not_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A limit that cannot be read is named with its place, and the exit code is 1."""
    path = tmp_path / "blank.md"
    path.write_text("## Results\n\nReport at least two examples.\n", "utf-8")
    code, out, _ = _run(capsys, str(path))
    assert code == 1
    assert f"{path}:3:8: “at least two examples”" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file"),
        (b"\xff\xfe#\x00", "UTF-16"),
        (b"# caf\xe9\n", "not UTF-8"),
        (b"", "this file has no place to answer"),
        (b"Just a letter.\n", "this file has no place to answer"),
        (b"x" * 1_000_001, "at most 1 MB"),
    ],
)
def test_bad_files(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str) -> None:
    """A file that is no template is refused with exit code 2 and a message that names it."""
    path = tmp_path / "blank.md"
    if content is not None:
        path.write_bytes(content)
    code, out, err = _run(capsys, str(path))
    assert (code, out) == (2, "")
    assert str(path) in err
    assert words in err


@pytest.mark.parametrize("blank", ["blank.md", "forms/blank one.md", "../blank.md"])
def test_write(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    """`--write` writes the configuration into this folder if the blank file lies in it, else beside the blank file."""
    target, value = ("../reportls.toml", "blank.md") if blank.startswith("..") else ("reportls.toml", blank)
    (tmp_path / "course" / "forms").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "course")
    Path(blank).write_text(BLANK, "utf-8")
    code, out, err = _run(capsys, blank, "--write", "--format", "json")
    assert (code, err) == (0, f'reportls: {target}: written, with the line `template = "{value}"`\n')
    assert json.loads(out)["path"] == blank
    settings, problems = read_configuration(Path(target).read_text("utf-8"))
    assert (settings.template, problems) == (value, ())
    before = Path(target).read_bytes()
    code, _, err = _run(capsys, blank, "--write")
    assert (code, err) == (0, f"reportls: {target}: names this template already, and was left as it is\n")
    assert Path(target).read_bytes() == before


def test_write_while_somebody_saves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A configuration that is saved after `--write` has looked for one stays as it is, and the exit code is 2."""
    path, saved = tmp_path / "blank.md", tmp_path / "reportls.toml"
    path.write_text(BLANK, "utf-8")

    def looked_and_saved(folder: Path) -> object:
        found = configuration_in(folder)
        saved.write_text("strict = true\n", "utf-8")
        return found

    monkeypatch.setattr("reportls.cli.template.configuration_in", looked_and_saved)
    code, _, err = _run(capsys, str(path), "--write")
    assert code == 2
    assert f"{saved}: somebody else saved this file in the meantime, so nothing was written: run this again" in err
    assert saved.read_text("utf-8") == "strict = true\n"
    assert {*tmp_path.iterdir()} == {path, saved}


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("reportls.toml", "strict = true\n", "is there already"),
        ("reportls.toml", 'template = "other.md"\n', "names another template"),
        ("pyproject.toml", "[tool.reportls]\nstrict = true\n", "is there already"),
    ],
)
def test_write_keeps_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, what: str
) -> None:
    """`--write` leaves another configuration as it is, names the line to add, and exits with 2."""
    path = tmp_path / "blank.md"
    path.write_text(BLANK, "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    code, _, err = _run(capsys, str(path), "--write")
    assert code == 2
    assert f'{name}: {what}, and was left as it is: write `template = "blank.md"` among its settings yourself' in err
    assert (tmp_path / name).read_text("utf-8") == text
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(["blank.md", name])
