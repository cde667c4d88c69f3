"""If git is missing, slow or hangs, reports are judged all the same."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import environment, process
from tests.support.capabilities import capabilities
from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument
from tests.support.raw_client import RawClient

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")

_UNTRACKED = "image-not-in-git"


@pytest.fixture
def untracked(group: Group) -> Group:
    """Create the group's repository with an untracked figure."""
    group.write("reports/figures/new.png", (group.figures / "bed.png").read_bytes())
    group.report.write_bytes(REPORT.replace("figures/bed.png", "figures/new.png").encode())
    return group


def with_git(folder: Path, commands: str) -> dict[str, str]:
    """Return an environment in which git is the given shell script, which counts its runs."""
    program = folder / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho run >> "{folder}/runs"\n{commands}\n')
    program.chmod(0o755)
    return environment(PATH=str(program.parent))


def runs(folder: Path) -> int:
    """Return how often the script was run."""
    return (folder / "runs").read_text().count("run")


def test_missing(untracked: Group, tmp_path: Path) -> None:
    """Without git, no message mentions it."""
    ran = process("check", untracked.report, env=environment(PATH=str(tmp_path)))
    assert (ran.code, ran.err) == (1, "")
    assert _UNTRACKED not in ran.out
    assert _UNTRACKED in process("check", untracked.report).out


def test_slow(untracked: Group, tmp_path: Path) -> None:
    """An answer within five seconds is waited for."""
    env = with_git(tmp_path, f'/bin/sleep 1; exec {shutil.which("git")} "$@"')
    ran = process("check", untracked.report, env=env)
    assert _UNTRACKED in ran.out
    assert ran.err == ""


def test_hanging(untracked: Group, tmp_path: Path) -> None:
    """If git hangs, one message says so, and the report is judged without it."""
    ran = process("check", untracked.report, env=with_git(tmp_path, "/bin/sleep 600"))
    assert ran.code == 1
    assert "answer-too-short" in ran.out
    (line,) = ran.err.splitlines()
    assert line.startswith("warning: git did not answer within 5 seconds in ")
    assert runs(tmp_path) == 1


def test_hanging_while_edited(untracked: Group, tmp_path: Path) -> None:
    """If git hangs in an editor session, it is asked only once, and the client's log has one message."""
    with RawClient(env=with_git(tmp_path, "/bin/sleep 600")) as client:
        client.initialize(capabilities(), workspaceFolders=[{"uri": untracked.folder.as_uri(), "name": "x"}])
        report = OpenDocument(client, untracked.uri, untracked.report.read_bytes().decode())
        assert "answer-too-short" in report.rules()
        for name in ("one", "two", "three"):
            untracked.write(f"reports/figures/{name}.png", b"x")
            client.notify("textDocument/didSave", {"textDocument": {"uri": report.uri}})
            client.settle()
        assert "answer-too-short" in report.rules()
        assert client.leave() == 0
        assert len([it for it in client.all_of("window/logMessage") if "git did not answer" in it["message"]]) == 1
        assert client.complaints() == []
    assert runs(tmp_path) == 1
