"""The page on stability lists exactly what exists; `pytest --update-docs tests/test_versioning.py` writes it."""

from __future__ import annotations

import ast
import inspect
import json
from itertools import pairwise
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from reportls.cli import output
from reportls.cli.formats.json import VERSION
from reportls.configuration.settings import SETTINGS
from reportls.rules import ALL
from tests.cli.reports import LEFT, judged, write
from tests.cli.running import reportls
from tests.support.pages import assert_parts_current

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "server" / "docs" / "versioning.md"


def exit_codes() -> str:
    """Return each exit code with its docstring."""
    statements = ast.parse(inspect.getsource(output)).body
    return "\n".join(
        f"* {line.value.value!r}: {said.value.value!s}"
        for line, said in pairwise(statements)
        if isinstance(line, ast.Assign)
        and isinstance(line.value, ast.Constant)
        and isinstance(line.value.value, int)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
    )


def json_keys(folder: Path) -> str:
    """Return every key of the document for a report with a finding and an invalid setting."""
    judged(folder / "README.md", LEFT)
    write(folder / "reportls.toml", "nonsense = 1\n")
    document = json.loads(reportls("check", "--format", "json", folder).out)
    found = dict.fromkeys(_places(document, ""))
    return "\n".join(f"* `{place}`" for place in found)


def _places(value: Any, place: str) -> Iterator[str]:  # noqa: ANN401  # JSON
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from _places(value[0], f"{place}[]")
    else:
        yield place


def names(found: list[str]) -> str:
    """Return a list as one paragraph."""
    return ", ".join(f"`{name}`" for name in found)


def lines(paragraph: str) -> str:
    """Wrap a paragraph."""
    return fill(paragraph, 118, break_on_hyphens=False, break_long_words=False)


def declared(kind: str) -> list[str]:
    """Return the names of the inputs or outputs of the action."""
    return [*yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))[kind]]


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, str]:
    """Return the parts of the page between its marks."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return {
        "rules": lines(names([rule.name for rule in ALL])),
        "exit codes": exit_codes(),
        "version": f"The number is {VERSION} now.",
        "keys": json_keys(tmp_path),
        "settings": names([*SETTINGS]),
        "action": lines(f"Inputs: {names(declared('inputs'))}. Outputs: {names(declared('outputs'))}."),
        "hooks": names([hook["id"] for hook in hooks]),
    }


def test_page(parts: dict[str, str], request: pytest.FixtureRequest) -> None:
    """The page lists exactly the names in the code, so that removing one shows that it was promised."""
    assert_parts_current(PAGE, parts, request)


def test_list_of_changes_links_to_the_page() -> None:
    """The changelog links to the page on stability."""
    assert "(server/docs/versioning.md)" in (ROOT / "CHANGELOG.md").read_text("utf-8")
