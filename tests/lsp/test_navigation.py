"""What is only shown, for clients that can more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.lsp.conftest import StartClient
    from tests.support.raw_client import RawClient


def test_hover_in_markdown_shows_the_picture(report: OpenDocument, group: Group) -> None:
    """The hover shows the figure by a URI without characters that Markdown would interpret."""
    contents = report.ask("hover", position=report.at("bed.png"))["contents"]
    assert contents["kind"] == "markdown"
    assert contents["value"].startswith(f"![]({(group.figures / 'bed.png').as_uri()})\n")


def test_hover_in_plain_text(start: StartClient, group: Group) -> None:
    """A client without Markdown gets the hover without markup."""
    report = OpenDocument(start(without=["textDocument.hover.contentFormat"]), group.uri, REPORT)
    contents = report.ask("hover", position=report.at("bed.png"))["contents"]
    assert contents["kind"] == "plaintext"
    assert "figures/bed.png` · 1 by 1 pixels" in contents["value"]
    assert "**" not in contents["value"]
    assert "![]" not in contents["value"]


def test_hover_on_a_diagnostic(report: OpenDocument) -> None:
    """Hovering over a finding names the rule."""
    assert (
        "answer-too-short"
        in report.ask("hover", position=report.at("5-20 words.\r\n>\r\n> Answer:\r\n\r\n😋"))["contents"]["value"]
    )


def test_hover_on_nothing(report: OpenDocument) -> None:
    """The result is null, not an empty hover, where there is nothing to show."""
    assert report.ask("hover", position=report.at("## Spring")) is None


def test_a_flat_outline(start: StartClient, group: Group) -> None:
    """A client that cannot show a tree gets a flat list."""
    report = OpenDocument(
        start(without=["textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"]), group.uri, REPORT
    )
    found = report.ask("documentSymbol")
    assert {it["location"]["uri"] for it in found} == {report.uri}
    assert "Question 1 · Who digs 👩\u200d🌾?" in [it["name"] for it in found]


def test_symbols_of_reports_that_are_not_open(client: RawClient, group: Group) -> None:
    """Symbols come from all reports in the open folders, once each; an open one counts as in the editor."""
    group.write("others/reports/README.md", REPORT.replace("look like", "smell of"))
    open_report = OpenDocument(client, group.uri, REPORT.replace("look like", "taste of"))
    found = client.ask("workspace/symbol", {"query": "does it"})
    assert sorted((it["name"], it["location"]["uri"]) for it in found) == [
        ("Question 2 · What does it smell of?", (group.folder / "others/reports/README.md").as_uri()),
        ("Question 2 · What does it taste of?", open_report.uri),
    ]


def test_symbols_without_a_report_open(client: RawClient, group: Group) -> None:
    """An empty query returns every question."""
    found = client.ask("workspace/symbol", {"query": ""})
    assert {it["location"]["uri"] for it in found} == {group.uri}
    assert len([it for it in found if it["name"].startswith("Question ")]) == 3


def test_hints_of_a_part(report: OpenDocument) -> None:
    """Only hints in the requested range are returned."""
    found = report.ask("inlayHint", range=report.range_of("### Question 2\r\n\r\n> **What does"))
    assert [hint["label"] for hint in found] == ["10 / 3-30 words ✓ · 2 / 1-3 images ✓"]


def test_folds_can_be_told_apart(report: OpenDocument) -> None:
    """Prompts have a kind of their own, and each fold says what is in it."""
    found = report.ask("foldingRange")
    assert [it["collapsedText"] for it in found if it["kind"] == "comment"] == ["the rest of the prompt"] * 3
    assert {"3 / 5-20 words · failed", "unanswered"} <= {it["collapsedText"] for it in found}


def test_selections_at_several_places(report: OpenDocument) -> None:
    """There is one selection for each cursor, in their order; a cursor behind the end is at the end."""
    positions = [report.at("alone"), {"line": 10**6, "character": 0}]
    found = report.ask("selectionRange", positions=positions)
    assert report.shown(found[0]["range"]) == "alone"
    assert len(found) == 2


_QUESTIONS = "".join(
    f"### Question {number}\n\n> Which?\n>\n> Answer:\n\n[this](figures/bed.png)\n\n" for number in range(1, 2501)
)


@pytest.mark.parametrize("feature", ["documentSymbol", "foldingRange", "documentLink", "references"])
def test_answers_are_bounded(feature: str, client: RawClient, group: Group) -> None:
    """Of very many items an editor gets the first 2,000, and the log says that there are more."""
    report = OpenDocument(client, group.uri, _QUESTIONS)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 30_000, "character": 0}}
    place = {"line": 6, "character": 12}
    found = report.ask(feature, range=whole, position=place, context={"includeDeclaration": False})
    assert len(found) == 2000
    assert "more than 2000" in str(client.all_of("window/logMessage"))


def test_a_flat_outline_is_bounded(start: StartClient, group: Group) -> None:
    """A flat list has no more items than a tree."""
    client = start(without=["textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"])
    report = OpenDocument(client, group.uri, _QUESTIONS)
    assert len(report.ask("documentSymbol")) == 2000


def test_all_symbols_are_bounded(client: RawClient, group: Group) -> None:
    """The questions of all reports together are bounded, too."""
    OpenDocument(client, group.uri, _QUESTIONS)
    assert len(client.ask("workspace/symbol", {"query": ""})) == 2000
