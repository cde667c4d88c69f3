"""Each call of the system that a command makes fails once: nobody sees a traceback, and no file is half written."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import reportls
from reportls.cli import main
from tests.support.group import REPORT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.group import Group

_CALLS = [
    *("open", "fdopen", "read", "write", "fsync", "stat", "lstat", "fstat", "readlink", "scandir"),
    *("listdir", "replace", "rename", "link", "unlink", "mkdir", "chmod", "chown", "listxattr", "getxattr", "setxattr"),
]
_ERRORS: dict[str, list[Exception]] = {
    "system": [OSError(code, os.strerror(code)) for code in (errno.EIO, errno.EACCES, errno.ENOENT)],
    "memory": [MemoryError()],
}
"""Errors that the calls raise in turn."""
_PACKAGE = str(Path(reportls.__file__).parent)
"""Its own files are there, or nothing runs at all."""
_COMMANDS = {
    "check": ("check", "{report}"),
    "folder": ("check", "--format", "json", "{folder}"),
    "fix": ("check", "--fix", "{report}"),
    "html": ("html", "{report}", "-o", "{folder}/out.html"),
    "demo": ("demo", "{folder}/demo"),
    "template": ("template", "{report}"),
}


class _Faults:
    """Counts the calls, and lets one of them fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.fails_at = 0
        self.error: Exception = MemoryError()
        for name in _CALLS:
            if hasattr(os, name):
                monkeypatch.setattr(os, name, self._counting(getattr(os, name)))
        monkeypatch.setattr("io.open", self._counting(open))
        monkeypatch.setattr(subprocess, "Popen", self._spawning(subprocess.Popen))

    def start(self, fails_at: int, error: Exception) -> None:
        """Let the call of that number fail, from 1; none for 0."""
        self.count, self.fails_at, self.error = 0, fails_at, error

    def _counting(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # those of the real one
            # `Popen` is one call; what it consists of would leave a child behind that nobody waits for.
            is_of_popen = sys._getframe(1).f_code.co_filename == subprocess.__file__  # noqa: SLF001  # no other way
            if not is_of_popen and not str(arguments[:1]).count(_PACKAGE):
                self._tick()
            return real(*arguments, **named)

        return call

    def _spawning(self, real: type[subprocess.Popen[Any]]) -> type[subprocess.Popen[Any]]:
        tick = self._tick

        class Popen(real):  # type: ignore[valid-type, misc]
            def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  # those of the real one
                tick()
                super().__init__(*arguments, **named)

        return Popen

    def _tick(self) -> None:
        self.count += 1
        if self.count == self.fails_at:
            raise self.error


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Faults]:
    """Patch the calls; each test ends with none that fails."""
    made = _Faults(monkeypatch)
    yield made
    made.start(0, MemoryError())


def _files(folder: Path) -> Counter[str]:
    return Counter(path.name for path in folder.rglob("*") if ".git" not in path.parts)


@pytest.mark.parametrize("case", [(name, kind) for name in _COMMANDS for kind in _ERRORS], ids="-".join)
def test_command(
    case: tuple[str, str],
    faults: _Faults,
    group: Group,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whichever call fails: no traceback, no rule that fails, an exit code of ours, and a report that is whole."""
    monkeypatch.setenv("REPORTLS_TRACEBACK", "1")
    arguments = [part.format(report=group.report, folder=group.folder) for part in _COMMANDS[case[0]]]
    before = group.report.read_bytes()
    main(arguments)
    after, calls = group.report.read_bytes(), 0
    expected, errors = _files(group.folder), _ERRORS[case[1]]
    for number in range(1, 2000):
        group.report.write_bytes(before)
        faults.start(number, errors[number % len(errors)])
        code = main(arguments)
        calls, faults.fails_at = faults.count, 0
        assert code in {0, 1, 2}, number
        assert group.report.read_bytes() in (before, after), number
        assert _files(group.folder) <= expected, number
        if calls < number:
            break
    assert 3 < calls < 2000
    assert not [record.getMessage() for record in caplog.records if record.exc_info]
    assert REPORT.encode() == before
