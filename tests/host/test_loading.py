"""Tests of loading a report with its configuration, script and figures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportls.editions.edition import builtin
from reportls.findings.finding import FileProblem, Severity
from reportls.host.loading import Flags, Loaded, load
from reportls.host.paths import HostError
from reportls.report.checker import Variant
from reportls.report.kinds import WORDS, Constraints, Limit
from reportls.snapshot import take
from tests.host.repositories import PNG, repository
from tests.support.checkers import checker

REPORT = "\ufeff### Question 1\r\n> Answer:\r\n\r\nyes 😋\r\n\r\n### Question 2\r\n> Answer:\r\n\r\nno\r\n"
LIMITS = (Constraints(), Constraints.of({WORDS: Limit(1, 2)}))
SCRIPT = checker(Variant(2), LIMITS, "classes")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Create a group's repository with a report."""
    root = repository(tmp_path / "group")
    (root / "reports" / "README.md").write_bytes(REPORT.encode())
    return root


def loaded(root: Path, flags: Flags = Flags()) -> Loaded:
    """Load the report in that repository."""
    return load(root / "reports" / "README.md", flags)


def problems(root: Path, flags: Flags = Flags()) -> list[tuple[str, int, str]]:
    """Return file, line and message of each problem beside the report."""
    found = loaded(root, flags).configuration
    return [
        (finding.path.relative_to(root).as_posix(), finding.problem.line, finding.problem.message) for finding in found
    ]


def test_plain_report(root: Path) -> None:
    """A report with nothing beside it but figures loads without problems."""
    (root / "reports" / "figures" / "a.png").write_bytes(PNG)
    report = loaded(root)
    assert report.text == REPORT
    assert report.path == root / "reports" / "README.md"
    assert report.environment.script is None
    assert report.environment.files.paths() == ("README.md", "figures/a.png")
    assert report.configuration == ()
    assert not report.is_named
    assert take(report.text, report.environment).verdict.passed == 2


def test_text_in_place_of_the_file(root: Path) -> None:
    """A text from an editor replaces the file's; neither the file nor its folder needs to exist."""
    (root / "reports" / "reportls.toml").write_text('figures = "images"\n')
    report = load(root / "reports" / "new.md", text="typed")
    assert report.text == "typed"
    assert report.environment.settings.figures == "images"
    assert report.environment.files.is_known
    report = load(root / "none" / "new.md", text="typed")
    assert not report.environment.files.is_known


@pytest.mark.parametrize("place", ["reports/reportls.toml", "reportls.toml"])
def test_own_configuration(root: Path, place: str) -> None:
    """`reportls.toml` counts beside the report and in a folder above it."""
    (root / place).write_text('figures = "images"\n')
    assert loaded(root).environment.settings.figures == "images"


@pytest.mark.parametrize("place", ["reports/pyproject.toml", "pyproject.toml"])
def test_shared_configuration(root: Path, place: str) -> None:
    """A table in `pyproject.toml` counts as configuration."""
    (root / place).write_text('[tool.reportls]\nfigures = "images"\n')
    assert loaded(root).environment.settings.figures == "images"


def test_nearest_configuration(root: Path) -> None:
    """Only the nearest file counts; in one folder ours goes first, and one without our table does not count."""
    (root / "reportls.toml").write_text('figures = "far"\nformats = ["png"]\n')
    (root / "reports" / "pyproject.toml").write_text('[project]\nname = "reportls-user"\n')
    assert loaded(root).environment.settings.figures == "far"
    (root / "reports" / "pyproject.toml").write_text('[tool.reportls]\nfigures = "near"\n')
    assert loaded(root).environment.settings.figures == "near"
    (root / "reports" / "reportls.toml").write_text('figures = "nearest"\n')
    assert loaded(root).environment.settings.figures == "nearest"
    assert loaded(root).environment.formats == ("png", "jpg", "jpeg")


def test_configuration_outside(root: Path, tmp_path: Path) -> None:
    """Configuration above the repository is ignored; without a repository, only two folders are searched."""
    (tmp_path / "reportls.toml").write_text('figures = "outside"\n')
    assert loaded(root).environment.settings.figures == "figures"
    (root / ".git").rename(root / "git")
    assert loaded(root).environment.settings.figures == "figures"
    (tmp_path / "README.md").write_text(REPORT)
    assert load(tmp_path / "README.md").environment.settings.figures == "outside"


def test_configuration_by_link(root: Path, tmp_path: Path) -> None:
    """A link out of the repository is not followed; if it is a `reportls.toml`, that is an error."""
    (tmp_path / "outside.toml").write_text('figures = "outside"\n[tool.reportls]\nfigures = "outside"\n')
    (root / "pyproject.toml").symlink_to(tmp_path / "outside.toml")
    assert loaded(root).environment.settings.figures == "figures"
    (root / "reportls.toml").symlink_to(tmp_path / "outside.toml")
    with pytest.raises(HostError, match="a link that leads out of the repository"):
        loaded(root)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"figures =\n", r"reportls\.toml: line 1 is not valid TOML: invalid value"),
        (b"figures = 'a'\n# caf\xe9\n", r"reportls\.toml: the byte at offset 19 is not UTF-8"),
        (b"#" * 1_100_000, r"reportls\.toml: 1\.1 MB, and at most 1 MB"),
    ],
    ids=["toml", "encoding", "size"],
)
def test_broken_configuration(root: Path, content: bytes, message: str) -> None:
    """A configuration that cannot be parsed is an error."""
    (root / "reportls.toml").write_bytes(content)
    with pytest.raises(HostError, match=message):
        loaded(root)


def test_configuration_that_is_no_file(root: Path) -> None:
    """A configuration that is a pipe is not waited for."""
    os.mkfifo(root / "pyproject.toml")
    assert loaded(root).environment.settings.figures == "figures"
    os.mkfifo(root / "reportls.toml")
    with pytest.raises(HostError, match="this is a pipe or a device"):
        loaded(root)


def test_problems(root: Path) -> None:
    """Problems point into their file and have the rule's severity."""
    (root / "reportls.toml").write_text('edition = "dtu-02476-2030"\n[severity]\nunanswerd = "off"\n')
    assert [(name, line) for name, line, _ in problems(root)] == [("reportls.toml", 0), ("reportls.toml", 2)]
    assert {finding.severity for finding in loaded(root).configuration} == {Severity.WARNING}
    assert loaded(root).environment.settings.edition is None
    with (root / "reportls.toml").open("a") as file:
        file.write('configuration = "error"\n')
    assert {finding.severity for finding in loaded(root).configuration} == {Severity.ERROR}
    assert problems(root, Flags(ignore=frozenset({"configuration"}))) == []
    assert problems(root, Flags(select=frozenset({"unanswered"}))) == []


def test_relative_paths(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths of files beside the report are relative if the report's is."""
    (root / "reportls.toml").write_text("x = 1\n")
    (root / "reports" / "report.py").write_text("question_constraints = x\n")
    monkeypatch.chdir(root / "reports")
    found = load(Path("README.md")).configuration
    assert [str(finding.path) for finding in found] == ["../reportls.toml", "report.py"]


def test_flags(root: Path) -> None:
    """Options override the configuration; a rule that they select is listed."""
    (root / "reportls.toml").write_text('select = ["unanswered"]\nignore = ["group-number", "study-number"]\n')
    flags = Flags("dtu-02476-2022", frozenset({"group-number"}), frozenset({"unanswered"}))
    environment = loaded(root, flags).environment
    assert environment.named == "dtu-02476-2022"
    assert environment.settings.select == frozenset({"group-number"})
    assert environment.settings.ignore == frozenset({"study-number", "unanswered"})
    assert loaded(root).environment.settings.select == frozenset({"unanswered"})
    with pytest.raises(HostError, match="unknown edition `2026`: did you mean `dtu-02476-2026`"):
        loaded(root, Flags("2026"))


def test_named_report(root: Path) -> None:
    """The configuration can name a file as a report."""
    (root / "reportls.toml").write_text('reports = ["reports/READ*.md"]\n')
    assert loaded(root).is_named
    assert not load(root / "reports" / "x.md", text="").is_named


def test_script(root: Path) -> None:
    """The `report.py` beside the report decides about limits, unless an edition is named."""
    (root / "reports" / "report.py").write_text(SCRIPT)
    script = loaded(root).environment.script
    assert script
    assert script.variant == Variant(2)
    assert script.limits == LIMITS
    report = loaded(root)
    assert take(report.text, report.environment).edition.limits == script.limits
    assert loaded(root, Flags("dtu-02476-2022")).environment.script is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            b"import click\r\n\r\nquestion_constraints = make()  \r\n",
            FileProblem(2, 0, 29, "the table of limits is not a plain list or dict"),
        ),
        (
            b"question_constraints = [\n    no_constraints,\n    unknown,\n]\n",
            FileProblem(2, 4, 12, "this entry of the table of limits has an unknown form"),
        ),
        (b"'Answer:'\n", FileProblem(0, 0, 9, "no table of limits, `question_constraints`, is found")),
        (b"# Answer: \\\n" * 3 + b"\\\n", None),
        (b"# Answer: caf\xe9\n", None),
        (b"#" * 1_100_000, None),
    ],
    ids=["call", "entry", "no table", "no Python", "encoding", "size"],
)
def test_script_not_understood(root: Path, content: bytes, problem: FileProblem | None) -> None:
    """A script that is not understood leads to a problem at its line that says where limits come from instead."""
    (root / "reports" / "report.py").write_bytes(content)
    report = loaded(root)
    assert report.environment.script is None
    (finding,) = report.configuration
    assert finding.path == root / "reports" / "report.py"
    words, _, consequence = finding.problem.message.rpartition("; ")
    assert consequence == "limits come from the prompts"
    if problem:
        assert finding.problem._replace(message=words) == problem
    assert problems(root, Flags("dtu-02476-2022")) == []


def test_edition_in_place_of_a_script(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a built-in edition replaces a script that is not understood, the message names its year."""
    monkeypatch.setattr("reportls.editions.resolve.recognise", lambda *_: builtin("dtu-02476-2026"))
    (root / "reports" / "report.py").write_text("question_constraints = make()\n")
    (finding,) = loaded(root).configuration
    assert finding.problem.message.endswith("; limits come from the built-in 2026 edition")


def test_another_script(root: Path, tmp_path: Path) -> None:
    """A `report.py` that is another program, a folder, a pipe or a link out of the repository is ignored."""
    path = root / "reports" / "report.py"
    path.write_text("print(1)\n")
    assert loaded(root).configuration == ()
    path.unlink()
    (tmp_path / "outside.py").write_text(SCRIPT)
    path.symlink_to(tmp_path / "outside.py")
    assert loaded(root).environment.script is None
    assert loaded(root).configuration == ()
    path.unlink()
    os.mkfifo(path)
    assert [name for name, _, _ in problems(root)] == ["reports/report.py"]


def test_unreadable_report(tmp_path: Path) -> None:
    """The error for an unreadable report names the file and the reason."""
    with pytest.raises(HostError, match=r"none\.md: there is no such file"):
        load(tmp_path / "none.md")


def test_loading_imports_little() -> None:
    """Loading a plain report imports no module that only few reports need, as start-up time counts."""
    heavy = ["subprocess", "filetype", "imagesize", "tomllib", "tomli", "difflib", "tempfile"]
    heavy += ["reportls.configuration", "reportls.editions.script"]
    program = f"import sys, reportls.host.loading; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert run.stdout == "[]\n"
