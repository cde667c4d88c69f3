"""Tests of finding reports in folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportls.host.configuration import matches
from reportls.host.discovery import default_paths, find_reports
from reportls.host.paths import HostError

REPORT = "### Question 1\n> Answer:\n\nyes\n\n### Question 2\n> Answer:\n\nno\n"


def put(folder: Path, texts: dict[str, str | bytes]) -> None:
    """Write files with this content."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def found(folder: Path) -> list[str]:
    """Return the reports in the folder, as relative paths."""
    return [path.relative_to(folder).as_posix() for path in find_reports(folder)]


def test_all_reports_in_order(tmp_path: Path) -> None:
    """Reports are found anywhere and in any encoding that can be converted, and no other file is."""
    put(
        tmp_path,
        {
            "b/README.md": REPORT,
            "a/reports/README.md": "\ufeff" + REPORT.replace("\n", "\r\n"),
            "a/MAIN.MARKDOWN": REPORT,
            "README.md": "# Read me\n\nAnswer: no.\n",
            "latin.md": REPORT.encode() + b"\xe9",
            "wide.md": REPORT.encode("utf-16"),
            "notes.txt": REPORT,
            "one.md": "### Question 1\n> Answer:\n\nThe question is open.\n",
            "empty.md": "",
            ".hidden/README.md": REPORT,
            "node_modules/x/README.md": REPORT,
        },
    )
    (tmp_path / "node_modules").mkdir(exist_ok=True)
    assert found(tmp_path) == ["a/MAIN.MARKDOWN", "a/reports/README.md", "b/README.md", "latin.md", "wide.md"]


def test_skipped_folders(tmp_path: Path) -> None:
    """Hidden and third-party folders are skipped, unless one is the folder that is searched."""
    for name in (".venv", "node_modules", "venv", "site-packages"):
        put(tmp_path / name, {"README.md": REPORT})
    assert found(tmp_path) == []
    assert found(tmp_path / ".venv") == ["README.md"]


def test_odd_entries(tmp_path: Path) -> None:
    """Folders and pipes with names of reports, circular links and huge files do no harm."""
    put(tmp_path, {"reports/x.md": REPORT})
    (tmp_path / "README.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "reports" / "circle").symlink_to("..")
    (tmp_path / "link.md").symlink_to("reports/x.md")
    (tmp_path / "gone.md").symlink_to("nowhere")
    with (tmp_path / "large.md").open("wb") as file:
        file.write(REPORT.encode())
        file.truncate(25_000_000)
    assert found(tmp_path) == ["large.md", "reports/x.md"]  # the former may be one, which cannot be told


def test_deep_folders(tmp_path: Path) -> None:
    """The search ends at a maximum depth."""
    folder = tmp_path.joinpath(*["d"] * 40)
    put(folder, {"README.md": REPORT})
    assert found(tmp_path) == []


def test_no_folder(tmp_path: Path) -> None:
    """A missing folder, or a file instead of a folder, is an error."""
    put(tmp_path, {"README.md": REPORT})
    for name in ("none", "README.md"):
        with pytest.raises(HostError, match=name):
            find_reports(tmp_path / name)


def test_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be read does not hide the reports of the others."""
    put(tmp_path, {"a/x.md": REPORT, "b/x.md": REPORT})
    scandir = os.scandir

    def denied(path: Path) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    closed: list[str] = []
    assert [path.name for path in find_reports(tmp_path, closed)] == ["x.md"]
    assert closed == [f"{tmp_path / 'a'}: permission denied: you may not read or write this folder"]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").rename(tmp_path / "reports.old")
    put(tmp_path, {"reports/a/x.md": REPORT})
    assert default_paths(Path()) == (Path("reports"),)


def test_named_reports(tmp_path: Path) -> None:
    """A file that the configuration names is a report, whatever it contains; nested repositories have their own."""
    put(
        tmp_path,
        {
            "reportls.toml": 'reports = ["exam.txt", "drafts/**/*.md"]\n',
            "exam.txt": "nothing yet",
            "drafts/x/y.md": "",
            "sub/exam.txt": "",
            "group/drafts/x.md": "",
            "broken/drafts/x.md": "",
            "broken/reportls.toml": "[",
        },
    )
    assert found(tmp_path) == ["drafts/x/y.md", "exam.txt"]
    put(tmp_path / "group", {"reportls.toml": 'reports = ["drafts/x.md"]\n'})
    assert found(tmp_path) == ["drafts/x/y.md", "exam.txt", "group/drafts/x.md"]


def test_relative_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths of reports are relative if the folder was given as a relative path."""
    put(tmp_path, {"reports/README.md": REPORT})
    monkeypatch.chdir(tmp_path)
    assert [str(path) for path in find_reports(Path())] == ["reports/README.md"]
    assert [str(path) for path in find_reports(Path("../") / tmp_path.name)] == [
        f"../{tmp_path.name}/reports/README.md"
    ]


@pytest.mark.parametrize(("folder", "default"), [("reports", "reports"), ("report", "report"), ("docs", ".")])
def test_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, default: str) -> None:
    """The default is `reports/`, else `report/`, if it contains a report, else the folder itself."""
    put(tmp_path / folder, {"README.md": REPORT})
    (tmp_path / "reports").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert default_paths(Path()) == (Path(default),)
    assert default_paths(tmp_path) == (tmp_path / default,)


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("exam.md", "exam.md", True),
        ("a/exam.md", "exam.md", False),
        ("a/exam.md", "*/exam.md", True),
        ("a/exam.md", "*.md", False),
        ("exam.md", "**/exam.md", True),
        ("a/b/exam.md", "**/exam.md", True),
        ("a/b/exam.md", "a/**", True),
        ("a", "a/**", True),
        ("b/exam.md", "a/**", False),
        ("a/b/c/d.md", "**/b/**/*.md", True),
        ("a/c/d.md", "**/b/**/*.md", False),
        ("Exam.md", "exam.md", False),
        ("exam1.md", "exam[0-9].md", True),
        ("a/" * 300 + "a", "**/a/" * 100 + "b", False),
        ("a" * 200, "*a" * 60 + "b", False),
    ],
    ids=range(15),
)
def test_patterns(path: str, pattern: str, expected: bool) -> None:  # noqa: FBT001  # an expectation
    """`*` matches within a name, `**` across folders, and no pattern takes long."""
    assert matches(path.split("/"), pattern) is expected
