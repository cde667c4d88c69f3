"""Tests of `reportls overview --watch`: a real server that follows a real folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from reportls.cli.arguments import Parser
from reportls.cli.output import INTERRUPTED
from reportls.cli.overview import declare
from reportls.cli.overview.listing import groups_of
from reportls.cli.overview.options import options_of
from reportls.cli.overview.watching import Watched
from reportls.features.course.records import GroupRow
from tests.cli.reports import PERFECT, SHORT, write
from tests.cli.running import environment, reportls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportls.host.groups import Group

_PATIENCE = 30


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Write a course of two groups, some time ago: what is saved while groups are judged counts as a change."""
    for name in ("bees", "wasps"):
        path = write(tmp_path / "course" / name / "reports" / "README.md", PERFECT)
        for each in (path, *path.parents[:3]):
            os.utime(each, (1e9, 1e9))
    return tmp_path / "course"


def test_only_what_changes_is_judged(course: Path) -> None:
    """A group is judged again when its report, a figure or its configuration changes, and no other group is."""
    judged: list[list[str]] = []

    def judge(groups: Sequence[Group]) -> list[GroupRow]:
        judged.append([group.name for group in groups])
        return [GroupRow(group.name, str(group.path), report="reports/README.md") for group in groups]

    parser = Parser()
    declare(parser)
    options = options_of(parser, [str(course)])
    watched = Watched(options, judge)
    assert judged == [["bees", "wasps"]]
    assert not watched.refresh()
    for path in ("reports/README.md", "reports/figures/hive.png", "reportls.toml"):
        write(course / "bees" / path, PERFECT + path)
        assert watched.refresh()
        assert judged.pop() == ["bees"]
        assert not watched.refresh()
    write(course / "ants" / "reports" / "README.md", PERFECT)
    assert watched.refresh()
    assert judged.pop() == ["ants"]
    assert [row.name for row in watched.rows] == ["ants", "bees", "wasps"]
    (course / "ants").rename(course.parent / "gone")
    assert watched.refresh()
    assert [row.name for row in watched.rows] == [group.name for group in groups_of(options)] == ["bees", "wasps"]


@pytest.mark.parametrize("saved", ["README.md", "figures/hive.png", "reportls.toml"])
def test_saved_while_it_judges(course: Path, saved: str) -> None:
    """A save while groups are judged counts as a change, even of a file that is new."""
    left = [saved]

    def judge(groups: Sequence[Group]) -> list[GroupRow]:
        if left:
            write(course / "bees" / "reports" / left.pop(), "")
        return [GroupRow(group.name, str(group.path), report="reports/README.md") for group in groups]

    parser = Parser()
    declare(parser)
    watched = Watched(options_of(parser, [str(course)]), judge)
    assert watched.refresh()
    assert not watched.refresh()


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_page(course: Path) -> None:
    """The page is served at the address that is printed, and follows a change; Ctrl-C ends it."""
    command = [sys.executable, "-m", "reportls", "overview", str(course), "--watch", "--jobs", "1"]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout
        address = urlsplit(run.stdout.readline().partition(": ")[2].strip())

        def page() -> str:
            connection = HTTPConnection(address.hostname or "", address.port, timeout=_PATIENCE)
            connection.request("GET", f"{address.path}ours")
            return connection.getresponse().read().decode()

        assert "2 groups: 2 pass every question" in page()
        write(course / "bees" / "reports" / "README.md", SHORT)
        end = time.monotonic() + _PATIENCE
        while "1 pass every question, 1 fail some" not in page():
            assert time.monotonic() < end
            time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=_PATIENCE)
    assert run.returncode == INTERRUPTED


@pytest.mark.parametrize("option", [("--format", "csv"), ("-o", "x.html"), ("--class-list", "-")])
def test_contradictions(course: Path, option: tuple[str, str]) -> None:
    """Options for files, and lists on standard input, do not go with it."""
    ran = reportls("overview", str(course), "--watch", *option)
    assert (ran.code, ran.out) == (2, "")
    assert "--watch" in ran.err or "-o goes with" in ran.err or "no column" in ran.err
