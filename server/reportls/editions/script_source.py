"""Reads the source of a course's checker. `script` imports this only if there is one: loading `ast` takes time."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING, TypeVar

from reportls.editions.script import NotUnderstoodError, Script
from reportls.report.checker import Form
from reportls.report.constraints import Constraints, Images, Length
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Limit = TypeVar("Limit", bound=Length)

_MOST_ANSWERS = 9999
_MOST_WORDS = 1_000_000_000
"""A larger number is no limit: nothing reaches it."""
_CHAINING = ".([+-*/%@&|^<>"
_MOST_CHAINED = 5_000
"""Python 3.10 itself crashes on an expression of some ten thousand parts; what makes one has these characters."""
_MOST_ALIASES = 10
"""So many names may stand for one another in a row."""

_TABLE = pattern(r"questions?_?constraint?s?", re.IGNORECASE)
_KIND = pattern(r"(?P<kind>no|length|image|multi)s?_?constraint?s?", re.IGNORECASE)
_LOW = pattern(r"min(?:imum)?(?:_\w+)?")
_HIGH = pattern(r"max(?:imum)?(?:_\w+)?")
_CHANGING = frozenset(
    {"append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "update"}
)


def read(text: str) -> Script:
    """See `script.read_script`."""
    tree = _parse(text)
    names = _constants(tree)
    limits = tuple(_constraints(entry, names) for entry in _entries(_table(tree), names))
    form = _form(tree, names, len(limits))
    # The checker walks through answers and table together; what is past the end of the table has no limits.
    padded = limits + (Constraints(),) * (form.answers_expected - len(limits))
    return Script(form, padded[: form.answers_expected])


def _parse(text: str) -> ast.Module:
    if sys.version_info < (3, 11) and sum(map(text.count, _CHAINING)) > _MOST_CHAINED:
        message = "this is too long to be the course's script"
        raise NotUnderstoodError(message, 0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.removeprefix("\ufeff"))
    except SyntaxError as error:
        message = f"this is not valid Python: {error.msg}"
        raise NotUnderstoodError(message, max((error.lineno or 1) - 1, 0)) from None
    except (ValueError, RecursionError, MemoryError, OverflowError):
        message = "this cannot be read as Python"
        raise NotUnderstoodError(message, 0) from None


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """What stands behind each name that is given a value once, at the top level."""
    stored = Counter(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    return {name: value for name, value in _assignments(tree.body) if stored[name] == 1}


def _assignments(statements: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value


def _resolved(node: ast.expr, names: Mapping[str, ast.expr]) -> ast.expr:
    """What the node stands for, if it is a name that is known."""
    for _ in range(_MOST_ALIASES):
        if not isinstance(node, ast.Name) or node.id not in names:
            break
        node = names[node.id]
    return node


def _table(tree: ast.Module) -> ast.expr:
    """The table of limits."""
    tables = [(name, value) for name, value in _assignments(tree.body) if _TABLE.fullmatch(name)]
    if not tables:
        message = "no table of limits, `question_constraints`, is found"
        raise NotUnderstoodError(message, 0)
    name, table = tables[-1]
    _refuse_changes(tree, name)
    return table


def _refuse_changes(tree: ast.Module, table: str) -> None:
    """A table that is changed after it was made is not what it seems."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del())
                | ast.AugAssign(target=ast.Name(id=name))
                | ast.Delete(targets=[ast.Name(id=name)])
            ) if name == table:
                raise _not_understood(node, f"`{table}` is changed here")
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if (
                name == table and attr in _CHANGING
            ):
                raise _not_understood(node, f"`{table}` is changed here")


def _entries(table: ast.expr, names: Mapping[str, ast.expr]) -> list[ast.expr]:
    """The table's entries in order: limits go by position, whatever the keys say."""
    match _resolved(table, names):
        case ast.List(elts=entries) | ast.Tuple(elts=entries) if 0 < len(entries) <= _MOST_ANSWERS:
            return entries
        case ast.Dict(keys=keys, values=values) if 0 < len(keys) <= _MOST_ANSWERS and all(
            isinstance(key, ast.Constant) for key in keys
        ):
            # A key that comes twice keeps its first place and has its last value, as when the script runs.
            return list(
                {key.value: value for key, value in zip(keys, values) if isinstance(key, ast.Constant)}.values()
            )
    raise _not_understood(table, "the table of limits is no plain list or dict")


def _constraints(node: ast.expr, names: Mapping[str, ast.expr]) -> Constraints:
    """The limits that one entry means."""
    entry = _resolved(node, names)
    function, positional, keywords = _call(entry)
    if _kind(function) == "multi":
        match [*positional, *keywords.values()]:
            case [ast.List(elts=parts) | ast.Tuple(elts=parts)]:
                return reduce(_both, (_single(_resolved(part, names), names) for part in parts), Constraints())
    return _single(entry, names)


def _single(entry: ast.expr, names: Mapping[str, ast.expr]) -> Constraints:
    """The limits that an entry without parts means. Parts have no parts, so that names cannot go in circles."""
    function, positional, keywords = _call(entry)
    match _kind(function):
        case "length":
            return Constraints(words=Length(*_bounds(entry, positional, keywords, names)))
        case "image":
            return Constraints(images=Images(*_bounds(entry, positional, keywords, names)))
        case "no" if not positional and not keywords:
            return Constraints()
    raise _not_understood(entry, "this entry of the table of limits is in no known form")


def _call(entry: ast.expr) -> tuple[ast.expr, list[ast.expr], dict[str, ast.expr]]:
    """What an entry calls, or will, and with what."""
    match entry:
        case ast.Call(func=ast.Name(id="partial") | ast.Attribute(attr="partial"), args=[function], keywords=keywords):
            # What `partial` is given by position would be taken for the answer, so limits have their names there.
            return function, [], _by_name(keywords)
        case ast.Call(func=function, args=positional, keywords=keywords):
            return function, positional, _by_name(keywords)
    return entry, [], {}


def _by_name(keywords: list[ast.keyword]) -> dict[str, ast.expr]:
    return {keyword.arg or "**": keyword.value for keyword in keywords}


def _kind(function: ast.expr) -> str:
    """`no`, `length`, `image` or `multi`; empty for a function that makes no constraint."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            match = _KIND.fullmatch(name)
            return match["kind"].lower() if match else ""
    return ""


def _both(one: Constraints, other: Constraints) -> Constraints:
    return Constraints(_tighter(one.words, other.words), _tighter(one.images, other.images))


def _tighter(one: Limit | None, other: Limit | None) -> Limit | None:
    if one is None or other is None:
        return one or other
    highs = [limit.high for limit in (one, other) if limit.high is not None]
    return type(one)(max(one.low, other.low), min(highs, default=None))


def _bounds(
    entry: ast.expr, positional: list[ast.expr], keywords: dict[str, ast.expr], names: Mapping[str, ast.expr]
) -> tuple[int, int | None]:
    """The fewest and the most."""
    lows = positional[:1] + [value for name, value in keywords.items() if _LOW.fullmatch(name)]
    highs = positional[1:] + [value for name, value in keywords.items() if _HIGH.fullmatch(name)]
    if len(lows) != 1 or len(highs) != 1 or len(keywords) + len(positional) > 2:  # noqa: PLR2004  # the one and the other
        raise _not_understood(entry, "this limit has not just a smallest and a largest number")
    low, high = _number(lows[0], names), _number(highs[0], names)
    if low is None:
        raise _not_understood(lows[0], "this limit is no number")
    return low, high


def _number(node: ast.expr, names: Mapping[str, ast.expr]) -> int | None:
    """A number that stands there; None for one that nothing reaches."""
    match _resolved(node, names):
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int(number)):
            return number if number <= _MOST_WORDS else None
        case ast.Constant(value=float(number)) if number.is_integer():
            return int(number)
        case ast.Constant(value=None) | ast.Attribute(attr="inf" | "maxsize"):
            return None
        case ast.Call(func=ast.Name(id="float"), args=[ast.Constant(value=str(word))]) if word.lower().startswith(
            "inf"
        ):
            return None
    raise _not_understood(node, "this limit is no number")


def _form(tree: ast.Module, names: Mapping[str, ast.expr], limits: int) -> Form:
    """How the checker reads a report."""
    check = next((node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "check"), tree)
    dropped = _dropped(check)
    expected = _expected(check, names) or _expected(tree, names) or limits
    return Form(expected, dropped or 0, dropped is not None)


def _expected(scope: ast.AST, names: Mapping[str, ast.expr]) -> int | None:
    """The number of answers that `len(answers)` must not differ from; None if it is not said in digits."""
    for node in ast.walk(scope):
        match node:
            case ast.Compare(
                left=ast.Call(func=ast.Name(id="len"), args=[ast.Name(id="answers")]),
                ops=[ast.NotEq()],
                comparators=[other],
            ):
                match _resolved(other, names):
                    case ast.Constant(value=int(number)) if 0 < number <= _MOST_ANSWERS:
                        return number
    return None


def _dropped(check: ast.AST) -> int | None:
    """How many characters go before the report is split; None if that is not done."""
    if not isinstance(check, ast.FunctionDef):
        return None  # Without a function of that name, it may be the one that renders, and that drops some anyway.
    for node in ast.walk(check):
        match node:
            case ast.Assign(
                targets=[ast.Name(id="text")],
                value=ast.Subscript(
                    value=ast.Name(id="text"),
                    slice=ast.Slice(lower=ast.Constant(value=int(number)), upper=None, step=None),
                ),
            ):
                return number
    return None


def _not_understood(node: ast.AST, message: str) -> NotUnderstoodError:
    return NotUnderstoodError(message, getattr(node, "lineno", 1) - 1)
