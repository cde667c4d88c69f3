"""Tests of `reportls overview` with a class list, the columns of a grade book, and who may read what is written."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from reportls.features.course.class_list import Candidate, ClassList, matched, read_class_list
from tests.cli.reports import PERFECT, SHORT, judged, write
from tests.cli.running import reportls
from tests.support.checkers import script_of
from tests.support.past import Past

LIST = (
    "OrgId;Group number;student 1;student 2;github_repo\n"
    "#1;1;s100001;s100002;https://github.com/course/bees.git\n"
    "#2;2;s200001;;https://github.com/course/wasps\n"
    "#3;3;s300001;;https://github.com/course/ants\n"
)
ROLES = '[questions.1]\nrole = "group-number"\nwords = [1, 10]\n[questions.2]\nrole = "study-numbers"\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test in an empty folder with a class list."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    write(Path("class.csv"), LIST)


def report(group: str, members: str) -> str:
    """Return a report of that group and those members."""
    return PERFECT.replace("They eat what flowers give them.", group).replace("In a box in the garden.", members)


def group(name: str, text: str, place: str = "reports/README.md") -> None:
    """Write a group's report."""
    judged(Path("course", name, place), text)
    write(Path("course", name, "reportls.toml"), ROLES)


def overview(*arguments: str, code: int = 0) -> dict[str, dict[str, Any]]:
    """Return each group's row by its name."""
    ran = reportls("overview", "course", "--class-list", "class.csv", "--format", "json", "--jobs", "1", *arguments)
    assert ran.code == code, ran.err
    return {row["group"]: row for row in json.loads(ran.out)["groups"]}


def test_differences() -> None:
    """Rows say what the report and the class list say differently; groups are found by name, address or number."""
    group("bees", report("Group 1", "s100001, s999999"))
    origin = Past(Path("course/clone-of-somebody"))
    origin.git("remote", "add", "origin", "git@github.com:course/wasps.git")
    group("clone-of-somebody", report("Group 7", "s200001"))
    group("group-03", report("3", "s300001"), "docs/README.md")
    group("hornets", report("9", "s900001"))
    found = overview()
    assert [*found] == ["bees", "clone-of-somebody", "group-03", "hornets"]
    assert found["bees"]["notes"][:2] == [
        "s100002: in the class list but not in the report",
        "s999999: in the report but not in the class list",
    ]
    assert found["clone-of-somebody"]["notes"][0] == "the report says group 7, the class list 2"
    assert found["group-03"]["notes"][0] == "the report is not at reports/README.md"
    assert found["hornets"]["notes"][0] == "not in the class list"
    assert found["bees"]["class_list"][0]["OrgId"] == "#1"


def test_template_in_any_place() -> None:
    """A report that fills in a template has no place of its own, so none is named."""
    blank = "# Trip\n\n## Route\n\n[Write your answer here]\n\n## Gear\n\n[Write your answer here]\n"
    write(Path("blank.md"), blank)
    write(Path("course", "bees", "report.md"), blank.replace("[Write your answer here]", "Along the river."))
    assert overview("--template", "blank.md", code=1)["bees"]["notes"] == []


def test_configuration_above_the_groups() -> None:
    """What lies above a group is not its own, and its files are not named as if they were reports beside another."""
    for name in ("a", "b"):
        write(Path("course", "bees", f"{name}.md"), "## Route\n\nAlong the river.\n")
    write(Path("blank.md"), "## Route\n\n[Write your answer here]\n")
    write(Path("reportls.toml"), 'template = "blank.md"\n')
    Path(".git").mkdir()
    row = overview(code=2)["bees"]
    assert (row["problem"], row["notes"]) == ("no report", [])


def test_group_that_is_missing() -> None:
    """A group of the class list without a folder has a row of its own."""
    group("bees", report("1", "s100001 s100002"))
    found = overview(code=1)
    assert found["2"]["problem"] == found["3"]["problem"] == "in the class list, but its folder was not found"


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nGroup;Folder;Members\r\n1;bees;s300009\r\n",
        "\n\nGruppenummer,Mappe,Studienummer\n1.0,,s300009\n",
        "\ufeffGruppe;Ordner;Matrikelnummer\n1;bees;300009\n",
        "Équipe,Dépôt,Membre\n1,bees,s300009\n",
        "Grupo\tCarpeta\tEstudiantes\n1\tbees\ts300009\n",
        "sep=\t\r\nGroup\tMembers\r\n1\ts300009\r\n",
        "Group,Members\r1,s300009\r",
        'Group,Member,Member\n1,s300009,"s300008\ns300007"\n',
        "Student,SIS Login ID,Group Name\nA,s300009,Project groups 1\n",
        "Full name,Email address,Group\nA,s300009@student.example,Group 1\n",
        '"Group Code","User Name"\n"1","s300009"\n',
    ],
)
def test_shapes(text: str) -> None:
    """Lists of several programs and in several languages are understood."""
    group("bees1", report("1", "s100001"))
    for encoding in ("utf-8", "utf-16"):
        Path("class.csv").write_bytes(text.encode(encoding))
        (note,) = [each for each in overview()["bees1"]["notes"] if "in the class list but not" in each]
        assert "s300009" in note


def test_report_on_another_branch() -> None:
    """A report that only another branch has is named."""
    past = Past(Path("course/bees"))
    past.write("# Bees\n", "README.md")
    past.commit("Begin")
    past.git("switch", "--quiet", "--create", "dev")
    past.save(PERFECT)
    past.git("switch", "--quiet", "main")
    group("wasps", PERFECT)
    assert overview(code=1)["bees"]["problem"] == "no report; reports/README.md is on the branch dev"


def test_columns_for_a_grade_book() -> None:
    """`--columns` takes columns of the class list and our own, with other headings, a line for each of its lines."""
    write(Path("class.csv"), "Username,Group,Points\ns100001,1,\ns100002,1,\ns200001,2,\n")
    group("group 1", report("1", "s100001 s100002"))
    group("group 2", SHORT)
    write(Path("course/group 2/reportls.toml"), "")
    chosen = "Username,passed=Report Points <Numeric>,verdict"
    arguments = ("--class-list", "class.csv", "--format", "csv", "--jobs", "1", "-o", "grades.csv", "--columns", chosen)
    assert reportls("overview", "course", *arguments).code == 0
    assert [*csv.reader(io.StringIO(Path("grades.csv").read_text("utf-8")))] == [
        ["Username", "Report Points <Numeric>", "verdict"],
        ["s100001", "2", "passes"],
        ["s100002", "2", "passes"],
        ["s200001", "1", "fails"],
    ]


def test_tasks() -> None:
    """Ticked tasks of the checklist are counted."""
    group("bees", PERFECT.replace("### Question 1", "* [x] One\n* [ ] Two\n- [X] Three\n\n### Question 1", 1))
    assert overview(code=1)["bees"]["tasks"] == {"done": 2, "total": 3}


@pytest.mark.parametrize(
    "address",
    ["git@github.com:course/Bees.git", "ssh://git@github.com/course/bees", "https://www.github.com/course/bees.git/"],
)
def test_addresses(address: str) -> None:
    """The address of a repository is known in each form in which git and browsers write it."""
    (listed,) = read_class_list(f"Team,Repository URL\nA,{address}\n").groups
    origin = Candidate("x", "x", "github.com/course/bees")
    assert matched(ClassList((), (listed,)), [Candidate("y", "y", "github.com/course/wasps"), origin]) == {0: 1}


def test_drift() -> None:
    """`--newest` tells whose prompts and script are not those that the course has now; line ends do not matter."""
    write(Path("template/reports/README.md"), PERFECT.replace("What do bees eat?", "What do bees eat now?"))
    write(Path("template/report.py"), "print('new')\n")
    write(Path("class.csv"), "group\nbees\nwasps\nants\n")
    group("bees", PERFECT)
    write(Path("course/bees/reports/report.py"), "print('old')\n")
    group("wasps", PERFECT.replace("What do bees eat?", "What do bees eat now?"))
    write(Path("course/wasps/reports/report.py"), "print('new')\r\n")
    write(Path("course/ants/reports/README.md"), PERFECT)
    found = overview("--newest", "template")
    assert {name: [note for note in row["notes"] if "newest" in note] for name, row in found.items()} == {
        "bees": ["report.py is not the course's newest", "not the newest template's prompts: 1"],
        "wasps": [],
        "ants": ["not the newest template's prompts: 1"],
    }
    assert "`newest`: no folder at" in reportls("overview", "course", "--newest", "nowhere").err


def test_course_over_time() -> None:
    """`--history` shows how many questions passed in each version, the last commit, and that it was better before."""
    past = Past(Path("course/bees"))
    past.write(script_of(PERFECT), "reports/report.py")
    past.save(SHORT)
    best = past.save(PERFECT)
    past.save(PERFECT.replace("Answer:", "answer", 1))
    past.save(SHORT)
    group("wasps", PERFECT)
    write(Path("class.csv"), "group\nbees\nwasps\n")
    found = overview("--history")
    assert found["bees"]["history"] == {
        "passed": [1, 2, None, 1],
        "total": 2,
        "last_commit": "2025-12-29T13:20:00Z",
        "better": f"2 of 2 passed at {best}, 29 Dec 2025 11:20",
    }
    assert found["bees"]["notes"] == [f"was better before: 2 of 2 passed at {best}, 29 Dec 2025 11:20"]
    assert "history" not in found["wasps"]
    assert "▄█!▄ 29 Dec 2025 13:20" in reportls("overview", "course", "--history", "--jobs", "1").out
    assert 'class="past"' in reportls("overview", "course", "--history", "--jobs", "1", "--format", "html").out


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("a,b\n1,2\n", (), "class.csv: no column for the group, the repository or the folder"),
        ("", (), "class.csv: no column for the group"),
        ("1,https://github.com/course/bees,s100001\n", (), "class.csv: the first line has no headings"),
        ("Group,Folder\n,\n", (), "class.csv: no line below the headings"),
        (LIST, ("--format", "csv", "--columns", "passed,nothing"), "--columns: no column `nothing`: there are group, "),
        (LIST, ("--columns", "passed"), "--columns goes with --format csv"),
    ],
)
def test_bad_usage(text: str, arguments: tuple[str, ...], said: str) -> None:
    """What cannot be followed leads to a message."""
    write(Path("class.csv"), text)
    group("bees", PERFECT)
    ran = reportls("overview", "course", "--class-list", "class.csv", "--jobs", "1", *arguments)
    assert (ran.code, said in ran.err) == (2, True), ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_private() -> None:
    """Everything that is written can be read by its owner alone, even where an old file could be read by all."""
    group("bees", PERFECT)
    Path("old.csv").write_text("")
    Path("old.csv").chmod(0o644)
    reportls("overview", "course", "--jobs", "1", "--format", "csv", "-o", "old.csv", "--html", "pages")
    written = [Path("old.csv"), *(path for path in Path("pages").rglob("*") if path.is_file())]
    assert len(written) == 3
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}


def test_not_into_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """In continuous integration, whose log others read, personal data goes into a file or nowhere."""
    group("bees", PERFECT)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for option in (("--class-list", "class.csv"), ("--shared", "20")):
        ran = reportls("overview", "course", *option)
        assert (ran.code, ran.out) == (2, "")
        assert "name a file with -o" in ran.err
