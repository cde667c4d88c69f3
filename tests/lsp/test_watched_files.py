"""Files that change beside an open report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.host.repositories import git
from tests.support.group import REPORT, SCRIPT, Group, png
from tests.support.open_document import OpenDocument
from tests.support.raw_client import framed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.lsp.conftest import StartClient
    from tests.support.raw_client import RawClient

WATCHED = "workspace/didChangeWatchedFiles"
NO_WATCHING = ["workspace.didChangeWatchedFiles"]


def watchers(client: RawClient) -> list[Any]:
    """Return the patterns that the client is asked to watch next."""
    while True:
        for registration in client.asked("client/registerCapability")["registrations"]:
            if registration["method"] == WATCHED:
                return [it["globPattern"] for it in registration["registerOptions"]["watchers"]]


def changed(client: RawClient, *paths: Path) -> None:
    """Report that files have changed."""
    client.forget()
    client.notify(WATCHED, {"changes": [{"uri": path.as_uri(), "type": 2} for path in paths]})


def test_what_is_watched(report: OpenDocument, group: Group) -> None:
    """Files below the report's folder and the repository's root are watched."""
    patterns = {(it["baseUri"], it["pattern"]) for it in watchers(report.client)}
    reports, root = group.report.parent.as_uri(), group.folder.as_uri()
    assert {
        (reports, "figures/**"),
        (root, ".git/{index,HEAD,FETCH_HEAD,info/exclude,logs/HEAD,refs/remotes/origin/*}"),
    } <= patterns
    assert {base for base, _ in patterns} == {reports, root}


def test_watching_ends_with_the_report(report: OpenDocument) -> None:
    """The watchers are removed when the report is closed, and registered when it is opened again."""
    watchers(report.client)
    report.client.close(report.uri)
    (gone,) = report.client.asked("client/unregisterCapability")["unregisterations"]
    assert gone["method"] == WATCHED
    report.client.open(report.uri, REPORT)
    assert watchers(report.client)


def test_clients_without_relative_patterns(start: StartClient, group: Group) -> None:
    """Clients without relative patterns watch the folders that they have open."""
    client = start(without=["workspace.didChangeWatchedFiles.relativePatternSupport"])
    OpenDocument(client, group.uri, REPORT)
    patterns = watchers(client)
    assert "**/report.py" in patterns
    assert all(isinstance(pattern, str) for pattern in patterns)


def test_nothing_is_watched_for_other_markdown(client: RawClient, group: Group) -> None:
    """Nothing is watched while no report is open."""
    client.open((group.folder / "notes.md").as_uri(), "# Notes 🌱\n")
    client.settle()
    registrations = [it for params in client.all_of("client/registerCapability") for it in params["registrations"]]
    assert WATCHED not in {it["method"] for it in registrations}


def delete_image(group: Group) -> None:
    """Delete a figure that the report uses."""
    (group.figures / "bed.png").unlink()


def rename_image(group: Group) -> None:
    """Rename a figure to the name that the report uses."""
    (group.figures / "tree.png").rename(group.figures / "Tree.png")


def ignore_image(group: Group) -> None:
    """Remove a figure from the index of git, so that it is not handed in."""
    git(group.folder, "rm", "--quiet", "--cached", "reports/figures/bed.png")


def empty_image(group: Group) -> None:
    """Empty a figure that the report uses."""
    group.write("reports/figures/bed.png", b"")


def change_script(group: Group) -> None:
    """Change the script so that the first answer is long enough."""
    group.write("reports/report.py", SCRIPT.replace("min_length=5", "min_length=1"))


def lower_limit(group: Group) -> None:
    """Change the script so that the second answer has an image too many."""
    group.write("reports/report.py", SCRIPT.replace("max_images=3", "max_images=1"))


def change_configuration(group: Group) -> None:
    """Ignore a rule."""
    group.write("reportls.toml", 'ignore = ["unanswered"]\n')


def nearer_configuration(group: Group) -> None:
    """Ignore a rule in a new file beside the report."""
    group.write("reports/reportls.toml", 'ignore = ["unanswered"]\n')


CHANGES = [
    (delete_image, {"image-not-found"}, set()),
    (rename_image, {"image-not-in-git"}, {"image-case-mismatch"}),
    (ignore_image, {"image-not-in-git"}, set()),
    (empty_image, {"image-not-in-git"}, set()),
    (change_script, {"limit-mismatch"}, {"answer-too-short"}),
    (lower_limit, {"limit-mismatch", "too-many-images"}, set()),
    (change_configuration, set(), {"unanswered"}),
    (nearer_configuration, set(), {"unanswered"}),
]
RULES = {"answer-too-short", "image-case-mismatch", "unanswered"}


@pytest.mark.parametrize(("change", "come", "gone"), CHANGES)
def test_the_report_follows(
    report: OpenDocument, group: Group, change: Callable[[Group], None], come: set[str], gone: set[str]
) -> None:
    """The findings follow a change of a file as soon as the client reports it, without an edit."""
    assert report.rules() == RULES
    change(group)
    changed(report.client, group.figures / "any.png")
    assert report.rules() == (RULES | come) - gone


def test_an_image_that_is_added_and_committed(report: OpenDocument, group: Group) -> None:
    """Adding and committing a figure changes the findings step by step."""
    report.replace("bed.png", "nest 🪺.png")
    assert "image-not-found" in report.rules()
    added = group.write("reports/figures/nest 🪺.png", png())
    changed(report.client, added)
    assert "image-not-in-git" in report.rules()
    group.commit()
    changed(report.client, group.folder / ".git" / "index")
    assert not report.rules() & {"image-not-found", "image-not-in-git"}


def test_nothing_is_said_when_nothing_has_changed(report: OpenDocument, group: Group) -> None:
    """Nothing is published if nothing has changed, however often the client reports changes."""
    report.diagnostics()
    for _ in range(3):
        changed(report.client, group.report)
    report.client.settle()
    assert len(report.client.published(report.uri)) == 1


def test_hints_are_asked_for_again(report: OpenDocument, group: Group) -> None:
    """Inlay hints are refreshed when limits have changed."""
    report.diagnostics()
    change_script(group)
    changed(report.client, group.report.with_name("report.py"))
    assert report.client.asked("workspace/inlayHint/refresh") is None


def save(report: OpenDocument) -> None:
    """Report that the document was saved."""
    report.client.notify("textDocument/didSave", {"textDocument": {"uri": report.uri}})


def look_for_actions(report: OpenDocument) -> None:
    """Request code actions, as an editor does when the cursor moves; the server may skip the files then."""
    while len(report.client.published(report.uri)) < 2:
        report.actions("Tree.png")


def reopen(report: OpenDocument) -> None:
    """Open the document again, as in another window."""
    report.client.close(report.uri)
    report.client.open(report.uri, REPORT)


@pytest.mark.parametrize("look", [save, look_for_actions, reopen])
def test_clients_that_do_not_watch(start: StartClient, group: Group, look: Callable[[OpenDocument], None]) -> None:
    """For clients that do not watch, the files are looked at on saving, opening and moving the cursor."""
    report = OpenDocument(start(without=NO_WATCHING), group.uri, REPORT)
    assert report.rules() == RULES
    delete_image(group)
    look(report)
    assert report.rules() == RULES | {"image-not-found"}


def test_no_watching_is_asked_of_clients_that_cannot(start: StartClient, group: Group) -> None:
    """A client that cannot watch files is not asked to."""
    client = start(without=NO_WATCHING)
    OpenDocument(client, group.uri, REPORT)
    client.settle()
    registrations = [it for params in client.all_of("client/registerCapability") for it in params["registrations"]]
    assert WATCHED not in {it["method"] for it in registrations}


def test_a_file_that_changes_again_before_it_was_judged(report: OpenDocument, group: Group) -> None:
    """A file that is reported twice is read twice, though the first change was not processed yet."""
    client, file = report.client, "reportls.toml"
    assert {"unanswered", "answer-too-short"} <= report.rules()
    told: dict[str, Any] = {"jsonrpc": "2.0", "method": WATCHED}
    told |= {"params": {"changes": [{"uri": (group.folder / file).as_uri(), "type": 2}]}}
    busy = {"jsonrpc": "2.0", "id": "busy", "method": "codeAction/resolve", "params": {"title": "é"}}
    group.write(file, 'ignore = ["unanswered"]\n')
    client.write(framed(told) + framed(busy) * 300)  # whose answers fit the pipe, which nobody reads yet
    client.wait(lambda message: message.get("id") == "busy")
    group.write(file, 'ignore = ["answer-too-short"]\n')
    assert "answer-too-short" in report.rules()  # of the first
    client.write(framed(told))
    assert "unanswered" in report.rules()
