"""Tests of the action's results: annotations, the job summary, outputs, files, and failing on request."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportls.cli.formats.json import VERSION
from tests.action.job import ACTION, ROOT, Job
from tests.cli.reports import LEFT, NO_REPORT, PERFECT, SHORT, judged, write
from tests.support.schemas import schema

REPORT = "reports/README.md"
CRASHING = PERFECT.replace("> Answer:\n", "", 1)
UNANSWERED = PERFECT.replace("They eat what flowers give them.", "")
"""A report with nothing but information, which the course's checker still does not pass."""


def test_action_has_the_form_of_one() -> None:
    """`action.yml` is valid by the published schema, and every input and output has a description."""
    assert not [*schema("github-action.json").iter_errors(ACTION)]
    assert all(declared["description"] for kind in ("inputs", "outputs") for declared in ACTION[kind].values())


def test_actions_of_others_are_named_by_their_commit() -> None:
    """Other actions are pinned to a commit, as a tag can be moved."""
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert used
    for name in used:
        assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40}", name), name


def test_perfect_report(tmp_path: Path) -> None:
    """A perfect report in a default place leads to exactly this summary and these outputs."""
    job = Job(tmp_path)
    judged(job.workspace / REPORT, PERFECT)
    done = job.run(fail_on="warning")
    assert done.code == 0
    assert done.log == ""
    outputs = job.outputs
    assert Path(outputs.pop("sarif")).parent.parent == job.temp
    assert outputs == {
        "passed": "2",
        "total": "2",
        "completed": "true",
        "verdict": "passed",
        "errors": "0",
        "warnings": "0",
        "page": "",
    }
    assert done.summary == (
        "## reports&#47;README&#46;md\n\n**2 of 2 questions pass.** 0 errors, 0 warnings.\n\n"
        "| question | words | wanted | images | wanted | |\n|--:|--:|:--|--:|:--|:--|\n"
        "| 1 | 6 | 3-10 | 0 |  | ✅ passes |\n| 2 | 6 |  | 0 |  | ✅ passes |\n\n"
    )


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (PERFECT, "warning", 0),
        (LEFT, "error", 0),
        (LEFT, "warning", 1),
        (SHORT, "never", 0),
        (SHORT, "error", 1),
        (CRASHING, "error", 1),
        (UNANSWERED, "error", 1),
        (UNANSWERED, "never", 0),
    ],
)
def test_failing(tmp_path: Path, text: str, fail_on: str, code: int) -> None:
    """The input `fail-on` decides; a failed question counts as an error, whatever its finding's severity."""
    job = Job(tmp_path)
    judged(job.workspace / REPORT, text)
    assert job.run(fail_on=fail_on).code == code


TEMPLATE = "# Trip\n\n## Route\n\nAt most 3 words.\n\n[Write here]\n\n## Gear\n\n[Write here]\n"
"""The blank file of another course, which has no checker."""


@pytest.mark.parametrize(
    ("answer", "fail_on", "verdict", "code"),
    [
        ("Boots.", "warning", "passed", 0),
        ("Boots and a map.", "error", "failed", 1),
        ("[Write here]", "error", "failed", 1),
    ],
)
def test_template(tmp_path: Path, answer: str, fail_on: str, verdict: str, code: int) -> None:
    """With a template, the table has its places to answer, and what counts is that all are answered in their limits."""
    job = Job(tmp_path)
    write(job.workspace / "template.md", TEMPLATE)
    write(job.workspace / "reportls.toml", 'template = "template.md"\n')
    write(job.workspace / "report.md", TEMPLATE.replace("[Write here]", answer))
    done = job.run(fail_on=fail_on)
    assert (done.code, job.outputs["verdict"], job.outputs["total"]) == (code, verdict, "2")
    assert "| question | found | wanted | |" in done.summary
    assert "| Route |" in done.summary
    assert "at most 3 words" in done.summary


def test_template_of_the_job(tmp_path: Path) -> None:
    """The input for the template goes before what the group's configuration names, and the page is made by it."""
    job = Job(tmp_path)
    write(job.workspace / "template.md", TEMPLATE.replace("3 words", "300 words"))
    write(job.workspace / "reportls.toml", 'template = "template.md"\n')
    write(job.workspace / "group" / "report.md", TEMPLATE.replace("[Write here]", "Boots and a map."))
    write(job.workspace / "course" / "blank file.md", TEMPLATE)
    done = job.run(template="course/blank file.md", path="group", upload_page="true")
    assert (done.code, job.outputs["verdict"]) == (0, "failed")
    assert "at most 3 words" in done.summary
    assert "blank file.md" in (Path(job.outputs["page"]) / "report.html").read_text("utf-8")


def test_nothing_fails_unless_asked(tmp_path: Path) -> None:
    """By default the action does not fail, as an unfinished report should not mark every push as failed."""
    job = Job(tmp_path)
    judged(job.workspace / REPORT, SHORT)
    assert job.run().code == 0
    assert job.outputs["verdict"] == "failed"


def test_line_is_marked(tmp_path: Path) -> None:
    """Annotations name the file relative to the repository's root, which GitHub requires."""
    job = Job(tmp_path)
    judged(job.workspace / REPORT, SHORT)
    line = job.run().log
    assert line.startswith(
        f"::error file={REPORT},line=7,endLine=7,col=30,endColumn=40,title=answer-too-short::"
        "Question 1: 1 of 3-10 words: add 2"
    )


def test_findings_on_the_page(tmp_path: Path) -> None:
    """The summary shows how far each answer is from its limit, and a folded table of findings."""
    job = Job(tmp_path)
    judged(job.workspace / REPORT, SHORT)
    page = job.run().summary
    assert "**1 of 2 questions pass.** 1 error, 0 warnings." in page
    assert "| 1 | 1 | 3-10 | 0 |  | ❌ 2 words too few |" in page
    assert "| 7 | error | answer&#45;too&#45;short | Question 1&#58; 1 of 3" in page


def test_check_that_crashes(tmp_path: Path) -> None:
    """After a crash there is no number of passed questions, and the summary gives the reason."""
    job = Job(tmp_path)
    judged(job.workspace / REPORT, CRASHING)
    page = job.run().summary
    outputs = job.outputs
    assert (outputs["completed"], outputs["passed"], outputs["verdict"]) == ("false", "", "failed")
    assert "**The course's check crashes:**" in page
    assert "| 1 |  | 3-10 |  |  | answered |" in page


def test_several_reports(tmp_path: Path) -> None:
    """Several paths are given on lines of their own, and the outputs are sums."""
    job = Job(tmp_path)
    judged(job.workspace / "a" / "README.md", PERFECT)
    judged(job.workspace / "b c" / "README.md", SHORT)
    page = job.run(path="a\n  b c/README.md\n").summary
    assert [line for line in page.splitlines() if line.startswith("#")] == [
        "## a&#47;README&#46;md",
        "## b c&#47;README&#46;md",
    ]
    assert (job.outputs["passed"], job.outputs["total"]) == ("3", "4")


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, "no report in reports/, report/ or this folder"),
        ({"path": "nowhere"}, "there is no such file"),
        ({"path": "notes.md"}, "no report among the paths"),
        ({"edition": "dtu-02476-1999"}, "dtu-02476-1999"),
        ({"template": "nowhere.md"}, "nowhere.md"),
    ],
    ids=["none", "missing", "other Markdown", "unknown edition", "missing template"],
)
def test_nothing_to_judge(tmp_path: Path, inputs: dict[str, str], said: str) -> None:
    """If there is nothing to judge, the action fails: a wrong path would otherwise look like success."""
    job = Job(tmp_path)
    write(job.workspace / "notes.md", NO_REPORT)
    done = job.run(fail_on="never", upload_sarif="true", upload_page="true", **inputs)
    assert done.code == 1
    assert re.search(rf"^::error title=reportls::.*{re.escape(said)}", done.log, re.MULTILINE)
    assert (job.outputs["verdict"], job.outputs["completed"], job.outputs["sarif"]) == ("none", "false", "")
    assert [*job.used] == ["actions/setup-python"]
    assert "Traceback" not in done.log


def test_unknown_way_to_fail(tmp_path: Path) -> None:
    """An unknown value for failing leads to a message with the valid ones."""
    done = Job(tmp_path).run(fail_on="Errors")
    assert done.code == 1
    assert done.log == "::error title=reportls::`fail-on` is 'Errors', and can be `error`, `warning` or `never`\n"


def test_edition(tmp_path: Path) -> None:
    """The input for the edition decides which limits count."""
    job = Job(tmp_path)
    judged(job.workspace / REPORT, PERFECT)
    job.run(edition="dtu-02476-2026")
    assert (job.outputs["completed"], job.outputs["total"]) == ("false", "31")


def test_uploads(tmp_path: Path) -> None:
    """Files are uploaded even if the check fails, when they are most needed."""
    job = Job(tmp_path)
    judged(job.workspace / REPORT, SHORT)
    done = job.run(fail_on="error", upload_sarif="true", upload_page="true")
    assert done.code == 1
    sarif, page = job.outputs["sarif"], job.outputs["page"]
    assert job.used["github/codeql-action/upload-sarif"]["sarif_file"] == sarif
    assert job.used["actions/upload-artifact"]["path"] == page
    (result,) = json.loads(Path(sarif).read_bytes())["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": REPORT, "uriBaseId": "%SRCROOT%"}


def test_no_uploads_unless_asked(tmp_path: Path) -> None:
    """Without the input, nothing is uploaded."""
    job = Job(tmp_path)
    judged(job.workspace / REPORT, SHORT)
    job.run()
    assert [*job.used] == ["actions/setup-python"]


def test_hand_in_page(tmp_path: Path) -> None:
    """The hand-in page is the course's, with the figures beside it; targets of links are not copied."""
    job = Job(tmp_path)
    report = judged(job.workspace / REPORT, PERFECT)
    write(report.parent / "figures" / "deep" / "box.png", "a box")
    secret = write(tmp_path / "secret.png", "for nobody")
    (report.parent / "figures" / "link.png").symlink_to(secret)
    (report.parent / "figures" / "folder").symlink_to(secret.parent)
    job.run(upload_page="true", edition="dtu-02476-2026")
    page = Path(job.outputs["page"])
    files = {path.relative_to(page).as_posix() for path in page.rglob("*") if not path.is_dir()}
    assert files == {"report.html", "figures/deep/box.png"}
    assert "<h3>Question 2</h3>" in (page / "report.html").read_text("utf-8")


def test_hand_in_page_of_another_course(tmp_path: Path) -> None:
    """For another course the page is ours with embedded figures, since no script of the course makes one."""
    job = Job(tmp_path)
    report = write(job.workspace / REPORT, f"{PERFECT}\n![A bee](photos/bee.png)\n")
    write(job.workspace / "reportls.toml", 'figures = "photos"\n')
    figure = ROOT / "server" / "reportls" / "demo" / "reports" / "figures" / "sketch.png"
    (report.parent / "photos").mkdir()
    (report.parent / "photos" / "bee.png").write_bytes(figure.read_bytes())
    job.run(upload_page="true")
    page = Path(job.outputs["page"])
    assert [path.name for path in page.iterdir()] == ["report.html"]
    html = (page / "report.html").read_text("utf-8")
    assert "Report on bees" in html
    assert 'src="data:image/png;base64,' in html


def test_courses_own_script_says_that_it_is_no_other(tmp_path: Path) -> None:
    """If the course's own script lies beside the report, it makes the page whatever the report's texts."""
    job = Job(tmp_path)
    report = write(job.workspace / REPORT, PERFECT)
    write(report.parent / "report.py", "question_constraints = {'question_1': NoConstraints()}\n")
    job.run(upload_page="true")
    assert "Report on bees" not in (Path(job.outputs["page"]) / "report.html").read_text("utf-8")


def test_hand_in_pages_of_several_reports(tmp_path: Path) -> None:
    """Each of several reports has its hand-in page in a folder of its own."""
    job = Job(tmp_path)
    judged(job.workspace / "a.md", PERFECT)
    judged(job.workspace / "b.md", PERFECT)
    job.run(upload_page="true")
    page = Path(job.outputs["page"])
    assert {path.relative_to(page).as_posix() for path in page.rglob("*.html")} == {"1/report.html", "2/report.html"}


def test_installation(tmp_path: Path) -> None:
    """The install step installs the action's own commit into an environment of its own, where it works."""
    job = Job(tmp_path, has_install=True)
    judged(job.workspace / REPORT, SHORT)
    assert job.run().code == 0, job.steps["install"].log
    assert job.outputs["passed"] == "1"
    python = Path(job.steps["install"].outputs["python"])
    assert python.is_relative_to(job.temp)
    where = subprocess.run(
        [python, "-I", "-c", "import reportls; print(reportls.__file__)"], capture_output=True, text=True, check=True
    ).stdout
    assert Path(where.strip()).is_relative_to(job.temp)


def test_promised_form_of_the_json() -> None:
    """The action was written for this version of the JSON format; adapt it before changing this number."""
    assert VERSION == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permission")
def test_report_that_cannot_be_read(tmp_path: Path) -> None:
    """An unreadable report makes the action fail and does not hide the results of the others."""
    job = Job(tmp_path)
    judged(job.workspace / "good.md", PERFECT)
    (job.workspace / "bad.md").write_bytes(SHORT.encode("utf-16"))
    done = job.run()
    assert done.code == 1
    assert "UTF-8" in done.log
    assert "2 of 2 questions pass" in done.summary
    assert "* error&#58; bad&#46;md" in done.summary


def test_page_about_it() -> None:
    """The page about the action lists every input with its default, and every output."""
    page = (ROOT / "server" / "docs" / "pushes.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \|.*\| (.*) \|$", page, re.MULTILINE))
    assert rows.keys() == ACTION["inputs"].keys()
    for name, declared in ACTION["inputs"].items():
        assert not declared["default"] or rows[name] == f"`{declared['default']}`"
    assert all(f"`{name}`" in page for name in ACTION["outputs"])
