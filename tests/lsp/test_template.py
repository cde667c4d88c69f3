"""A report with a template in an editor: when it is one, what follows from a change of the template, and bad ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.lsp.conftest import StartClient
    from tests.support.raw_client import RawClient

BLANK = """\
# Field trip

## Route

> Where will you walk? At most 80 characters.

[Write your answer here]

## Gear

[Write your answer here]
"""
FILLED = BLANK.replace("[Write your answer here]", "Boots.")
LONG = FILLED.replace(
    "Boots.", "Boots and a map, and whatever else the weather on the ridge may ask for in the autumn.", 1
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Create a folder with a template and its configuration."""
    (tmp_path / "template.md").write_text(BLANK, "utf-8")
    (tmp_path / "reportls.toml").write_text('template = "template.md"\n', "utf-8")
    return tmp_path


def status_of(client: RawClient, uri: str) -> dict[str, Any]:
    """Return the last status of a document, when the server has sent everything."""
    client.settle()
    found: dict[str, Any] = [each for each in client.all_of("reportls/status") if each["uri"] == uri][-1]
    return found


def test_report_with_a_template(client: RawClient, folder: Path) -> None:
    """A file that fills in the template is judged by it, and its status names it; nothing passes or crashes."""
    report = OpenDocument(client, (folder / "report.md").as_uri(), LONG)
    assert report.diagnostics()
    status = status_of(client, report.uri)
    assert (status["form"], status["answered"], status["total"]) == ("template.md", 2, 2)
    assert (status["passed"], status["edition"], status["error"]) == (None, None, None)
    assert [(slot["name"], slot["line"]) for slot in status["failing"]] == [("Route", 2)]


def test_other_files_are_left_alone(client: RawClient, folder: Path) -> None:
    """The template, and Markdown files that have nothing of it, are no reports."""
    OpenDocument(client, (folder / "template.md").as_uri(), BLANK)
    OpenDocument(client, (folder / "README.md").as_uri(), "# Read me\n\n## Install\n")
    client.settle()
    sent = client.all_of("reportls/status") + client.all_of("textDocument/publishDiagnostics")
    assert [each for each in sent if each["uri"].startswith(folder.as_uri())] == []


def test_typed_from_nothing(client: RawClient, folder: Path) -> None:
    """An empty file becomes a report with the first half of its headings, and stays one until it is empty."""
    report = OpenDocument(client, (folder / "report.md").as_uri(), "")
    report.change({"text": "## Gear\n\nBoots.\n"})
    assert status_of(client, report.uri)["total"] == 2
    report.change({"text": "Boots.\n"})
    assert status_of(client, report.uri)["total"] == 2
    report.change({"text": ""})
    assert status_of(client, report.uri)["total"] is None


def test_template_changes(client: RawClient, folder: Path) -> None:
    """A report is judged again when its template changes, without a word about it from the client."""
    report = OpenDocument(client, (folder / "report.md").as_uri(), FILLED)
    assert status_of(client, report.uri)["total"] == 2
    (folder / "template.md").write_text(BLANK + "\n## Way home\n\n[Write your answer here]\n", "utf-8")
    uri = (folder / "template.md").as_uri()
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
    assert status_of(client, report.uri)["total"] == 3


def test_template_is_watched(client: RawClient, folder: Path) -> None:
    """The client is asked to watch the template of a report, wherever it lies in the repository."""
    (folder / "group").mkdir()
    OpenDocument(client, (folder / "group" / "report.md").as_uri(), FILLED)
    client.settle()
    asked = [each for asked in client.all_of("client/registerCapability") for each in asked["registrations"]]
    (watched,) = [each for each in asked if each["id"] == f"watch {folder / 'template.md'}"]
    (watcher,) = watched["registerOptions"]["watchers"]
    assert watcher["globPattern"] == {"baseUri": folder.as_uri(), "pattern": "template.md"}


def test_bad_template(client: RawClient, folder: Path) -> None:
    """A template that cannot be used is one warning in the configuration, even where no report is left without it."""
    (folder / "reportls.toml").write_text('strict = true\ntemplate = "gone.md"\n', "utf-8")
    OpenDocument(client, (folder / "report.md").as_uri(), FILLED)
    client.settle()
    uri = (folder / "reportls.toml").as_uri()
    published = [each for each in client.all_of("textDocument/publishDiagnostics") if each["uri"] == uri]
    (diagnostic,) = published[-1]["diagnostics"]
    assert diagnostic["severity"] == 2
    assert diagnostic["range"]["start"] == {"line": 1, "character": 11}
    assert "there is no such file" in diagnostic["message"]
    (folder / "gone.md").write_text(BLANK, "utf-8")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
    client.settle()
    published = [each for each in client.all_of("textDocument/publishDiagnostics") if each["uri"] == uri]
    assert published[-1]["diagnostics"] == []


def test_template_that_breaks_while_a_report_is_open(client: RawClient, folder: Path) -> None:
    """Whatever becomes of the template, the report is open, its hover answers, and a good template is used again."""
    template, configuration = folder / "template.md", (folder / "reportls.toml").as_uri()
    report = OpenDocument(client, (folder / "report.md").as_uri(), LONG)
    assert report.diagnostics()
    broken: dict[str, Callable[[], object]] = {
        "is not UTF-8": lambda: template.write_bytes(b"\x95\xff## A\n"),
        "at most 1 MB are read": lambda: template.write_bytes(b"#" * 5_000_000),
        "this file has no place to answer": lambda: template.write_bytes(b""),
        "there is no such file": template.unlink,
        "this is a folder, not a file": template.mkdir,
    }
    for message, do in broken.items():
        do()
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": template.as_uri(), "type": 2}]})
        client.settle()
        published = [each for each in client.all_of("textDocument/publishDiagnostics") if each["uri"] == configuration]
        (diagnostic,) = published[-1]["diagnostics"]
        assert message in diagnostic["message"]
        assert "template.md" in diagnostic["message"]
        report.ask("hover", position=report.at("Route"))
    template.rmdir()
    template.write_text(BLANK, "utf-8")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": template.as_uri(), "type": 2}]})
    assert status_of(client, report.uri)["total"] == 2
    assert report.ask("hover", position=report.at("Route"))


def test_bad_template_in_the_settings(start: StartClient, folder: Path) -> None:
    """Where the editor's settings name a template that cannot be used, the user is told once."""
    client = start(without=["workspace.configuration"], options={"template": "gone.md"})
    for name in ("report.md", "another.md"):
        OpenDocument(client, (folder / name).as_uri(), FILLED)
    client.settle()
    said = [each["message"] for each in client.all_of("window/showMessage")]
    assert len(said) == 1
    assert "gone.md: there is no such file" in said[0]
