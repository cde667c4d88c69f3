"""The page on another course is right: its template and configuration work from the first check to the table."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.running import process, reportls

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = Path(__file__).parents[1] / "server" / "docs" / "another-course.md"
PICTURE = Path(__file__).parents[1] / "server" / "reportls" / "demo" / "reports" / "figures" / "sketch.png"
_FENCE = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FENCED = dict(_FENCE.findall(PAGE.read_text("utf-8")))
GOOD = (
    "Group 1",
    "s123456, s234567",
    "Our plot lies at the edge of the wood, for nobody mows the ground there, so what grows in it came by itself.",
    "Heather, birch and two kinds of moss, with the first bracken between them.\n\n![The plot in May](photos/plot.png)",
    "s123456 counted the plants, s234567 drew the map and wrote the report.",
)
BAD = (
    "The Mosses",
    "s345678, 456789",
    "By the lake.",
    "Reed and sedge.\n\n## In the water\n\nDuckweed, more than we could count.\n\n![The lake](photos/lake.png)",
    "s345678 did everything, from the first day in the field until the last.",
)


def group(folder: Path, answers: Sequence[str] = ()) -> Path:
    """Create a group's repository with these answers in the template."""
    text = FENCED["markdown"]
    for number, answer in enumerate(answers, start=1):
        text = text.replace(f"--- question {number} fill here ---", answer)
    (folder / "report" / "photos").mkdir(parents=True)
    (folder / "report" / "README.md").write_text(text, "utf-8")
    (folder / "reportls.toml").write_text(FENCED["toml"], "utf-8")
    copyfile(PICTURE, folder / "report" / "photos" / "plot.png")
    return folder


def judged(folder: Path) -> dict[str, Any]:
    """Return what `check` finds in the group's report; the configuration must have no problems."""
    document = json.loads(reportls("check", "--format", "json", folder).out)
    assert document["configuration"] == []
    (report,) = document["reports"]
    assert report["edition"] is None
    return report  # type: ignore[no-any-return]


def rules(report: dict[str, Any]) -> set[tuple[int, str, str]]:
    """Return question, rule and severity of each finding."""
    return {(found["question"], found["rule"], found["severity"]) for found in report["findings"]}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Create a folder with both groups."""
    group(tmp_path / "groups" / "1", GOOD)
    group(tmp_path / "groups" / "2", BAD)
    return tmp_path


def test_template(tmp_path: Path) -> None:
    """The template has no mistakes, every question is unanswered, and the limits are those on the page."""
    report = judged(group(tmp_path / "template"))
    assert rules(report) == {(number, "unanswered", "information") for number in range(1, 6)}
    words = [question["constraints"]["words"] for question in report["questions"]]
    images = [question["constraints"]["images"] for question in report["questions"]]
    assert words == [None, None, [20, 60], [10, 40], [10, 80]]
    assert images == [None, None, None, [1, 2], None]


def test_template_needs_no_configuration(tmp_path: Path) -> None:
    """Without the configuration, only the limit that it sets is missing."""
    folder = group(tmp_path / "template")
    (folder / "reportls.toml").unlink()
    words = [question["constraints"]["words"] for question in judged(folder)["questions"]]
    assert words == [None, None, [20, 60], [10, 40], None]


def test_good_answers_pass(course: Path) -> None:
    """Good answers pass without findings."""
    ran = reportls("check", course / "groups" / "1", "--format", "concise", "--quiet")
    assert (ran.code, ran.out) == (0, "")


def test_mistakes_are_found(course: Path) -> None:
    """The mistakes that the page asks the teacher to make are found, and those about roles too."""
    report = judged(course / "groups" / "2")
    assert [question["passed"] for question in report["questions"]] == [True, True, False, False, True]
    assert rules(report) == {
        (1, "group-number", "warning"),
        (2, "member-without-contribution", "warning"),
        (2, "study-number", "hint"),
        (3, "answer-too-short", "error"),
        (4, "answer-too-short", "error"),
        (4, "too-few-images", "error"),
        (4, "answer-cut-off", "error"),
        (4, "image-not-found", "warning"),
    }


def test_page_of_a_group(course: Path) -> None:
    """The group's page is written where the page on another course says."""
    assert reportls("html", course / "groups" / "2").code == 0
    assert "By the lake." in (course / "groups" / "2" / "report" / "report.html").read_text("utf-8")


def test_overview(course: Path, request: pytest.FixtureRequest) -> None:
    """The overview prints the table on the page."""
    ran = process("overview", "groups", cwd=course)
    table = "".join(f"{line.rstrip()}\n" for line in ran.out.splitlines())
    if request.config.getoption("--update-docs"):
        PAGE.write_text(PAGE.read_text("utf-8").replace(FENCED["text"], table), "utf-8")
        FENCED["text"] = table
    assert ran.code == 0
    assert table == FENCED["text"], "run: pytest --update-docs tests/test_another_course.py"


def test_overview_as_pages(course: Path) -> None:
    """The overview writes one page for the course and one for each group."""
    assert process("overview", "groups", "--html", "pages", cwd=course).code == 0
    assert (course / "pages" / "index.html").exists()
    assert len([*(course / "pages" / "groups").glob("*.html")]) == 2


def test_configuration_beside_the_reports_goes_before_the_groups(course: Path) -> None:
    """A group that lowers a limit passes it, unless the teacher's configuration lies beside its report."""
    theirs = course / "groups" / "2" / "reportls.toml"
    theirs.write_text(f"{FENCED['toml']}\n[questions.3]\nwords = [0, 60]\n", "utf-8")
    assert judged(theirs.parent)["questions"][2]["passed"]
    (theirs.parent / "report" / "reportls.toml").write_text(FENCED["toml"], "utf-8")
    assert not judged(theirs.parent)["questions"][2]["passed"]
