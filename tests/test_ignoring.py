"""Tests of adding a rule to `ignore` in a configuration file."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.configuration import BrokenError, read_configuration
from reportls.configuration.ignoring import ignoring
from reportls.rules import BY_NAME
from reportls.text import apply_edits

RULE = "prompt-changed"
TABLE = ("tool", "reportls")


def ignored(text: str | None, table: tuple[str, ...] = ()) -> str | None:
    """Return the file afterwards; None if it cannot be edited."""
    edits = ignoring(text, table, RULE)
    return None if edits is None else apply_edits(text or "", edits)


@pytest.mark.parametrize("text", [None, ""])
def test_no_file_yet(text: str | None) -> None:
    """A new file contains nothing but the list."""
    assert ignored(text) == 'ignore = ["prompt-changed"]\n'
    assert ignored(text, TABLE) == '[tool.reportls]\nignore = ["prompt-changed"]\n'


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("ignore = []", 'ignore = ["prompt-changed"]'),
        ("ignore = [ # none 🍎\n]\n", 'ignore = [ # none 🍎\n    "prompt-changed"\n]\n'),
        ('ignore = ["study-number"] # é', 'ignore = ["study-number", "prompt-changed"] # é'),
        ("ignore=['study-number',]\n", "ignore=['study-number', \"prompt-changed\"]\n"),
        ('"ignore" = [ "study-number" ]\n', '"ignore" = [ "study-number", "prompt-changed" ]\n'),
        (
            'ignore = [\n  "study-number", # they are "right", all of them\n  # no more\n]\n',
            'ignore = [\n  "study-number", # they are "right", all of them\n  # no more\n  "prompt-changed"\n]\n',
        ),
        (
            "ignore = [\n\t'study-number' # why, \n]\n[severity]\n",
            "ignore = [\n\t'study-number', # why, \n\t\"prompt-changed\"\n]\n[severity]\n",
        ),
        (
            'ignore = [\n  "study-number"\n  , # odd\n]\n',
            'ignore = [\n  "study-number"\n  , # odd\n  "prompt-changed"\n  ,\n]\n',
        ),
        (
            'ignore = ["study-number",\n]\n',
            'ignore = ["study-number",\n    "prompt-changed",\n]\n',
        ),
        (
            'ignore = [\n  "study-number",\n  "group-number"]\n',
            'ignore = [\n  "study-number",\n  "group-number",\n  "prompt-changed"]\n',
        ),
    ],
)
def test_into_the_list(text: str, after: str, newline: str) -> None:
    """A rule is added in the style of the list, and comments stay beside what they are about."""
    assert ignored(text.replace("\n", newline)) == after.replace("\n", newline)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("# mine\n", "# mine\nIGNORE\n"),
        ("[severity]\n", "IGNORE\n\n[severity]\n"),
        ("# mine\n\n# grave\n[severity]\n", "# mine\n\nIGNORE\n\n# grave\n[severity]\n"),
        (
            'figures = "x"\nformats = [\n[],\n"png"]\n\n[severity]\nstudy-number = "off"\n',
            'figures = "x"\nformats = [\n[],\n"png"]\nIGNORE\n\n[severity]\nstudy-number = "off"\n',
        ),
        (
            '[questions.7]\nwords = [1, 2]\n\n[severity]\nprompt-changed = "error"\n',
            'IGNORE\n\n[questions.7]\nwords = [1, 2]\n\n[severity]\nprompt-changed = "error"\n',
        ),
        ('severity.study-number = "hint"\n', 'severity.study-number = "hint"\nIGNORE\n'),
    ],
)
def test_a_new_list(text: str, after: str, newline: str) -> None:
    """A new list is inserted above the first table, as otherwise it would belong to that table."""
    after = after.replace("IGNORE", 'ignore = ["prompt-changed"]')
    assert ignored(text.replace("\n", newline)) == after.replace("\n", newline)


@pytest.mark.parametrize(
    ("text", "after"),
    [('figures = "x" # é', 'figures = "x" # é\nIGNORE\n'), ("# mine", "# mine\nIGNORE\n")],
)
def test_a_new_list_below_an_open_line(text: str, after: str) -> None:
    """A last line without a line break gets one before the new list."""
    assert ignored(text) == after.replace("IGNORE", 'ignore = ["prompt-changed"]')


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('[project]\nname = "é"\n', '[project]\nname = "é"\n\n[tool.reportls]\nIGNORE\n'),
        ("[tool.reportls] # us\nx = 1\n[z]\n", "[tool.reportls] # us\nx = 1\nIGNORE\n[z]\n"),
        ("[ tool . 'reportls' ]", "[ tool . 'reportls' ]\nIGNORE\n"),
        (
            '[tool.reportls.severity]\nstudy-number = "hint"\n',
            '[tool.reportls]\nIGNORE\n\n[tool.reportls.severity]\nstudy-number = "hint"\n',
        ),
        (
            '[tool.reportls.severity]\nstudy-number = "hint"\n[tool.reportls]\n[x]\n',
            '[tool.reportls.severity]\nstudy-number = "hint"\n[tool.reportls]\nIGNORE\n[x]\n',
        ),
        ('[tool]\nreportls = { figures = "x" }\n', '[tool]\nreportls = { figures = "x", IGNORE}\n'),
        ("tool.reportls={}\n", "tool.reportls={IGNORE}\n"),
        ('[tool]\nreportls.figures = "x"\n', '[tool]\nreportls.figures = "x"\nreportls.IGNORE\n'),
        (
            "tool.reportls.severity.study-number = 'hint'\n",
            "tool.reportls.severity.study-number = 'hint'\ntool.reportls.IGNORE\n",
        ),
        (
            'x = """\n[tool.reportls]\n"""\n[tool.reportls]\n',
            'x = """\n[tool.reportls]\n"""\n[tool.reportls]\nIGNORE\n',
        ),
        ("tool.reportls.ignore = []\n", "tool.reportls.IGNORE\n"),
        (
            '[tool.reportls]\nfigures = "x"\n\n# yours\n[tool.other]\n',
            '[tool.reportls]\nfigures = "x"\nIGNORE\n\n# yours\n[tool.other]\n',
        ),
        ("[tool.reportls]\n# mine\n", "[tool.reportls]\n# mine\nIGNORE\n"),
    ],
)
def test_a_table_of_another_file(text: str, after: str) -> None:
    """In `pyproject.toml`, every notation of the table is supported."""
    assert ignored(text, TABLE) == after.replace("IGNORE", 'ignore = ["prompt-changed"]')


@pytest.mark.parametrize(
    "text", ['ignore = ["study-number", "prompt-changed"]', '[severity]\nprompt-changed = "off"\n']
)
def test_ignored_already(text: str) -> None:
    """If the rule is ignored already, there is no edit."""
    assert ignoring(text, (), RULE) == ()


@pytest.mark.parametrize("text", ['ignore = "all"', "ignore = 3", "[ignore]", "[[ignore]]", "ignore = [", "\0", "ig"])
def test_cannot_be_done(text: str) -> None:
    """A file with invalid TOML is left for the user to correct."""
    assert ignoring(text, (), RULE) is None


@pytest.mark.parametrize("text", ["tool = 3", "[[tool]]", "[tool]\nreportls = 3", "[[tool.reportls]]"])
def test_cannot_be_done_in_a_table(text: str) -> None:
    """If something else has the name of the list or the table, there is no edit."""
    assert ignoring(text, TABLE, RULE) is None


def test_a_table_that_goes_on_below_another() -> None:
    """A list of tables with another table in between is left alone, as it cannot be kept in its order."""
    text = "[[a]]\n[b] # mine\n[[a]]\n# yours\n"
    assert ignored(text) is None
    assert ignored(text, TABLE) is None


def test_byte_order_mark() -> None:
    """The byte order mark stays at the start."""
    assert ignored("\ufeffignore = []") == '\ufeffignore = ["prompt-changed"]'


def test_long_files() -> None:
    """A long file, which would take long to edit, is left alone: editors ask at every move of the cursor."""
    line = "# mine\n"
    most = 50_000 // len(line)
    assert ignored(line * most) == line * most + 'ignore = ["prompt-changed"]\n'
    assert ignored(line * (most + 1)) is None


LINES = st.sampled_from(
    [
        "# a [comment] é, # 🍎",
        "",
        "  ",
        'figures = "pictures"',
        "formats = [\n# x ]\n'png', [\n], # y\n]",
        "ignore = [",
        "]",
        "ignore = []",
        "  'study-number', # why",
        '"group-number"',
        ",",
        'ignore = ["group-number",]',
        "[severity]",
        "[ severity ] # grave",
        'study-number = "hint"',
        'prompt-changed = "warning"',
        "[questions.7]",
        "words = [1, 2]",
        "reports = ['''\n[x]\nignore = []\n''']",
        'select = ["prompt-changed"]',
        'severity.group-number = "off"',
        "questions = { 7 = { words = false } }",
        "[tool.reportls]",
        "[tool]",
        'reportls.figures = "x"',
        "[tool.reportls.severity]",
        "reportls = { }",
        "[[other]]",
    ]
)


@given(
    st.lists(LINES, max_size=9),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([(), TABLE]),
    st.sampled_from(sorted(BY_NAME)),
)
def test_any_file(lines: list[str], newline: str, table: tuple[str, ...], rule: str) -> None:
    """The rule is ignored, all other settings stay, and no line or comment is lost."""
    text = "\n".join(lines).replace("\n", newline)
    edits = ignoring(text, table, rule)
    try:
        before, problems = read_configuration(text, table)
    except BrokenError:
        assert edits is None
        return
    if edits is None:
        assert _goes_on_below(text, "[[other]]") or any(
            "`ignore`" in problem.message or "table" in problem.message for problem in problems
        )
        return
    after = apply_edits(text, edits)
    assert read_configuration(after, table)[0] == before._replace(ignore=before.ignore | {rule})
    # Nothing is lost but commas and white space in the list.
    assert set(Counter(text) - Counter(after)) <= set(" \t\r\n,")
    assert after.count("\n") - after.count("\r\n") == (
        0 if newline == "\r\n" and newline in text else after.count("\n")
    )
    assert re.findall("#[^\r\n]*", after) == re.findall("#[^\r\n]*", text)


def _goes_on_below(text: str, header: str) -> bool:
    """Return whether another table is between two of that header."""
    headers = re.findall(r"^ *(\[.*\])", text, re.MULTILINE)
    first, *others = [at for at, found in enumerate(headers) if found == header] or [0]
    return bool(others) and others[-1] - first > len(others)


@given(st.text(), st.sampled_from([(), TABLE]))
def test_any_text(text: str, table: tuple[str, ...]) -> None:
    """No text makes it fail."""
    edits = ignoring(text, table, RULE)
    assert edits is None or RULE in read_configuration(apply_edits(text, edits), table)[0].ignore
