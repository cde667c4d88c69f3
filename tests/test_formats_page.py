"""The page on formats shows real output; `pytest --update-docs tests/test_formats_page.py` writes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportls.cli.formats import FORMATS
from tests.cli.reports import PERFECT, judged
from tests.cli.running import environment, process
from tests.support.pages import assert_parts_current
from tests.test_versioning import json_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = Path(__file__).parents[1] / "server" / "docs" / "formats.md"
REPORT = PERFECT.replace("They eat what flowers give them.", "Nectar.").replace("garden.", "garden: ![](box.png)")
"""An answer that is too short, and an image with more than one thing wrong with it."""
_SHOWN = {"text": "text", "concise": "text", "github": "text", "junit": "xml"}
"""The formats of which an example is short enough to read, with the language of the example."""
_CHANGING = re.compile(r'(?<=timestamp=")[^"]*|(?<=hostname=")[^"]*|(?<=name="reportls" value=")[^"]*')


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return the output for the report in each format, as a fenced block."""
    folder = tmp_path_factory.mktemp("bees")
    judged(folder / "reports" / "README.md", REPORT)
    env = environment()
    env.pop("GITHUB_WORKSPACE", None)
    printed = {form: process("check", "--format", form, cwd=folder, env=env).out for form in _SHOWN}
    return {form: f"```{_SHOWN[form]}\n{_CHANGING.sub('...', printed[form])}```" for form in _SHOWN}


def test_examples(examples: Mapping[str, str], request: pytest.FixtureRequest) -> None:
    """The examples on the page are the real output."""
    assert_parts_current(PAGE, examples, request)


def test_every_format_is_there() -> None:
    """Each format has a section, in the order of `--help`."""
    assert tuple(re.findall(r"^## `([a-z]+)`$", PAGE.read_text("utf-8"), re.MULTILINE)) == FORMATS


def test_every_key_of_the_document_is_explained(tmp_path: Path) -> None:
    """The table has exactly the keys of the JSON document; those of a range are listed once."""
    explained = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    found = [key.removeprefix("* ").strip("`") for key in json_keys(tmp_path).splitlines()]
    assert explained == [*dict.fromkeys(re.sub(r"\.range\..*", ".range", key) for key in found)]


def test_the_page_shows_positions_as_they_are(tmp_path: Path) -> None:
    """JSON counts lines and columns from 0, in UTF-16 units, as its section says."""
    judged(tmp_path / "README.md", PERFECT.replace("In a box", "🐝 ![b](b.png) In a box"))
    document = json.loads(process("check", "--format", "json", cwd=tmp_path).out)
    start = next(found["range"]["start"] for found in document["reports"][0]["findings"] if "image" in found["rule"])
    lines = (tmp_path / "README.md").read_text("utf-8").split("\n")
    before = lines[start["line"]].encode("utf-16-le")[: 2 * start["character"]].decode("utf-16-le")
    assert before == "🐝 ![b]("
