"""The editor's settings and the configuration files, while a report is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.lsp.conftest import StartClient
    from tests.support.raw_client import RawClient

WARNING = 2
IGNORED = {"ignore": ["unanswered"]}
NO_PULL = ["workspace.configuration"]


def shown_to_the_user(client: RawClient) -> list[dict[str, Any]]:
    """Return all messages to the user, when the server has sent everything."""
    client.settle()
    return client.all_of("window/showMessage")


def push(client: RawClient, settings: object) -> None:
    """Send settings as a client does that is not asked for them."""
    client.notify("workspace/didChangeConfiguration", {"settings": settings})


def told_of_change(client: RawClient, group: Group, name: str = "reportls.toml") -> None:
    """Report a change of a configuration file, and wait only for what follows."""
    client.forget()
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": (group.folder / name).as_uri(), "type": 2}]})


def test_settings_that_the_server_asks_for(start: StartClient, group: Group) -> None:
    """The server asks for settings at the start and whenever the client reports a change."""
    client = start(settings=IGNORED)
    assert client.asked("workspace/configuration")["items"] == [{"section": "reportls"}]
    client.settle()
    report = OpenDocument(client, group.uri, REPORT)
    assert "unanswered" not in report.rules()
    client.settings = None
    push(client, None)
    assert "unanswered" in report.rules()


def test_the_server_asks_to_be_told_of_changes(client: RawClient) -> None:
    """The server registers for changes of its own settings."""
    (registration,) = client.asked("client/registerCapability")["registrations"]
    assert registration["method"] == "workspace/didChangeConfiguration"
    assert registration["registerOptions"] == {"section": "reportls"}


@pytest.mark.parametrize("settings", [IGNORED, {"reportls": IGNORED}, {"reportls": {**IGNORED, "edition": None}}])
def test_settings_that_the_client_sends(start: StartClient, group: Group, settings: object) -> None:
    """Settings may be sent as they are or under our name; null means not set."""
    client = start(without=NO_PULL)
    report = OpenDocument(client, group.uri, REPORT)
    assert "unanswered" in report.rules()
    push(client, settings)
    assert "unanswered" not in report.rules()
    assert client.all_of("workspace/configuration") == []


def test_settings_at_the_start(start: StartClient, group: Group) -> None:
    """Settings in `initialize` count for clients that send none later."""
    report = OpenDocument(start(without=NO_PULL, options=IGNORED), group.uri, REPORT)
    assert "unanswered" not in report.rules()


def test_the_editor_has_the_last_word(start: StartClient, group: Group) -> None:
    """The editor's settings override those of the file."""
    group.write("reportls.toml", 'severity = { unanswered = "error", answer-too-short = "hint" }\n')
    client = start(without=NO_PULL, options={"severity": {"unanswered": "hint"}})
    report = OpenDocument(client, group.uri, REPORT)
    severities = {it["code"]: it["severity"] for it in report.diagnostics()}
    assert (severities["unanswered"], severities["answer-too-short"]) == (4, 4)


def test_what_is_ignored_adds_up(start: StartClient, group: Group) -> None:
    """The editor's list of ignored rules adds to the file's and does not undo the quick fix that ignores one."""
    group.write("reportls.toml", 'ignore = ["unanswered"]\n')
    client = start(without=NO_PULL, options={"ignore": ["image-case-mismatch"]})
    assert OpenDocument(client, group.uri, REPORT).rules() == {"answer-too-short"}


@pytest.mark.parametrize("settings", [{"ignore": "é"}, {"severity": {"nonsense": "error"}}, 3, {"reports": ["a"]}])
def test_a_bad_value_is_said_once(start: StartClient, group: Group, settings: object) -> None:
    """A bad value causes one warning, however often it is sent; a good value beside it counts."""
    client = start(without=NO_PULL)
    report = OpenDocument(client, group.uri, REPORT)
    report.diagnostics()
    for _ in range(3):
        push(client, settings)
    report.replace("alone", "here")
    (message,) = shown_to_the_user(client)
    assert message["type"] == WARNING
    assert "settings" in message["message"]


def test_good_values_beside_a_bad_one_count(start: StartClient, group: Group) -> None:
    """Only the bad value is left out."""
    client = start(without=NO_PULL, options={**IGNORED, "figures": 3})
    assert "unanswered" not in OpenDocument(client, group.uri, REPORT).rules()
    assert len(shown_to_the_user(client)) == 1


def test_what_editors_keep_for_themselves(start: StartClient) -> None:
    """Settings that editors keep for themselves cause no warning."""
    client = start(settings={"server": {"path": "x"}, "trace": {"server": "off"}})
    assert shown_to_the_user(client) == []


def test_a_broken_configuration_is_said_once(report: OpenDocument, group: Group) -> None:
    """The last good configuration counts until the file is repaired; a new error is shown again."""
    client = report.client
    group.write("reportls.toml", 'ignore = ["unanswered"]\n')
    told_of_change(client, group)
    assert "unanswered" not in report.rules()
    group.write("reportls.toml", "ignore = [\n")
    told_of_change(client, group)
    assert client.notification("window/showMessage")["type"] == WARNING
    told_of_change(client, group)
    report.replace("alone", "here")
    assert report.rules() == {"answer-too-short", "image-case-mismatch"}
    assert len(shown_to_the_user(client)) == 1
    group.write("reportls.toml", "")
    told_of_change(client, group)
    assert "unanswered" in report.rules()
    group.write("reportls.toml", "ignore = [ é\n")
    told_of_change(client, group)
    assert client.notification("window/showMessage")["type"] == WARNING


def test_a_mistake_in_the_configuration_is_shown_where_it_is(report: OpenDocument, group: Group) -> None:
    """A mistake is a diagnostic of the configuration file while the report is open."""
    client, uri = report.client, (group.folder / "reportls.toml").as_uri()
    group.write("reportls.toml", '"é😋" = 1\n')
    told_of_change(client, group)
    (diagnostic,) = client.diagnostics(uri)
    assert (diagnostic["code"], diagnostic["severity"]) == ("configuration", WARNING)
    assert diagnostic["range"]["start"]["line"] == 0
    client.close(report.uri)
    assert client.diagnostics(uri) == []


def test_a_mistake_in_the_script_is_shown_where_it_is(report: OpenDocument, group: Group) -> None:
    """A mistake is a diagnostic of the script, and the limits in the prompts count instead."""
    group.write("reports/report.py", "question_constraints = make()\n")
    told_of_change(report.client, group, "reports/report.py")
    assert [it["code"] for it in report.client.diagnostics((group.folder / "reports/report.py").as_uri())] == [
        "configuration"
    ]
