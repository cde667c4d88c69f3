# ruff: noqa: T201  # the log of a run
"""Mutation testing: a pytest plugin that changes one thing at a time in the product and runs the tests that reach it.

`MUTANTS=350 python -m pytest -n 0 -s -p tests.mutation TESTS` draws 350 changes in each of three parts, such as mutmut
makes, and prints a line for each: `+` if a test failed, `-` if none did, `0` if none reaches it. Decorated functions,
which mutmut leaves out, are changed as well. A forked process runs the tests that run the line, quick ones first, until
one fails or they took `SECONDS`. With a file of such lines in `MUTANTS`, those of its changes that no test noticed are
tried again, also with property tests.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import pkgutil
from collections import defaultdict
from difflib import unified_diff
from functools import _lru_cache_wrapper
from itertools import accumulate
from math import inf
from pathlib import Path
from random import Random
from resource import RLIMIT_AS, RLIMIT_CPU, setrlimit
from time import process_time
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import libcst  # mutmut brings it
from _pytest.runner import runtestprotocol
from coverage import Coverage
from mutmut.mutation.mutators import mutation_operators

import reportls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest
    from libcst import CSTNode

SERVER = Path(reportls.__file__).parent
SEED = 16
SECONDS = 10
FIXES = ("fixes", "insert_image", "actions", "fix_all", "blank_report")
Place = tuple[str, str, int]
"""A function's file, qualified name and first line."""


def part_of(path: Path) -> str:
    """Return the part of the product that is sampled as one, or nothing for a module that is in none."""
    if path.parent.name in ("analysis", "features") and path.stem in FIXES:
        return "fixes"
    if path.parent.name == "report":
        return "" if path.stem.startswith(("limit_", "form")) else "checker"
    return "rules" if path.parent.name in ("rules", "analysis", "findings", "handin_page", "commonmark") else ""


def changes(
    node: CSTNode, names: tuple[str, ...] = (), *, inside: bool = False
) -> Iterator[tuple[str, CSTNode, CSTNode]]:
    """All changes in functions: the outermost function's qualified name, a node and what replaces it."""
    if isinstance(node, libcst.Annotation | libcst.Decorator | libcst.Param):
        return
    if isinstance(node, libcst.FunctionDef | libcst.ClassDef) and not inside:
        names, inside = (*names, node.name.value), isinstance(node, libcst.FunctionDef)
    for kind, operator in mutation_operators if inside else ():
        if isinstance(node, kind):
            yield from ((".".join(names), node, new) for new in operator(node))
    for child in node.children:
        yield from changes(child, names, inside=inside)


def place_of(code: CodeType) -> Place:
    """Return where the code's function is defined."""
    return (code.co_filename, code.co_qualname, code.co_firstlineno)


def in_fork(work: Callable[[], Any]) -> Any:  # noqa: ANN401  # whatever `work` returns
    """Return what `work` returns in a process of its own; None if that process does not finish."""
    reading, writing = os.pipe()
    if not os.fork():
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(), pipe)
        finally:
            os._exit(0)  # an error must not go on in the parent's tests
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.wait()
    return pickle.loads(data) if data else None  # noqa: S301  # our own bytes


def passes(item: pytest.Item) -> bool:
    """Run a test."""
    return not any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))


def reaching(items: list[pytest.Item]) -> dict[Path, dict[int, list[tuple[float, int]]]]:
    """Return, for each line, the seconds that each test takes which runs it, and the test's index."""
    measured = Coverage(data_file=None, config_file=False, include=[f"{SERVER}/*"])
    seconds = []
    with measured.collect():
        for index, item in enumerate(items):
            measured.switch_context(str(index))
            start = process_time()
            is_passed = passes(item)
            seconds.append(process_time() - start)
            if not is_passed:
                print("left out, as it fails:", item.nodeid, flush=True)
                seconds[index] = inf
    data = measured.get_data()
    return {
        Path(path): {
            line: sorted((seconds[int(index)], int(index)) for index in indices if index)
            for line, indices in data.contexts_by_lineno(path).items()
        }
        for path in data.measured_files()
    }


def tests_at(text: str, changed: str, tests: dict[int, list[tuple[float, int]]]) -> list[tuple[float, int]]:
    """Return the tests that run the first line that changes, or the nearest above in its function that is ever run."""
    lines = text.splitlines()
    at = next(index for index, (old, new) in enumerate(zip(lines, changed.splitlines(), strict=False)) if old != new)
    while at + 1 not in tests and not lines[at].lstrip().startswith("def "):
        at -= 1
    return tests.get(at + 1, [])


def is_noticed(path: Path, text: str, name: str, tests: list[pytest.Item], functions: dict[Place, Any]) -> bool:
    """Change a function, and return whether a test then fails; the process is killed if they do not end."""
    setrlimit(RLIMIT_CPU, (6 * SECONDS, 6 * SECONDS))
    setrlimit(RLIMIT_AS, (4 << 30, 4 << 30))
    inner = [compile(text, path, "exec")]
    for code in inner:
        inner += [each for each in code.co_consts if isinstance(each, CodeType)]
        for function in functions[place_of(code)] if place_of(code)[1] == name else ():
            function.__code__ = code
    return not all(map(passes, tests))


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of the tests, try each change. Property tests take too long for more than the changes of a file."""
    for module in pkgutil.walk_packages(reportls.__path__, "reportls."):
        if not module.name.startswith(("reportls.demo", "reportls.__main__")):
            importlib.import_module(module.name)
    items = session.items
    if os.environ["MUTANTS"].isdigit():
        items = [item for item in items if not getattr(getattr(item, "obj", None), "is_hypothesis_test", False)]
    tests_of = in_fork(lambda: reaching(items))
    functions = defaultdict(list)
    for function in gc.get_objects():
        if isinstance(function, FunctionType):
            functions[place_of(function.__code__)].append(function)
        elif isinstance(function, _lru_cache_wrapper) and function.__module__.startswith("reportls."):
            function.cache_clear()  # collecting the tests has filled it, before anything is changed
    for path, number, name, text in drawn(os.environ["MUTANTS"]):
        found = tests_at(path.read_text("utf-8"), text, tests_of.get(path, {}))
        until = accumulate(seconds for seconds, _ in found)
        tests = [items[index] for (_, index), total in zip(found, until, strict=True) if total < SECONDS]
        noticed = in_fork(lambda: is_noticed(path, text, name, tests, functions)) is not False  # noqa: B023  # called at once
        print("0" if not tests else "+" if noticed else "-", path.relative_to(SERVER), number, name, flush=True)
        if not (tests and noticed):
            diff = unified_diff(path.read_text("utf-8").splitlines(), text.splitlines(), lineterm="", n=1)
            print(*[f"    {line}" for line in diff][2:], sep="\n", flush=True)
    return True


def drawn(mutants: str) -> Iterator[tuple[Path, int, str, str]]:
    """The changes to try: module, index in it, the function's qualified name and the module's text after the change."""
    trees = {path: libcst.parse_module(path.read_text("utf-8")) for path in sorted(SERVER.rglob("*.py"))}
    parts: dict[str, list[tuple[Path, int, str, Any, Any]]] = {"checker": [], "rules": [], "fixes": []}
    for path, tree in trees.items():
        if part := part_of(path):
            parts[part] += [(path, number, *change) for number, change in enumerate(changes(tree))]
    chance = Random(SEED)  # noqa: S311  # repeatable, not secret
    if mutants.isdigit():
        sample = [each for found in parts.values() for each in chance.sample(found, int(mutants))]
        chance.shuffle(sample)
    else:
        again = {tuple(line.split()[1:3]) for line in Path(mutants).read_text().splitlines() if line[:1] in ("-", "0")}
        everything = [each for found in parts.values() for each in found]
        sample = [each for each in everything if (str(each[0].relative_to(SERVER)), str(each[1])) in again]
    for path, number, name, old, new in sample:
        yield path, number, name, trees[path].deep_replace(old, new).code
