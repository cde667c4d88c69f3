"""The pages that are made from the code are current. `pytest --update-docs tests/test_docs.py` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportls.rules import ALL

ROOT = Path(__file__).parents[1]
RULES = ROOT / "server" / "docs" / "rules.md"


def rules_page() -> str:
    """Every rule's page, one after the other, with a table in front."""
    head = (
        "# Rules\n\nMade from the rules' own docstrings; `reportls rule NAME` prints one of these pages.\n\n"
        "*Error*: this fails a question or crashes the checker. *Warning*: it will be handed in wrong. *Information*: "
        "still to be done. *Hint*: could be better. What cannot change the verdict is never an error.\n\n"
        "| rule | severity | what is wrong |\n|---|---|---|\n"
    )
    table = "".join(f"| [{rule.name}](#{rule.name}) | {rule.severity.word} | {rule.title} |\n" for rule in ALL)
    pages = "".join(f"\n## {rule.name}\n\n*{rule.severity.word}*\n\n{rule.page}\n" for rule in ALL)
    return head + table + pages


def test_rules_page(request: pytest.FixtureRequest) -> None:
    """`server/docs/rules.md` says what the rules say."""
    if request.config.getoption("--update-docs"):
        RULES.write_text(rules_page(), "utf-8")
    assert RULES.read_text("utf-8") == rules_page(), "run: pytest --update-docs tests/test_docs.py"


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "server" / "README.md"], ids=lambda path: path.parent.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every link to a file of the project leads to one."""
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_rules_that_are_named_exist() -> None:
    """The README names no rule that is not there."""
    named = re.findall(r"`reportls rule ([a-z-]+)`", (ROOT / "README.md").read_text("utf-8"))
    assert set(named) <= {rule.name for rule in ALL}
