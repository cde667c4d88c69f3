"""Code actions, for clients with different capabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.editing import workspace_after
from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.lsp.conftest import StartClient
    from tests.support.raw_client import RawClient

Json = dict[str, Any]
AUTOMATIC = 2
QUICK_FIX, INSERT, FIX_ALL = "quickfix", "refactor.rewrite.reportls", "source.fixAll.reportls"
FIXED = REPORT.replace("Tree", "tree")


def opened(start: StartClient, group: Group, *without: str) -> OpenDocument:
    """Open the group's report in a client that lacks some capabilities."""
    return OpenDocument(start(without=without), group.uri, REPORT)


def titled(actions: list[Json], beginning: str) -> Json:
    """Return the one action whose title starts with this."""
    (found,) = [action for action in actions if action["title"].startswith(beginning)]
    return found


def test_a_quick_fix_belongs_to_its_diagnostic(report: OpenDocument) -> None:
    """The action carries the client's own diagnostic and says whether it is preferred."""
    diagnostic = next(it for it in report.diagnostics() if it["code"] == "image-case-mismatch")
    action = titled(report.actions("Tree.png", diagnostics=[diagnostic]), "Change the path")
    assert (action["kind"], action["isPreferred"]) == (QUICK_FIX, True)
    assert action["diagnostics"] == [diagnostic]
    assert report.after(action["edit"]) == FIXED


def test_an_edit_is_for_the_version_that_was_judged(report: OpenDocument) -> None:
    """The edit names the version, so that a client can reject it when it is too late."""
    version = report.replace("alone", "here")
    edit = titled(report.actions("Tree.png"), "Change the path")["edit"]
    assert [it["textDocument"] for it in edit["documentChanges"]] == [{"uri": report.uri, "version": version}]


def test_a_client_that_knows_only_commands(start: StartClient, group: Group) -> None:
    """A client without code action literals is offered nothing."""
    assert opened(start, group, "textDocument.codeAction.codeActionLiteralSupport").actions("Tree.png") == []


def test_a_client_without_versioned_edits(start: StartClient, group: Group) -> None:
    """A client without `documentChanges` gets edits by URI."""
    report = opened(start, group, "workspace.workspaceEdit.documentChanges")
    edit = titled(report.actions("Tree.png"), "Change the path")["edit"]
    assert [*edit] == ["changes"]
    assert report.after(edit) == FIXED


@pytest.mark.parametrize(
    "without", ["workspace.workspaceEdit.snippetEditSupport", "workspace.workspaceEdit.documentChanges"]
)
def test_an_image_is_inserted_as_text(start: StartClient, group: Group, without: str) -> None:
    """A client without snippets gets plain text."""
    report = opened(start, group, without)
    edit = titled(report.actions("😋 s123456", only=["refactor"]), "Insert figures/spare")["edit"]
    assert "snippet" not in str(edit)
    assert "alone\r\n\r\n![spare 🍐](figures/spare%20🍐.png)\r\n" in report.after(edit)


def test_an_image_is_inserted_with_places_to_fill_in(report: OpenDocument) -> None:
    """A client with snippets gets places to fill in."""
    edit = titled(report.actions("😋 s123456", only=["refactor"]), "Insert a new image")["edit"]
    (change,) = edit["documentChanges"]
    assert change["edits"][0]["snippet"]["value"].strip() == "![${1:describe the image}](figures/${2:name}.png)$0"


def test_an_image_is_inserted_only_in_answers(report: OpenDocument) -> None:
    """The introduction cannot hold an image, so none is offered there."""
    assert report.actions("Our garden", only=["refactor"]) == []


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {QUICK_FIX}),
        (["refactor"], {INSERT}),
        (["refactor.rewrite"], {INSERT}),
        (["refactor.extract"], set()),
        (["source"], {FIX_ALL}),
        (["source.fixAll"], {FIX_ALL}),
        (["source.fixAll.reportls"], {FIX_ALL}),
        (["source.fixAll.others"], set()),
        (["source.organizeImports", "quickfix"], {QUICK_FIX}),
        ([""], {QUICK_FIX, INSERT, FIX_ALL}),
    ],
)
def test_only_what_is_asked_for(report: OpenDocument, only: list[str], kinds: set[str]) -> None:
    """Only actions of the requested kinds and of kinds below them are returned."""
    assert {action["kind"] for action in report.actions("Tree.png", only=only)} == kinds


def test_everything_is_fixed_at_once_if_the_client_cannot_wait(start: StartClient, group: Group) -> None:
    """The action has its edit, except while the client only asks whether to show a lamp."""
    report = opened(start, group, "textDocument.codeAction.resolveSupport")
    (action,) = report.actions("Our garden", only=["source.fixAll"])
    assert "![a tree](figures/tree.png)" in report.after(action["edit"])
    assert FIX_ALL not in {action.get("kind") for action in report.actions("Tree.png", triggerKind=AUTOMATIC)}


def test_everything_is_fixed_when_the_edit_is_asked_for(report: OpenDocument) -> None:
    """Resolving adds the edit, unless the text has changed in between."""
    (action,) = report.actions("Our garden", only=["source.fixAll"])
    resolved = report.client.ask("codeAction/resolve", action)
    assert "![a tree](figures/tree.png)" in report.after(resolved["edit"])
    report.replace("alone", "together")
    assert report.client.ask("codeAction/resolve", action) == action


def test_ignoring_a_rule_edits_the_configuration(report: OpenDocument, group: Group) -> None:
    """The repository's configuration file is edited and keeps its other content."""
    group.write("reportls.toml", '# ours 🌱\r\nseverity = { unanswered = "hint" }\r\n')
    action = titled(report.actions("Tree.png"), "Ignore image-case-mismatch for this report (edits reportls.toml)")
    uri = (group.folder / "reportls.toml").as_uri()
    before = {uri: (group.folder / "reportls.toml").read_bytes().decode()}
    after = workspace_after(action["edit"], before, report.client.encoding)[uri]
    assert after.startswith("# ours 🌱\r\n")
    report.client.settle()  # asking for actions has shown the server the first file
    group.write("reportls.toml", after)
    report.client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
    report.client.forget()
    assert "image-case-mismatch" not in report.rules()


def test_ignoring_a_rule_edits_a_python_project(start: StartClient, group: Group) -> None:
    """A `pyproject.toml` with our table is edited."""
    (group.folder / "reportls.toml").unlink()
    uri = group.write("pyproject.toml", '[project]\nname = "é"\n\n[tool.reportls]\nignore = ["unanswered"]\n').as_uri()
    report = opened(start, group, "workspace.workspaceEdit.documentChanges")
    action = titled(report.actions("Tree.png"), "Ignore image-case-mismatch for this report (edits pyproject.toml)")
    after = workspace_after(action["edit"], {uri: (group.folder / "pyproject.toml").read_text()}, "utf-16")
    assert '[tool.reportls]\nignore = ["unanswered", "image-case-mismatch"]\n' in after[uri]


def test_ignoring_a_rule_makes_a_configuration(report: OpenDocument, group: Group) -> None:
    """A configuration file is created beside the report if there is none."""
    (group.folder / "reportls.toml").unlink()
    action = titled(report.actions("Tree.png"), "Ignore image-case-mismatch for this report (edits reportls.toml)")
    after = workspace_after(action["edit"], {}, "utf-16")
    assert after == {(group.report.parent / "reportls.toml").as_uri(): 'ignore = ["image-case-mismatch"]\n'}


def test_no_configuration_for_clients_that_cannot_make_files(start: StartClient, group: Group) -> None:
    """A client that cannot create files is not offered to ignore a rule."""
    (group.folder / "reportls.toml").unlink()
    report = opened(start, group, "workspace.workspaceEdit.resourceOperations")
    assert [action["title"] for action in report.actions("Tree.png", only=["quickfix"])] == [
        "Change the path to figures/tree.png"
    ]


def test_ignoring_a_rule_comes_last_and_is_told(report: OpenDocument, group: Group) -> None:
    """Repairs come first; after the edit of the configuration, which no editor saves by itself, a message names it."""
    actions = report.actions("Tree.png", only=["quickfix"])
    assert [action["title"] for action in actions] == [
        "Change the path to figures/tree.png",
        "Ignore image-case-mismatch for this report (edits reportls.toml)",
    ]
    command = actions[-1]["command"]
    report.client.execute(command["command"], *command["arguments"])
    shown = report.client.notification("window/showMessage")["message"]
    assert shown == "reportls: save reportls.toml to ignore image-case-mismatch"
    assert command["arguments"][0] == (group.folder / "reportls.toml").as_uri()


def test_an_editor_that_sorts_by_kind_does_not_ignore_a_rule_by_default(report: OpenDocument) -> None:
    """Where a client asks for all actions, ignoring a rule has no kind: an editor that sorts by kind puts it last."""
    actions = report.actions("Tree.png")
    assert [action.get("kind") for action in actions if action["title"].startswith("Ignore ")] == [None]
    assert all(action["kind"] for action in actions if not action["title"].startswith("Ignore "))


def test_a_client_that_shows_the_pages_of_rules(start: StartClient, group: Group) -> None:
    """Such a client is offered an explanation, links to pages by its own addresses, and hears nothing of the edit."""
    own = {"rulePage": "command:show?{rule}", "savesConfiguration": True}
    client = start(experimental={"reportls": own})
    report = OpenDocument(client, group.uri, REPORT)
    titles = [action["title"] for action in report.actions("Tree.png", only=["quickfix"])]
    assert titles[1] == "Explain image-case-mismatch"
    assert titles[-1].startswith("Ignore ")
    addresses = {it["codeDescription"]["href"] for it in report.diagnostics()}
    assert "command:show?image-case-mismatch" in addresses
    hover = report.ask("hover", position=report.at("Tree.png"))["contents"]["value"]
    assert "[image-case-mismatch](command:show?image-case-mismatch)" in hover
    client.execute("reportls.configurationEdited", "file:///reportls.toml", "image-case-mismatch")
    client.settle()
    assert client.all_of("window/showMessage") == []


@pytest.mark.parametrize("without", [(), ("workspace.workspaceEdit.documentChanges",)])
def test_the_newest_script(start: StartClient, group: Group, without: tuple[str, ...]) -> None:
    """An old script beside the report is replaced as a whole by the newest one, in both forms of edits."""
    (group.folder / "course").mkdir()
    (group.folder / "course" / "report.py").write_text("print('new')\n")
    (group.folder / "reports" / "report.py").write_bytes("print('😋')\r\nold".encode())
    (group.folder / "reportls.toml").write_text('newest = "course"\n')
    report = opened(start, group, *without)
    action = titled(report.actions("Our garden"), "Replace `report.py`")
    assert action["title"] == "Replace `report.py` with the newest one, then save it"
    script = (group.folder / "reports" / "report.py").as_uri()
    before = {script: "print('😋')\r\nold", report.uri: report.text}
    after = workspace_after(action["edit"], before, report.client.encoding)
    assert after == {script: "print('new')\r\n", report.uri: report.text}


def test_all_findings_of_one_rule_are_fixed(report: OpenDocument) -> None:
    """A rule with safe fixes in several places has an action for all of them, which fixes no other rule's."""
    report.replace("in it.", "![b](figures/Tree.png)")
    action = titled(report.actions("a tree](figures/Tree.png", only=["quickfix"]), "Fix all image-case-mismatch (2)")
    after = report.after(report.client.ask("codeAction/resolve", action)["edit"])
    assert after == report.text.replace("Tree.png", "tree.png")


def test_no_lamp_beside_plain_prose(report: OpenDocument) -> None:
    """Nothing is offered unasked for words without a finding, also where another word of their line has one."""
    assert report.actions("in it.", triggerKind=AUTOMATIC) == []
    assert report.actions("😋 s123456", triggerKind=AUTOMATIC) == []
    assert report.actions("in it.")


@pytest.mark.parametrize("data", [{"uri": [1], "version": 1}, {"uri": {}}, [], "é", None])
def test_resolving_what_is_none_of_ours(client: RawClient, data: object) -> None:
    """An action of another server is returned unchanged."""
    action: Json = {"title": "é"} if data is None else {"title": "é", "data": data}
    assert client.ask("codeAction/resolve", action) == action
