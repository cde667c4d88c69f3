"""Asks git which files are handed in: one process for all, and so that nothing a repository configures is run.

A repository may come from anyone, and its configuration can name programs: a file system monitor, hooks, filters, a
pager, a transport for missing objects. `ls-files` needs none of these, and each is switched off by name all the same.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.findings.files import GitState
from reportls.host.error import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from subprocess import Popen

SECONDS = 5.0
"""How long git may take."""

_REST = 600.0
"""Seconds for which git is not asked again in a repository where it has taken too long."""

_log = logging.getLogger(__name__)
_rests_until: dict[Path, float] = {}
"""By the root of the repository."""

_COMMAND = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor="),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.untrackedCache=false"),
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "submodule.recurse=false"),
    *("-c", "protocol.allow=never"),
    "ls-files",
    "-z",
    "-t",
    "--cached",
    "--others",
    "--exclude-standard",
    "--",
)
_UNTRACKED = "?"


def states_below(folder: Path, root: Path) -> Mapping[str, GitState] | None:
    """What git has to say of the files in `folder`, by their path from there; it ignores what is missing.

    None if git is not installed, refuses, or takes too long, now or a while ago. Both are real paths, without
    symbolic links.
    """
    program = _program()
    if not program or not folder.is_relative_to(root) or time.monotonic() < _rests_until.get(root, 0.0):
        return None
    inner = folder.relative_to(root).as_posix()
    answer = _run([program, "-C", str(root), *_COMMAND, inner], root)
    return None if answer is None else dict(_states(os.fsdecode(answer), "" if inner == "." else f"{inner}/"))


def _states(answer: str, inner: str) -> Iterator[tuple[str, GitState]]:
    for line in filter(None, answer.split("\0")):
        tag, _, path = line.partition(" ")
        # A slash at the end marks a repository within this one.
        yield path.removeprefix(inner).rstrip("/"), GitState.UNTRACKED if tag == _UNTRACKED else GitState.TRACKED


def _program() -> str | None:
    """Where git is; folders relative to the current one do not count, for that may be the repository."""
    name = "git.exe" if os.name == "nt" else "git"
    paths = (Path(folder) / name for folder in os.get_exec_path())
    return next(
        (str(path) for path in paths if path.is_absolute() and path.is_file() and os.access(path, os.X_OK)), None
    )


def _surroundings(root: Path) -> dict[str, str]:
    """The user's environment, without what points git elsewhere, as it is set while a hook runs."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith("GIT_CONFIG")
    }
    return kept | {
        "GIT_WORK_TREE": str(root),
        "GIT_CEILING_DIRECTORIES": str(root.parent),
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "LC_ALL": "C",
    }


def _run(command: list[str], root: Path) -> bytes | None:
    """What the program prints; None if it fails or takes too long."""
    import subprocess  # noqa: PLC0415  # few reports ask for it

    try:
        process = subprocess.Popen(  # noqa: S603  # an absolute path and fixed arguments
            command,
            env=_surroundings(root),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return None
    with process:
        try:
            answer, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            _kill(process)
            _let_rest(root)
            return None
    return answer if process.returncode == 0 else None


def _let_rest(root: Path) -> None:
    """Remember that git hangs there, lest everything stands still for that long whenever a file is saved."""
    _rests_until[root] = time.monotonic() + _REST
    _log.warning(
        "git did not answer within %g seconds in %s: for some minutes nobody looks whether figures are in git",
        SECONDS,
        shown(root),
    )


def _kill(process: Popen[bytes]) -> None:
    """End the program and what it started, for that would hold the pipe open."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, 9)
        else:
            process.kill()
