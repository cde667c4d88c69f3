"""Fuzzes the cost of long texts: twice the length takes at most two and a half times the steps."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.configuration import BrokenError, read_configuration
from reportls.features.fix_all import with_fixes
from reportls.host.configuration import matches
from reportls.render.page import page_of
from reportls.report.limit_grammar import read_limits
from reportls.snapshot import Environment, take
from reportls.text import Edit, Span
from tests.fuzz.test_files import keys, values
from tests.fuzz.texts import pieces
from tests.support.files import files_from
from tests.support.sample import SAMPLE
from tests.support.steps import steps_anew
from tests.support.worst_work import ask_everything

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SIZES = (1500, 3000, 6000)
"""Code points of what is repeated."""
_PATTERN_SIZES = (120, 240, 480)
"""No longer pattern is read from a configuration."""
_PATH_SIZES = (1000, 2000, 4000)
"""No system has a longer path."""
_GROWTH = 2.5
"""From one step in length to one twice as long; by the square it is 4."""
_FEW = 10_000
"""Steps that are too few to tell: some work is done only above a number of tags or brackets."""
_FILES = "".join(f"figures/thing{number}.png\n" for number in range(20))

_fragments = st.one_of(
    pieces,
    st.sampled_from(
        ["\n", "\n\n", "\r\n", " ", "\t", "> ", "    ", "a", "word ", "é", "1. ", "### Question 7\n", "Answer:"]
    ),
    st.text(alphabet="[]()<>`*_#>-=!|\\&;:./ \n\ta1é", min_size=1, max_size=3),
)
_units = st.lists(_fragments, min_size=1, max_size=4).map("".join).filter(bool)


def _grows_in_proportion(
    work: Callable[[str], object], before: str, unit: str, after: str, sizes: Sequence[int] = _SIZES
) -> None:
    """Check that work on the unit, repeated ever more often, grows as its length does."""
    _are_in_proportion(work, [before + unit * (size // len(unit) + 1) + after for size in sizes])


def _are_in_proportion(work: Callable[[str], object], texts: list[str]) -> None:
    """Check that the step from the second text to the third costs at most 2.5 times that from the first to the second.

    What all have in common does not count, and neither does what the first repetitions turn off, as a crash does.
    """
    work(texts[0])  # what is imported, or remembered for good, is then
    short, middle, long = (steps_anew(partial(work, text)) for text in texts)
    steps = f"{short}, {middle} and {long} steps"
    assert long - middle <= max(_GROWTH * (middle - short), _FEW), steps


def _check(text: str) -> None:
    take(text, Environment(files=files_from(_FILES))).findings  # noqa: B018  # it is computed when asked for


def _edit(text: str) -> None:
    snapshot = take(text, Environment())
    place = len(_around(is_answer=False)[0])
    for new_text in ("a", "\n", "> "):
        snapshot.edited(Edit(Span(place, place), new_text)).findings  # noqa: B018


def _fix(text: str) -> None:
    with_fixes(take(text, Environment()))


def _page(text: str) -> None:
    page_of(take(text, Environment()), "README.md", lambda _: None)


def _ask(text: str) -> None:
    ask_everything(take(text, Environment()))


_WORKS = {"check": _check, "edits": _edit, "fixes": _fix, "page": _page, "place": _ask}
_QUESTION = "### Question 12\n"


def _around(is_answer: bool) -> tuple[str, str]:  # noqa: FBT001  # drawn
    """Return the sample report up to a place in an answer, or in the introduction, and from there on."""
    report = SAMPLE[31]
    at = report.index("Answer:", report.index(_QUESTION)) + len("Answer:") if is_answer else report.index("##")
    return f"{report[:at]}\n\n", f"\n\n{report[at:]}"


@given(st.sampled_from(sorted(_WORKS)), _units, st.booleans().map(_around), _fragments)
@settings(max_examples=15)
def test_reports(work: str, unit: str, around: tuple[str, str], first: str) -> None:
    """Work on a report grows as its length does, whatever is repeated in it."""
    before, after = around
    _grows_in_proportion(_WORKS[work], before + first, unit, after)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "at least 50 words and ",
            "50 (max) ",
            "(max. ",
            "(pages ",
            "max. length (words, ",
            "- ",
            "3-5 ",
            "not more ",
        ),
        *(
            "Answer length: ",
            "(\u5b57",
            "\u4e09\u767e\u5b57",
            "the report is ",
            "a figure or ",
            "**",
            "| 3 words ",
            "\n> ",
        ),
    ],
)
def test_limits(unit: str) -> None:
    """Reading the limits in a prompt takes time in proportion to its length, also where no sentence or bracket ends."""
    _grows_in_proportion(read_limits.__wrapped__, "", unit, "")


def test_a_limit_behind_a_long_text() -> None:
    """The limits of a prompt are read to its end, however long it is."""
    (limit,) = read_limits("There is nothing to count here. " * 4000 + "At least 50 words.").limits
    assert (limit.unit, limit.at_least) == ("words", 50)


def _configure(text: str) -> None:
    with suppress(BrokenError):
        read_configuration(text)


_lines = st.tuples(keys, values).map(" = ".join) | keys.map("[{}]".format) | values


@given(st.lists(_lines, min_size=1, max_size=3).map("\n".join), st.booleans())
@settings(max_examples=25)
def test_configuration(lines: str, numbered: bool) -> None:  # noqa: FBT001  # drawn
    """Reading a configuration grows as its length does, with the same lines or with ever new keys."""
    repeat = partial(_numbered, lines) if numbered else f"{lines}\n".__mul__
    _are_in_proportion(_configure, [repeat(size // len(lines) + 1) for size in _SIZES])


def _numbered(lines: str, times: int) -> str:
    return "\n".join(f"k{number}{lines}" for number in range(times))


@given(st.lists(st.sampled_from(["**/", "*/", "a/", "*a*/", "?/", "[a-z]/"]), min_size=1, max_size=3).map("".join))
@settings(max_examples=10)
def test_patterns(unit: str) -> None:
    """Comparing a path with a pattern grows as the length of either does."""
    for path in ("a/" * 50 + "x.md", "b/" * 50 + "x.md"):
        _grows_in_proportion(partial(matches, path.split("/")), "", unit, "*.md", _PATTERN_SIZES)
    pattern = unit * 5 + "*.md"
    _grows_in_proportion(lambda path: matches(path.split("/"), pattern), "", "a/", "x.md", _PATH_SIZES)
