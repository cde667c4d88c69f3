"""Where edits land, in each unit of columns."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.capabilities import ENCODINGS
from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.lsp.conftest import StartClient
    from tests.support.raw_client import RawClient

FAR = 2**31 - 1
PIECES = [
    "é",
    "e\u0301",
    "😋",
    "👩\u200d🌾",
    "\u2028",
    "\f",
    "\x85",
    "\r",
    "\n",
    "\r\n",
    "words",
    "Answer:",
    "## ",
    "---\n",
]


def position(line: int, character: int) -> dict[str, int]:
    """Return a position."""
    return {"line": line, "character": character}


@pytest.fixture(params=ENCODINGS)
def edited(request: pytest.FixtureRequest, start: StartClient, group: Group) -> OpenDocument:
    """Open the group's report in a session with that unit of columns."""
    return OpenDocument(start(encodings=[request.param]), group.uri, REPORT)


def found(diagnostics: list[Any]) -> list[Any]:
    """Return rules and ranges, without the document's name."""
    return [(it["code"], it["range"], it["message"], it.get("data")) for it in diagnostics]


def as_if_opened(document: OpenDocument) -> bool:
    """Return whether the diagnostics equal those of a document that is opened with this text."""
    client, uri = document.client, f"{document.uri}.{document.version}.md"
    edited = document.diagnostics()
    client.open(uri, document.text)
    opened = client.diagnostics(uri)
    client.close(uri)
    return found(edited) == found(opened)


@pytest.mark.parametrize(
    ("start_at", "end_at", "text", "words"),
    [
        pytest.param(
            (15, FAR), (15, FAR), " and more 🥕 words here", "alone and more 🥕 words here\r\n", id="line end"
        ),
        pytest.param((15, 2), (15, FAR), "x", "x\r\n\r\n### Question 2", id="to the line end, which stays"),
        pytest.param((35, FAR), (FAR, FAR), "!", "here ---!", id="to the end of the text"),
        pytest.param((FAR, 0), (FAR, 0), "the end", "---\r\nthe end", id="behind the end of the text"),
        pytest.param((0, 0), (0, 0), "\ufeff", "\ufeff# Our garden", id="at the start"),
        pytest.param((14, 0), (15, 0), "", "Answer:\r\n😋", id="a whole line"),
    ],
)
def test_positions_that_clients_send(
    edited: OpenDocument, start_at: tuple[int, int], end_at: tuple[int, int], text: str, words: str
) -> None:
    """A position behind the end of a line or of the text is that end."""
    edited.change({"range": {"start": position(*start_at), "end": position(*end_at)}, "text": text})
    assert words in edited.text
    assert as_if_opened(edited)


def test_edits_build_on_each_other(edited: OpenDocument) -> None:
    """Changes of one message are made in turn; a change without a range replaces the whole text."""
    line = {"start": position(0, 0), "end": position(1, 0)}
    edited.change({"text": REPORT.replace("alone", "😋\u2028 all three of us")}, {"range": line, "text": "# 🌱\r\n"})
    assert edited.text.startswith("# 🌱\r\n\r\n* [ ] Dig")
    assert as_if_opened(edited)


def test_a_line_break_in_two_halves(edited: OpenDocument) -> None:
    """CR and LF can be typed one after the other, but nothing can be typed between them."""
    edited.change({"text": "### Question 1\r### Question 2\r> Answer:\r"})
    end = position(1, 0)
    edited.change({"range": {"start": end, "end": end}, "text": "\n> Answer:\n😋\r"})
    assert as_if_opened(edited)


def test_many_edits(start: StartClient, group: Group) -> None:
    """Edits in words, between line breaks and behind the end give the text that the client has."""
    group.write("reportls.toml", 'reports = ["reports/*.md"]\n')  # whatever is left of it
    for encoding in ENCODINGS:
        edited = OpenDocument(start(encodings=[encoding]), group.uri, REPORT)
        rng = Random(encoding)  # noqa: S311  # repeatable, not secret
        for _ in range(30):
            edited.change(_some_change(edited, rng))
            assert as_if_opened(edited)


def test_units_of_columns(raw: RawClient) -> None:
    """The server takes UTF-16 if the client lists it or lists nothing, else the first unit that it knows."""
    general = {"positionEncodings": ["utf-32", "utf-16", "utf-8"]}
    assert raw.initialize({"general": general})["positionEncoding"] == "utf-16"


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (None, "utf-16"),
        ([], "utf-16"),
        (["utf-32", "utf-8"], "utf-32"),
        (["utf-7", "utf-8"], "utf-8"),
        (["utf-7"], "utf-16"),
    ],
)
def test_units_that_a_client_may_name(raw: RawClient, wanted: list[str] | None, chosen: str) -> None:
    """The server announces the unit of columns that it takes."""
    announced = raw.initialize({} if wanted is None else {"general": {"positionEncodings": wanted}})
    assert announced["positionEncoding"] == chosen


def _some_change(document: OpenDocument, rng: Random) -> dict[str, Any]:
    lines = document.text.count("\n")
    start = position(rng.randrange(lines + 2), rng.choice((0, 1, 2, 4, 8, 30, FAR)))
    end = document.at_offset(document.offset(start) + rng.choice((0, 0, 1, 2, 30)))
    return {"range": {"start": start, "end": end}, "text": rng.choice(PIECES) * rng.randrange(3)}
