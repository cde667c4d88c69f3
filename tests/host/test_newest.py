"""Tests of the comparison with the newest texts: in a folder, in a commit, and what a configuration may name."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from reportls.findings.finding import FileEdit
from reportls.host.loading import Flags, load
from reportls.host.newest import Named, newest_at
from reportls.host.paths import HostError
from reportls.rules.course_texts import course_text_outdated
from reportls.snapshot import take
from reportls.text import apply_edits
from tests.cli.reports import PERFECT, write
from tests.cli.running import reportls
from tests.support.past import Past

if TYPE_CHECKING:
    from pathlib import Path

RULE = course_text_outdated.name
NEWEST = PERFECT.replace("What do bees eat?", "What do bees eat and drink?")
FIRST = "reports/README.md"


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Past:
    """Create the repository of a group, whose course has changed a prompt since."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    past = Past(tmp_path / "group")
    past.write("# A program\n", "README.md")
    past.write("old\n", "reports/report.py")
    past.save(PERFECT)
    assert NEWEST != PERFECT
    return past


def found(past: Past, *options: str | Path) -> list[str]:
    """Return the messages of the rule."""
    ran = reportls("check", past.report, "--format", "json", *options)
    document: dict[str, Any] = json.loads(ran.out)
    return [one["message"] for one in document["reports"][0]["findings"] if one["rule"] == RULE]


def configured(past: Past, value: str) -> list[str]:
    """Return the messages of the rule and about the configuration, if that names the place."""
    past.write(f'newest = "{value}"\n', "reportls.toml")
    loaded = load(past.report)
    findings = take(loaded.text, loaded.environment).findings
    return [one.message for one in findings if one.rule == RULE] + [one.problem.message for one in loaded.configuration]


CHANGED = "Question 1: the course has newer text for this question in `{}`"


def test_folder(past: Past, tmp_path: Path) -> None:
    """A folder has the template itself or in `reports/`; another `README.md` at its top is none."""
    course = tmp_path / "course"
    write(course / "README.md", "# The course\n")
    write(course / FIRST, NEWEST.replace("\n", "\r\n"))
    write(course / "reports" / "report.py", "old\r\n")
    assert found(past, "--newest", course) == [CHANGED.format(course)]
    assert found(past, "--newest", course / "reports") == [CHANGED.format(course / "reports")]
    write(course / "reports" / "report.py", "new\n")
    script = f"`report.py` is not the newest of the course: copy the one in `{course}`"
    assert script in found(past, "--newest", course)
    assert found(past) == []


def test_commit(past: Past, tmp_path: Path) -> None:
    """`FOLDER@REF` is the folder in a branch, a tag or a commit, whatever is checked out."""
    course = Past(tmp_path / "course")
    course.save(NEWEST)
    course.git("tag", "v2")
    course.save(PERFECT)
    assert found(past, "--newest", f"{course.folder}@main") == []
    assert found(past, "--newest", f"{course.folder}@v2") == [CHANGED.format(f"{course.folder}@v2")]
    assert found(past, "--newest", f"{course.folder}/reports@main~1") == [
        CHANGED.format(f"{course.folder}/reports@main~1")
    ]


def test_configured(past: Past) -> None:
    """The configuration names a folder of the repository, or a branch in it that was fetched from the course."""
    past.write(NEWEST, "template/README.md")
    assert configured(past, "template") == [CHANGED.format("template")]
    past.git("checkout", "--quiet", "-b", "course")
    past.save(NEWEST)
    past.git("checkout", "--quiet", "main")
    assert configured(past, "@course") == [CHANGED.format("@course")]
    assert configured(past, "@main") == []


def test_fix(past: Past) -> None:
    """The fix brings in the prompt with the report's own line ends, and leaves every answer as it is."""
    past.write(NEWEST, "template/README.md")
    past.write('newest = "template"\n', "reportls.toml")
    old = PERFECT.replace("\n", "\r\n")
    past.write(old)
    loaded = load(past.report)
    (finding,) = [one for one in take(loaded.text, loaded.environment).findings if one.rule == RULE]
    (fix,) = finding.fixes
    assert not fix.safe
    assert apply_edits(old, fix.edits) == NEWEST.replace("\n", "\r\n")


def test_fix_of_the_script(past: Past) -> None:
    """The fix for an old script names that file and its new text, with its own line ends, and nothing of the report."""
    past.write("new\n", "template/report.py")
    past.write('newest = "template"\n', "reportls.toml")
    past.write("old\r\nscript\r\n", "reports/report.py")
    loaded = load(past.report)
    (finding,) = [one for one in take(loaded.text, loaded.environment).findings if one.rule == RULE]
    (fix,) = finding.fixes
    assert (fix.edits, fix.safe) == ((), False)
    assert fix.file == FileEdit("report.py", "old\r\nscript\r\n", "new\r\n")
    past.write("new\r\n", "reports/report.py")
    assert load(past.report).environment.newest == newest_at(Named("template", past.folder, None), past.report)
    assert configured(past, "template") == []


def test_script_that_is_a_link(past: Past, tmp_path: Path) -> None:
    """A script that a link brings in from elsewhere is not the group's, and is left alone."""
    past.write("new\n", "template/report.py")
    (past.folder / "reports" / "report.py").unlink()
    (past.folder / "reports" / "report.py").symlink_to(write(tmp_path / "elsewhere.py", "old\n"))
    assert configured(past, "template") == []


BLANK = "# Form\n\n## Data\n\nAt most 50 words.\n\n## Model\n\n"


def test_template_that_the_configuration_names(past: Past, tmp_path: Path) -> None:
    """An older template is found by its name in the newest texts; its fix replaces the file, not the report."""
    past.write('template = "form.md"\n', "reportls.toml")
    past.write(BLANK, "form.md")
    past.save(BLANK)
    newest = write(tmp_path / "course" / "form.md", BLANK.replace("50", "60"))
    said = f"`../form.md` is not the newest of the course: copy the one in `{newest.parent}`"
    assert found(past, "--newest", newest.parent) == [said]
    loaded = load(past.report, Flags(newest=str(newest.parent)))
    assert loaded.environment.newest is not None
    assert loaded.environment.newest.files == (FileEdit("../form.md", BLANK, BLANK.replace("50", "60")),)
    ran = reportls("overview", past.folder, "--newest", newest.parent, "--format", "json")
    assert json.loads(ran.out)["groups"][0]["notes"] == ["form.md is not the course's newest"]
    newest.unlink()
    refused = f"`newest`: no form.md and no report.py at {newest.parent}"
    assert refused in reportls("check", past.report, "--newest", newest.parent).err
    ran = reportls("overview", past.folder, "--newest", newest.parent, "--format", "json")
    assert json.loads(ran.out)["groups"][0]["notes"][0].startswith(refused)


@pytest.mark.parametrize("value", ["..", "../course", "/", "link", "linked", "nested@main", "../course@main"])
def test_strangers_configuration(past: Past, tmp_path: Path, value: str) -> None:
    """A configuration, which may come from anyone, cannot have files outside its repository read."""
    course = Past(tmp_path / "course")
    course.save(NEWEST)
    (past.folder / "link").symlink_to(course.folder)
    write(past.folder / "nested" / ".git", f"gitdir: {course.folder / '.git'}\n")
    (past.folder / "linked").mkdir()
    (past.folder / "linked" / "README.md").symlink_to(course.report)
    said = configured(past, value)
    assert len(said) == 1
    assert said[0].startswith("`newest`: ")
    assert "drink" not in said[0]


def test_user_may_name_any_place(past: Past, tmp_path: Path) -> None:
    """What the user names on the command line, or in a file named there, may lie anywhere."""
    write(tmp_path / "course" / "README.md", NEWEST)
    own = write(tmp_path / "own.toml", f"newest = '{tmp_path / 'course'}'\n")
    assert len(found(past, "--config", own)) == 1


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("nowhere", "nowhere: name a folder that has them, or FOLDER@REF for a branch, a tag or a commit"),
        ("{course}@gone", "no commit, branch or tag `gone` in"),
        ("{course}@", "no commit, branch or tag `` in"),
        ("{course}@--output=x", "no commit, branch or tag `--output=x` in"),
        ("/@main", "/ is not in a git repository"),
    ],
)
def test_bad_usage(past: Past, tmp_path: Path, where: str, said: str) -> None:
    """A place that does not exist is an error that names it, for `check` and for `overview`."""
    course = Past(tmp_path / "course")
    course.save(NEWEST)
    where = where.format(course=course.folder)
    for command in (("check", past.report), ("overview", tmp_path)):
        ran = reportls(*command, "--newest", where)
        assert ran.code == 2
        assert said in ran.err


def test_too_large(tmp_path: Path) -> None:
    """A template of more than a megabyte is not read."""
    write(tmp_path / "README.md", NEWEST + "x" * 1_000_001)
    with pytest.raises(HostError, match="no template"):
        newest_at(Named(str(tmp_path), tmp_path, None), tmp_path / "report.md")


def test_editor(past: Past) -> None:
    """An editor's setting is seen from the repository; what cannot be read there is silent."""
    past.write(NEWEST, "template/README.md")
    assert load(past.report, Flags(editor={"newest": "template"})).environment.newest is not None
    assert load(past.report, Flags(editor={"newest": "nowhere"})).environment.newest is None
