"""`reportls/status`: what a client shows in its status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.group import REPORT

if TYPE_CHECKING:
    from tests.support.open_document import OpenDocument

NOTHING = {
    "passed": None,
    "total": None,
    "completed": None,
    "error": None,
    "edition": None,
    "handIn": None,
    "cause": None,
}


def test_the_verdict_and_what_is_left(report: OpenDocument) -> None:
    """The status has the numbers that the checker will print."""
    assert report.client.status(report.uri) == {
        "uri": report.uri,
        "passed": 2,
        "total": 3,
        "completed": True,
        "error": None,
        "edition": None,
        "unanswered": [{"number": 3, "line": 27, "missing": []}],
        "failing": [{"number": 1, "line": 7, "missing": ["3 words, 5-20 wanted"]}],
        "handIn": None,
        "cause": None,
    }


def test_it_follows_the_text(report: OpenDocument) -> None:
    """The status is sent only when something in it has changed."""
    client = report.client
    client.status(report.uri)
    report.replace("alone", "and two more 🌱")
    assert client.status(report.uri)["passed"] == 3
    report.replace("two", "three")
    client.settle()
    assert len([it for it in client.all_of("reportls/status") if it["uri"] == report.uri]) == 2


def test_the_check_crashes(report: OpenDocument) -> None:
    """The status says why the check crashes."""
    report.replace("> Answer:\r\n\r\n😋", "> \r\n\r\n😋")
    status = report.client.status(report.uri)
    while status["completed"]:
        status = report.client.status(report.uri)
    assert status["passed"] is None
    assert "3" in status["error"]
    assert status["cause"] == 7


def test_it_is_taken_back(report: OpenDocument) -> None:
    """The status is withdrawn when the report is closed, and sent again when it is opened."""
    client = report.client
    client.status(report.uri)
    client.close(report.uri)
    assert client.status(report.uri) == {"uri": report.uri, **NOTHING, "unanswered": [], "failing": []}
    client.open(report.uri, REPORT, 7)
    assert client.status(report.uri)["passed"] == 2
