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
    """The patterns that the client is asked to watch next."""
    while True:
        for registration in client.asked("client/registerCapability")["registrations"]:
            if registration["method"] == WATCHED:
                return [it["globPattern"] for it in registration["registerOptions"]["watchers"]]


def changed(client: RawClient, *paths: Path) -> None:
    """Say that files have changed."""
    client.forget()
    client.notify(WATCHED, {"changes": [{"uri": path.as_uri(), "type": 2} for path in paths]})


def test_what_is_watched(report: OpenDocument, group: Group) -> None:
    """Below the report's folder and the repository's root."""
    patterns = {(it["baseUri"], it["pattern"]) for it in watchers(report.client)}
    reports, root = group.report.parent.as_uri(), group.folder.as_uri()
    assert {
        (reports, "figures/**"),
        (root, ".git/{index,HEAD,FETCH_HEAD,info/exclude,logs/HEAD,refs/remotes/origin/*}"),
    } <= patterns
    assert {base for base, _ in patterns} == {reports, root}


def test_watching_ends_with_the_report(report: OpenDocument) -> None:
    """And begins anew when it is opened again."""
    watchers(report.client)
    report.client.close(report.uri)
    (gone,) = report.client.asked("client/unregisterCapability")["unregisterations"]
    assert gone["method"] == WATCHED
    report.client.open(report.uri, REPORT)
    assert watchers(report.client)


def test_clients_without_relative_patterns(start: StartClient, group: Group) -> None:
    """Watch in the folders that they have open."""
    client = start(without=["workspace.didChangeWatchedFiles.relativePatternSupport"])
    OpenDocument(client, group.uri, REPORT)
    patterns = watchers(client)
    assert "**/report.py" in patterns
    assert all(isinstance(pattern, str) for pattern in patterns)


def test_nothing_is_watched_for_other_markdown(client: RawClient, group: Group) -> None:
    """Nor for clients that have nothing open."""
    client.open((group.folder / "notes.md").as_uri(), "# Notes 🌱\n")
    client.settle()
    registrations = [it for params in client.all_of("client/registerCapability") for it in params["registrations"]]
    assert WATCHED not in {it["method"] for it in registrations}


def delete_image(group: Group) -> None:
    """One that the report shows."""
    (group.figures / "bed.png").unlink()


def rename_image(group: Group) -> None:
    """To the name that the report gives it."""
    (group.figures / "tree.png").rename(group.figures / "Tree.png")


def ignore_image(group: Group) -> None:
    """One that is not handed in any more."""
    git(group.folder, "rm", "--quiet", "--cached", "reports/figures/bed.png")


def empty_image(group: Group) -> None:
    """One that the report shows."""
    group.write("reports/figures/bed.png", b"")


def change_script(group: Group) -> None:
    """So that the first answer is long enough."""
    group.write("reports/report.py", SCRIPT.replace("min_length=5", "min_length=1"))


def lower_limit(group: Group) -> None:
    """So that the second answer has an image too many."""
    group.write("reports/report.py", SCRIPT.replace("max_images=3", "max_images=1"))


def change_configuration(group: Group) -> None:
    """So that a rule is left out."""
    group.write("reportls.toml", 'ignore = ["unanswered"]\n')


def nearer_configuration(group: Group) -> None:
    """A new file, beside the report."""
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
RULES = {"answer-too-short", "image-case-mismatch", "not-readable-on-windows", "unanswered"}


@pytest.mark.parametrize(("change", "come", "gone"), CHANGES)
def test_the_report_follows(
    report: OpenDocument, group: Group, change: Callable[[Group], None], come: set[str], gone: set[str]
) -> None:
    """Without an edit, as soon as the client tells."""
    assert report.rules() == RULES
    change(group)
    changed(report.client, group.figures / "any.png")
    assert report.rules() == (RULES | come) - gone


def test_an_image_that_is_added_and_committed(report: OpenDocument, group: Group) -> None:
    """Each step changes what is said of it."""
    report.replace("bed.png", "nest 🪺.png")
    assert "image-not-found" in report.rules()
    added = group.write("reports/figures/nest 🪺.png", png())
    changed(report.client, added)
    assert "image-not-in-git" in report.rules()
    group.commit()
    changed(report.client, group.folder / ".git" / "index")
    assert not report.rules() & {"image-not-found", "image-not-in-git"}


def test_nothing_is_said_when_nothing_has_changed(report: OpenDocument, group: Group) -> None:
    """However often the client tells."""
    report.diagnostics()
    for _ in range(3):
        changed(report.client, group.report)
    report.client.settle()
    assert len(report.client.published(report.uri)) == 1


def test_hints_are_asked_for_again(report: OpenDocument, group: Group) -> None:
    """For the limits have changed, and with them what they say."""
    report.diagnostics()
    change_script(group)
    changed(report.client, group.report.with_name("report.py"))
    assert report.client.asked("workspace/inlayHint/refresh") is None


def save(report: OpenDocument) -> None:
    """As the editor says it."""
    report.client.notify("textDocument/didSave", {"textDocument": {"uri": report.uri}})


def look_for_actions(report: OpenDocument) -> None:
    """As the editor does when the cursor moves. The server need not look at the files every time."""
    while len(report.client.published(report.uri)) < 2:
        report.actions("Tree.png")


def reopen(report: OpenDocument) -> None:
    """In another window, say."""
    report.client.close(report.uri)
    report.client.open(report.uri, REPORT)


@pytest.mark.parametrize("look", [save, look_for_actions, reopen])
def test_clients_that_do_not_watch(start: StartClient, group: Group, look: Callable[[OpenDocument], None]) -> None:
    """The files are looked at when there is an occasion."""
    report = OpenDocument(start(without=NO_WATCHING), group.uri, REPORT)
    assert report.rules() == RULES
    delete_image(group)
    look(report)
    assert report.rules() == RULES | {"image-not-found"}


def test_no_watching_is_asked_of_clients_that_cannot(start: StartClient, group: Group) -> None:
    """They would refuse."""
    client = start(without=NO_WATCHING)
    OpenDocument(client, group.uri, REPORT)
    client.settle()
    registrations = [it for params in client.all_of("client/registerCapability") for it in params["registrations"]]
    assert WATCHED not in {it["method"] for it in registrations}


def test_a_file_that_changes_again_before_it_was_judged(report: OpenDocument, group: Group) -> None:
    """What is told of twice is read twice, though the first was not judged yet."""
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
