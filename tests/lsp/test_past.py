"""Tests of the hover that says since when a question passes or fails."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.reports import PERFECT, SHORT
from tests.cli.running import environment
from tests.support.capabilities import capabilities
from tests.support.open_document import OpenDocument
from tests.support.past import Past
from tests.support.raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECONDS = 20


@pytest.fixture
def past(tmp_path: Path) -> Past:
    """Create a repository in which the first question was broken by the last commit."""
    past = Past(tmp_path / "group")
    past.save(PERFECT)
    past.save(SHORT)
    return past


@pytest.fixture
def client() -> Iterator[RawClient]:
    """Start a server."""
    with RawClient(env=environment(TZ="UTC")) as client:
        client.initialize(capabilities())
        yield client


def hovered(document: OpenDocument) -> str:
    """Return the hover over the first question's heading."""
    found = document.ask("hover", position=document.at_offset(document.text.index("Question 1")))
    value: str = found["contents"]["value"]
    return value


def until(document: OpenDocument, words: str) -> str:
    """Hover until the words are there; the history is read in the background."""
    end = time.monotonic() + _SECONDS
    while words not in (found := hovered(document)):
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


def test_since(past: Past, client: RawClient) -> None:
    """The hover says since which commit the question fails, and what was so when the report was last saved."""
    document = OpenDocument(client, past.report.as_uri(), SHORT)
    assert "since" not in hovered(document), "the first hover waits for git"
    commit = past.git("rev-parse", "HEAD")[:7]
    until(document, f"failed since {commit}, 29 Dec 2025 11:20")
    document.replace("Nectar.", "They eat what flowers give them.")
    assert f"passed now; when last saved, failed since {commit}" in hovered(document)


def test_template(past: Past, client: RawClient) -> None:
    """The hover of a place to answer in a template says since when it is complete."""
    blank = "# Trip\n\n## Question 1\n\nTODO\n\n## Question 2\n\nTODO\n"
    past.write('template = "template.md"\nreports = ["reports/README.md"]\n', "reportls.toml")
    past.write(blank, "template.md")
    past.save(blank)
    text = blank.replace("TODO", "Up the hill.", 1)
    commit = past.save(text)
    document = OpenDocument(client, past.report.as_uri(), text)
    until(document, f"complete since {commit}")
    document.replace("Up the hill.", "TODO")
    assert f"unanswered now; when last saved, complete since {commit}" in hovered(document)


def test_next_commit(past: Past, client: RawClient) -> None:
    """After a commit the history is read anew."""
    document = OpenDocument(client, past.report.as_uri(), SHORT)
    until(document, "failed since")
    document.replace("Nectar.", "They eat what flowers give them.")
    past.save(document.text)
    until(document, f"passed since {past.git('rev-parse', 'HEAD')[:7]}")


def test_switched_off(past: Past, client: RawClient) -> None:
    """The setting turns it off; so does a folder outside git."""
    past.write("history = false\n", "reportls.toml")
    document = OpenDocument(client, past.report.as_uri(), SHORT)
    hovered(document)
    time.sleep(1)
    assert "since" not in hovered(document)
