"""Tests of loading templates: which are used, which are refused and why, and which files are reports with one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportls.editions.edition import builtin
from reportls.findings.finding import Severity
from reportls.host.discovery import find_reports
from reportls.host.loading import Flags, Loaded, load
from tests.host.repositories import git

if TYPE_CHECKING:
    from collections.abc import Mapping

BLANK = """\
# Field trip

## Route

> Where will you walk? At most 80 characters.

[Write your answer here]

## Gear

[Write your answer here]
"""
FILLED = BLANK.replace("[Write your answer here]", "Boots, and a map of the ridge.")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Create a repository with a template, a report and a page that is none."""
    folder = tmp_path / "group"
    folder.mkdir()
    git(folder, "init", "--quiet")
    put(folder, {"template.md": BLANK, "report.md": FILLED, "README.md": "# Read me\n\n## Install\n"})
    return folder


def put(folder: Path, texts: Mapping[str, str | bytes]) -> None:
    """Write files with this content."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def configured(root: Path, value: str, flags: Flags = Flags()) -> Loaded:
    """Load the report with this value of the setting `template`."""
    put(root, {"reportls.toml": f'strict = false\ntemplate = "{value}"\n'})
    return load(root / "report.md", flags)


def found(root: Path, template: Path | None = None) -> tuple[list[str], list[str]]:
    """Return the reports that are found, and the messages about what cannot be read."""
    closed: list[str] = []
    return [path.relative_to(root).as_posix() for path in find_reports(root, closed, template)], closed


def test_configured(root: Path) -> None:
    """The path is seen from the configuration file."""
    loaded = configured(root, "template.md")
    assert loaded.environment.template
    assert [slot.name for slot in loaded.environment.template.slots] == ["Route", "Gear"]
    assert loaded.environment.template_name == "template.md"
    assert (loaded.choice.path, loaded.configuration) == (root / "template.md", ())
    put(root, {"forms/reportls.toml": 'template = "../template.md"\n', "forms/mine.md": FILLED})
    assert load(root / "forms" / "mine.md").environment.template


def test_command_line_goes_first(root: Path, tmp_path: Path) -> None:
    """A template on the command line may lie anywhere, and replaces the configured one."""
    put(tmp_path, {"course.md": "# Course\n\n## Only\n\n[Write here]\n"})
    loaded = configured(root, "template.md", Flags(template=tmp_path / "course.md"))
    assert loaded.environment.template
    assert [slot.name for slot in loaded.environment.template.slots] == ["Only"]


def test_settings_of_an_editor(root: Path) -> None:
    """In an editor's settings, the path is seen from the root of the repository, and wins over the file's."""
    put(root, {"notes/mine.md": FILLED, "notes/other.md": "## Other\n\n[Write here]\n"})
    put(root, {"notes/reportls.toml": 'template = "other.md"\n'})
    loaded = load(root / "notes" / "mine.md", Flags(editor={"template": "template.md"}))
    assert loaded.choice.path == root / "template.md"
    assert loaded.environment.template


REFUSED = [
    ("gone.md", None, "there is no such file: name the blank file that reports start from"),
    ("folder", None, "this is a folder, not a file: name the blank file that reports start from"),
    ("latin.md", b"## caf\xe9\n", "is not UTF-8: save the file with the encoding UTF-8"),
    ("long.md", b"x" * 1_000_001, "at most 1 MB are read: name the blank file that reports start from"),
    ("empty.md", b"", "this file has no place to answer"),
    ("letter.md", b"Dear all,\n", "this file has no place to answer"),
    ("report.md", FILLED.encode(), "this is the report itself: keep a copy of the blank file beside it"),
    ("../outside.md", BLANK.encode(), "a template must be in the repository, with all links followed"),
    ("link.md", None, "a template must be in the repository, with all links followed"),
]


@pytest.mark.parametrize(("name", "content", "words"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_refused(root: Path, tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    """A template that cannot be used is one warning at its setting, and the report is judged without it."""
    put(tmp_path, {"outside.md": BLANK})
    (root / "link.md").symlink_to(tmp_path / "outside.md")
    (root / "folder").mkdir()
    if content is not None:
        put(root, {name: content})
    loaded = configured(root, name)
    assert loaded.environment.template is None
    (finding,) = loaded.configuration
    assert (finding.path, finding.severity) == (root / "reportls.toml", Severity.WARNING)
    assert (finding.problem.line, finding.line_text[finding.problem.column : finding.problem.end_column]) == (
        1,
        f'"{name}"',
    )
    assert words in finding.problem.message
    assert finding.problem.message == loaded.choice.refusal
    assert Path(finding.problem.message.partition(": ")[0]).name == Path(name).name


def test_first_version(root: Path) -> None:
    """The report's first version is its template if it was blank; else one information says why it is not."""
    put(root, {"report.md": BLANK})
    git(root, "add", "report.md")
    git(root, "commit", "--quiet", "--message", "Begin")
    put(root, {"report.md": FILLED})
    loaded = configured(root, "first-version")
    assert loaded.environment.template
    assert (loaded.environment.template_name, loaded.environment.keeps_prose) == ("first-version", True)
    git(root, "add", "report.md")
    git(root, "commit", "--quiet", "--amend", "--message", "Begin")
    loaded = configured(root, "first-version")
    assert loaded.environment.template is None
    (finding,) = loaded.configuration
    assert (finding.severity, finding.problem.line) == (Severity.INFORMATION, 1)
    assert "most of it was filled in already" in finding.problem.message


def test_blank_file_of_an_edition(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the template is a built-in edition's, that edition's checker decides, not the template."""
    monkeypatch.setattr("reportls.host.templates.recognise", lambda _: builtin("dtu-02476-2026"))
    put(root, {"template.md": BLANK + "\n## Of an edition\n\n[Write here]\n"})
    loaded = configured(root, "template.md")
    assert loaded.choice.template
    assert loaded.environment.template is None
    assert not loaded.environment.has_form


def test_names_that_no_slot_has(root: Path) -> None:
    """A limit for a slot that does not exist is a warning at its name; so is one where there is no template."""
    text = 'template = "template.md"\n[questions."Rote"]\nwords = [1, 2]\n[questions.3]\nwords = [1, 2]\n'
    put(root, {"reportls.toml": text + '[questions."Gear"]\nwords = [1, 2]\n'})
    problems = [finding.problem for finding in load(root / "report.md").configuration]
    assert [(each.line, each.message) for each in problems] == [
        (1, "unknown place to answer `Rote`: did you mean `Route`?"),
        (3, "the template has 2 places to answer, so there is no number 3"),
    ]
    put(root, {"reportls.toml": '[questions."Gear"]\nwords = [1, 2]\n'})
    (finding,) = load(root / "report.md").configuration
    assert finding.problem.message == "`Gear`: names count only with a `template`; write the question's number"


def test_found(root: Path, tmp_path: Path) -> None:
    """Files that fill in a template are reports, whatever their ending; the template and other pages are not."""
    put(root, {"sub/own.Rmd": FILLED, "sub/half.qmd": "## Gear\n\nBoots.\n", "sub/none.md": "# Field trip\n"})
    assert found(root) == ([], [])
    put(tmp_path, {"course.md": BLANK})
    assert found(root, tmp_path / "course.md")[0] == ["report.md", "sub/half.qmd", "sub/own.Rmd", "template.md"]
    put(root, {"reportls.toml": 'template = "template.md"\n'})
    assert found(root) == (["report.md", "sub/half.qmd", "sub/own.Rmd"], [])
    assert found(root, tmp_path / "course.md")[0] == ["report.md", "sub/half.qmd", "sub/own.Rmd"]
    put(root, {"reportls.toml": 'template = "gone.md"\n'})
    assert found(root) == (
        [],
        [f"{root / 'gone.md'}: there is no such file: name the blank file that reports start from"],
    )


def test_found_by_first_version(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that still fills in its own blank first version is a report; a page that never was blank is none."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    put(root, {"report.md": BLANK, "README.md": "# Read me\n\n## Install\n\nRun it.\n\n## Use\n\nUse it.\n"})
    git(root, "add", "report.md", "README.md")
    git(root, "commit", "--quiet", "--message", "Begin")
    put(root, {"report.md": FILLED, "reportls.toml": 'template = "first-version"\n'})
    assert found(root) == (["report.md"], [])
