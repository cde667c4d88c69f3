"""Commands, for clients with different capabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.lsp.conftest import StartClient
    from tests.support.raw_client import RawClient

PLACEHOLDER = "--- question 3 fill here ---"


def test_the_client_shows_the_next_unanswered_question(report: OpenDocument) -> None:
    """The client is asked to show the question and put the cursor there."""
    report.client.execute("reportls.nextUnanswered", report.uri, report.at("## Spring"))
    params = report.client.asked("window/showDocument")
    assert (params["uri"], report.shown(params["selection"])) == (report.uri, PLACEHOLDER)


def test_a_client_that_cannot_show_documents(start: StartClient, group: Group) -> None:
    """The location is returned to a client that cannot show documents."""
    client = start(without=["window.showDocument"])
    report = OpenDocument(client, group.uri, REPORT)
    assert report.shown(client.execute("reportls.nextUnanswered", report.uri)["range"]) == PLACEHOLDER
    client.settle()
    assert client.all_of("window/showDocument") == []


def test_everything_is_answered(report: OpenDocument) -> None:
    """The result is null if no question is unanswered."""
    report.replace(PLACEHOLDER, "We must still water it.")
    report.replace("alone", "and two more 🌱")
    assert report.client.execute("reportls.nextUnanswered", report.uri, report.at("## Spring")) is None


def test_the_client_ticks_the_task(report: OpenDocument) -> None:
    """The client is asked to apply the edit that ticks the task."""
    report.client.execute("reportls.toggleTask", report.uri, report.at("(A2)"))
    params = report.client.asked("workspace/applyEdit")
    assert report.after(params["edit"]) == REPORT.replace("[x] Sow", "[ ] Sow")


def test_a_client_that_cannot_apply_edits(start: StartClient, group: Group) -> None:
    """The edit is returned to a client that cannot apply edits on request."""
    client = start(without=["workspace.applyEdit"])
    report = OpenDocument(client, group.uri, REPORT)
    edit = client.execute("reportls.toggleTask", report.uri, report.at("(A1)"))
    assert report.after(edit) == REPORT.replace("[ ] Dig", "[x] Dig")
    client.settle()
    assert client.all_of("workspace/applyEdit") == []


def test_no_task_there(report: OpenDocument) -> None:
    """The result is null where there is no task."""
    assert report.client.execute("reportls.toggleTask", report.uri, report.at("Cafe")) is None


@pytest.mark.parametrize(
    ("command", "arguments", "words"),
    [
        ("reportls.toggleTask", [], "the URI of a document"),
        ("reportls.toggleTask", [3], "the URI of a document"),
        ("reportls.nextUnanswered", ["file:///nowhere.md"], "not open"),
        ("reportls.nextUnanswered", ["", {"line": "x"}], "not open"),
        ("reportls.unheardOf", [], "reportls.unheardOf"),
    ],
)
def test_commands_that_make_no_sense(client: RawClient, command: str, arguments: list[object], words: str) -> None:
    """Wrong arguments are refused with a reason."""
    error = client.request("workspace/executeCommand", {"command": command, "arguments": arguments})["error"]
    assert error["code"] in (-32602, -32601)
    assert words in error["message"]


@pytest.mark.parametrize(
    "position", [{"line": "x"}, {"line": -1, "character": 0}, [1, 2], 3, {"line": True, "character": 0}]
)
def test_positions_that_make_no_sense(report: OpenDocument, position: object) -> None:
    """A wrong position is refused with a reason."""
    params = {"command": "reportls.toggleTask", "arguments": [report.uri, position]}
    error = report.client.request("workspace/executeCommand", params)["error"]
    assert error["code"] == -32602
    assert "position" in error["message"]


def test_checking_all_publishes_what_is_not_open(report: OpenDocument, group: Group) -> None:
    """Findings of a report that is not open stay until it is opened; then the open text counts."""
    client, other = report.client, group.write("more/reports/README.md", REPORT).as_uri()
    found = client.execute("reportls.checkAll")["reports"]
    assert {it["uri"]: (it["passes"], it["errors"], it["warnings"]) for it in found} == {
        report.uri: (False, 1, 1),
        other: (False, 1, 2),
    }
    assert client.diagnostics(other)
    client.open(other, "# No report any more\n")
    assert client.diagnostics(other) == []


def test_checking_all_tells_the_user(client: RawClient) -> None:
    """The user is shown one message."""
    client.execute("reportls.checkAll")
    assert client.notification("window/showMessage") == {"type": 3, "message": "reportls: 1 report: 2 of 3 passed"}


def test_checking_all_in_an_empty_folder(client: RawClient, group: Group) -> None:
    """The user is told that there is no report."""
    group.report.unlink()
    assert client.execute("reportls.checkAll") == {"reports": []}
    assert "no report" in client.notification("window/showMessage")["message"]


def many_reports(group: Group) -> None:
    """Write so many reports that checking them takes a while."""
    for number in range(60):
        group.write(f"{number}/reports/README.md", REPORT * 5)


def test_progress(client: RawClient, group: Group) -> None:
    """The client shows how many reports were checked."""
    many_reports(group)
    client.execute("reportls.checkAll")
    token = client.asked("window/workDoneProgress/create")["token"]
    client.settle()
    values = [params["value"] for params in client.all_of("$/progress") if params["token"] == token]
    assert [values[0]["kind"], values[-1]["kind"]] == ["begin", "end"]
    assert "61 reports" in values[-1]["message"]
    assert all(value["kind"] == "report" and value["message"] for value in values[1:-1])


def test_the_user_calls_it_off(client: RawClient, group: Group) -> None:
    """The user can cancel by the button of the progress bar."""
    many_reports(group)
    request = client.start_request("workspace/executeCommand", {"command": "reportls.checkAll"})
    token = client.notification("$/progress")["token"]
    client.notify("window/workDoneProgress/cancel", {"token": token})
    assert client.answer(request)["error"]["code"] == -32800
    client.settle()
    assert client.all_of("$/progress")[-1]["value"]["kind"] == "end"


def test_the_client_calls_it_off(client: RawClient, group: Group) -> None:
    """The client can cancel by the request's id; other requests are answered meanwhile."""
    many_reports(group)
    request = client.start_request("workspace/executeCommand", {"command": "reportls.checkAll"})
    client.notification("$/progress")
    assert client.ask("codeAction/resolve", {"title": "é"}) == {"title": "é"}
    client.notify("$/cancelRequest", {"id": request})
    assert client.answer(request)["error"]["code"] == -32800


def test_a_client_without_progress(start: StartClient, group: Group) -> None:
    """A client without progress is sent none."""
    client = start(without=["window.workDoneProgress"])
    many_reports(group)
    assert len(client.execute("reportls.checkAll")["reports"]) == 61
    client.settle()
    assert client.all_of("$/progress") == client.all_of("window/workDoneProgress/create") == []
