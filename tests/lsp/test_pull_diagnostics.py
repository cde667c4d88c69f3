"""Diagnostics for clients that ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.capabilities import capabilities
from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.lsp.conftest import StartClient
    from tests.support.raw_client import RawClient

RULES = ["answer-too-short", "image-case-mismatch", "unanswered"]


@pytest.fixture
def pulled(start: StartClient, group: Group) -> OpenDocument:
    """Open the group's report in a client that requests diagnostics."""
    return OpenDocument(start(pulls=True), group.uri, REPORT)


def rules_in(answer: dict[str, Any]) -> list[str]:
    """Return the rules of the diagnostics."""
    assert answer["kind"] == "full"
    return [it["code"] for it in answer["items"]]


@pytest.mark.parametrize(("pulls", "can_refresh"), [(True, True), (True, False), (False, True)])
def test_it_is_announced_only_if_it_does_any_good(raw: RawClient, *, pulls: bool, can_refresh: bool) -> None:
    """A client that cannot be asked to refresh would keep outdated diagnostics, so it is sent them."""
    can = capabilities(pulls=True)
    if not pulls:
        del can["textDocument"]["diagnostic"]
    can["workspace"]["diagnostics"]["refreshSupport"] = can_refresh
    announced = raw.initialize(can).get("diagnosticProvider")
    expected = {"identifier": "reportls", "interFileDependencies": False, "workspaceDiagnostics": False}
    assert announced == (expected if pulls and can_refresh else None)


def test_an_answer_is_never_older_than_the_text(pulled: OpenDocument) -> None:
    """An answer includes the edits that were sent before."""
    assert rules_in(pulled.ask("diagnostic")) == RULES
    pulled.replace("alone", "and two more of us")
    assert rules_in(pulled.ask("diagnostic")) == RULES[1:]


def test_nothing_is_sent_unasked(pulled: OpenDocument) -> None:
    """Diagnostics of an open report are not published."""
    pulled.replace("alone", "here")
    pulled.client.settle()
    pulled.client.close(pulled.uri)
    pulled.client.settle()
    assert pulled.client.published(pulled.uri) == []


def test_what_the_client_has_already(pulled: OpenDocument) -> None:
    """Diagnostics that the client has are not sent again."""
    first = pulled.ask("diagnostic")
    second = pulled.ask("diagnostic", previousResultId=first["resultId"])
    assert second == {"kind": "unchanged", "resultId": first["resultId"]}
    pulled.replace("alone", "here")
    assert pulled.ask("diagnostic", previousResultId=first["resultId"])["kind"] == "full"


def test_reopened_at_the_same_version(pulled: OpenDocument) -> None:
    """After reopening, the diagnostics are sent again, though the version is the same."""
    first = pulled.ask("diagnostic")
    pulled.client.close(pulled.uri)
    pulled.client.open(pulled.uri, REPORT.replace("alone", "and two more of us"))
    assert rules_in(pulled.ask("diagnostic", previousResultId=first["resultId"])) == RULES[1:]


def test_the_client_is_told_to_ask_again(pulled: OpenDocument, group: Group) -> None:
    """The client is asked to refresh when files beside the report have changed."""
    client, first = pulled.client, pulled.ask("diagnostic")
    (group.figures / "bed.png").unlink()
    client.notify("workspace/didChangeWatchedFiles", {"changes": []})
    client.asked("workspace/diagnostic/refresh")
    again = pulled.ask("diagnostic", previousResultId=first["resultId"])
    assert {*rules_in(again)} == {*RULES, "image-not-found"}


def test_settings_have_the_client_ask_again(pulled: OpenDocument) -> None:
    """The client is asked to refresh when settings have changed."""
    pulled.client.settings = {"ignore": RULES[1:]}
    pulled.client.notify("workspace/didChangeConfiguration", {"settings": None})
    pulled.client.asked("workspace/diagnostic/refresh")
    assert rules_in(pulled.ask("diagnostic")) == RULES[:1]


def test_other_markdown(pulled: OpenDocument, group: Group) -> None:
    """Other Markdown has no diagnostics."""
    notes = OpenDocument(pulled.client, (group.folder / "notes.md").as_uri(), "# Notes 🌱\n\n![](x.png)\n")
    assert rules_in(notes.ask("diagnostic")) == []


def test_a_report_that_is_not_open(pulled: OpenDocument, group: Group) -> None:
    """Findings of reports that are not open are published, for nobody requests them."""
    other = group.write("more/reports/README.md", REPORT).as_uri()
    pulled.client.execute("reportls.checkAll")
    assert pulled.client.diagnostics(other)
    assert pulled.client.published(pulled.uri) == []


def test_a_mistake_in_the_configuration(pulled: OpenDocument, group: Group) -> None:
    """Findings in a configuration file are published for that file."""
    file = group.write("reportls.toml", '"é" = 1\n')
    pulled.client.notify("workspace/didChangeWatchedFiles", {"changes": []})
    assert [it["code"] for it in pulled.client.diagnostics(file.as_uri())] == ["configuration"]
