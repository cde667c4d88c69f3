"""A disk that is full or without permissions leads to a message, and the author's text stays as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.reports import LEFT, PERFECT, write
from tests.cli.running import Ran, environment
from tests.host.repositories import commit, git
from tests.support.ordinary_user import ordinary_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions and limits are others there")

_BLANK = "# Diary\n\n## Monday\n\n[Your answer]\n\n## Tuesday\n\n[Your answer]\n"
_LONGEST = 64 * 1024
"""Maximum size in bytes of a file on the simulated full disk."""


def run(*arguments: str | Path, **options: Any) -> Ran:  # noqa: ANN401  # options of the process
    """Run the command line as a process of an ordinary user."""
    command = [sys.executable, "-m", "reportls", *map(str, arguments)]
    # Python would leave half a compiled module behind where no long file can be written.
    variables = environment() | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=variables, capture_output=True, timeout=60, check=False, **options)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def complaint(ran: Ran) -> str:
    """Return the only message on standard error."""
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert line.startswith("error: ")
    return line


def small_files() -> dict[str, Callable[[], None]]:
    """Return options for a process that cannot write files longer than `_LONGEST`."""
    import resource  # noqa: PLC0415  # not on Windows

    return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (_LONGEST, _LONGEST))}


@pytest.fixture
def long_report(tmp_path: Path) -> Path:
    """Return a report with something to fix that does not fit twice on the simulated disk."""
    return write(tmp_path / "reports" / "README.md", LEFT + "Much honey. " * (_LONGEST // len("Much honey. ")))


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """Create a disk of 128 kB in memory."""
    disk = tmp_path / "tiny disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "none", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a disk; the tests with a limit for files do the same here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_fixing_where_no_more_fits(long_report: Path) -> None:
    """If the fixed report does not fit, the report stays whole and no temporary file is left."""
    before = long_report.read_bytes()
    said = complaint(run("check", "--fix", long_report, **small_files()))
    assert str(long_report) in said
    assert "file too large" in said
    assert long_report.read_bytes() == before
    assert [*long_report.parent.iterdir()] == [long_report]


def test_fixing_on_a_full_disk(long_report: Path, tiny_disk: Path) -> None:
    """On a real full disk, the report stays whole and no temporary file is left."""
    report = write(tiny_disk / "README.md", long_report.read_text())
    before = report.read_bytes()
    assert "no space left on device" in complaint(run("check", "--fix", report))
    assert report.read_bytes() == before
    assert [*tiny_disk.iterdir()] == [report]
    assert run("check", "--exit-zero", report).code == 0, "it can be judged all the same"


def test_page_where_no_more_fits(long_report: Path) -> None:
    """If a new page does not fit, the old page stays."""
    page = long_report.with_name("report.html")
    page.write_text("the old page")
    assert "file too large" in complaint(run("html", "--force", long_report, **small_files()))
    assert page.read_text() == "the old page"
    assert {path.name for path in long_report.parent.iterdir()} == {"README.md", "report.html"}


def _fill(full: Path) -> Path:
    """Write a file until the disk is full."""
    with suppress(OSError), full.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return full


@pytest.mark.parametrize("free", [0, 12_288])
def test_demo_where_no_more_fits(tiny_disk: Path, free: int) -> None:
    """If the sample does not fit, nothing of it is left, and a message says so."""
    full = _fill(tiny_disk / "full")
    os.truncate(full, full.stat().st_size - free)
    assert "no space left on device" in complaint(run("demo", tiny_disk / "new" / "demo"))
    assert [*tiny_disk.iterdir()] == [full]


def test_read_only_report(tmp_path: Path) -> None:
    """A read-only report is judged and not fixed, even in a folder that can be written."""
    report = write(tmp_path / "README.md", LEFT)
    report.chmod(0o444)
    assert "placeholder-left" in run("check", report, **ordinary_user()).out
    ran = run("check", "--fix", report, **ordinary_user())
    assert f"{report}: permission denied" in complaint(ran)
    assert report.read_bytes() == LEFT.encode()
    assert [*tmp_path.iterdir()] == [report]


def test_read_only_folder(tmp_path: Path) -> None:
    """In a read-only folder nothing is written, and the message names what could not be."""
    folder = tmp_path / "reports"
    report, blank = write(folder / "README.md", LEFT), write(folder / "blank.md", _BLANK)
    folder.chmod(0o555)
    denied = f"you may not write to its folder, {folder}"
    for arguments, words in {
        ("check", "--fix", report): denied,
        ("check", report, "-o", folder / "out.json"): denied,
        ("html", report): denied,
        ("overview", folder, "--format", "csv", "-o", folder / "out.csv"): denied,
        ("overview", folder, "--html", folder / "pages"): f"{folder / 'pages' / 'groups'}: permission denied",
        ("template", blank, "--write"): denied,
        ("demo", folder / "demo"): f"{folder / 'demo'}: permission denied",
        ("serve", "--log", folder / "log.txt"): f"{folder / 'log.txt'}: permission denied",
    }.items():
        assert words in complaint(run(*arguments, **ordinary_user()))
    assert report.read_bytes() == LEFT.encode()
    assert {*folder.iterdir()} == {report, blank}


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "README.md", "-o", "{disk}/out.json"),
        ("html", "README.md", "-o", "{disk}/out.html"),
        ("overview", ".", "--format", "csv", "-o", "{disk}/out.csv"),
        ("template", "{disk}/blank.md", "--write"),
    ],
    ids=" ".join,
)
def test_output_on_a_full_disk(tmp_path: Path, tiny_disk: Path, arguments: tuple[str, ...]) -> None:
    """Where not even a byte fits, the message names the file, and no part of it is left."""
    report = write(tmp_path / "reports" / "README.md")
    write(tiny_disk / "blank.md", _BLANK)
    _fill(tiny_disk / "full")
    before = {*tiny_disk.iterdir()}
    said = complaint(run(*(each.format(disk=tiny_disk) for each in arguments), cwd=report.parent))
    assert said.startswith(f"error: {tiny_disk}/")
    assert said.endswith(": no space left on device")
    assert {*tiny_disk.iterdir()} == before


@pytest.mark.parametrize("name", ["README.md", "notes.MD", "reportls.toml", "report.py", "class.csv"])
@pytest.mark.parametrize("command", ["check", "overview", "history"])
def test_output_over_a_source(tmp_path: Path, command: str, name: str) -> None:
    """No output replaces a report, another Markdown file, the configuration, the script or the class list."""
    report = write(tmp_path / "group" / "README.md", LEFT)
    git(report.parent, "init", "--quiet")
    git(report.parent, "add", "README.md")
    commit(report.parent)
    classes = write(tmp_path / "group" / "class.csv", "group\ngroup\n")
    source = tmp_path / "group" / name
    if not source.exists():
        write(source, "# Ours\n")
    before = source.read_bytes()
    arguments = {
        "check": ("check", report.parent),
        "overview": ("overview", tmp_path, "--format", "csv", "--class-list", classes),
        "history": ("history", report, "--format", "csv"),
    }
    ran = run(*arguments[command], "-o", source)
    is_output = name == "class.csv" and command != "overview"  # there, it is just a file
    assert ("name another file for the output" in ran.err) is not is_output
    assert (source.read_bytes() == before) is not is_output
    assert is_output or ran.code == 2


def test_pages_over_a_page_of_somebody_else(tmp_path: Path) -> None:
    """`overview --html` replaces its own page and leaves another's."""
    write(tmp_path / "group" / "README.md")
    index = write(tmp_path / "docs" / "index.html", "<h1>Our course</h1>")
    said = complaint(run("overview", tmp_path / "group", "--html", index.parent))
    assert said == f"error: {index}: this page was not made by reportls: name another folder for the pages"
    assert [*index.parent.iterdir()] == [index]
    index.unlink()
    for _ in range(2):
        assert run("overview", tmp_path / "group", "--html", index.parent).code == 0


def test_report_that_may_not_be_read(tmp_path: Path) -> None:
    """A report without read permission leads to a message, whether named or found in a folder."""
    report = write(tmp_path / "README.md")
    report.chmod(0)
    for path in (report, tmp_path):
        assert f"{report}: permission denied" in complaint(run("check", path, **ordinary_user()))


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_folder_that_may_not_be_read(tmp_path: Path, mode: int) -> None:
    """A folder may be closed altogether, only to reading its files, or only to listing; each leads to a message."""
    folder = tmp_path / "reports"
    report = write(folder / "README.md", PERFECT)
    folder.chmod(mode)
    ran = run("check", folder, **ordinary_user())
    assert str(folder) in complaint(ran)
    assert "permission denied" in ran.err
    named = run("check", report, **ordinary_user())
    assert named.code == (0 if mode & 0o111 else 2)
    assert "Traceback" not in named.err
    folder.chmod(0o755)


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
@pytest.mark.parametrize(
    "name", ["figures/a.png", "figures/../figures/a.png", "figures/deep/b.png", "figures/none.png"]
)
def test_figures_that_may_not_be_read(tmp_path: Path, mode: int, name: str) -> None:
    """Figures without read permission count as missing, and the report is judged."""
    figures = tmp_path / "figures"
    (figures / "deep").mkdir(parents=True)
    for path in ("a.png", "deep/b.png"):
        (figures / path).write_bytes(b"\x89PNG\r\n\x1a\n")
    report = write(tmp_path / "README.md", PERFECT.replace("They eat", f"![a]({name}) They eat"))
    figures.chmod(mode)
    for arguments in (("check", "--exit-zero", report), ("html", report, "-o", "-")):
        ran = run(*arguments, **ordinary_user())
        assert (ran.code, ran.err) == (0, "")
    figures.chmod(0o755)


@pytest.mark.parametrize("name", ["reportls.toml", "pyproject.toml", "report.py", ".git", ".gitignore"])
def test_other_files_that_may_not_be_read(tmp_path: Path, name: str) -> None:
    """Our own configuration must be readable; other unreadable files lead to a warning at most."""
    report = write(tmp_path / "README.md", PERFECT)
    write(tmp_path / name, "[tool.reportls]\n# Answer:\n").chmod(0)
    ran = run("check", report, **ordinary_user())
    if name in ("reportls.toml", "pyproject.toml"):
        assert f"{name}: permission denied" in complaint(ran)
    else:
        assert ran.err == ""
        assert ran.code == (1 if name == "report.py" else 0)
        assert ("permission denied" in ran.out) == (name == "report.py")
