"""Each package, installed in a clean environment, does what users try first."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from typing import TYPE_CHECKING
from zipfile import ZipFile

from reportls import __version__
from tests.support.raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def clean() -> dict[str, str]:
    """Return an environment in which Python finds only what is installed."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}


def run(command: Sequence[str | Path], folder: Path, *, code: int = 0) -> str:
    """Return the output of a program, which must exit with that code."""
    done = subprocess.run(command, cwd=folder, env=clean(), capture_output=True, timeout=500, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout.decode()


def installed(package: Path, folder: Path) -> Path:
    """Install the package and its dependencies into a new virtual environment; return its command `reportls`."""
    venv.create(folder / "venv", with_pip=True)
    scripts = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    run([scripts / "python", "-I", "-m", "pip", "install", "--quiet", package], folder)
    return scripts / "reportls"


def try_commands(reportls: Path, folder: Path) -> None:
    """Run `--version`, write the sample report, check it, and make both its pages."""
    assert run([reportls, "--version"], folder) == f"reportls {__version__}\n"
    assert "passed" in run([reportls, "demo", "sample"], folder)
    judged = json.loads(run([reportls, "check", "sample", "--format", "json"], folder, code=1))
    assert judged["summary"]["reports"] == 1
    run([reportls, "html", "sample", "-o", "page.html"], folder)
    run([reportls, "html", "--checker", "sample", "-o", "course.html"], folder)
    assert "<html" in (folder / "page.html").read_text("utf-8")
    assert "<h3>Question 1</h3>" in (folder / "course.html").read_text("utf-8")


def try_server(command: list[str], folder: Path) -> None:
    """Start the server, check the version that it states, and shut it down."""
    with RawClient(command=command, cwd=folder, env=clean()) as client:
        answer = client.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        assert answer["serverInfo"] == {"name": "reportls", "version": __version__}
        client.notify("initialized", {})
        assert client.leave() == 0


def test_wheel(wheel: Path, tmp_path: Path) -> None:
    """The wheel can be installed as by `pip install reportls`."""
    reportls = installed(wheel, tmp_path)
    try_commands(reportls, tmp_path)
    try_server([str(reportls), "serve"], tmp_path)


def test_sdist(sdist: Path, tmp_path: Path) -> None:
    """The sdist can be installed where no wheel is available."""
    reportls = installed(sdist, tmp_path)
    try_commands(reportls, tmp_path)
    try_server([str(reportls), "serve"], tmp_path)


def test_bundled_server(vsix: Path, tmp_path: Path) -> None:
    """The extension's server starts as the extension starts it, without any other package."""
    with ZipFile(vsix) as archive:
        archive.extractall(tmp_path)
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    try_server([str(python), "-I", "-S", str(tmp_path / "extension" / "start.py"), "serve"], tmp_path)
