"""The page on editions has what is built in, and what it says of adding one works.

`pytest --update-docs tests/test_editions_page.py` writes the tables anew.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import TYPE_CHECKING

from reportls.editions.edition import IDS, builtin
from tests.cli.running import environment, process
from tests.support.pages import assert_current

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest

    from reportls.editions.edition import Edition
    from reportls.report.kinds import Constraints

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "server" / "docs" / "editions.md"
COURSE = """\
# Field Ecology: report of the excursion

Write your answers in place of the lines with the dashes, and change nothing else. Photos belong in `photos/`.

## The group

### Question 1

> **What is the number of your group?**
>
> Answer:

--- question 1 fill here ---

### Question 2

> **What are the study numbers of its members?**
>
> Answer:

--- question 2 fill here ---

## The plot

### Question 3

> **Where is your plot, and why there?**
>
> Recommended answer length: 20-60 words.
>
> Example:
> *Our plot lies at ..., because ...*
>
> Answer:

--- question 3 fill here ---

### Question 4

> **What grows in it?** Insert 1-2 images of the plot.
>
> Recommended answer length: 10-40 words.
>
> Answer:

--- question 4 fill here ---

## The work

### Question 5

> **Who did what?**
>
> Answer:

--- question 5 fill here ---
"""
"""The template of a course that does not exist, in the form of the built-in editions."""
_PART = re.compile(r"(?<=<!-- made from the code -->\n).*(?=<!-- end -->)", re.DOTALL)
_DRAFT = re.compile(r"^    reportls (edition .* --draft .*) > \S+$", re.MULTILINE)


def tables() -> str:
    """Return a table of all editions, and a table of questions for those with the same checker."""
    editions = [*map(builtin, IDS)]
    rows = "".join(f"| `{it.id}` | {it.since} | {it.variant.answers_expected} |\n" for it in editions)
    families = groupby(editions, key=lambda edition: edition.variant)
    parts = "".join(f"\n{_family([*members])}" for _, members in families)
    return f"\n| edition | in use from | questions |\n|---|---|---|\n{rows}{parts}\n"


def _family(editions: Sequence[Edition]) -> str:
    years = [(edition.id or "").rpartition("-")[2] for edition in editions]
    rows = "".join(f"{line}\n" for line in _rows(editions))
    head = f"| question | {' | '.join(years)} | asks for |\n|---|{'---|' * len(years)}---|\n"
    return f"### {', '.join(years)}\n\n{_checker(editions[0])}\n\n{head}{rows}"


def _rows(editions: Sequence[Edition]) -> Iterator[str]:
    for position, limits in enumerate(zip(*(edition.limits for edition in editions), strict=True), start=1):
        role = editions[0].roles.get(position)
        asked = role.value.replace("-", " ") if role else ""
        yield f"| {position} | {' | '.join(map(_in_words, limits))} | {asked} |".replace("|  |", "| |")


def _in_words(limits: Constraints) -> str:
    words, images = limits
    said = [f"{words} words"] if words else []
    if images:
        said.append(f"{images} {'image' if images.high == 1 else 'images'}")
    return ", ".join(said) or "any"


def _checker(edition: Edition) -> str:
    """Return how the edition's checker reads a report, in the words of `reportls edition`."""
    said = process("edition", edition.id or "").out.split("\n\n")[1]
    return "\n".join(f"* {line}" for line in said.split("\n"))


def test_tables(request: pytest.FixtureRequest) -> None:
    """Every edition, question and limit is on the page."""
    assert_current(PAGE, _PART.sub(lambda _: tables(), PAGE.read_text("utf-8")), request)


def test_a_new_edition(tmp_path: Path) -> None:
    """Following the page's instructions adds an edition by which its template is judged."""
    package = tmp_path / "reportls"
    copytree(ROOT / "server" / "reportls", package, ignore=ignore_patterns("__pycache__"))
    report = tmp_path / "course" / "README.md"
    report.parent.mkdir()
    report.write_text(COURSE, "utf-8")
    env = environment(PYTHONPATH=str(tmp_path))
    command = _DRAFT.findall(PAGE.read_text("utf-8"))[0].split()
    assert command[:3] == ["edition", "field-ecology-2027", "--draft"]
    drafted = process(*command[:3], report, cwd=tmp_path, env=env).out
    (package / "editions" / "data" / "field-ecology-2027.json").write_text(drafted, "utf-8")
    module = package / "editions" / "edition.py"
    text = module.read_text("utf-8")
    module.write_text(text.replace(f'"{IDS[-1]}")', f'"{IDS[-1]}", "field-ecology-2027")'), "utf-8")

    listed = process("edition", "field-ecology-2027", cwd=tmp_path, env=env).out
    assert re.search(r"^ +3  20-60 +any$", listed, re.MULTILINE)
    assert re.search(r"^ +4  10-40 +1-2$", listed, re.MULTILINE)
    report.write_text(COURSE.replace("20-60", "10-30"), "utf-8")
    (found,) = json.loads(process("check", "--format", "json", report, cwd=tmp_path, env=env).out)["reports"]
    assert found["edition"] == "field-ecology-2027"
    assert found["questions"][2]["constraints"]["words"] == [20, 60]
