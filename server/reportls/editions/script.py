"""Reads the course's checker, the `report.py` beside a report, from its source: literals only, nothing is executed.

Loading `ast` takes time, so import this module only where there is a script to read.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.checker import Variant
from reportls.report.form import FORM
from reportls.report.kinds import IMAGES, WORDS, Constraints, Limit
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_Names = dict[str, ast.expr]
"""Values by the names that stand for them."""

_MOST_ANSWERS = 9999
_MOST_WORDS = 1_000_000_000
"""A larger number is no limit: nothing reaches it."""
_CHAINING = ".([+-*/%@&|^<>"
_MOST_CHAINED = 5_000
"""Python 3.10 itself crashes on an expression of some ten thousand parts; what makes one has these characters."""
_MOST_ALIASES = 10
"""Longest chain of names that refer to one another."""

_CHECK = "check"
"""The command that judges: in every script that the course has published, the table is a local variable of it."""
_TABLE = pattern(r"questions?_?constraint?s?", re.IGNORECASE)
_KIND = pattern(r"(?P<kind>no|length|image|multi)s?_?constraint?s?", re.IGNORECASE)
_LOW = pattern(r"min(?:imum)?(?:_\w+)?")
_HIGH = pattern(r"max(?:imum)?(?:_\w+)?")
_MODE = pattern(r"[rwxabt+]{1,4}")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.Lambda)
_CHANGING = frozenset(
    {"append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "update"}
)


class Script(NamedTuple):
    """The course's checker as the script implements it."""

    variant: Variant
    limits: tuple[Constraints, ...]
    """One entry for each answer that the variant expects."""


class NotUnderstoodError(Exception):
    """The script is in no known form."""

    def __init__(self, message: str, line: int) -> None:
        """Say what is not understood, and on which line, from 0."""
        super().__init__(message)
        self.line = line


def is_script(text: str) -> bool:
    """Return whether the text looks like a course's checker at all, and not like any other program of that name."""
    return "constrain" in text or FORM.marker in text


def read_script(text: str) -> Script:
    """Return the limits and the variant of the checker whose source this is.

    Raises:
        NotUnderstoodError: it is in no known form.
    """
    # Never run the script: it comes with the report, and is as untrusted.
    tree = _parse(text)
    check = _check(tree)
    scope, table = _table(tree, check)
    names = _names(tree, scope)
    limits = tuple(_constraints(entry, names) for entry in _entries(table, names))
    variant = _variant(tree, check, len(limits))
    # The checker walks through answers and table together; what is past the end of the table has no limits.
    padded = limits + (Constraints(),) * (variant.answers_expected - len(limits))
    return Script(variant, padded[: variant.answers_expected])


def _parse(text: str) -> ast.Module:
    if sys.version_info < (3, 11) and sum(map(text.count, _CHAINING)) > _MOST_CHAINED:
        raise NotUnderstoodError("this is too long to be the course's script", 0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.removeprefix("\ufeff"))
    except SyntaxError as error:
        raise NotUnderstoodError(f"this is not valid Python: {error.msg}", max((error.lineno or 1) - 1, 0)) from None
    except (ValueError, RecursionError, MemoryError, OverflowError):
        raise NotUnderstoodError("this cannot be read as Python", 0) from None


def _inner_scopes(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield every function and class, the outer ones first."""
    return (node for node in ast.walk(tree) if isinstance(node, (*_FUNCTIONS, ast.ClassDef)))


def _check(tree: ast.Module) -> ast.AST | None:
    """Return the function that judges; of several, the one that counts when the script runs."""
    found = [node for node in _own(tree) if isinstance(node, _FUNCTIONS) and node.name == _CHECK]
    return found[-1] if found else None


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """Yield what belongs to the scope itself, in the order of the source, and nothing of the functions within."""
    waiting: list[ast.AST] = [scope]
    while waiting:
        node = waiting.pop()
        yield node
        if node is scope or not isinstance(node, _SCOPES):
            waiting += reversed([*ast.iter_child_nodes(node)])


def _assignments(scope: ast.AST) -> Iterator[tuple[str, ast.expr, ast.stmt]]:
    """Yield each name that is given a value in the scope, the value, and the statement that does it."""
    for node in _own(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    for name, part in _pairs(target, value):
                        yield name, part, node
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value, node


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name with its value: several for `LOW, HIGH = 50, 100`."""
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for one, part in zip(targets, values, strict=True):
                if isinstance(one, ast.Name):
                    yield one.id, part


def _names(tree: ast.Module, scope: ast.AST) -> _Names:
    """Return the value of each name that is assigned once, in the scope or in the module around it."""
    known = _given_once(tree)
    if scope is not tree:
        own = _stored(scope)
        known = {name: value for name, value in known.items() if name not in own} | _given_once(scope)
    declared = (node.names for node in ast.walk(tree) if isinstance(node, (ast.Global, ast.Nonlocal)))
    elsewhere = {name for names in declared for name in names}
    return {name: value for name, value in known.items() if name not in elsewhere}


def _given_once(scope: ast.AST) -> _Names:
    stored = _stored(scope)
    return {name: value for name, value, _ in _assignments(scope) if stored[name] == 1}


def _stored(scope: ast.AST) -> Counter[str]:
    """Count how often each name is given a value there; a parameter has one that nobody knows."""
    counts = Counter(node.id for node in _own(scope) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return counts + Counter(node.arg for node in _own(scope) if isinstance(node, ast.arg))


def _resolved(node: ast.expr, names: Mapping[str, ast.expr]) -> ast.expr:
    """Return the value of a known name, or the node itself if it is anything else."""
    for _ in range(_MOST_ALIASES):
        if not isinstance(node, ast.Name) or node.id not in names:
            break
        node = names[node.id]
    return node


def _table(tree: ast.Module, check: ast.AST | None) -> tuple[ast.AST, ast.expr]:
    """Return the table of limits and its scope: the function `check`, else another or a class, else the module.

    A table that is written out counts before one that is made by a call.
    """
    scopes = [*([check] if check else ()), *_inner_scopes(tree), tree]
    found = [(scope, table) for scope in scopes if (table := _table_in(scope))]
    if not found:
        raise _not_understood(check, "no table of limits, `question_constraints`, is found")
    return next(((scope, table) for scope, table in found if _is_written_out(table)), found[0])


def _is_written_out(table: ast.expr) -> bool:
    match table:
        case ast.List() | ast.Tuple() | ast.Dict() | ast.Call(func=ast.Name(id="dict")):
            return True
    return False


def _table_in(scope: ast.AST) -> ast.expr | None:
    tables = [each for each in _assignments(scope) if _TABLE.fullmatch(each[0])]
    if not tables:
        return None
    name, table, statement = tables[-1]
    if len(tables) > 1 and statement not in getattr(scope, "body", ()):
        raise _not_understood(table, f"`{name}` is assigned a second time here")
    _refuse_changes(scope, name)
    return table


def _refuse_changes(scope: ast.AST, table: str) -> None:
    """Refuse a table that is changed after it was made: it is not what it seems."""
    for node in ast.walk(scope):
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


def _entries(table: ast.expr, names: _Names) -> list[ast.expr]:
    """Return the table's entries in order: limits go by position, whatever the keys say."""
    match _resolved(table, names):
        case ast.List(elts=entries) | ast.Tuple(elts=entries) if 0 < len(entries) <= _MOST_ANSWERS:
            return entries
        case ast.Dict(keys=keys, values=values) if 0 < len(keys) <= _MOST_ANSWERS and all(
            isinstance(key, ast.Constant) for key in keys
        ):
            # A key that comes twice keeps its first place and has its last value, as when the script runs.
            return list(
                {
                    key.value: value for key, value in zip(keys, values, strict=True) if isinstance(key, ast.Constant)
                }.values()
            )
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords) if 0 < len(
            keywords
        ) <= _MOST_ANSWERS and all(keyword.arg for keyword in keywords):
            return [keyword.value for keyword in keywords]
    raise _not_understood(table, "the table of limits is not a plain list or dict")


def _constraints(node: ast.expr, names: _Names) -> Constraints:
    """Return the limits that one entry means."""
    entry = _resolved(node, names)
    function, positional, keywords = _call(entry)
    if _kind(_resolved(function, names)) == "multi":
        match [_resolved(argument, names) for argument in (*positional, *keywords.values())]:
            case [ast.List(elts=parts) | ast.Tuple(elts=parts)]:
                return reduce(_both, (_single(_resolved(part, names), names) for part in parts), Constraints())
    return _single(entry, names)


def _single(entry: ast.expr, names: _Names) -> Constraints:
    """Return the limits of an entry without parts. Parts have no parts, so that names cannot go in circles."""
    function, positional, keywords = _call(entry)
    match _kind(_resolved(function, names)):
        case "length":
            return Constraints.of({WORDS: Limit(*_bounds(entry, positional, keywords, names))})
        case "image":
            return Constraints.of({IMAGES: Limit(*_bounds(entry, positional, keywords, names))})
        case "no" if not positional and not keywords:
            return Constraints()
    raise _not_understood(entry, "this entry of the table of limits has an unknown form")


def _call(entry: ast.expr) -> tuple[ast.expr, list[ast.expr], dict[str, ast.expr]]:
    """Return what an entry calls, or will, with its positional and its keyword arguments."""
    match entry:
        case ast.Call(func=ast.Name(id="partial") | ast.Attribute(attr="partial"), args=[function], keywords=keywords):
            # The first positional argument of a `partial` is the answer, so limits are keyword arguments there.
            return function, [], _by_name(keywords)
        case ast.Call(func=function, args=positional, keywords=keywords):
            return function, positional, _by_name(keywords)
    return entry, [], {}


def _by_name(keywords: list[ast.keyword]) -> dict[str, ast.expr]:
    return {keyword.arg or "**": keyword.value for keyword in keywords}


def _kind(function: ast.expr) -> str:
    """Return `no`, `length`, `image` or `multi`; an empty string for a function that makes no constraint."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            match = _KIND.fullmatch(name)
            return match["kind"].lower() if match else ""
    return ""


def _both(one: Constraints, other: Constraints) -> Constraints:
    return Constraints(map(_tighter, one, other))


def _tighter(one: Limit | None, other: Limit | None) -> Limit | None:
    if one is None or other is None:
        return one or other
    highs = [limit.high for limit in (one, other) if limit.high is not None]
    return Limit(max(one.low, other.low), min(highs, default=None))


def _bounds(
    entry: ast.expr, positional: list[ast.expr], keywords: dict[str, ast.expr], names: _Names
) -> tuple[int, int | None]:
    """Return the smallest and the largest number; None for the largest if there is no upper end."""
    lows = positional[:1] + [value for name, value in keywords.items() if _LOW.fullmatch(name)]
    highs = positional[1:] + [value for name, value in keywords.items() if _HIGH.fullmatch(name)]
    if len(lows) != 1 or len(highs) != 1 or len(keywords) + len(positional) > 2:  # noqa: PLR2004  # the one and the other
        raise _not_understood(entry, "this limit must have two numbers, the smallest and the largest")
    low, high = _number(lows[0], names), _number(highs[0], names)
    if low is None:
        raise _not_understood(lows[0], "this limit is not a number")
    return low, high


def _number(node: ast.expr, names: _Names) -> int | None:
    """Return the number at this place; None if nothing can reach it."""
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
    raise _not_understood(node, "this limit is not a number")


def _variant(tree: ast.Module, check: ast.AST | None, limits: int) -> Variant:
    """Return how the checker reads a report; `limits` is the length of its table."""
    if not check:
        # Without that function, what drops characters may be the one that renders, and the course's drops some anyway.
        return Variant(_expected(tree, _names(tree, tree)) or limits, names_encoding=_names_encoding(tree, None))
    names = _names(tree, check)
    return Variant(
        _expected(check, names) or _expected(tree, names) or limits,
        _dropped(check, names),
        _drops_first_answer(check),
        names_encoding=_names_encoding(tree, check),
    )


def _expected(scope: ast.AST, names: _Names) -> int | None:
    """Return the number that `len(answers)` is compared with; None if it is not said in digits."""
    for node in ast.walk(scope):
        match node:
            case ast.Compare(left=left, ops=[ast.NotEq() | ast.Eq()], comparators=[right]):
                for one, other in ((left, right), (right, left)):
                    match one, _resolved(other, names):
                        case (
                            ast.Call(func=ast.Name(id="len"), args=[ast.Name(id="answers")]),
                            ast.Constant(value=int(number)),
                        ) if 0 < number <= _MOST_ANSWERS:
                            return number
    return None


def _dropped(check: ast.AST, names: _Names) -> int:
    """Return how many characters are dropped before the report is split at its markers."""
    split = _text_split(check)
    stages = [value for name, value, _ in _assignments(check) if isinstance(split, ast.Name) and name == split.id]
    for value in (*stages, split):
        match value:
            case ast.Subscript(slice=ast.Slice(lower=ast.expr() as lower, upper=None, step=None)):
                match _resolved(lower, names):
                    case ast.Constant(value=int(number)) if number > 0:
                        return number
    return 0


def _text_split(check: ast.AST) -> ast.expr | None:
    """Return what is split at `Answer:`."""
    for node in ast.walk(check):
        match node:
            case ast.Call(func=ast.Attribute(value=text, attr="split"), args=[ast.Constant(value=str(marker))]) if (
                "Answer" in marker
            ):
                return text
    return None


def _drops_first_answer(check: ast.AST) -> bool:
    """Return whether the part before the first marker is looped over too, and the first answer then dropped."""
    for node in ast.walk(check):
        match node:
            case ast.Subscript(value=ast.Name(id="answers"), slice=ast.Slice(lower=ast.Constant(value=1))):
                return True
            case ast.Subscript(value=ast.Name(id="answers"), slice=ast.Constant(value=0), ctx=ast.Del()):
                return True
            case ast.Call(func=ast.Attribute(value=ast.Name(id="answers"), attr="pop"), args=[ast.Constant(value=0)]):
                return True
    return False


def _names_encoding(tree: ast.Module, check: ast.AST | None) -> bool:
    """Return whether the report is opened with an encoding: in `check`, or, if nothing is opened there, anywhere."""
    reads = [*_reads(check)] if check else []
    reads = reads or [*_reads(tree)]
    return bool(reads) and all(map(_has_encoding, reads))


def _reads(scope: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(scope):
        match node:
            case ast.Call(func=ast.Name(id=function) | ast.Attribute(attr=function)) if (
                function in ("open", "read_text", "read_bytes")
            ) and not _modes(node) & set("wax"):
                yield node


def _has_encoding(call: ast.Call) -> bool:
    """Return whether a call that opens a file names an encoding, or reads bytes, which are decoded with one."""
    match call.func:
        case ast.Attribute(attr="read_bytes"):
            return True
    by_name = any(
        keyword.arg == "encoding" and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is None)
        for keyword in call.keywords
    )
    return by_name or "b" in _modes(call) or any("utf" in word.lower() for word in _words(call.args))


def _modes(call: ast.Call) -> set[str]:
    """Return the letters of the mode in which a file is opened."""
    modes = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return {letter for word in _words(modes) if _MODE.fullmatch(word) for letter in word}


def _words(nodes: Sequence[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _not_understood(node: ast.AST | None, message: str) -> NotUnderstoodError:
    return NotUnderstoodError(message, getattr(node, "lineno", 1) - 1)
