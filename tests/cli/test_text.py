"""Tests of the text format: the line with its mark, the table and the verdict, safe for any terminal."""

from __future__ import annotations

import io
import re
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from reportls.cli.output import with_progress
from reportls.cli.text_width import printable, width_of, window
from tests.cli.reports import LEFT, PERFECT, SHORT, judged, write
from tests.cli.running import environment, on_terminal, process, reportls

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
{path}:7:30: error answer-too-short: Question 1: 1 of 3-10 words: add 2
 7 │ > Recommended answer length: 3-10 words.
   │                              ^^^^^^^^^^

{path}:19:1: warning placeholder-left: Question 2: placeholder left beside the answer: the checker counts its 6 words
 19 │ --- question 2 fill here ---
    │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    help: remove the placeholder (--fix does it)

`reportls rule answer-too-short` explains that rule
`reportls check --fix` fixes 1 of these, `--diff` shows how

{path}: limits from the words of the prompt

question  words  wanted                         images  wanted
       1      1  3-10    ██░░░░╎░░░░░░░░░░░░░        0          2 words too few
       2     12                                      0          passed, 1 problem above

1 of 2 passed; 1 error, 1 warning
"""


def test_whole_output(tmp_path: Path) -> None:
    """The whole output for a small report is exactly as written here."""
    text = SHORT.replace("In a box", "--- question 2 fill here ---\nIn a box")
    path = write(tmp_path / "README.md", text)
    assert reportls("check", path).out == WHOLE.format(path=path)


def test_perfect_report(tmp_path: Path) -> None:
    """A report without findings leads to the table and the verdict only."""
    path = write(tmp_path / "README.md")
    out = reportls("check", path).out
    assert out.startswith(f"{path}: limits from the words of the prompt\n\nquestion  words")
    assert out.endswith("\n\n2 of 2 passed\n")


def test_configuration(tmp_path: Path) -> None:
    """Problems in a configuration file come first."""
    write(tmp_path / "reportls.toml", "ignroe = []\n")
    out = reportls("check", write(tmp_path / "README.md")).out
    first, second, *_ = out.splitlines()
    assert "reportls.toml:1:1: warning configuration: unknown setting `ignroe`" in first
    assert second == ""


def test_related_places(tmp_path: Path) -> None:
    """A second place that explains a finding is named below it."""
    text = PERFECT.replace("Question 2", "Question 1")
    out = reportls("check", write(tmp_path / "README.md", text)).out
    assert re.search(r"\n +note: .+ \(.+README\.md:3:\d+\)\n", out)


def test_crash(tmp_path: Path) -> None:
    """After a crash no question has a verdict, and the last line gives the reason."""
    out = reportls("check", "--edition", "dtu-02476-2026", write(tmp_path / "README.md")).out
    assert "\n       1      -" in out
    assert "\nthe check crashes: 2 answers found, 31 expected; fix this first; " in out


def test_what_comes_after_a_crash(tmp_path: Path) -> None:
    """The last line after a crash says how many questions will fail once the crash is fixed."""
    out = reportls("check", write(tmp_path / "README.md", SHORT.replace("> Answer:", ">", 1))).out
    assert re.search(r"\nthe check crashes: .+; fix this first, then 1 question fails; ", out)


def test_shifted_answers_are_named(tmp_path: Path) -> None:
    """If an answer is judged as another question's, the table names the question of its heading."""
    swapped = PERFECT.replace("Question 1", "Question 3").replace("Question 2", "Question 1")
    out = reportls("check", write(tmp_path / "README.md", swapped.replace("Question 3", "Question 2"))).out
    assert "passed (the heading says 2)" in out


@pytest.mark.parametrize(
    ("before", "mark"),
    [
        ("", "figures/no.png"),
        ("a\t\tb\t", "figures/no.png"),
        ("日本語 ", "figures/no.png"),
        ("👩‍👩‍👧‍👦❤️🇩🇰👍🏽 ", "figures/no.png"),
        ("e\u0301\u200b\xa0 ", "figures/no.png"),
        ("", "figures/図.png"),
        ("\x1b[31m\x07\x9b ", "figures/a\x00b.png"),
        ("\u202e\u2066 ", "figures/no.png"),
        ("word " * 400, "figures/no.png"),
        ("日 " * 400, "figures/" + "x" * 300 + ".png"),
    ],
)
def test_mark_is_under_what_it_marks(tmp_path: Path, before: str, mark: str) -> None:
    """The mark is below the marked text, as measured with another program's table of character widths."""
    text = PERFECT.replace("In a box", f"{before}![x]({mark}) and more of it {'so on ' * 40}\n\nIn a box")
    write(tmp_path / "README.md", text)
    out = reportls("check", "--select", "image-not-found", tmp_path).out
    _, line, marks = out.splitlines()[:3]
    assert cell_len(line) <= 100
    start = marks.index("^")
    marked = columns(line, start, start + marks.count("^"))
    assert printable(mark).startswith(marked.rstrip("…"))
    assert len(marked) > 8


def columns(line: str, start: int, end: int) -> str:
    """Return the text between two columns."""
    at, found = 0, []
    for char in line:
        if start <= at < end:
            found.append(char)
        at += cell_len(char)
    return "".join(found)


@given(
    st.text(st.characters(exclude_characters="\r\n"), min_size=1, max_size=300),
    st.integers(0, 300),
    st.integers(1, 300),
    st.integers(20, 120),
)
@example("日" * 60, 30, 1, 40)
@example("a\u0301" * 100, 50, 3, 40)
@example("\u0301" * 3000, 1500, 3, 40)
def test_window(line: str, start: int, length: int, width: int) -> None:
    """A window fits into its width, is printable, and contains the mark."""
    start = min(start, len(line) - 1)
    shown = window(line, start, min(start + length, len(line)), width, "…")
    assert width_of(shown.text) <= width
    assert shown.before + min(shown.marked, 1) <= width
    assert "\x1b" not in shown.text
    assert "\n" not in shown.text


@given(st.text())
def test_printable(text: str) -> None:
    """Printable text neither moves the cursor, breaks the line, nor changes how later text is shown."""
    shown = printable(text)
    assert not set(shown) & {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\u2028", "\u2029", "\u202e"}
    assert printable(shown) == shown


def test_long_line_is_quick(tmp_path: Path) -> None:
    """A line of a megabyte with many marks is printed quickly."""
    line = "![x](figures/no.png) 日本 " * 1000 + "x" * 1_000_000
    write(tmp_path / "README.md", PERFECT.replace("In a box", line))
    arguments = ("check", "--select", "image-not-found", tmp_path)
    found = reportls(*arguments, "--format", "concise", "--quiet").out.count("\n")
    assert reportls(*arguments).out.count(" ^^^") == found > 100


def test_encodings(tmp_path: Path) -> None:
    """If the encoding lacks box characters, drawings are ASCII; any other missing character is a question mark."""
    path = write(tmp_path / "README.md", LEFT.replace("placeholder", "x").replace("They eat", "They 😋 eat"))
    for encoding in ("ascii", "latin-1", "cp1252", "cp850"):
        out = reportls("check", path, encoding=encoding).out
        assert " 11 | --- question 1 fill here ---" in out
        assert "\n    | ^^^^" in out
        assert "#" in out
    assert "█" in reportls("check", path, encoding="utf-8").out
    image = write(tmp_path / "b.md", PERFECT.replace("In a box", "😋 ![x](figures/no.png) In a box"))
    _, line, marks, *_ = reportls("check", image, encoding="latin-1").out.splitlines()
    assert line == " 19 | ? ![x](figures/no.png) In a box in the garden."
    assert line[marks.index("^") : marks.rindex("^") + 1] == "figures/no.png"


def test_no_colours_where_there_is_no_terminal(tmp_path: Path) -> None:
    """There are no colours without a terminal or with NO_COLOR; FORCE_COLOR forces them."""
    path = judged(tmp_path / "README.md", SHORT)
    assert "\x1b" not in process("check", path).out
    assert "\x1b[1;31m" in process("check", path, env=environment(FORCE_COLOR="1")).out
    assert "\x1b" not in process("check", path, env=environment(FORCE_COLOR="1", NO_COLOR="1")).out
    assert "\x1b" not in process("check", path, env=environment(FORCE_COLOR="0")).out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_terminal(tmp_path: Path) -> None:
    """On a terminal there are colours, and no line of a report is longer than its width."""
    path = judged(tmp_path / "README.md", SHORT.replace("Nectar.", f"![x](figures/no.png) {'x' * 300}"))
    coloured = on_terminal("check", path, columns=60)
    assert "\x1b[1;31merror" in coloured
    (line,) = [line for line in coloured.splitlines() if "xxxxx" in line]
    assert line.endswith("…")
    assert cell_len(line.replace("\x1b[2m", "").replace("\x1b[0m", "")) in (59, 60)
    assert "█" not in coloured
    assert "█" in on_terminal("check", path, columns=90)
    assert "\x1b" not in on_terminal("check", path, columns=60, NO_COLOR="1")
    assert "\x1b" not in on_terminal("check", path, columns=60, TERM="dumb")


def test_concise(tmp_path: Path) -> None:
    """The format `concise` has one line for each finding, with a mark where `--fix` helps, and then the verdict."""
    path = write(tmp_path / "README.md", SHORT + "\x1b[31m![x](figures/\x1b[31m.png)\n")
    out = reportls("check", "--format", "concise", path).out
    assert out.splitlines()[0] == f"{path}:7:30: error answer-too-short Question 1: 1 of 3-10 words: add 2"
    *found, verdict = out.splitlines()
    assert len(found) == out.count(str(path)) == 2
    assert verdict == "1 of 2 passed; 1 error, 1 warning"
    assert "\x1b" not in out
    left = write(tmp_path / "left.md", LEFT)
    marked = f"{left}:11:1: warning placeholder-left [*] Question 1: placeholder left"
    assert reportls("check", "--format", "concise", left).out.startswith(marked)


@pytest.mark.parametrize("form", ["text", "concise"])
def test_quiet(tmp_path: Path, form: str) -> None:
    """With `--quiet` there are the findings, and neither table nor verdict, tips or notes."""
    path = write(tmp_path / "README.md", SHORT)
    note = write(tmp_path / "note.md", "# Notes\n")
    loud, quiet = (reportls("check", "--format", form, path, note, *more) for more in ([], ["-q"]))
    assert loud.out.startswith(quiet.out)
    assert len(quiet.out.splitlines()) == {"text": 3, "concise": 1}[form]
    assert (quiet.code, quiet.err) == (loud.code, "")
    assert "no report" in loud.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_word_is_cut(tmp_path: Path, columns: int) -> None:
    """On a terminal, no line is longer than it is wide, and lines end between words."""
    assert reportls("demo", tmp_path / "sample").code == 0
    plain = reportls("check", tmp_path / "sample").out.split()
    lines = on_terminal("check", tmp_path / "sample", columns=columns, NO_COLOR="1").splitlines()
    room = max(columns, *map(cell_len, " ".join(plain).split(" ")))
    assert max(map(cell_len, lines)) <= room
    drawn = re.compile("[█░╎▏▎▍▌▋▊▉→]+")
    words = [word for line in lines for word in drawn.sub("", line).split()]
    if columns > 60:
        assert any(drawn.search(line) for line in lines)
        assert words == drawn.sub("", " ".join(plain)).split()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_very_narrow(tmp_path: Path) -> None:
    """On a terminal of 40 columns the table counts words alone, and still fits."""
    assert reportls("demo", tmp_path / "sample").code == 0
    printed = on_terminal("check", tmp_path / "sample" / "reports", columns=40, NO_COLOR="1")
    table = printed[printed.index("question  words  wanted") :].splitlines()
    assert max(map(cell_len, table)) <= 40
    assert "images" not in table[0]
    assert "21 words" in printed


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    "command", [["help"], ["help", "check"], ["edition"], ["edition", "2026"], ["check", "--wacth"]]
)
def test_helps_and_errors_fit(command: list[str]) -> None:
    """Helps, lists and errors are cut between words where the terminal is narrow."""
    plain = process(*command)
    narrow = on_terminal(*command, columns=60, NO_COLOR="1")
    assert max(map(cell_len, narrow.splitlines())) <= 60
    assert sorted(narrow.split()) == sorted((plain.out + plain.err).split())


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("command", ["check", "history", "preview", "template"])
def test_helps_are_filled(command: str) -> None:
    """A line of a help's paragraphs ends only where the next word has no room."""
    lines = on_terminal("help", command, columns=60, NO_COLOR="1").splitlines()
    paragraphs = [(line, below) for line, below in pairwise(lines) if line[:1].strip() and below[:1].strip()]
    assert paragraphs
    assert all(len(line) + 1 + len(below.split()[0]) > 60 for line, below in paragraphs)


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several slow items lead to a progress bar on standard error if that is a terminal."""
    sent = io.BytesIO()
    monkeypatch.setattr("reportls.cli.output._PATIENCE", -1)
    monkeypatch.setattr(sys, "stderr", _Terminal(sent, encoding="utf-8"))
    assert [*with_progress(range(50))] == [*range(50)]
    sys.stderr.flush()
    assert b"50" in sent.getvalue()
    before = len(sent.getvalue())
    assert [*with_progress(range(1))] == [0]
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(sent, encoding="utf-8"))
    assert [*with_progress(range(50))] == [*range(50)]
    sys.stderr.flush()
    assert len(sent.getvalue()) == before
