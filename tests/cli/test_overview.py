"""Tests of `reportls overview`: each group gets one row, whatever is in its folder."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.reports import NO_REPORT, PERFECT, SHORT, judged, write
from tests.cli.running import Ran, process, reportls
from tests.host.repositories import git
from tests.support import corpus

CRASHING = PERFECT + "\n### and more\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Begin each test in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def overview(*arguments: str | Path, code: int = 0) -> dict[str, Any]:
    """Return the overview as parsed JSON."""
    # One process is enough, unless a test asks for more.
    ran = reportls("overview", "--format", "json", "--jobs", "1", *arguments)
    assert ran.code == code, ran.err
    return json.loads(ran.out)  # type: ignore[no-any-return]


def rows(*arguments: str | Path, code: int = 0) -> dict[str, dict[str, Any]]:
    """Return each group's row by its name."""
    return {row["group"]: row for row in overview(*arguments, code=code)["groups"]}


def course(**reports: str) -> None:
    """Write groups with these reports into the folder `course`."""
    for name, text in reports.items():
        judged(Path("course", name, "reports", "README.md"), text)


@corpus.needs_corpus
def test_same_as_the_checker() -> None:
    """On every real report, the row has the checker's verdict."""
    for name in corpus.names():
        write(Path("course", name, "reports", "README.md"), corpus.report(name))
    document = overview("course")
    assert [row["group"] for row in document["groups"]] == corpus.names()
    for row in document["groups"]:
        wanted = corpus.verdicts()[row["group"]]
        assert row["edition"] == wanted["edition"], row["group"]
        assert row["checker"]["completed"] == wanted["completed"], row["group"]
        if wanted["completed"]:
            assert (row["checker"]["passed"], row["checker"]["total"]) == (wanted["passed"], wanted["total"])
            found = {
                str(it["number"]): {key: it[key] for key in ("words", "images", "passed")} for it in row["questions"]
            }
            assert found == wanted["questions"], row["group"]
    failing = sum(not it["passed"] for one in corpus.verdicts().values() for it in (one["questions"] or {}).values())
    assert sum(question["failing"] for question in document["questions"]) == failing


def test_rows() -> None:
    """Rows have the verdict, a crash with its line, unanswered questions, missing images, and words."""
    picture = PERFECT.replace("In a box", "![Two](figures/bees.png) In a box")
    unanswered = PERFECT.replace("They eat what flowers give them.", "--- question 1 fill here ---")
    course(a=PERFECT, b=SHORT, c=CRASHING, d=picture, e=unanswered)
    found = rows("course")
    assert [row["verdict"] for row in found.values()] == ["passes", "fails", "crashes", "passes", "passes"]
    assert found["b"]["checker"] == {"completed": True, "passed": 1, "total": 2, "error": None, "cause": None}
    assert found["c"]["checker"]["error"] == "3 answers found, 2 expected"
    assert found["c"]["checker"]["cause"]["line"] == CRASHING.split("\n").index("### and more")
    assert [(image["question"], image["line"]) for image in found["d"]["missing_images"]] == [(2, 18)]
    # The placeholder's six words are enough for the checker.
    assert found["e"]["unanswered"] == [1]
    assert found["a"]["words"] == 12


@pytest.mark.parametrize(
    ("folders", "place"),
    [
        ("report", "report/README.md"),
        ("apples/reports", "apples/reports/README.md"),
        ("", "reports.md"),
        ("docs/deep", "docs/deep/final.md"),
    ],
)
def test_wherever_it_lies(folders: str, place: str) -> None:
    """A report is found wherever it lies in the group's folder."""
    write(Path("course/a", place))
    write(Path("course/a", folders, "other.md"), NO_REPORT)
    write(Path("course/b/reports/README.md"))
    assert rows("course")["a"]["report"] == place


def test_several_reports() -> None:
    """Of several reports, the likeliest is judged and the others are named."""
    course(a=SHORT)
    write(Path("course/a/README.md"))
    write(Path("course/a/reports/old.md"))
    row = rows("course")["a"]
    assert (row["report"], row["verdict"]) == ("reports/README.md", "fails")
    assert row["others"] == ["reports/old.md", "README.md"]
    assert row["notes"] == ["not judged: reports/old.md, README.md"]


def test_bad_rows() -> None:
    """A bad report affects only its own row, which gives the reason."""
    course(good=PERFECT, latin="", large="", broken=PERFECT)
    Path("course/latin/reports/README.md").write_bytes(b"\xe9" + PERFECT.encode())
    with Path("course/large/reports/README.md").open("r+b") as file:
        file.truncate(20_000_001)
    write(Path("course/broken/reportls.toml"), "=")
    write(Path("course/none/README.md"), NO_REPORT)
    Path("course/empty").mkdir()
    write(
        Path("course/pointer/reports/README.md"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"
    )
    write(Path("course/other/reports/README.md"), NO_REPORT)
    write(Path("course/blank/reports/README.md"), "\n")
    write(Path("course/bare/HEAD"), "ref: refs/heads/main\n")
    Path("course/bare/objects").mkdir()
    write(Path("course/bytes/reports/README.md")).write_bytes(b"\xff\xfe#\0")
    found = rows("course", code=1)
    assert found["good"]["verdict"] == "passes"
    problems = {name: row["problem"] for name, row in found.items() if row["verdict"] == "not judged"}
    assert problems.pop("latin").startswith("reports/README.md: the byte at offset 0 (0xe9, on line 1) is not UTF-8")
    assert problems.pop("large") == "reports/README.md: more than 20 MB, and at most 20 MB are read"
    assert problems.pop("broken").startswith("reportls.toml: line 1 is not valid TOML")
    assert problems.pop("bytes").startswith("no report; reports/README.md: the file is UTF-16, not UTF-8")
    assert problems == {
        "none": "no report",
        "empty": "no report",
        "pointer": "no report; reports/README.md is in Git LFS and was not downloaded: `git lfs pull` does that",
        "other": "no report; reports/README.md has no questions of a report",
        "blank": "no report; reports/README.md is empty",
        "bare": "no report; a bare clone has no files: clone it without `--bare`",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_pipes_and_links(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A pipe is not waited for, and no link out of a group's folder is followed."""
    outside = write(tmp_path_factory.mktemp("outside") / "README.md").parent
    course(good=PERFECT.replace("In a box", "![Two](figures/bees.png) In a box"))
    Path("course/pipe/reports").mkdir(parents=True)
    os.mkfifo("course/pipe/reports/README.md")
    Path("course/folder").mkdir()
    Path("course/folder/reports").symlink_to(outside)
    Path("course/itself").symlink_to(outside)
    Path("course/loop").symlink_to("loop")
    Path("course/long").symlink_to("x" * 300)
    (outside / "bees.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    Path("course/good/reports/figures").symlink_to(outside)
    # Nor if the groups lie in a repository of the course's.
    git(Path.cwd(), "init", "--quiet")
    found = rows("course", "--html", "pages", code=1)
    assert found["pipe"]["problem"] == found["folder"]["problem"] == "no report"
    link = "a link, which is not followed: name the folder itself"
    assert [found[name]["problem"] for name in ("itself", "loop", "long")] == [link] * 3
    assert len(found["good"]["missing_images"]) == 1
    assert "base64," not in Path("pages/groups/good.html").read_text("utf-8").partition("<body>")[2]


@pytest.mark.skipif(sys.platform == "win32", reason="the program that is named is a script")
def test_nothing_is_run() -> None:
    """Programs named in a group's git configuration, and its `report.py`, are not run."""
    course(a=PERFECT.replace("In a box", "![Two](figures/bees.png) In a box"))
    group = Path("course/a").absolute()
    write(group / "reports/figures/bees.png", "x")
    script = group / "reports/report.py"
    write(script, f"{script.read_text('utf-8')}open({str(group / 'ran')!r}, 'w')\n")
    write(group / "run", f"#!/bin/sh\ntouch {group / 'ran'}\n").chmod(0o755)
    git(group, "init", "--quiet")
    for name in ("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "filter.x.clean"):
        git(group, "config", name, str(group / "run"))
    write(group / ".gitattributes", "* filter=x")
    assert [image["message"] for image in rows("course", code=0)["a"]["missing_images"]] != []
    assert not (group / "ran").exists()


def test_only_itself() -> None:
    """A repository is one group whatever its folders; so is a folder with its report at a usual place."""
    course(a=PERFECT)
    write(Path("course/a/src/notes.md"), NO_REPORT)
    assert [*rows("course/a")] == ["a"]
    Path("course/.git").mkdir()
    assert [*rows("course")] == ["course"]


def test_reports_side_by_side() -> None:
    """Several reports directly in a folder are one group each."""
    write(Path("flat/a.md"))
    write(Path("flat/b.md"), SHORT)
    write(Path("flat/notes.md"), NO_REPORT)
    assert {name: row["verdict"] for name, row in rows("flat").items()} == {"a": "passes", "b": "fails"}


def test_list() -> None:
    """`--list` takes names and paths in order; a missing path gets a row with the reason."""
    course(a=PERFECT, b=SHORT, c=PERFECT)
    write(Path("groups.csv"), '\ufeff"Bees, the",course/b\ncourse/a\n\ncourse/a/reports/README.md\nnowhere\ncourse/a\n')
    found = rows("--list", "groups.csv", code=1)
    assert [*found] == ["Bees, the", "a", "README", "nowhere"]
    assert found["nowhere"]["problem"].endswith("there is no such file")
    piped = reportls("overview", "--list", "-", "--format", "json", stdin=b"One,course/c\n")
    assert [row["group"] for row in json.loads(piped.out)["groups"]] == ["One"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a folder with a folder for each group"),
        (["empty"], "no groups there"),
        (["missing"], "missing: there is no such file"),
        ([""], "an empty path"),
        (["--list", "bad.csv"], "bad.csv, line 2: write `path` or `name,path`"),
        (["--list", "latin.csv"], "latin.csv: not UTF-8"),
        (["--list", "long.csv"], "long.csv: field larger than field limit"),
        (["course", "--class-list", "long.csv"], "long.csv: field larger than field limit"),
        (["--list", "utf16.csv"], "utf16.csv: not UTF-8"),
        (["course", "--shared", "3"], "write a number of words, at least 10"),
        (["course", "--jobs", "0"], "--jobs: at least one process"),
        (["course", "--timeout", "0"], "--timeout: more than 0 seconds"),
        (["course", "--edition", "dtu"], "unknown edition"),
        (["course", "-o", "no/such/place.csv"], "place.csv"),
        (["course", "--html", "bad.csv"], "bad.csv"),
        (["course", "--html", "pages", "-o", "x"], "-o is for --format"),
    ],
)
def test_not_as_asked(arguments: list[str], message: str) -> None:
    """Bad usage leads to a message and exit code 2."""
    course(a=PERFECT)
    Path("empty").mkdir()
    write(Path("bad.csv"), "course/a\na,b,c\n")
    Path("latin.csv").write_bytes(b"\xe9")
    write(Path("long.csv"), f"group,student\na,{'x' * 200_000}\n")
    Path("utf16.csv").write_bytes("course".encode("utf-16-le"))
    ran = reportls("overview", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_none_judged() -> None:
    """If no group could be judged, the exit code is 2, and the rows give the reasons."""
    Path("course/a").mkdir(parents=True)
    assert rows("course", code=2)["a"]["problem"] == "no report"


def test_groups_own_settings() -> None:
    """A group's own files can change its limits, which the row tells, but cannot hide anything."""
    text = SHORT.replace("In a box", "![Two](figures/bees.png) In a box")
    course(a=text, b=text)
    write(Path("course/a/reportls.toml"), 'ignore = ["image-not-found"]\n[questions.1]\nwords = [1, 2]\n')
    found = rows("course")
    assert [found[name]["checker"]["passed"] for name in "ab"] == [2, 1]
    assert [len(found[name]["missing_images"]) for name in "ab"] == [1, 1]
    assert found["a"]["notes"] == ["the group's own files, not the prompts, set the limits of question 1"]
    assert found["b"]["notes"] == []


@corpus.needs_corpus
def test_own_limits_are_told() -> None:
    """The row tells where a group's own files differ from the edition, unless `--edition` is given."""
    name = next(name for name in corpus.names() if name.startswith("2026"))
    write(Path("course/a/reports/README.md"), corpus.report(name))
    write(Path("course/a/reportls.toml"), "[questions.4]\nwords = [1, 2]\n")
    assert rows("course")["a"]["notes"] == ["the group's own files, not the edition, set the limits of question 4"]
    assert rows("course", "--edition", "dtu-02476-2026")["a"]["notes"] == []


def test_csv() -> None:
    """The CSV has one line for each group, and no cell is a formula, whatever names and texts contain."""
    names = ["=1+1", "+1", "-1", "@x", "a,b", 'q"q', "\uff1d1"]
    for name in names:
        write(Path("course", name, "reports", "README.md"), SHORT)
    write(Path("course/=2/reports/=x.md"))
    ran = reportls("overview", "course", "--format", "csv")
    found = [*csv.DictReader(io.StringIO(ran.out, newline=""))]
    assert {row["group"].lstrip("'") for row in found} == {*names, "=2"}
    assert not [cell for row in found for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\uff1d"))]
    row = next(row for row in found if row["group"] == "a,b")
    wanted = {"verdict": "fails", "passed": "1", "total": "2", "failing": "1", "words": "7", "missing images": "0"}
    assert {key: row[key] for key in wanted} == wanted


def test_order() -> None:
    """Rows are sorted by name, whichever group is judged first."""
    long = PERFECT.replace("They eat", "They eat " + "and eat " * 20_000)
    course(**{f"g{number:02}": long if number % 4 == 0 else PERFECT for number in range(24)})
    assert [*rows("course", "--jobs", "4")] == [f"g{number:02}" for number in range(24)]


def test_shared_answers() -> None:
    """Pairs of answers are found despite edits, case and line breaks; the course's own texts do not count."""
    own = "Bees eat nectar and pollen, and in the winter they live on the honey."
    texts = {
        "a": PERFECT.replace("They eat what flowers give them.", own),
        "b": PERFECT.replace("In a box in the garden.", own.upper().replace(" ", "\n")),
        "c": PERFECT.replace("They eat what flowers give them.", own.replace("pollen", "pollen too")),
    }
    prompt = "**What do bees eat, and where, and when, and why, and with whom do they eat it?**"
    left = PERFECT.replace("**What do bees eat?**", prompt).replace("They eat what flowers give them.", prompt)
    course(**texts, d=left, e=left)
    assert "shared" not in overview("course")
    found = overview("course", "--shared", "14")["shared"]
    assert [(each["likeness"], *(place["group"] for place in each["places"])) for each in found] == [
        (1.0, "a", "b"),
        (0.6, "a", "c"),
        (0.6, "b", "c"),
    ]
    assert found[0]["places"][0] == {"group": "a", "question": 1, "text": own}
    assert overview("course", "--shared", "16")["shared"] == []
    text = reportls("overview", "course", "--shared", "14", "--jobs", "1").out
    assert "100% of 14 words: a (question 1), b (question 2)" in text
    page = reportls("overview", "course", "--shared", "14", "--jobs", "1", "--format", "html").out
    assert f"<mark>{own}</mark>" in page


def test_questions() -> None:
    """The overview counts how many groups fail each question and by how much."""
    long = PERFECT.replace("They eat", "They eat " + "and eat " * 30)
    unanswered = PERFECT.replace("They eat what flowers give them.", "")
    course(a=SHORT, b=SHORT.replace("Nectar", "Nectar honey"), c=long, d=unanswered, e=PERFECT, f=CRASHING)
    document = overview("course")
    one, two = document["questions"]
    assert (one["groups"], one["failing"], one["unanswered"], two["failing"]) == (5, 4, 1, 0)
    assert one["constraints"] == {"words": [3, 10], "images": None}
    assert one["too_few_words"]["groups"] == 2
    assert one["too_many_words"]["median"] == 56
    assert [band["groups"] for band in one["too_many_words"]["by"]] == [0, 0, 1]
    assert document["summary"] == {
        "groups": 6, "passes": 1, "fails": 4, "complete": 0, "not_complete": 0, "crashes": 1, "not_judged": 0,
        "editions": [None],
    }  # fmt: skip


def test_text() -> None:
    """The table fits the terminal, loses no facts, and nothing in it controls the terminal."""
    course(**{"a\x1b[31m": PERFECT, "b" * 60: SHORT, "c": CRASHING}, é=SHORT)
    Path("course/empty").mkdir()
    for width in ("40", "80", "140"):
        ran = process("overview", "course", env={**_environment(), "COLUMNS": width})
        assert ran.code == 1, ran.err
        assert "\x1b" not in ran.out
        assert max(map(len, ran.out.splitlines())) <= int(width)
        for words in ("1 of 2", "fails 1", "crashes:", "no report", "5 groups: 1 pass every question"):
            assert words in " ".join(ran.out.split())


def _environment() -> dict[str, str]:
    from tests.cli.running import environment  # noqa: PLC0415

    return environment()


def test_hostile_page() -> None:
    """Names and texts of groups stay text in pages and links; each group has its own page."""
    names = ["<b>&\"'", "a b", "a-b", "A B", "con", "é", "index", "x\\..", "%2e%2e", "#?"]
    for name in names:
        judged(Path("course", name, "reports", "README.md"), SHORT)
    ran = reportls("overview", "course", "--html", "pages")
    assert ran.code == 0, ran.err
    page = Path("pages/index.html").read_text("utf-8")
    assert "<b>" not in page
    files = sorted(path.name for path in Path("pages/groups").iterdir())
    assert len(files) == len({name.lower() for name in files}) == len(names)
    assert "con.html" not in files
    assert all(f'href="groups/{name}"' in page for name in files)


def test_links_to_pages() -> None:
    """A table in another folder links to the groups' pages with relative paths."""
    course(a=PERFECT)
    Path("out").mkdir()
    ran = reportls("overview", "course", "--html", "my pages", "--format", "html", "-o", "out/all.html")
    assert ran.code == 0, ran.err
    assert 'href="../my%20pages/groups/a.html"' in Path("out/all.html").read_text("utf-8")
    assert 'href="groups/a.html"' in Path("my pages/index.html").read_text("utf-8")


def test_pages_folder_is_no_group() -> None:
    """The folder of the pages may lie among the groups, and is not taken for one."""
    course(a=PERFECT)
    for _ in range(2):
        ran: Ran = reportls("overview", "course", "--html", "course/pages")
        assert ran.code == 0, ran.err
        assert "1 group: 1 pass every question" in ran.out
