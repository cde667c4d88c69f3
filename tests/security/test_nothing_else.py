"""Checks with Python's audit events what real processes read, run and send, and that they do nothing else."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportls.host import git
from reportls.host.read import reader_beside
from tests.cli.running import SERVER, environment
from tests.host.repositories import ASKED
from tests.security.repository import SECRET, Hostile, hostile_repository
from tests.support.capabilities import capabilities
from tests.support.open_document import OpenDocument
from tests.support.raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and devices are others there")

_NOTING = Path(__file__).with_name("noting")
_CODE = [Path(path) for path in (SERVER, _NOTING, sys.prefix, sys.base_prefix, os.path.dirname(os.__file__))]  # noqa: PTH120
_HARMLESS = {"/dev/null", "/dev/tty", "/proc/self", "/etc/localtime"}
_LIMITS = {"RLIMIT_CPU": 60, "RLIMIT_AS": 2_000_000_000}
"""Limits on seconds and bytes that only a decompression bomb or the like exceeds."""

COMMANDS = [
    *(["check", "--format", form] for form in ("text", "concise", "json", "sarif", "github", "junit")),
    ["check", "--diff"],
    ["check", "--fix"],
    ["check", "--checker"],
    ["html", "-o", "-"],
    ["html", "-o", "-", "--checker"],
    *(["history", "--format", form] for form in ("text", "csv", "json", "html")),
]
OVERVIEWS = [
    *(["overview", "--format", form] for form in ("text", "csv", "json", "html")),
    ["overview", "--shared", "10"],
    ["overview", "--html", "pages"],
]


@pytest.fixture
def hostile(tmp_path: Path) -> Hostile:
    """Create the attacker's repository."""
    return hostile_repository(tmp_path)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The path of the log of events."""
    return tmp_path / "events.log"


def noting(log: Path) -> dict[str, str]:
    """Return an environment in which every Python process records its events."""
    paths = os.pathsep.join(map(str, (SERVER, _NOTING)))
    return {**environment(PYTHONPATH=paths, REPORTLS_NOTED=str(log), CI=""), "PYTHONPYCACHEPREFIX": ""}


def limited() -> None:
    """Apply `_LIMITS` to the process."""
    import resource  # noqa: PLC0415  # not on Windows

    for name, most in _LIMITS.items():
        resource.setrlimit(getattr(resource, name), (most, most))


def events(log: Path) -> list[list[Any]]:
    """Return the recorded events."""
    return [json.loads(line) for line in log.read_text().splitlines()]


def check_events(log: Path, hostile: Hostile) -> None:
    """Check that nothing outside the repository was read, only git was run, and nothing was sent."""
    noted = events(log)
    assert noted, "the hook was not there"
    assert [path for path in _read(noted) if not _is_allowed(path, hostile.folder)] == []
    for kind, *arguments in noted:
        if kind == "subprocess.Popen":
            program, command = arguments[:2]
            assert (Path(program).name, any(each in command for each in ASKED)) == ("git", True)
        elif kind == "exec":
            assert not Path(arguments[0]).is_relative_to(hostile.outside), "code of the repository was run"
        else:
            assert not kind.startswith(("socket.connect", "socket.bind", "socket.sendto", "socket.get", "urllib"))
            assert not kind.startswith(("os.system", "os.exec", "os.spawn", "os.startfile", "webbrowser"))
    assert not hostile.was_run


def _read(noted: list[list[Any]]) -> Iterator[str]:
    for kind, *arguments in noted:
        if kind in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str):
            yield arguments[0]


def _is_allowed(path: str, repository: Path) -> bool:
    """Return whether the path belongs to the program, or lies in the repository after all links are resolved."""
    real = Path(os.path.realpath(path))
    inside = real.is_relative_to(repository) and not real.is_relative_to(repository / ".git")
    is_device = real.is_fifo() or real.is_char_device()
    return path in _HARMLESS or any(real.is_relative_to(code) for code in _CODE) or (inside and not is_device)


@pytest.mark.parametrize("command", [*COMMANDS, *OVERVIEWS], ids=" ".join)
def test_commands(hostile: Hostile, log: Path, command: list[str]) -> None:
    """No command does anything else, including the processes of an overview."""
    before = hostile.report.read_bytes()
    ran = subprocess.run(
        [sys.executable, "-m", "reportls", *command, hostile.folder if command in OVERVIEWS else hostile.report],
        cwd=hostile.folder,
        env=noting(log),
        capture_output=True,
        preexec_fn=limited,  # this process has no threads
        timeout=100,
        check=False,
    )
    printed = (ran.stdout + ran.stderr).decode()
    assert ran.returncode in (0, 1), printed
    assert "Traceback" not in printed
    assert "mistake" not in printed
    pages = [page.read_text() for page in hostile.folder.glob("pages/**/*.html")]
    assert len(pages) == (2 if "pages" in command else 0)
    assert not any(SECRET in text for text in (printed, *pages))
    assert b64encode((hostile.outside / "secret.png").read_bytes()).decode() not in printed
    assert "--fix" in command or hostile.report.read_bytes() == before
    assert str(hostile.report) in [*_read(events(log))], "it was judged where the hook was not"
    check_events(log, hostile)


def test_a_session(hostile: Hostile, log: Path) -> None:
    """No request of an editor makes the server do anything else."""
    with RawClient(env=noting(log), cwd=SERVER, preexec_fn=limited) as client:
        client.initialize(capabilities(), workspaceFolders=[{"uri": hostile.folder.as_uri(), "name": "x"}])
        report = OpenDocument(client, hostile.report.as_uri(), hostile.report.read_text())
        report.diagnostics()
        for method in ("documentLink", "documentSymbol", "foldingRange"):
            report.ask(method)
        for offset in range(0, len(report.text), 97):
            place = report.at_offset(offset)
            for method in ("hover", "completion", "definition"):
                report.ask(method, position=place)
            report.ask("references", position=place, context={"includeDeclaration": True})
            report.ask("codeAction", range={"start": place, "end": place}, context={"diagnostics": []})
        client.ask("reportls/page", {"uri": report.uri})
        client.execute("reportls.checkAll")
        assert client.leave() == 0
        assert SECRET not in json.dumps(client.received, ensure_ascii=False)
        assert client.complaints() == []
    check_events(log, hostile)


@pytest.mark.parametrize(
    "path", ["../../secret.png", "figures/out.png", "figures/folder/secret.png", "figures/zero.png", "figures/pipe.png"]
)
def test_what_goes_into_a_page(hostile: Hostile, path: str) -> None:
    """A picture outside the repository does not get into a page."""
    read = reader_beside(hostile.report, 1_000_000)
    assert read("figures/bomb.jpg")
    assert read(path) is None
    assert read(str(hostile.outside / "secret.png")) is None


def test_the_hook_sees_it(hostile: Hostile, log: Path) -> None:
    """The audit hook records what the other tests look for, so they can fail."""
    program = f"""if True:
        import socket, subprocess, sys
        open({str(hostile.outside / "secret.txt")!r}).read()
        subprocess.run(["true"])
        subprocess.run([sys.executable, "-c", "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"])
    """
    subprocess.run([sys.executable, "-c", program], env=noting(log), check=True, timeout=60)
    assert str(hostile.outside / "secret.txt") in [*_read(events(log))]
    assert {"subprocess.Popen", "socket.connect"} <= {kind for kind, *_ in events(log)}
    with pytest.raises(AssertionError):
        check_events(log, hostile)


def test_every_git_command_is_listed() -> None:
    """The table in SECURITY.md has each git command that the code runs, and no other."""
    page = (SERVER / "SECURITY.md").read_text("utf-8")
    rows = "".join(line.split("|")[1] for line in page.splitlines() if line.startswith("  | `git "))
    assert set(re.findall(r"git ([a-z-]+)", rows)) == set(_commands_run())


def _commands_run() -> Iterator[str]:
    runners = {"_ask", "_answer", "_bytes", "_history"}
    for call in ast.walk(ast.parse(inspect.getsource(git))):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in runners:
            continue
        command = call.args[1]
        if isinstance(command, ast.Constant):
            yield str(command.value)
        elif isinstance(command, ast.Starred) and isinstance(command.value, ast.Name) and command.value.id.isupper():
            yield str(getattr(git, command.value.id)[0])


_MAY_WRITE = {"host/write.py", "cli/demo.py", "cli/preview/__init__.py", "lsp/logs.py"}
"""The guarded writer; `demo`, which makes new files only; the private file of `preview`; and the log of `--log`."""
_WRITES = {
    *("write_text", "write_bytes", "touch", "unlink", "rmdir", "mkstemp", "copyfileobj", "rmtree", "copy", "move"),
    *("symlink_to", "hardlink_to", "NamedTemporaryFile", "truncate"),
}
_MODE = re.compile(r"[rwaxbt+]*[wax+][rwaxbt+]*")


def test_every_file_that_is_written() -> None:
    """Only these modules write files by themselves: all others go through the guarded writer."""
    package = SERVER / "reportls"
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if any(_writing(path))}
    assert found == _MAY_WRITE


def _writing(path: Path) -> Iterator[ast.AST]:
    """Yield what writes a file, other than through a function of this package."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"O_RDWR", "O_CREAT", "FileHandler"}:
            yield node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            modes = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if node.func.attr in _WRITES or (node.func.attr == "open" and any(map(_MODE.fullmatch, modes))):
                yield node
