"""Line tables, columns and edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.text import Edit, Encoding, SourceText, Span, apply_edits, column_from, column_in

texts = st.text(alphabet="aé😋\t\r\n\x0c\u2028\x85e\u0301", max_size=40)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\u2028b\x0cc\x0bd\x85e\x1cf", ["a\u2028b\x0cc\x0bd\x85e\x1cf"]),
    ],
)
def test_lines_end_where_the_protocol_ends_them(text: str, lines: list[str]) -> None:
    """Three line breaks, and none of the others that Python knows."""
    source = SourceText(text)
    assert [source[span] for span in source.line_spans] == lines


@given(texts)
def test_line_and_column_lead_back(text: str) -> None:
    """Offset to line and column and back."""
    source = SourceText(text)
    for offset in range(len(text) + 1):
        line, column = source.line_col(offset)
        assert source.line_starts[line] + column == offset


@given(texts.filter(lambda text: not set("\r\n") & set(text)), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_columns_lead_back(line: str, encoding: Encoding) -> None:
    """Code points to units and back, in each encoding; past the end is the end."""
    for column in range(len(line) + 1):
        units = column_in(encoding, line, column)
        assert units == len(line[:column].encode(encoding + ("-le" if encoding != "utf-8" else ""))) // int(
            _UNIT[encoding]
        )
        assert column_from(encoding, line, units) == column
    assert column_from(encoding, line, 10_000) == len(line)


_UNIT: dict[Encoding, int] = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def test_a_column_inside_a_character_is_before_it() -> None:
    """The second half of a surrogate pair is no place to stand."""
    assert column_from("utf-16", "a😋b", 2) == 1
    assert column_from("utf-8", "a😋b", 4) == 1


def test_edits_are_made_at_once() -> None:
    """Their places are those of the text as it was, in whatever order they come."""
    edits = [Edit(Span(4, 4), "!"), Edit(Span(0, 1), "J"), Edit(Span(2, 3), "")]
    assert apply_edits("hello", edits) == "Jel!o"


@pytest.mark.parametrize("edits", [[Edit(Span(0, 3), ""), Edit(Span(2, 4), "")], [Edit(Span(3, 9), "")]])
def test_edits_that_cannot_be_made(edits: list[Edit]) -> None:
    """Overlapping or outside."""
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        apply_edits("hello", edits)
