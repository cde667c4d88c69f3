"""Tests of the configuration: which settings are read, and which mistakes are reported where."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.configuration import BrokenError, read_configuration, read_table
from reportls.configuration.places import places_in
from reportls.configuration.settings import SETTINGS, settings_from
from reportls.editions.edition import IDS, Override, Role
from reportls.findings.finding import FileProblem, Severity
from reportls.findings.settings import Settings
from reportls.report.kinds import IMAGES, WORDS, Limit
from tests.support.pages import assert_current

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EVERYTHING = """
edition = "dtu-02476-2026"
select = ["answer-too-short", "answer-too-long"]
ignore = ["image-without-text"]
figures = "./images/"
formats = ["PNG", ".svg"]
reports = ["exam.md", "drafts/**/*.md"]
template = "../blank.md"
count = "source"
strict = true

[severity]
prompt-changed = "warning"
checklist-mark = "off"

[questions.1]
role = "group-number"

[questions.7]
words = [50, 100]
images = false

[questions]
8 = { images = [1, 3] }
9.words = [50, inf]
"Data and methods" = { "code blocks" = [1, 2], characters = false }
"""


def settings(text: str) -> Settings:
    """Return the settings of a text without mistakes."""
    found, problems = read_configuration(dedent(text))
    assert problems == ()
    return found


def complaints(text: str) -> list[tuple[str, str]]:
    """Return the marked text and the message of each problem."""
    _, problems = read_configuration(text)
    lines = re.split(r"\r?\n", text)
    return [(lines[problem.line][problem.column : problem.end_column], problem.message) for problem in problems]


def test_empty() -> None:
    """An empty file leads to the default settings."""
    assert settings("") == Settings()


def test_everything() -> None:
    """A file can set every setting."""
    assert settings(EVERYTHING) == Settings(
        edition="dtu-02476-2026",
        questions={
            1: Override(role=Role.GROUP_NUMBER),
            7: Override({WORDS: Limit(50, 100), IMAGES: None}),
            8: Override({IMAGES: Limit(1, 3)}),
            9: Override({WORDS: Limit(50, None)}),
        },
        slots={
            "1": {},
            "7": {"words": Limit(50, 100), "images": None},
            "8": {"images": Limit(1, 3)},
            "9": {"words": Limit(50, None)},
            "Data and methods": {"code blocks": Limit(1, 2), "characters": None},
        },
        template="../blank.md",
        counting="source",
        strict=True,
        select=frozenset({"answer-too-short", "answer-too-long"}),
        ignore=frozenset({"image-without-text", "checklist-mark"}),
        severities={"prompt-changed": Severity.WARNING},
        figures="images",
        formats=("png", "svg"),
        reports=("exam.md", "drafts/**/*.md"),
    )


def test_table_of_another_file() -> None:
    """In `pyproject.toml` settings are in a table; without it, the file sets nothing."""
    text = '[project]\nname = "x"\n[tool.reportls]\nfigures = "images"\nedtion = 1\n'
    found, problems = read_configuration(text, ("tool", "reportls"))
    assert found == Settings(figures="images")
    assert [problem.line for problem in problems] == [4]
    assert read_table("[tool.other]\nx = 1\n", ("tool", "reportls")) is None
    assert read_configuration("", ("tool", "reportls")) == (Settings(), ())
    _, problems = read_configuration("[tool]\nreportls = 3\n", ("tool", "reportls"))
    assert problems == (FileProblem(1, 11, 12, "`reportls` must be a table: write `[tool.reportls]`"),)


def test_byte_order_mark_and_line_ends() -> None:
    """A byte order mark and CRLF line ends, as Windows programs write them, are accepted."""
    assert read_configuration('\ufefffigures = "images"\r\nformats = ["png"]\r\n') == (
        Settings(figures="images", formats=("png",)),
        (),
    )


TEMPLATE = '`template` must be the path of a blank file, such as "template.md", or "first-version", not'
LIMITS = "must be the fewest and the most, such as"


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ('edtion = "x"', "edtion", "unknown setting `edtion`: did you mean `edition`?"),
        (
            "[tool.reportls]\nstrict = true",
            "tool",
            "`[tool.reportls]` belongs in pyproject.toml: here, write the settings without it",
        ),
        ("quux = 1", "quux", f"unknown setting `quux`: known are {', '.join(SETTINGS)}"),
        ('"fïgures" = 1', "fïgures", "unknown setting `fïgures`: did you mean `figures`?"),
        (
            'edition = "dtu-02476-1999"',
            '"dtu-02476-1999"',
            "unknown edition `dtu-02476-1999`: did you mean `dtu-02476-2026`?",
        ),
        ("edition = 2026", "2026", f'`edition` must be the name of an edition, such as "{IDS[-1]}"'),
        (
            "select = 'unanswered'",
            "'unanswered'",
            '`select` must be a list of rules, such as ["image-without-text"]',
        ),
        (
            'ignore = [\n  "unanswered",\n  "answer-to-short",\n]',
            '"answer-to-short"',
            "unknown rule `answer-to-short`: did you mean `answer-too-short`?",
        ),
        ('ignore = ["z"]', '"z"', "unknown rule `z`: `reportls rule` lists all"),
        ("ignore = [7]", "7", '`ignore` must be a list of rules, such as ["image-without-text"]; 7 is not text'),
        (
            'severity = "error"',
            '"error"',
            '`severity` must be a table: write `[severity]`, and below it image-without-text = "off"',
        ),
        ('[severity]\nunanswred = "off"', "unanswred", "unknown rule `unanswred`: did you mean `unanswered`?"),
        ('[severity]\nunanswered = "warn"', '"warn"', "unknown severity `warn`: did you mean `warning`?"),
        (
            "[severity]\nunanswered = false",
            "false",
            'a severity is one of "error", "warning", "information", "hint", "off"',
        ),
        (
            '[severity]\nfigures = "images"',
            "figures",
            "`figures` must come before the first `[...]`: here it belongs to that table",
        ),
        (
            'figures = "../images"',
            '"../images"',
            '`figures` must be a folder below the report\'s own, such as "figures", not "../images"',
        ),
        ("figures = 3", "3", '`figures` must be a folder below the report\'s own, such as "figures", not 3'),
        ('formats = ["p*g"]', '"p*g"', 'a file name extension is letters and digits, such as "png", not "p*g"'),
        ('formats = "png"', '"png"', '`formats` must be a list of file name extensions, such as ["png", "jpg"]'),
        ('reports = "exam.md"', '"exam.md"', '`reports` must be a list of paths, such as ["exam.md", "drafts/*.md"]'),
        (
            'reports = ["/etc/*"]',
            '"/etc/*"',
            'a report must be in this file\'s folder or below it, and "/etc/*" does not',
        ),
        ("questions = 3", "3", "`questions` must be a table: write `[questions]`, and below it 7.words = [50, 100]"),
        (
            "questions.7 = 3",
            "3",
            "`questions.7` must be a table: write `[questions.7]`, and below it words = [50, 100]",
        ),
        ('[questions." "]\nwords = [1, 2]', " ", "a question without a name: write its number or name"),
        ('[questions."Data"]\nword = [1, 2]', "word", "unknown setting `word`: did you mean `words`?"),
        (
            "template = 3",
            "3",
            '`template` must be the path of a blank file, such as "template.md", or "first-version", not 3',
        ),
        (
            'template = ""',
            '""',
            '`template` must be the path of a blank file, such as "template.md", or "first-version", not ""',
        ),
        ('count = "visble"', '"visble"', "unknown way of counting `visble`: did you mean `visible`?"),
        ("count = 3", "3", '`count` must be one of "visible", "source"'),
        ("strict = 1", "1", "`strict` must be true or false, not 1"),
        ("[questions.0]", "0", "`0` is not a question: write its number, such as `[questions.7]`"),
        ("[questions.7]\nimage = [1, 2]", "image", "unknown setting `image`: did you mean `images`?"),
        (
            "[questions.7]\nignore = []",
            "ignore",
            "`ignore` must come before the first `[...]`: here it belongs to that table",
        ),
        ("[questions.7]\nwords = 50", "50", f"`words` {LIMITS} [50, 100], or false for no limit"),
        (
            "questions.7.images = [3,\n  1]",
            "[3,",
            f"`images` {LIMITS} [1, 3], or false for no limit; 3 to 1 allows nothing",
        ),
        (
            "questions = {7 = {words = [true, 3]}}",
            "[true, 3]",
            f"`words` {LIMITS} [50, 100], or false for no limit",
        ),
        (
            "[questions.7]\nrole = 'groupnumber'",
            "'groupnumber'",
            "unknown role `groupnumber`: did you mean `group-number`?",
        ),
        ("[questions.7]\nrole = 7", "7", '`role` must be one of "group-number", "study-numbers", "contributions"'),
    ],
)
def test_mistakes(text: str, marked: str, message: str) -> None:
    """A mistake is marked at its place, counts as not set, and the message says what would be right."""
    assert complaints(text) == [(marked, message)]
    found, _ = read_configuration(text)
    assert found.select is None
    assert (found.edition, found.figures, found.formats) == (None, "figures", None)


def test_one_mistake_does_not_hide_the_rest() -> None:
    """Valid values beside a mistake are used."""
    found, problems = read_configuration(
        '[questions.7]\nwords = [9, 1]\nimages = [1, 2]\n[severity]\nnone = "off"\nunanswered = "hint"\n'
    )
    assert found.questions == {7: Override({IMAGES: Limit(1, 2)})}
    assert found.severities == {"unanswered": Severity.HINT}
    assert [problem.line for problem in problems] == [1, 4]
    found, _ = read_configuration('select = ["unanswered", "no"]\n')
    assert found.select == frozenset({"unanswered"})


HUGE = ["9" * 5_000, "-" + "9_9" * 3_000, "0x" + "f" * 4_000, "0o" + "7" * 9_000, "0b" + "1" * 40_000, str(2**63)]


@pytest.mark.parametrize("number", HUGE, ids=range(len(HUGE)))
@pytest.mark.parametrize(
    "line",
    [
        "a = 0",
        "edition = 0",
        "select = [0]",
        "severity.unanswered = 0",
        "figures = 0",
        "formats = 0",
        "reports = [[0]]",
        "questions = 0",
        "questions.5.words = 0",
        "questions.5.words = [1, 0]",
        "questions.5.role = {a = [0]}",
        "questions.5.images = {0 = 1}",
    ],
)
def test_huge_numbers(line: str, number: str) -> None:
    """A number of thousands of digits is one short finding on its own line, wherever it stands."""
    if "{0 =" in line and not number.isdigit():
        number = "a" + number  # else it is no key
    _, problems = read_configuration(f"ignore = []\n{line.replace('0', number)}\n")
    assert [problem.line for problem in problems] == [1]
    assert len(problems[0].message) < 400


@pytest.mark.parametrize("zeros", [4_000, 5_000])
def test_huge_numbers_of_questions(zeros: int) -> None:
    """The number of a question may not have thousands of digits, even if they are zeros."""
    _, problems = read_configuration(f"[questions.000000001{'0' * zeros}]")
    assert [problem.line for problem in problems] == [0]


def test_odd_names_are_shown_on_one_short_line() -> None:
    """Messages are short and on one line, whatever the name of a key."""
    ((_, message),) = complaints(f'"a\\n{"b" * 900}" = 1\n')
    assert message.startswith("unknown setting `a\N{REPLACEMENT CHARACTER}bbb")
    assert len(message) < 210


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a =", 0, "invalid value"),
        ("a = 1\r\nb = 2 c = 3\r\n", 1, "expected newline or end of document after a statement"),
        ("a = 1\na = 2\n", 1, "cannot overwrite a value"),
        ("a = [\n1,\n", 1, ""),
        ("a = 'x\n", 0, ""),
        ("a = " + "[" * 100_000, 0, ""),
        ("a = 2026-02-30", 0, ""),
        ("\0", 0, ""),
        ("a = 1\n[b" + ". 'c'" * 50_000 + "]", 1, "a key has too many parts"),
    ],
    ids=range(9),
)
def test_no_toml(text: str, line: int, message: str) -> None:
    """A text that cannot be parsed leads to an error with a line."""
    with pytest.raises(BrokenError) as caught:
        read_configuration(text)
    assert caught.value.line == line
    assert message in str(caught.value)


def test_settings_on_top() -> None:
    """An editor's settings override the file's, question by question and rule by rule."""
    base = settings(EVERYTHING)
    data: dict[str, object] = {
        "severity": {"prompt-changed": "off"},
        "questions": {"7": {"words": [1, 2]}, "Method": {"words": [3, 4]}},
        "ignore": ["unanswered"],
        "nonsense": 1,
    }
    found, problems = settings_from(data, base)
    assert found.ignore == {"unanswered", "prompt-changed", "image-without-text", "checklist-mark"}
    assert found.questions == {**base.questions, 7: Override({WORDS: Limit(1, 2)})}
    assert found.slots == {**base.slots, "7": {"words": Limit(1, 2)}, "Method": {"words": Limit(3, 4)}}
    assert (found.edition, found.select) == (base.edition, base.select)
    assert [problem.path for problem in problems] == [("nonsense",)]


@pytest.mark.parametrize(
    ("below", "above", "ignored"),
    [
        ('ignore = ["unanswered"]', {"ignore": ["prompt-changed"]}, {"unanswered", "prompt-changed"}),
        ('ignore = ["unanswered"]', {"ignore": []}, {"unanswered"}),
        ('ignore = ["unanswered"]', {"severity": {"unanswered": "hint"}}, set()),
        ('severity.unanswered = "off"', {"severity": {"unanswered": "hint"}}, set()),
        ('severity.unanswered = "hint"', {"severity": {"unanswered": "off"}}, {"unanswered"}),
        ('ignore = ["unanswered", "prompt-changed"]', {"select": ["unanswered"]}, {"prompt-changed"}),
        ("", {"ignore": ["unanswered"], "severity": {"unanswered": "hint"}, "select": ["unanswered"]}, {"unanswered"}),
    ],
)
def test_rules_ignored_below_and_above(below: str, above: dict[str, object], ignored: set[str]) -> None:
    """Ignored rules add up; a rule that a higher level selects is listed."""
    found, problems = settings_from(above, settings(below))
    assert found.ignore == ignored
    assert not problems


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_described(name: str) -> None:
    """Every setting has a valid example, its real default, and a description of one paragraph."""
    setting = SETTINGS[name]
    assert name in setting.example
    settings(setting.example)
    assert "\n" not in setting.description
    assert setting.description.endswith(".")
    read, problems = settings_from({name: setting.default} if setting.default is not None else {})
    assert (read, problems) == (Settings(), [])


PAGE = Path(__file__).parents[1] / "server" / "docs" / "configuration.md"


def configuration_page() -> str:
    """Return a section for each setting."""
    head = """
        # Configuration

        <!-- made from reportls/configuration/settings.py -->

        A report needs no configuration. Settings go into `reportls.toml`, or into the table `[tool.reportls]` of
        `pyproject.toml`, in the report's folder or in one above it, up to the root of the git repository (without a
        repository, in the report's folder or the one above it). Only the nearest file counts; if both are in the same
        folder, only `reportls.toml`. The [settings of an editor](editors.md#settings) override the file, and the
        command line overrides both. Only `ignore` is combined: a rule that any of them ignores is ignored.

        A file that is not valid TOML is an error. An unknown setting, or a value that is not allowed, is a warning of
        the rule `configuration`, and counts as not set.
    """
    sections = (
        f"\n## {name}\n\n{setting.description}\n\nDefault: `{json.dumps(setting.default)}`\n\n"
        f"```toml\n{setting.example}\n```\n"
        for name, setting in SETTINGS.items()
    )
    return dedent(head).lstrip() + "".join(sections).replace("`null`", "not set")


def test_configuration_page(request: pytest.FixtureRequest) -> None:
    """`server/docs/configuration.md` agrees with the table of settings."""
    assert_current(PAGE, configuration_page(), request)


VALID = r"""
title = "a # b = [c]"
'quoted key' = 'literal # \'
"basic \" key".inner . deep = 1_000
date = 1979-05-27 07:32:00  # with a space
several = [ 1, [2, 'three'], # comment ]
  { four = 4, "five" = [5] },
]
long = '''one
'' two'''
longer = ""\"one
two \""\" three""\""
inline = { x = 1, y = { z = [ { w = true } ] } }
empty = []
[table . "sub table"]
key = -1.5e3
[[rows]]
cell = 1
[[rows]]
cell = 2
""".replace('""\\"', '"' * 3)


def leaves(data: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Yield every value without parts, with its path; rows of tables have no places of their own."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list) and path != ("rows",):
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))
    elif path != ("rows",):
        yield path, data


def assert_places(text: str) -> None:
    """Check that the text at each value's place is that value."""
    found = places_in(text).found
    for path, value in leaves(tomllib.loads(text)):
        raw = tuple(part.replace('"', r"\"") if isinstance(part, str) else part for part in path)
        start, end = found[raw].value
        assert tomllib.loads(f"x = {text[start:end]}") == {"x": value}, path


def test_places() -> None:
    """Every kind of key and value is located."""
    assert_places(VALID)
    assert_places(VALID.replace("\n", "\r\n"))


SCALARS = st.integers(0, 99).map(str) | st.sampled_from(
    ["true", "'a, b'", '"#]"', "'''x\n'''", "1.5", str(date(2026, 1, 2))]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[ " + " ,\n# c\n".join(items) + "]")
        | st.lists(inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"k{number}.x = {item}" for number, item in enumerate(items)) + " }"
        )
    ),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=4))
def test_places_of_any_values(values: list[str]) -> None:
    """Values are located however they are nested."""
    assert_places("".join(f"[t{number}]\na . b = {value} # c\n" for number, value in enumerate(values)))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("[]{}=.\"',\n# a1", max_size=40))
def test_any_text(text: str) -> None:
    """Any text is read or rejected, and every problem lies in it."""
    try:
        _, problems = read_configuration(text)
    except BrokenError:
        return
    lines = re.split(r"\r\n|\r|\n", text)
    for problem in problems:
        assert 0 <= problem.column <= problem.end_column <= len(lines[problem.line])


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"k{number} = 1" for number in range(20_000)),
        "[severity]\n" + "\n".join(f"rule{number} = 1" for number in range(5000)),
        "[questions]\n" + "\n".join(f"{n}.k{m} = 1" for n in range(1, 300) for m in range(50)),
        "[questions]\n" + "\n".join(f"place{number} = 1" for number in range(5000)),
    ],
    ids=["settings", "severities", "limits", "questions"],
)
def test_a_hundred_problems_are_shown(text: str) -> None:
    """Of more than 100 problems 100 are shown, and one says that there are more; what is right is read."""
    settings, problems = read_configuration(f'figures = "pictures"\n{text}')
    assert settings.figures == "pictures"
    assert len(problems) == 101
    assert [problem.message for problem in problems if "more than" in problem.message] == [
        "more than 100 problems: the rest is not shown"
    ]


def test_exactly_a_hundred_problems() -> None:
    """Nothing is left out as long as the limit is not passed."""
    _, problems = read_configuration("\n".join(f"k{number} = 1" for number in range(100)))
    assert len(problems) == 100
    assert not [problem for problem in problems if "more than" in problem.message]


def test_a_pattern_that_is_too_long() -> None:
    """A path pattern has at most 500 characters; longer ones are refused and the others kept."""
    settings, problems = read_configuration(f'reports = ["exam.md", "{"[a" * 251}.md", "{"a" * 500}"]')
    assert settings.reports == ("exam.md", "a" * 500)
    assert [problem.message for problem in problems] == ["at most 500 characters may name a report"]
