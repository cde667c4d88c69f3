# ruff: noqa: PT017  # an error is one of two good outcomes
"""Fuzzes the files beside a report: the configuration, and a `report.py`, compared with how Python runs it."""

from __future__ import annotations

import re
from functools import partial
from textwrap import indent
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reportls.configuration import BrokenError, read_configuration
from reportls.configuration.ignoring import ignoring
from reportls.editions.script import NotUnderstoodError, is_script, read_script
from reportls.report.kinds import Constraints, Limit
from reportls.rules import BY_NAME
from reportls.text import apply_edits
from tests.test_script import SCRIPTS

_tables = st.sampled_from([(), ("tool", "reportls")])
keys = st.sampled_from(
    [
        "edition",
        "select",
        "ignore",
        "severity",
        "figures",
        "formats",
        "reports",
        "questions",
        "questions.3",
        "words",
        "role",
        "images",
        "tool",
        "tool.reportls",
        "'a b'",
        '"é"',
        "x.y",
        "severity.unanswered",
        "[",
        "]",
        "unknown",
    ]
)
values = st.sampled_from(
    [
        '"dtu-02476-2026"',
        '["unanswered"]',
        '"off"',
        "'hint'",
        "[1, 5]",
        "[5, inf]",
        "false",
        "true",
        "-1",
        "nan",
        "1e999",
        "'''\n'''",
        '"\\ud800"',
        '"\\u00e9"',
        "[",
        "]",
        "{}",
        "{ words = [1, 2] }",
        "[[[[]]]]",
        "2026-11-21",
        '"../.."',
        "0x1f",
        '"/etc"',
        '"figures"',
        '"**/*.md"',
        "['a', 3]",
        '"group-number"',
        "99999999999999999999",
        "''",
        '"\x00"',
        "#",
    ]
)
_lines = st.one_of(
    st.tuples(keys, values).map(" = ".join),
    keys.map("[{}]".format),
    keys.map("[[{}]]".format),
    st.sampled_from(["# é 🍎", "", "\t", "\ufeff", "]", ","]),
    st.text(max_size=20),
)
_configurations = st.tuples(st.lists(_lines, max_size=10), st.sampled_from(["\n", "\n", "\r\n", "\r"])).map(
    lambda drawn: drawn[1].join(drawn[0])
)


@given(_configurations, _tables, st.sampled_from(sorted(BY_NAME)))
def test_configuration(text: str, table: tuple[str, ...], rule: str) -> None:
    """Any configuration is read or rejected with problems inside the text, and ignoring a rule changes nothing else."""
    try:
        found, problems = read_configuration(text, table)
    except BrokenError as error:
        assert str(error)
        assert 0 <= error.line < len(re.split(r"\r\n|\r|\n", text))
        assert ignoring(text, table, rule) is None
        return
    lines = re.split(r"\r\n|\r|\n", text)
    for problem in problems:
        assert problem.message
        assert 0 <= problem.column <= problem.end_column <= len(lines[problem.line])
    edits = ignoring(text, table, rule)
    if edits is not None:
        after = read_configuration(apply_edits(text, edits), table)
        assert after == (found._replace(ignore=found.ignore | {rule}), after[1])


_numbers = st.one_of(st.integers(0, 30), st.integers(0, 30), st.sampled_from([-1, 10**12])).map(str)
_names = st.sampled_from(["FEW", "MANY"])
_amounts = st.one_of(_numbers, _names, _names, st.just("None"))
_two = st.tuples(_amounts, _amounts)
_simple = st.one_of(
    st.sampled_from(
        ["no_constraints", "NoConstraints()", "SHORT", "partial(no_constraints)", "no_constraints", "MANY"]
    ),
    _two.map("partial(length_constraints, min={0[0]}, max={0[1]})".format),
    _two.map("partial(length_constraints, max_length={0[1]}, min_length={0[0]})".format),
    _two.map("LengthConstraints(min_length={0[0]}, max_length={0[1]})".format),
    _two.map("LengthConstraints({0[0]}, {0[1]})".format),
    _two.map("partial(image_constrains, min={0[0]}, max={0[1]})".format),
    _two.map("ImageConstraints({0[0]}, max_images={0[1]})".format),
)
_joined = st.lists(_simple, max_size=3).map(", ".join)
_entries = st.one_of(
    _simple,
    _simple,
    _joined.map("partial(multi_constrains, constrains=({},))".format),
    _joined.map("MultiConstraints(constrains=[{}])".format),
)
_lists = st.lists(_entries, max_size=5).map(", ".join).map("[{}]".format)
_pairs = st.tuples(st.integers(1, 4), _entries).map('"question_{0[0]}": {0[1]}'.format)
_dicts = st.lists(_pairs, max_size=5).map(", ".join).map("{{{}}}".format)
_assigned = st.tuples(
    st.sampled_from(["question_constraints = ", "question_constraints = ", "table = "]), _lists | _dicts
)
_changes = st.sampled_from(
    [
        "FEW += 1",
        "del FEW",
        "question_constraints.append(no_constraints)",
        "question_constraints *= 2",
        "question_constraints[0] = no_constraints",
        "question_constraints.reverse()",
        "del question_constraints[0]",
        "def f():\n    global FEW\n    FEW = 9\nf()",
        "for FEW in [7]: pass",
        "def cut(text):\n    return text[43:]",
    ]
)
_statements = st.one_of(
    st.tuples(_names, _numbers).map(" = ".join),
    st.tuples(st.sampled_from(["SHORT", "LONG"]), _simple).map(" = ".join),
    st.tuples(_names, _numbers).map("if FEW: {0[0]} = {0[1]}".format),
    st.integers(0, 6).map("def check():\n    if len(answers) != {}: raise ValueError".format),
    st.one_of(_changes, _assigned.map("".join)),
)
_RETURN = "return question_constraints"
_HEAD = "FEW = 3\nMANY = 20\nSHORT = LengthConstraints(1, 2)"
_some = st.lists(_statements, max_size=2).map("\n".join)
_tables_made = st.tuples(st.just("question_constraints = "), _lists | _dicts).map("".join)
_in_module = st.tuples(st.just(_HEAD), _some, _tables_made, _some).map("\n".join)
_in_check = st.tuples(_some, st.tuples(_some, _tables_made, _some).map("\n".join)).map(
    lambda drawn: f"{_HEAD}\n{drawn[0]}\ndef check():\n{indent(drawn[1], '    ')}\n    {_RETURN}"
)
_sources = st.one_of(_in_module, _in_check)


@given(_sources)
def test_script(source: str) -> None:
    """If a checker's source is understood, the limits are those that running it produces."""
    try:
        limits = read_script(source).limits
    except NotUnderstoodError as error:
        assert str(error)
        assert 0 <= error.line <= source.count("\n")
        return
    try:
        made = _made_by_python(source)
    except Exception:  # noqa: BLE001  # whatever the source raises; then the course's check has no verdict either
        return
    assert limits[: len(made)] == made[: len(limits)]
    assert all(limit == Constraints() for limit in limits[len(made) :])


_words = re.findall(r"\w+|\s+|.", "".join(SCRIPTS.values()))
_fragments = st.lists(st.one_of(st.sampled_from(_words), st.text(max_size=3)), max_size=6).map("".join)


@given(
    st.sampled_from([*SCRIPTS.values()]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 99), _fragments), max_size=4),
)
def test_any_script(source: str, changes: list[tuple[int, int, str]]) -> None:
    """Any changed source of a checker is understood or rejected with an existing line."""
    for place, length, fragment in changes:
        source = source[:place] + fragment + source[place + length :]
    is_script(source)
    try:
        script = read_script(source)
    except NotUnderstoodError as error:
        assert 0 <= error.line < len(re.split(r"\r\n|\r|\n|\f", source))
        return
    assert len(script.limits) == script.variant.answers_expected


def _made_by_python(source: str) -> tuple[Constraints, ...]:
    """Run the source and return the limits in its table."""
    kinds = {name: partial(_keyword, name[0].lower()) for name in ("LengthConstraints", "ImageConstraints")}
    kinds |= {name: partial(_keyword, name[0]) for name in ("length_constraints", "image_constrains")}
    scope: dict[str, Any] = {**kinds, "partial": partial, "no_constraints": (), "NoConstraints": tuple}
    scope |= {"MultiConstraints": _multi, "multi_constrains": _multi}
    scope["partial"] = lambda made, **limits: made(**limits) if limits else made
    exec(source, scope)  # noqa: S102  # put together above
    table = scope["check"]() if source.endswith(_RETURN) else scope["question_constraints"]
    return tuple(_constraints(entry) for entry in (table.values() if isinstance(table, dict) else table))


def _multi(constrains: Any) -> Any:  # noqa: ANN401  # what the source gives
    return tuple(constrains)


def _keyword(kind: str, *limits: Any, **named: Any) -> tuple[str, Any, Any]:  # noqa: ANN401  # what the source gives
    low, high = [*limits, *(named[name] for name in sorted(named, reverse=True))]
    return kind, low, high


def _constraints(entry: Any) -> Constraints:  # noqa: ANN401  # what the source gives
    parts = [part for part in ([entry] if entry[:1] in (("l",), ("i",)) else entry) if part]
    words = [(low, high) for kind, low, high in parts if kind == "l"]
    images = [(low, high) for kind, low, high in parts if kind == "i"]
    return Constraints((_tightest(words), _tightest(images)))


def _tightest(pairs: list[tuple[int, int | None]]) -> Limit | None:
    highs = [high for _, high in pairs if high is not None and high < 10**9]
    return Limit(max(low for low, _ in pairs), min(highs, default=None)) if pairs else None
