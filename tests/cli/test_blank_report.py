"""Tests of `template --check` and `edition --draft`: a blank report and the course's script, before groups get them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportls.editions.edition import builtin
from reportls.report.checker import Variant
from reportls.report.kinds import Constraints, Limit
from reportls.report.prompt import fingerprint
from tests.cli.reports import write
from tests.cli.running import reportls
from tests.support.checkers import checker

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = (Constraints((Limit(3, 10), None)), Constraints((None, Limit(1, 2))), Constraints((None, None)))
SCRIPT = checker(Variant(3), LIMITS, "dict")
_QUESTION = """\
### Question {number}

> **What is it about thing {number}?**
>
{limit}> Answer:

--- question {number} fill here ---

"""
_STATED = ("> Recommended answer length: 3-10 words.\n>\n", "> Insert 1-2 images.\n>\n", "")
BLANK = "# Bees\n\n* [ ] Buy bees (B1)\n\n" + "".join(
    _QUESTION.format(number=number, limit=limit) for number, limit in enumerate(_STATED, start=1)
)


def check(folder: Path, blank: str) -> tuple[int, list[str]]:
    """Return the exit code and the lines, with line numbers instead of places."""
    write(folder / "README.md", blank)
    write(folder / "report.py", SCRIPT)
    ran = reportls("template", folder / "README.md", "--check")
    assert ran.err == ""
    return ran.code, [line.removeprefix(f"{folder / 'README.md'}:") for line in ran.out.splitlines()]


def test_nothing_to_change(tmp_path: Path) -> None:
    """A template that agrees with its script leaves nothing to change."""
    assert check(tmp_path, BLANK) == (0, ["3 questions: the template and the script agree"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("3-10 words", "3-12 words", "5: question 1: the prompt says 3-12 words, the script 3-10 words"),
        (
            "> Insert 1-2 images.\n>\n",
            "",
            "15: question 2: the prompt says nothing about images, the script 1-2 images",
        ),
        (
            "thing 3?**\n",
            "thing 3?**\n>\n> Answer length: 1-5 words.\n",
            "25: question 3: the prompt says 1-5 words, the script sets no limit of words",
        ),
        (
            "--- question 2 fill here ---",
            "asdfasdf",
            "15: question 2: `asdfasdf` is in the place of `--- question 2 fill here ---`",
        ),
        ("--- question 2 fill here ---", "", "15: question 2: `--- question 2 fill here ---` is missing"),
        (
            "--- question 2 fill",
            "--- question 1 fill",
            "15: question 2: the placeholder belongs to another question: `--- question 1 fill here ---`",
        ),
        ("### Question 3", "### Question 4", "1: questions that only the script has: 3"),
        ("### Question 3", "### Question 2", "15: question 2: 2 headings have this number"),
        (
            "> Answer:\n\n--- question 1",
            "--- question 1",
            "1: the script crashes on this file: 2 answers found, 3 expected",
        ),
    ],
)
def test_complaints(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Each way in which template and script disagree is told with its line."""
    assert old in BLANK
    code, lines = check(tmp_path, BLANK.replace(old, new, 1))
    assert code == 1
    assert said in lines, lines


def test_script_that_is_not_there(tmp_path: Path) -> None:
    """Without a script, or with another program, there is nothing to hold the template against."""
    blank = write(tmp_path / "README.md", BLANK)
    assert "report.py" in reportls("template", blank, "--check").err
    other = write(tmp_path / "other.py", "print('bees')\n")
    ran = reportls("template", blank, "--check", "--script", other)
    assert (ran.code, "no script of a course" in ran.err) == (2, True)


def test_complaints_about_several_questions(tmp_path: Path) -> None:
    """Questions that are missing, and questions in another order than the script's."""
    first, second, third = (BLANK.index(f"### Question {number}") for number in (1, 2, 3))
    _, lines = check(tmp_path, BLANK[:second])
    assert "1: questions that only the script has: 2, 3" in lines
    _, lines = check(tmp_path, BLANK[:first] + BLANK[second:third] + BLANK[first:second] + BLANK[third:])
    assert lines == [
        "1: the questions are not in the order of their numbers, but the script goes by position",
        "3 questions: 1 thing to change",
    ]


def test_draft(tmp_path: Path) -> None:
    """The draft has the script's limits and fingerprints of the template's texts, and none of its words."""
    blank, script = write(tmp_path / "README.md", BLANK), write(tmp_path / "report.py", SCRIPT)
    ran = reportls("edition", "bees-2027", "--draft", blank, script)
    draft = json.loads(ran.out)
    assert (draft["id"], draft["answers_expected"]) == ("bees-2027", 3)
    assert draft["questions"] == {"1": {"words": [3, 10]}, "2": {"images": [1, 2]}, "3": {}}
    assert [*map(len, (draft["titles"], draft["tasks"], draft["prompts"]))] == [1, 1, 3]
    assert draft.keys() <= {
        "id",
        "since",
        "answers_expected",
        "roles",
        "questions",
        "titles",
        "tasks",
        "prompts",
        "examples",
        "sentences",
    }
    assert "thing" not in ran.out
    without = json.loads(reportls("edition", "--draft", blank).out)
    assert without["questions"] == draft["questions"]


def test_draft_of_sentences(tmp_path: Path) -> None:
    """A prompt and an example of several sentences have a fingerprint for each, so that a changed one can be named."""
    prompt = "**What is it about thing 1?**"
    blank = BLANK.replace(prompt, "**What is it? Why so?**\n> Example: *Bees. They fly.*")
    draft = json.loads(reportls("edition", "--draft", write(tmp_path / "README.md", blank)).out)
    assert draft["sentences"] == {
        draft["prompts"]["1"][0]: [fingerprint("What is it?"), fingerprint("Why so?")],
        draft["examples"]["1"][0]: [fingerprint("Bees."), fingerprint("They fly.")],
        draft["prompts"]["2"][0]: [fingerprint("What is it about thing 2?"), fingerprint("Insert 1-2 images.")],
    }
    assert "2" not in draft["examples"]


def test_draft_of_an_old_script(tmp_path: Path) -> None:
    """What an old script does otherwise is in the draft."""
    edition = builtin("dtu-02476-2022")
    script = write(tmp_path / "report.py", checker(edition.variant, edition.limits, "list"))
    draft = json.loads(reportls("edition", "--draft", write(tmp_path / "README.md", BLANK), script).out)
    assert (draft["drops"], draft["first_part_counts"], draft["answers_expected"]) == (43, True, 27)


@pytest.mark.parametrize("files", [["README.md", "a.py", "b.py"], ["notes.md"], ["nowhere.md"]])
def test_bad_drafts(tmp_path: Path, files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many files, another text, and a file that is not there lead to a message."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "README.md", BLANK)
    write(tmp_path / "notes.md", "# Honey\n")
    ran = reportls("edition", "--draft", *files)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
