"""Tests of `reportls html`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from markdown import markdown

from reportls.cli.html import HAND_IN_PAGE, PAGE, write_html
from reportls.cli.output import UsageError
from reportls.host.paths import HostError
from tests.cli.reports import NO_REPORT, PERFECT, write
from tests.support import corpus

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x06\0\0\0"
FIGURE = PERFECT.replace("In a box", "![Two 🐝](figures/bees.png) In a box")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Begin each test in an empty repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_beside_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a path, the report in the default place is used, and the page is written beside it."""
    write(Path("reports/README.md"))
    assert write_html(None, None, checker=False) == 0
    page = Path("reports/report.html").read_text("utf-8")
    assert "<h1>Report on bees</h1>" in page
    assert str(Path("reports/report.html")) in capsys.readouterr().out
    assert sorted(path.name for path in Path("reports").iterdir()) == ["README.md", "report.html"]


def test_elsewhere() -> None:
    """`-o` names the file of the page; one of our own is overwritten."""
    write(Path("a.md"), FIGURE)
    write_html("a.md", "é.html", checker=False)
    old = Path("é.html").read_text("utf-8")
    write(Path("a.md"))
    write_html("a.md", "é.html", checker=False)
    assert Path("é.html").read_text("utf-8") != old
    assert Path("é.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert not Path("report.html").exists()


@pytest.mark.parametrize("checker", [False, True])
@pytest.mark.parametrize("old", ["old", "<!DOCTYPE html><html><blockquote></blockquote></html>"])
def test_pages_of_others(old: str, *, checker: bool) -> None:
    """A page that others have made is not overwritten, unless with `--force`."""
    write(Path("a.md"))
    page = Path(HAND_IN_PAGE if checker else PAGE)
    page.write_text(old, "utf-8")
    with pytest.raises(UsageError, match="overwrite it with --force, or name another with -o"):
        write_html("a.md", None, checker=checker)
    assert page.read_text("utf-8") == old
    assert write_html("a.md", None, checker=checker, force=True) == 0
    assert page.read_text("utf-8") != old
    assert write_html("a.md", None, checker=checker) == 0


def test_page_of_the_course() -> None:
    """The page that the course's script has left is not taken for ours."""
    write(Path("a.md"))
    write_html("a.md", "report.html", checker=True)
    with pytest.raises(UsageError, match="not made by reportls"):
        write_html("a.md", None, checker=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("", 2), ("n", 2)])
def test_asks(answer: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a terminal, the user is asked, and anything but yes leaves the page as it was."""
    write(Path("a.md"))
    Path(PAGE).write_text("old", "utf-8")
    monkeypatch.setattr(sys, "stdin", _Terminal(f"{answer}\n"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    if code:
        with pytest.raises(UsageError, match="left as it was"):
            write_html("a.md", None, checker=False)
    else:
        assert write_html("a.md", None, checker=False) == 0
    assert capsys.readouterr().err == "report.html was not made by reportls. Overwrite it? [y/N] "
    assert (Path(PAGE).read_text("utf-8") == "old") is bool(code)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_figures() -> None:
    """Figures in the report's folder are embedded."""
    write(Path("reports/README.md"), FIGURE)
    write(Path("reports/figures/bees.png"), "").write_bytes(PNG)
    write_html("reports", None, checker=False)
    page = Path("reports/report.html").read_text("utf-8")
    assert '<img src="data:image/png;base64,iVBORw0KGgo' in page
    assert 'width="2" height="1"' in page


@pytest.mark.parametrize("path", ["figures/bees.png", "figures/folder/bees.png"])
def test_figures_from_outside(path: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Links to figures outside the repository are not followed."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "bees.png").write_bytes(PNG)
    write(Path("reports/README.md"), FIGURE.replace("figures/bees.png", path))
    Path("reports/figures").mkdir()
    try:
        Path("reports/figures/bees.png").symlink_to(outside / "bees.png")
        Path("reports/figures/folder").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    write_html("reports", None, checker=False)
    page = Path("reports/report.html").read_text("utf-8")
    assert "base64," not in page.partition("<body>")[2]
    assert "Image not shown" in page


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_checker(newline: str) -> None:
    """`--checker` writes the course's page, to a file of its own beside the report."""
    text = FIGURE.replace("\n", newline)
    write(Path("reports/README.md"), text)
    assert write_html(None, None, checker=True) == 0
    as_read = Path("reports/README.md").read_text("utf-8")
    assert Path("reports/hand-in.html").read_bytes() == markdown(as_read[43:]).encode()


@corpus.needs_corpus
def test_checker_on_real_reports() -> None:
    """The course's page of a real report is right to the byte; the tests of the page itself cover all reports."""
    for name in corpus.names()[::10]:
        path = write(Path(f"{name}.md"), corpus.report(name))
        write_html(str(path), "page.html", checker=True)
        assert Path("page.html").read_bytes() == markdown(path.read_text("utf-8")[43:]).encode(), name


def test_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """`-o -` prints the page and nothing else, in UTF-8."""
    write(Path("a.md"), FIGURE)
    assert write_html("a.md", "-", checker=True) == 0
    assert capsysbinary.readouterr().out == markdown(FIGURE[43:]).encode()


def test_standard_input(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a report on standard input goes to standard output."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIGURE.encode()), encoding="ascii"))
    assert write_html("-", None, checker=False) == 0
    page = capsysbinary.readouterr().out.decode()
    assert "Two 🐝" in page
    assert "Made by reportls from standard input" in page


@pytest.mark.parametrize("out", ["a.md", "b/../a.md", "link.md"])
@pytest.mark.parametrize("checker", [False, True])
def test_report_stays(out: str, *, checker: bool) -> None:
    """The page never overwrites the report, whatever name or link is given for it."""
    write(Path("a.md"))
    Path("b").mkdir()
    Path("link.md").hardlink_to("a.md")
    with pytest.raises(UsageError, match="this is the report itself: name another file for the page"):
        write_html("a.md", out, checker=checker)
    assert Path("a.md").read_text("utf-8") == PERFECT


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing.md", "missing.md: there is no such file"),
        ("list.md", "list.md: no report"),
        ("empty", "empty: there is no report in this folder"),
        (None, "several reports there, one.md and two.md among them: name one"),
        ("latin.md", "latin.md: the byte at offset 0"),
        ("", "an empty path"),
    ],
)
def test_not_as_asked(path: str | None, message: str) -> None:
    """A bad path or report leads to a message, and nothing is written."""
    for name in ("one.md", "two.md"):
        write(Path(name))
    write(Path("list.md"), NO_REPORT)
    Path("latin.md").write_bytes(b"\xe9" + PERFECT.encode())
    Path("empty").mkdir()
    if path is None:
        Path("latin.md").unlink()
    with pytest.raises(UsageError, match=message):
        write_html(path, None, checker=False)
    assert not [*Path().rglob("*.html")]


def test_nothing_here() -> None:
    """Without a report in the default places, the message names these places."""
    with pytest.raises(UsageError, match="no report in reports/, report/ or this folder"):
        write_html(None, None, checker=False)


def test_cannot_be_written() -> None:
    """A missing folder is not created for the page."""
    write(Path("a.md"))
    with pytest.raises(HostError, match="its folder does not exist"):
        write_html("a.md", "new/page.html", checker=False)


def test_broken_configuration() -> None:
    """A broken configuration leads to the same message as from `check`."""
    write(Path("a.md"))
    write(Path("reportls.toml"), "=")
    with pytest.raises(UsageError, match=r"reportls\.toml"):
        write_html("a.md", None, checker=False)


def test_script_that_crashes() -> None:
    """If the course's script would crash on the report, a message says so."""
    write(Path("a.md"), PERFECT + "\n" + "* " * 5000 + "é\n")
    with pytest.raises(UsageError, match=r"a\.md: the course's script crashes"):
        write_html("a.md", None, checker=True)
