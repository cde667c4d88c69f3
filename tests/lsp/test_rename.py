"""Renaming figures, for clients with different capabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.lsp.conftest import StartClient

INVALID, FAILED = -32602, -32803


def rename(report: OpenDocument, new_name: str, words: str = "bed.png") -> dict[str, object]:
    """Return the whole answer to renaming the figure at the words."""
    params = {"textDocument": {"uri": report.uri}, "position": report.at(words), "newName": new_name}
    return report.client.request("textDocument/rename", params)


def test_every_report_of_the_folder_follows(report: OpenDocument, group: Group) -> None:
    """Reports that are not open are edited too."""
    other = group.write("reports/other.md", REPORT).as_uri()
    edit = rename(report, "the bed é.png")["result"]
    assert isinstance(edit, dict)
    moved, *texts = edit["documentChanges"]
    assert (moved["kind"], moved["oldUri"]) == ("rename", (group.figures / "bed.png").as_uri())
    assert moved["newUri"] == (group.figures / "the bed é.png").as_uri()
    assert sorted((it["textDocument"]["uri"], it["textDocument"]["version"]) for it in texts) == [
        (report.uri, 1),
        (other, None),
    ]


def test_a_client_that_cannot_rename_files(start: StartClient, group: Group) -> None:
    """A client that cannot rename files gets an error that tells its user what to do."""
    report = OpenDocument(start(without=["workspace.workspaceEdit.resourceOperations"]), group.uri, REPORT)
    error = rename(report, "new.png")["error"]
    assert isinstance(error, dict)
    assert error["code"] == FAILED
    assert "cannot rename files" in error["message"]


@pytest.mark.parametrize("new_name", ["", "a/../../b.png", "tree.png", "a\nb.png", "bed.txt"])
def test_a_name_that_is_no_good(report: OpenDocument, new_name: str) -> None:
    """A name that cannot be used is refused, and nothing is renamed."""
    error = rename(report, new_name)["error"]
    assert isinstance(error, dict)
    assert error["code"] == INVALID
    assert error["message"]


def test_there_is_nothing_to_rename(report: OpenDocument) -> None:
    """The result is null at plain words."""
    assert report.ask("prepareRename", position=report.at("Cafe")) is None
    assert rename(report, "new.png", "Cafe")["result"] is None


def test_a_client_that_does_not_ask_first(start: StartClient) -> None:
    """A client without `prepareRename` is told only that renaming is possible."""
    announced = start(without=["textDocument.rename.prepareSupport"]).received[0]["result"]["capabilities"]
    assert announced["renameProvider"] is True


def test_a_folder_renamed_in_the_file_tree(report: OpenDocument, group: Group) -> None:
    """Every path into a renamed folder is edited."""
    group.write("reports/figures/sub/é.png", b"")
    report.replace("bed.png", "sub/é.png")
    files = [{"oldUri": (group.figures / "sub").as_uri(), "newUri": (group.figures / "new 😋").as_uri()}]
    edit = report.client.ask("workspace/willRenameFiles", {"files": files})
    assert report.after(edit) == report.text.replace("sub/é.png", "new%20😋/é.png")


def test_a_file_renamed_that_no_report_shows(report: OpenDocument, group: Group) -> None:
    """The result is null if no report uses the file."""
    old, new = ((group.figures / name).as_uri() for name in ("spare 🍐.png", "x.png"))
    assert report.client.ask("workspace/willRenameFiles", {"files": [{"oldUri": old, "newUri": new}]}) is None
