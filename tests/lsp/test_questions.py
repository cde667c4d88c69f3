"""`reportls/questions`: a row for each question, for lists and status bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.group import Group
    from tests.support.open_document import OpenDocument


def test_the_rows_of_what_stands_there(report: OpenDocument) -> None:
    """The rows count unsaved text, and say to which version of it they belong."""
    found = report.client.request("reportls/questions", {"uri": report.uri})["result"]
    first, *_ = found["questions"]
    assert first["count"] == "3 / 5-20 words"
    assert (first["state"], first["optional"]) == ("failed", False)
    assert first["missing"] == ["2 words to go"]
    assert first["amounts"][0] == {"kind": "words", "found": 3, "limit": [5, 20], "missed": True}
    assert [row["line"] for row in found["questions"]] == [7, *(row["end"] for row in found["questions"][:-1])]
    report.replace("alone", "and two more 🌱")
    after = report.client.request("reportls/questions", {"uri": report.uri})["result"]
    assert after["version"] > found["version"]
    assert after["questions"][0]["state"] == "passed"


def test_no_rows_of_other_documents(report: OpenDocument, group: Group) -> None:
    """Other Markdown has no questions, nor has a report that is closed before the request for it arrives."""
    notes = (group.folder / "notes.md").as_uri()
    report.client.open(notes, "# Notes")
    assert report.client.request("reportls/questions", {"uri": notes})["result"] is None
    report.client.close(report.uri)
    assert report.client.request("reportls/questions", {"uri": report.uri})["result"] is None
