"""Changes to the folder of an open report are reported once, and the session goes on."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import process
from tests.support.capabilities import capabilities
from tests.support.group import REPORT, Group, group_in
from tests.support.open_document import OpenDocument
from tests.support.ordinary_user import ordinary_user
from tests.support.raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be moved there")

SHORT = "answer-too-short"
ODD = "50% of us, ünder 🎉 #1?&[a] (b) 'c' %41 {d}"


def _deleted(group: Group) -> None:
    shutil.rmtree(group.folder)


def _renamed(group: Group) -> None:
    group.folder.rename(group.folder.with_name("elsewhere"))


def _closed(group: Group) -> None:
    group.report.parent.chmod(0)


def _replaced_by_a_file(group: Group) -> None:
    shutil.rmtree(group.report.parent)
    group.report.parent.write_text("no folder")


def _in_circles(group: Group) -> None:
    shutil.rmtree(group.figures)
    group.figures.symlink_to("figures")
    for name in ("report.py", "README.md"):
        (group.report.parent / name).unlink()
        (group.report.parent / name).symlink_to(name)


def _configuration_in_circles(group: Group) -> None:
    (group.folder / "reportls.toml").unlink()
    (group.folder / "reportls.toml").symlink_to("reportls.toml")


@pytest.fixture
def session(group: Group) -> Iterator[OpenDocument]:
    """Open the group's report in a server that runs as an ordinary user."""
    with RawClient(**ordinary_user()) as client:
        client.initialize(capabilities(), workspaceFolders=[{"uri": group.folder.as_uri(), "name": "x"}])
        report = OpenDocument(client, group.uri, REPORT)
        assert SHORT in report.rules()
        yield report
        assert client.leave() == 0
        assert client.complaints() == []


@pytest.mark.parametrize(
    ("happens", "complaints"),
    [
        (_deleted, 0),
        (_renamed, 0),
        (_closed, 1),
        (_replaced_by_a_file, 0),
        (_in_circles, 0),
        (_configuration_in_circles, 1),
    ],
)
def test_while_open(session: OpenDocument, group: Group, happens: Callable[[Group], None], complaints: int) -> None:
    """After any change to the folder, edits are judged, and a problem is reported once however often it is seen."""
    happens(group)
    for number in range(3):
        session.client.notify("textDocument/didSave", {"textDocument": {"uri": session.uri}})
        session.replace("alone", f"alone{number} alone")
        session.ask("codeAction", range=session.range_of("alone" + str(number)), context={"diagnostics": []})
        session.replace(f"alone{number} alone", "alone")
        assert SHORT in session.rules()
    session.client.settle()
    assert len(session.client.all_of("window/showMessage")) == complaints
    if group.report.parent.is_dir():
        group.report.parent.chmod(0o755)


def test_odd_path(tmp_path: Path) -> None:
    """Spaces, percent signs, umlauts, emoji and brackets in a path work in the editor and on the command line."""
    group = group_in(tmp_path / ODD)
    ran = process("check", group.report)
    assert (ran.code, ran.err) == (1, "")
    assert ODD in ran.out
    with RawClient() as client:
        client.initialize(capabilities(), workspaceFolders=[{"uri": group.folder.as_uri(), "name": "x"}])
        report = OpenDocument(client, group.uri, REPORT)
        assert report.rules() == {SHORT, "image-case-mismatch", "unanswered"}
        (place,) = report.ask("definition", position=report.at("bed.png"))
        assert place["uri"] == (group.figures / "bed.png").as_uri()
        assert client.leave() == 0


def test_the_clock_jumps(group: Group) -> None:
    """Changes are noticed even if the clock jumps by years and files have times in the past or future."""
    program = """if True:
        import itertools, sys, time
        jumps = itertools.cycle([0, 4_000_000_000, 1, 86400.0 * 365 * 40])
        time.time = lambda: next(jumps)
        time.time_ns = lambda: int(next(jumps)) * 10**9
        from reportls.cli import main
        sys.exit(main(["serve"]))
    """
    with RawClient(command=[sys.executable, "-c", program]) as client:
        client.initialize(capabilities(), workspaceFolders=[{"uri": group.folder.as_uri(), "name": "x"}])
        report = OpenDocument(client, group.uri, REPORT)
        for number, moment in enumerate((4_000_000_000, 1, 0)):
            wanted = number % 2 == 0
            settings = group.write("reportls.toml", f'ignore = ["{SHORT}"]\n' if wanted else "# nothing of the kind\n")
            os.utime(settings, (moment, moment))
            client.forget()
            client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": settings.as_uri(), "type": 2}]})
            client.settle()
            report.replace("alone", "alone ")
            assert (SHORT in report.rules()) != wanted
            report.replace("alone ", "alone")
        assert client.leave() == 0
        assert client.complaints() == []
