"""Tests that `--format json` keeps its contract with other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportls.editions.edition import IDS, builtin
from tests.cli.reports import LEFT, PERFECT, SHORT, write
from tests.cli.running import reportls

if TYPE_CHECKING:
    from pathlib import Path


def checked(*arguments: str | Path) -> Any:  # noqa: ANN401  # JSON
    """Return the parsed output of `check`."""
    return json.loads(reportls("check", "--format", "json", *arguments).out)


def test_whole_document(tmp_path: Path) -> None:
    """The document has every documented key with its value."""
    path = write(tmp_path / "README.md", SHORT)
    assert checked(path) == {
        "version": 1,
        "configuration": [],
        "reports": [
            {
                "path": str(path),
                "edition": None,
                "checker": {"completed": True, "passed": 1, "total": 2, "answers": 2, "error": None},
                "form": None,
                "slots": [],
                "summary": None,
                "questions": [
                    {
                        "number": 1,
                        "line": 8,
                        "words": 1,
                        "images": 0,
                        "passed": False,
                        "answered": True,
                        "constraints": {"words": [3, 10], "images": None},
                    },
                    {
                        "number": 2,
                        "line": 16,
                        "words": 6,
                        "images": 0,
                        "passed": True,
                        "answered": True,
                        "constraints": {"words": None, "images": None},
                    },
                ],
                "findings": [
                    {
                        "rule": "answer-too-short",
                        "severity": "error",
                        "question": 1,
                        "message": "Question 1: 1 of 3-10 words: add 2",
                        "range": {"start": {"line": 6, "character": 29}, "end": {"line": 6, "character": 39}},
                        "fixes": [],
                    }
                ],
            }
        ],
        "summary": {"reports": 1, "completed": 1, "errors": 1, "warnings": 0, "information": 0, "hints": 0},
    }


def test_fixes(tmp_path: Path) -> None:
    """A fix has a title and tells whether it is safe to apply in bulk."""
    report = checked(write(tmp_path / "README.md", LEFT))["reports"][0]
    assert report["findings"][0]["fixes"] == [{"title": "remove the placeholder", "safe": True}]


def test_columns_are_utf_16(tmp_path: Path) -> None:
    """Columns are UTF-16 units, so an emoji counts two; lines count from 0 with any line end."""
    text = PERFECT.replace("In a box", "😋é ![x](figures/no.png) In a box").replace("\n", "\r\n")
    finding = checked(write(tmp_path / "README.md", "\ufeff" + text))["reports"][0]["findings"][0]
    assert finding["rule"] == "image-not-found"
    assert finding["range"] == {"start": {"line": 18, "character": 9}, "end": {"line": 18, "character": 23}}


def test_crash(tmp_path: Path) -> None:
    """If the check crashes, the questions are the author's, without the values that only the checker knows."""
    report = checked("--edition", "dtu-02476-2026", write(tmp_path / "README.md", PERFECT))["reports"][0]
    assert report["edition"] == "dtu-02476-2026"
    assert report["checker"] == {
        "completed": False,
        "passed": None,
        "total": 31,
        "answers": 2,
        "error": "2 answers found, 31 expected",
    }
    assert [question["number"] for question in report["questions"]] == [1, 2]
    assert [question["line"] for question in report["questions"]] == [8, 16]
    for question in report["questions"]:
        assert (question["words"], question["images"], question["passed"]) == (None, None, None)
        assert question["answered"]


def test_answered(tmp_path: Path) -> None:
    """A placeholder or nothing is not an answer; a placeholder with other text is one."""
    texts = ["--- question 2 fill here ---", "", "--- question 2 fill here --- here.", "<!-- to do -->"]
    found = [
        checked(write(tmp_path / "README.md", PERFECT.replace("In a box in the garden.", text)))["reports"][0]
        for text in texts
    ]
    assert [report["questions"][1]["answered"] for report in found] == [False, False, True, True]


def test_questions_follow_the_checker(tmp_path: Path) -> None:
    """After a lost marker and an extra `###`, entry i is the checker's i-th answer, wherever it stands."""
    three = PERFECT + "\n### Question 3\n\n> **Why?**\n>\n> Answer:\n\nFor the honey.\n"
    bent = three.replace("> **Where do they live?**\n>\n> Answer:\n", "> **Where do they live?**\n")
    report = checked(write(tmp_path / "README.md", bent + "\n### More\n"))["reports"][0]
    assert report["checker"]["completed"]
    lines = bent.splitlines()
    assert [lines[question["line"]] for question in report["questions"]] == ["> Answer:"] * 3
    assert [question["number"] for question in report["questions"]] == [1, 2, 3]
    # The last part is there twice: once for its `###`, once for being the last.
    assert report["questions"][1]["line"] == report["questions"][2]["line"]


def test_configuration(tmp_path: Path) -> None:
    """A problem in a configuration file is listed with the file's path, and counts."""
    path = write(tmp_path / "README.md")
    write(tmp_path / "reportls.toml", 'figures = "figures"\nignroe = []\n')
    document = checked(path)
    found = document["configuration"][0]
    assert found["path"].endswith("reportls.toml")
    assert (found["rule"], found["severity"]) == ("configuration", "warning")
    assert found["range"] == {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 6}}
    assert document["summary"]["warnings"] == 1


def test_nothing(tmp_path: Path) -> None:
    """Without any report, the output is still a document."""
    empty = {"version": 1, "configuration": [], "reports": []}
    assert {key: value for key, value in checked(tmp_path).items() if key != "summary"} == empty


def test_is_ascii(tmp_path: Path) -> None:
    """The output is ASCII, so that no encoding can spoil it and nothing in it controls a terminal."""
    text = PERFECT.replace("In a box", "![x](figures/\x9b😋\x1b.png) In a box")
    path = write(tmp_path / "README.md", text)
    assert reportls("check", "--format", "json", path, encoding="ascii").out.replace("\n", "").isprintable()


def test_columns_in_the_configuration_are_utf_16(tmp_path: Path) -> None:
    """Columns of problems in the configuration are UTF-16 units."""
    write(tmp_path / "reportls.toml", 'ignore = ["\U0001f41d", "banana"]\n')
    path = write(tmp_path / "README.md")
    (*_, last) = json.loads(reportls("check", "--format", "json", path).out)["configuration"]
    line = 'ignore = ["\U0001f41d", '
    assert last["range"]["start"]["character"] == len(line.encode("utf-16-le")) // 2


def test_numbers_of_a_crash_are_those_of_findings(tmp_path: Path) -> None:
    """Where an edition's headings leave out a number, findings and questions both use positions."""
    for edition in IDS:
        numbers = tuple(builtin(edition).positions) or tuple(range(1, 28))
        text = "".join(f"### Question {number}\n\n> Answer:\n\n" for number in numbers[:-3])
        path = write(tmp_path / "README.md", text)
        (report,) = checked("--edition", edition, path)["reports"]
        assert not report["checker"]["completed"]
        found = {finding["question"] for finding in report["findings"]} - {None}
        assert found <= {question["number"] for question in report["questions"]}
        positions = [builtin(edition).position_of(number) for number in numbers[:-3]]
        assert [question["number"] for question in report["questions"]] == positions
