"""Tests of `reportls history` on real repositories: renames, merges, squashes, shallow clones and more."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.reports import PERFECT, SHORT, write
from tests.cli.running import on_terminal, reportls
from tests.support.checkers import script_of
from tests.support.past import Past

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("_no_configuration_of_the_machine")

UNANSWERED = PERFECT.replace("In a box in the garden.\n", "")
BLANK = """\
# Field trip

## Route

> Where will you walk? At most 8 words.

[Write your answer here]

## Gear

[Write your answer here]
"""
FILLED = BLANK.replace("[Write your answer here]", "Along the river.", 1).replace("[Write your answer here]", "Boots.")
LONG = FILLED.replace("Along the river.", "Along the river, then up to the ridge and back by bus.")
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"


@pytest.fixture
def _no_configuration_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def past(tmp_path: Path) -> Past:
    """Create a repository whose report passes, breaks and is repaired."""
    past = Past(tmp_path / "group")
    past.save(PERFECT, "Begin")
    return past


def told(past: Past, *arguments: str) -> dict[str, Any]:
    """Return the history as JSON."""
    ran = reportls("history", past.folder, "--format", "json", *arguments)
    assert ran.code == 0, ran.err
    document: dict[str, Any] = json.loads(ran.out)
    return document


def events(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the subject and the message of each event."""
    return [(version["subject"], event["message"]) for version in document["versions"] for event in version["events"]]


def subjects(document: dict[str, Any]) -> list[str]:
    """Return the subjects of the versions."""
    return [version["subject"] for version in document["versions"]]


BROKEN = "question 1 fails since here (1 word, 3-10 wanted)"
REPAIRED = "question 1 passes since here"


def test_text(past: Past) -> None:
    """The commit that broke a question and the one that repaired it are named, with a strip for each question."""
    broken = past.save(SHORT, "Shorten")
    repaired = past.save(PERFECT, "Lengthen")
    ran = reportls("history", past.folder)
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0].endswith("README.md: 2 of 2 passed")
    assert "3 versions, the first of 29 Dec 2025 10:20" in lines
    assert f"question 1  █░█  passed since {repaired}" in lines
    assert f"{broken}, 29 Dec 2025 11:20: 1 of 2 passed  Shorten" in lines
    assert f"    {BROKEN}" in lines
    assert f"    {REPAIRED}" in lines


def test_what_is_not_committed(past: Past) -> None:
    """The file on disk is the last version, unless only its line ends differ from the commit."""
    past.write(PERFECT.replace("\n", "\r\n"))
    assert subjects(told(past)) == ["Begin"]
    past.write(SHORT)
    last = told(past)["versions"][-1]
    assert (last["commit"], last["events"][0]["message"]) == (None, BROKEN)


def test_crash(past: Past) -> None:
    """A crash hides the questions, which are compared with their last verdict once the check completes again."""
    past.save(PERFECT.replace("Answer:", "answer", 1), "Lose a marker")
    past.save(SHORT, "Put it back")
    assert events(told(past)) == [
        ("Lose a marker", "the check crashes since here: 1 answer found, 2 expected"),
        ("Put it back", "the check completes again since here"),
        ("Put it back", BROKEN),
    ]


def test_rename(past: Past) -> None:
    """A report is followed through renames, with edits, to another kind of Markdown and back again."""
    past.save(SHORT, "Shorten")
    past.git("mv", "reports/README.md", "other.qmd")
    past.commit("Move")
    past.write(PERFECT.replace("garden", "meadow"), "other.qmd")
    past.git("rm", "--quiet", "--cached", "other.qmd")
    (past.folder / "docs").mkdir()
    (past.folder / "other.qmd").rename(past.folder / "docs" / "README.md")
    past.commit("Move and lengthen")
    (past.folder / "reports").mkdir(exist_ok=True)
    past.git("mv", "docs/README.md", "reports/README.md")
    past.commit("Move back")
    document = told(past)
    assert [(version["subject"], version["path"]) for version in document["versions"]] == [
        ("Begin", "reports/README.md"),
        ("Shorten", "reports/README.md"),
        ("Move", "other.qmd"),
        ("Move and lengthen", "docs/README.md"),
        ("Move back", "reports/README.md"),
    ]
    assert events(document) == [("Shorten", BROKEN), ("Move and lengthen", REPAIRED)]


def test_other_file_that_went(past: Past) -> None:
    """A report that is written anew is no rename of another text that went in the same commit."""
    past.write("# Notes\n\n* honey\n", "notes.md")
    past.git("rm", "--quiet", "reports/README.md")
    past.commit("Empty")
    past.git("rm", "--quiet", "notes.md")
    past.save(SHORT, "Anew")
    document = told(past)
    assert subjects(document) == ["Begin", "Empty", "Anew"]
    assert document["versions"][1]["problem"] == "no report here"


def test_merge(past: Past) -> None:
    """What a merge takes over belongs to the commit on the branch, and what it breaks itself to the merge."""
    past.git("switch", "--quiet", "--create", "side")
    past.save(UNANSWERED, "Empty on the side")
    past.git("switch", "--quiet", "main")
    past.save(PERFECT.replace("They eat", "Bees eat"), "Reword on main")
    past.hours += 1
    past.git("merge", "--quiet", "--message", "Merge", "side")
    assert events(told(past)) == [("Empty on the side", "question 2 is unanswered since here")]
    assert events(told(past, "--first-parent")) == [("Merge", "question 2 is unanswered since here")]
    past.git("switch", "--quiet", "--create", "more")
    past.save(PERFECT, "Answer")
    past.git("switch", "--quiet", "main")
    past.commit("Nothing")
    past.git("merge", "--quiet", "--no-commit", "--no-ff", "more")
    past.save(SHORT, "Merge badly")
    assert [each for each in events(told(past)) if each[0] == "Merge badly"] == [("Merge badly", BROKEN)]


def test_squash_and_force_push(past: Past) -> None:
    """Commits that no branch reaches any more do not count."""
    past.save(SHORT, "Shorten")
    past.save(PERFECT.replace("garden", "meadow"), "Lengthen")
    past.git("reset", "--quiet", "--soft", "HEAD~2")
    past.commit("Squashed")
    document = told(past)
    assert subjects(document) == ["Begin", "Squashed"]
    assert events(document) == []


def test_shallow_clone(past: Past, tmp_path: Path) -> None:
    """A shallow clone has a short history, and says so."""
    past.save(SHORT, "Shorten")
    past.save(PERFECT, "Lengthen")
    clone = Past(tmp_path / "clone")
    clone.git("fetch", "--quiet", "--depth=2", past.folder.as_uri(), "main")
    clone.git("reset", "--quiet", "--hard", "FETCH_HEAD")
    document = told(clone)
    assert (document["shallow"], subjects(document)) == (True, ["Shorten", "Lengthen"])
    assert "git fetch --unshallow" in reportls("history", clone.folder).out


def test_lfs_pointer_and_other_encoding(past: Past) -> None:
    """A version that cannot be read has no verdict, and costs nothing else."""
    past.save(LFS, "Into LFS")
    for data in (
        PERFECT.encode("utf-16"),
        PERFECT.encode("utf-16-be"),
        b"caf\xe9\n",
        b"\xef\xbb\xbf" + PERFECT.encode(),
    ):
        past.report.write_bytes(data)
        past.commit("Save with another program")
    past.save(PERFECT, "Out again")
    document = told(past)
    problems = [version["problem"] for version in document["versions"]]
    assert problems == [
        None,
        "kept in Git LFS, so git has no text",
        "UTF-16, not UTF-8",
        "UTF-16, not UTF-8",
        "not UTF-8 (0xe9, on line 1)",
        None,
        None,
    ]
    assert events(document)[-1] == ("Save with another program", "the report can be judged again since here")


def test_submodule(past: Past, tmp_path: Path) -> None:
    """A report in a submodule has the submodule's history."""
    past.save(SHORT, "Shorten")
    outer = Past(tmp_path / "outer")
    outer.git("submodule", "--quiet", "add", str(past.folder), "inner")
    outer.commit("Add")
    ran = reportls("history", outer.folder / "inner", "--format", "json")
    assert subjects(json.loads(ran.out)) == ["Begin", "Shorten"]


@pytest.mark.skipif(sys.platform == "win32", reason="links are others there")
def test_link_in_the_past(past: Past) -> None:
    """A symbolic link is no report, whatever it leads to."""
    past.report.unlink()
    past.report.symlink_to("/etc/passwd")
    past.commit("Link")
    past.report.unlink()
    past.save(PERFECT, "File")
    assert told(past)["versions"][1]["problem"] == "no report here"


def test_since(past: Past) -> None:
    """`--since` takes a commit, a branch or a day, and compares the first version shown with the one before."""
    past.git("branch", "old")
    past.save(SHORT, "Shorten")
    past.save(PERFECT, "Lengthen")
    assert subjects(told(past, "--since", "old")) == ["Shorten", "Lengthen"]
    assert events(told(past, "--since", "old"))[0] == ("Shorten", BROKEN)
    assert subjects(told(past, "--since", "HEAD~1")) == ["Lengthen"]
    assert subjects(told(past, "--since", "2025-12-29")) == ["Begin", "Shorten", "Lengthen"]
    assert subjects(told(past, "--since", "2025-12-30")) == []
    assert "no version changed a verdict" in reportls("history", past.folder, "--since", "2025-12-30").out


def test_one_question(past: Past) -> None:
    """`--question` shows one question alone."""
    past.save(SHORT.replace("In a box in the garden.\n", ""), "Break both")
    document = told(past, "--question", "2")
    assert events(document) == [("Break both", "question 2 is unanswered since here")]
    assert [question["number"] for question in document["questions"]] == [2]


def test_csv(past: Past, tmp_path: Path) -> None:
    """CSV has a line for each version; a subject cannot become a formula."""
    past.save(SHORT, "=1+1")
    out = tmp_path / "history.csv"
    assert reportls("history", past.folder, "--format", "csv", "-o", out).code == 0
    with out.open(newline="", encoding="utf-8") as file:
        first, second = csv.DictReader(file)
    assert (first["verdict"], first["broke"], first["time"]) == ("2 of 2 passed", "", "2025-12-29T10:20:00Z")
    assert (second["failing"], second["broke"], second["subject"]) == ("1", "1", "'=1+1")


def test_page(past: Past) -> None:
    """The page has a chart, a strip for each question and what changed; subjects stay text."""
    past.save(SHORT, "<script>alert(1)</script>")
    page = reportls("history", past.folder, "--format", "html").out
    assert page.count('class="strip"') == 2
    assert "&lt;script&gt;alert(1)" in page
    assert "question 1 fails since here" in page


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_many_versions_in_a_narrow_terminal(past: Past) -> None:
    """Versions share a cell where there are more than fit."""
    past.write(script_of(PERFECT), "reports/report.py")
    for number in range(30):
        past.save(PERFECT.replace("garden", f"garden {number}"))
    shown = on_terminal("history", past.folder, columns=60, NO_COLOR="1")
    assert all(len(line) <= 60 for line in shown.splitlines()[1:]), shown
    assert "question 1  ████████████████  passed since " in shown


def test_template(tmp_path: Path) -> None:
    """Where a template decides, places are complete or not, and nothing passes, fails or crashes."""
    trip = form(tmp_path)
    found = told(trip)
    assert events(found) == [
        ("Route", "Route: complete since here"),
        ("Longer", "Route: not complete since here (12 of at most 8 words)"),
        ("Gear", "Gear: complete since here"),
        ("Lost", "there is no verdict since here: does not follow its template"),
        ("Found", "the report can be judged again since here"),
    ]
    assert found["versions"][2]["checker"] is None
    assert found["versions"][2]["summary"] == {"slots": 2, "answered": 1, "outside_limits": 1, "complete": False}
    assert [(one["name"], one["state"]) for one in found["questions"]] == [
        ("Route", "not complete"),
        ("Gear", "complete"),
    ]
    page = re.sub(
        r"<style>.*?</style>|<[^>]*>", "", reportls("history", trip.report, "--format", "html").out, flags=re.DOTALL
    )
    for words in (reportls("history", trip.report).out, page):
        assert "complete, 1 outside its limits" in words
        assert not re.search(r"\b(pass|fail|crash)", words), words
        assert "Route" in words


def test_template_from_outside(past: Past, tmp_path: Path) -> None:
    """`--template` and `--edition` choose what decides, as they do for `check`."""
    trip = form(tmp_path)
    (trip.folder / "reportls.toml").unlink()
    (trip.folder / "template.md").unlink()
    other = write(tmp_path / "blank.md", BLANK)
    assert told(trip, "--template", str(other))["versions"][-1]["summary"]["answered"] == 2
    assert told(past, "--edition", "dtu-02476-2026")["versions"][0]["checker"]["total"] == 31


def form(tmp_path: Path) -> Past:
    """Commit versions of a report that fills in a template; return their repository."""
    past = Past(tmp_path / "trip")
    past.write(BLANK, "template.md")
    past.write('template = "template.md"\nreports = ["reports/README.md"]\n', "reportls.toml")
    past.save(BLANK, "Blank")
    past.save(FILLED.replace("Boots.", "[Write your answer here]"), "Route")
    past.save(LONG.replace("Boots.", "[Write your answer here]"), "Longer")
    past.save(LONG, "Gear")
    past.save("# Nothing of it\n", "Lost")
    past.save(LONG, "Found")
    return past


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--question", "3"], "--question 3: the report has questions 1-2"),
        (["--since", "2025-02-30"], "--since 2025-02-30: no such day"),
        (["--since", "nowhere"], "no commit, branch or tag `nowhere` here"),
        (["--since", "--all"], "expected one argument"),
        (["--since=--all"], "no commit, branch or tag `--all` here"),
    ],
)
def test_bad_usage(past: Past, arguments: list[str], said: str) -> None:
    """Options that cannot be followed lead to a message."""
    ran = reportls("history", past.folder, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_outside_git(tmp_path: Path) -> None:
    """Without a repository or a commit there is no history."""
    write(tmp_path / "loose" / "README.md", PERFECT)
    assert "not in a git repository" in reportls("history", tmp_path / "loose").err
    empty = Past(tmp_path / "empty")
    empty.write(PERFECT)
    assert "nothing is committed yet" in reportls("history", empty.folder).err
    empty.commit("Begin")
    empty.write(PERFECT, "new/README.md")
    assert "never committed" in reportls("history", empty.folder / "new").err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_runs_nothing_that_the_repository_configures(past: Past, tmp_path: Path) -> None:
    """Programs for signatures, differences and filters are named in the configuration, and none is run."""
    mark = tmp_path / "it-was-run"
    program = write(tmp_path / "program", f"#!/bin/sh\necho run > '{mark}'\ncat\n")
    program.chmod(0o755)
    past.write("*.md filter=own diff=own\n", ".gitattributes")
    past.save(SHORT, "Shorten")
    past.git("mv", "reports/README.md", "reports/moved.md")
    past.write(PERFECT.replace("garden", "meadow"), "reports/moved.md")
    past.commit("Move")
    for name in ("gpg.program", "diff.external", "diff.own.textconv", "diff.own.command", "core.pager"):
        past.git("config", name, str(program))
    for name in ("filter.own.clean", "filter.own.smudge", "filter.own.process", "core.fsmonitor", "core.sshCommand"):
        past.git("config", name, str(program))
    past.git("config", "log.showSignature", "true")
    assert events(told(past)) == [("Shorten", BROKEN), ("Move", REPAIRED)]
    assert not mark.exists()
