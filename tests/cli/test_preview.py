"""Tests of `reportls preview`: a real server over real connections."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from reportls.cli.arguments import Parser
from reportls.cli.output import INTERRUPTED
from reportls.cli.preview import declare, run
from reportls.cli.preview.pages import Board, Pages, pages_of
from reportls.cli.preview.server import Server
from reportls.cli.sources import only_report
from tests.cli.reports import NO_REPORT, PERFECT, judged, write
from tests.cli.running import environment, reportls

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 30
"""Time limit in seconds; most steps take half a second."""


class Preview:
    """A running preview and its output."""

    def __init__(self, *arguments: str | Path, **env: str) -> None:
        """Start the process and wait until it prints its address."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reportls", "preview", *map(str, arguments)],
            env=environment(**env),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.line = self.process.stdout.readline()
        self.address = urlsplit(self.line.rpartition(": ")[2].strip())

    def get(self, name: str = "", method: str = "GET", **headers: str) -> tuple[int, str]:
        """Return status and text of a path below the address."""
        answer = self.ask(self.address.path + name, method, headers)
        return answer.status, answer.read().decode()

    def ask(self, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> HTTPResponse:
        """Return the response to one request."""
        assert self.address.hostname
        connection = HTTPConnection(self.address.hostname, self.address.port, timeout=_PATIENCE)
        connection.request(method, path, headers=headers or {})
        return connection.getresponse()

    def news(self) -> Iterator[dict[str, Any]]:
        """Return the events that a listening page receives."""
        answer = self.ask(f"{self.address.path}events")
        while line := answer.readline():
            if line.startswith(b"data: "):
                yield json.loads(line[6:])

    def end(self) -> tuple[int, str]:
        """Press Ctrl-C; return the exit code and the output."""
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, errors


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Write a report without mistakes."""
    return judged(tmp_path / "reports" / "README.md")


@pytest.fixture
def preview(report: Path) -> Iterator[Preview]:
    """Start a preview of the report."""
    running = Preview(report, "--no-open")
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.communicate()


needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


def test_pages(preview: Preview, report: Path) -> None:
    """The shell and the three documents are served, and no other path."""
    assert preview.line.startswith(f"{report}: http://127.0.0.1:")
    assert "shell.js" in preview.get()[1]
    assert "They eat what flowers give them." in preview.get("ours?7")[1]
    assert "<h3>Question 2</h3>" in re.sub(r' data-pair="\d+"', "", preview.get("course")[1])
    assert preview.get("written")[0] == 200
    for name in ("README.md", "../README.md", "..%2fREADME.md", "shell.html", "ours/", "server.py", "\\"):
        assert preview.get(name)[0] == 404, name


def test_path_must_be_known(preview: Preview) -> None:
    """The path is secret: other users of the machine and other sites cannot guess it."""
    for path in (
        "/",
        "/ours",
        "//",
        f"/x{preview.address.path}",
        preview.address.path[:-2] + "/ours",
    ):
        answer = preview.ask(path)
        assert (answer.status, b"flowers" in answer.read()) == (404, False), path


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 421),
        ("127.0.0.1.evil.example:80", 421),
        ("", 421),
        ("localhost@evil.example", 421),
        ("evil.example:127.0.0.1", 421),
        ("LOCALHOST:1234", 200),
        ("127.0.0.1", 200),
        ("[::1]:9", 200),
    ],
)
def test_host(preview: Preview, host: str, status: int) -> None:
    """Requests under another host name, as after DNS rebinding, are refused, events included."""
    for name in ("", "ours", "events"):
        if name != "events" or status != 200:
            assert preview.get(name, Host=host)[0] == status, name


def test_methods(preview: Preview) -> None:
    """Only GET and HEAD are allowed."""
    status, text = preview.get("ours", "HEAD")
    assert (status, text) == (200, "")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "<script>"):
        status, text = preview.get("ours", method)
        assert status == 501, method
        assert "script" not in text


def test_headers(preview: Preview) -> None:
    """Every response has the security headers."""
    for name in ("", "ours", "course", "shell.js", "nothing"):
        headers = preview.ask(preview.address.path + name).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), name
        assert "frame-ancestors 'none'" in policy or "sandbox allow-same-origin" in policy, name
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "Python" not in headers["Server"]
    assert "script-src" not in preview.ask(f"{preview.address.path}course").headers["Content-Security-Policy"]


def test_follows(preview: Preview, report: Path) -> None:
    """Each save of the report, a figure or the configuration is sent to all listening pages."""
    first, second = preview.news(), preview.news()
    assert [next(each)["version"] for each in (first, second)] == [1, 1]
    write(report, PERFECT.replace("In a box", "```\nIn a box\n```\n\n![x](figures/a.png)"))
    news = next(first)
    assert next(second) == news
    assert (news["version"], news["problem"]) == (2, None)
    assert [place["question"] for place in news["places"] if place["in_answer"]] == [2]
    assert "Image not shown" in preview.get("ours")[1]
    write(report.parent / "figures" / "a.png", "no picture")
    assert next(first)["version"] == 3
    assert news["course"] is False  # no edition, so the course makes no page
    write(report.parent / "reportls.toml", 'figures = "pictures"')
    assert next(first)["version"] == 4


@pytest.mark.parametrize("saved", ["README.md", "figures/a.png", "reportls.toml"])
def test_saved_while_it_shows(report: Path, monkeypatch: pytest.MonkeyPatch, saved: str) -> None:
    """A save at the moment in which a page is shown leads to another page, even of a file that is new."""

    class Interrupted(Board):
        def show(self, pages: Pages) -> None:
            super().show(pages)
            if self.now.version == 3:
                raise KeyboardInterrupt
            write(report.parent / saved, PERFECT + "\n" if saved.endswith(".md") else "")

    def begin(address: str) -> None:
        assert address
        write(report, PERFECT + "\n\n")

    monkeypatch.setattr("reportls.cli.preview.Board", Interrupted)
    monkeypatch.setattr("reportls.cli.preview._open_browser", begin)
    parser = Parser()
    declare(parser)
    assert run(parser, [str(report), "--open"]) == INTERRUPTED


def test_what_goes_wrong(preview: Preview, report: Path) -> None:
    """An error is shown while the last page stays, and goes away after the next good save."""
    news = preview.news()
    next(news)
    report.unlink()
    assert next(news)["problem"] == f"{report}: there is no such file"
    assert "what flowers give them" in preview.get("ours")[1]
    report.write_bytes(b"\xe9" + PERFECT.encode())
    assert "is not UTF-8" in next(news)["problem"]
    write(report, NO_REPORT)
    assert "no report, so not judged" in next(news)["problem"]
    write(report.parent / "reportls.toml", "=")
    write(report)
    assert "reportls.toml" in next(news)["problem"]
    (report.parent / "reportls.toml").unlink()
    assert next(news)["problem"] is None
    write(report, PERFECT + "\n" + "* " * 5000 + "é\n")
    assert next(news)["problem"] is None
    assert "the course&#x27;s script crashes" in preview.get("course")[1]
    write(report)
    assert next(news)["problem"] is None


@needs_signals
def test_end(preview: Preview) -> None:
    """Ctrl-C ends the preview at once and silently, even with listening clients."""
    news = preview.news()
    next(news)
    assert preview.address.port
    with socket.create_connection(("127.0.0.1", preview.address.port)) as silent:
        silent.sendall(b"GET /")
        assert preview.end() == (INTERRUPTED, "reportls: the page follows each save; Ctrl-C ends\n")
    assert [*news] == []


_PAGES = Pages("README.md", {"ours": b"x"}, (), has_course=False)


def test_no_thread_is_left() -> None:
    """No thread is left at the end, whatever clients do."""
    before = threading.active_count()
    with Server(Board(_PAGES), 0) as server:
        port = urlsplit(server.address).port
        assert port
        clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
        path = urlsplit(server.address).path
        clients[0].sendall(f"GET {path}events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert clients[0].recv(100).startswith(b"HTTP/1.0 200")
        clients[1].sendall(b"\xff\r\n\r\n")
        clients[2].sendall(b"GET")
    assert threading.active_count() == before
    for client in clients:
        client.close()


def test_two_at_once(report: Path) -> None:
    """A port that is in use leads to a message that names it and says what to do."""
    with Server(Board(pages_of(only_report(str(report)))), 0) as server:
        port = str(urlsplit(server.address).port)
        ran = reportls("preview", report, "--port", port, "--no-open")
        assert ran.code == 2
        assert ran.err.startswith(f"error: port {port}: ")
        assert "choose another" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing.md",), "missing.md: there is no such file"),
        (("-",), "standard input does not change"),
    ],
)
def test_not_as_asked(arguments: tuple[str, ...], message: str) -> None:
    """A bad path or report leads to a message, as from `html`."""
    ran = reportls("preview", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_no_such_port(report: Path) -> None:
    """A number that is not a port leads to a message."""
    for port in ("-1", "70000"):
        ran = reportls("preview", report, "--port", port, "--no-open")
        assert (ran.code, ran.err) == (
            2,
            f"error: port {port}: there is no such port: choose another, or leave out --port\n",
        )


@needs_signals
def test_browser(report: Path, tmp_path: Path) -> None:
    """The browser is handed a private page that leads to the address, which no other user may see."""
    program, seen = tmp_path / "browser", tmp_path / "seen"
    os.mkfifo(seen)
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > {seen}\n')
    program.chmod(0o755)
    preview = Preview(report, "--open", BROWSER=f"{program} %s")
    page = Path(urlsplit(seen.read_text()).path)
    assert preview.address.path not in str(page)
    assert f"url={preview.address.geturl()}" in page.read_text("utf-8")
    assert (page.stat().st_mode & 0o777, page.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert preview.end()[0] == INTERRUPTED
    assert not page.parent.exists()
    preview = Preview(report, "--open", BROWSER="/missing %s", PATH="")
    assert preview.process.stderr
    said = preview.process.stderr.readline() + preview.process.stderr.readline()
    assert "no browser can be started: open the address above" in said
    assert preview.end()[0] == INTERRUPTED
