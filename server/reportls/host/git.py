"""Runs git commands that only read, in a way that runs nothing a repository configures.

A repository may come from anyone, and its configuration can name programs: a file system monitor, hooks, filters, a
pager, a transport for missing objects. The commands here need none of these, and each is switched off by name all the
same. None of them reads a file of the work tree, because that would run filters. Every command goes through `_bytes`.
"""

from __future__ import annotations

import logging
import os
import re
import shlex
import time
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.findings.files import GitState
from reportls.host.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from subprocess import Popen

SECONDS = 5.0
"""Time limit of one git command."""

_SECONDS_FOR_HISTORY = 60.0
"""Time limit of a command that goes through the whole history. Nobody waits for it while typing."""

_REST = 600.0
"""Seconds for which git is not asked again in a repository where it exceeded the time limit."""

_log = logging.getLogger(__name__)
_rests_until: dict[Path, float] = {}
"""The end of each repository's pause in monotonic seconds, by the root of the repository."""

_GUARDS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor="),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.untrackedCache=false"),
    # Else a folder of the work tree that looks like a bare repository brings a configuration of its own.
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "submodule.recurse=false"),
    *("-c", "protocol.allow=never"),
)
_FILES = ("ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard", "--")
_REFS = ("for-each-ref", "--format=%(refname)%00%(objectname)%00%(symref:short)")
_UNTRACKED = "?"
_LOG = (
    *("log", "-z", "--raw", "--no-abbrev", "--no-renames", "-m", "--date-order", "--parents"),
    # A repository can ask for signatures, whose check runs a program that it names.
    *("--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-notes", "--format=%x01%H%x00%P%x00%ct%x00%s"),
)
"""One record for each commit: `\\x01`, four fields, and what it changes, all ended by NUL."""
_CHANGES = ("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-commit-id", "-m", "--root")
_PLAIN = "100"
"""The beginning of the mode of a plain file; links and submodules have others."""
_ORIGIN = re.compile(
    r"(?:\w+://)?(?:[^@/\s]+@)?(?P<host>[a-zA-Z0-9][\w.-]*)(?::\d+(?=/))?[:/](?P<path>[^\s?#]+?)(?:\.git)?/*"
)
_LONGEST_URL = 500
_BRANCHES = ("refs/heads", "refs/remotes")
_MOST_BRANCHES = 50
_FATAL = "fatal: "
_LONGEST = 200
"""Most characters of git's output that a message repeats."""
_SLOW = f"git does not answer within {SECONDS:g} seconds: check how long `git status` takes"


class RefusedError(Exception):
    """Git is there and does not answer. The message says why and names the way out."""


class Ref(NamedTuple):
    """A branch or a tag."""

    commit: str
    """The object id; for an annotated tag, the id of the tag object."""
    target: str
    """The target of a symbolic ref, such as `origin/main`; empty if there is none."""


class Logged(NamedTuple):
    """A commit that changes a file."""

    commit: str
    parents: tuple[str, ...]
    """The nearest ancestors that change the file, too."""
    seconds: int
    """When it was committed, from the epoch."""
    subject: str
    blob: str | None
    """The file after the commit; empty if there is none, None if that is the parent's."""
    is_added: bool
    """Whether the file is not there before."""


class Changed(NamedTuple):
    """A file that a commit changes."""

    path: str
    before: str
    """The blob id; empty if there was no plain file."""
    after: str


def states_below(folder: Path, root: Path) -> Mapping[str, GitState] | None:
    """Return the git state of each file in `folder`, by its path from there; ignored files are missing.

    Both arguments are real paths, without symbolic links. The result is None if git is not installed, or if the folder
    is outside the repository.

    Raises:
        RefusedError: git refuses or fails, or exceeded the time limit, now or recently.
    """
    if not folder.is_relative_to(root):
        return None
    inner = folder.relative_to(root).as_posix()
    answer = _answer(root, *_FILES, inner)
    return None if answer is None else dict(_states(answer, "" if inner == "." else f"{inner}/"))


def current_branch(root: Path) -> str | None:
    """Return the branch that is checked out, such as `refs/heads/main`; None on a detached HEAD or if git fails."""
    answer = _ask(root, "symbolic-ref", "--quiet", "HEAD")
    return answer.strip() if answer else None


def refs_below(root: Path, *prefixes: str) -> Mapping[str, Ref]:
    """Return the refs of these names or below them, such as `refs/heads`, by name; empty if git fails."""
    lines = (_ask(root, *_REFS, *prefixes) or "").splitlines()
    return {name: Ref(commit, target) for name, commit, target in (line.split("\0") for line in lines)}


def blob_of(root: Path, commit: str, path: str) -> str | None:
    """Return the blob id of a plain file in a commit; an empty string if it has none there, None if git fails."""
    answer = _ask(root, "ls-tree", "-z", "--full-tree", commit, "--", path)
    if answer is None:
        return None
    mode, kind, blob = (answer.partition("\t")[0].split() + [""] * 3)[:3]
    return blob if kind == "blob" and mode.startswith(_PLAIN) else ""


def has_path(root: Path, commit: str, path: str) -> bool | None:
    """Return whether the commit has a file or folder of that path; None if git fails, as for an unknown commit."""
    answer = _ask(root, "ls-tree", "-z", "--full-tree", "--name-only", commit, "--", path)
    return None if answer is None else bool(answer)


def is_part_of(root: Path, commit: str, other: str) -> bool | None:
    """Return whether the commit is `other` or an ancestor of it; None if git fails."""
    answer = _ask(root, "rev-list", "--max-count=1", commit, f"^{other}")
    return None if answer is None else not answer.strip()


def commit_named(root: Path, name: str) -> str | None:
    """Return the id of the commit that a branch, a tag, an id or `HEAD` names; None if there is none or git fails."""
    # Git would take it for an option.
    if name.startswith("-"):
        return None
    answer = _ask(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return answer.strip() if answer else None


def is_shallow(root: Path) -> bool:
    """Return whether the clone has only the newest commits.

    Raises:
        RefusedError: git refuses or fails, or exceeded the time limit.
    """
    return (_answer(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true"


def commits_since(root: Path, commit: str, tip: str) -> frozenset[str]:
    """Return the ids of `tip` and its ancestors, without `commit` and its ancestors.

    Raises:
        RefusedError: git refuses or fails, or exceeded the time limit.
    """
    return frozenset(_history(root, "rev-list", tip, f"^{commit}").split())


def log_of(root: Path, tip: str, path: str, *, is_first_parent: bool) -> list[Logged]:
    """Return the commits up to `tip` that change the file, the newest first; renames are not followed.

    Side branches that changed nothing in the end are left out, and with `is_first_parent` all of them.

    Raises:
        RefusedError: git refuses or fails, or exceeded the time limit.
    """
    first_parent = ("--first-parent",) if is_first_parent else ()
    found: dict[str, Logged] = {}
    for record in _records(_history(root, *_LOG, *first_parent, tip, "--", path)):
        # A merge has a record for each parent from which it differs.
        found.setdefault(record.commit, record)
    return [*found.values()]


def changed_between(root: Path, before: str | None, after: str) -> list[Changed]:
    """Return the files that differ between two commits; without `before`, what `after` changes in each of its parents.

    Raises:
        RefusedError: git refuses or fails, or exceeded the time limit.
    """
    commits = (after,) if before is None else (before, after)
    fields = iter(_history(root, *_CHANGES, *commits).split("\0"))
    return [Changed(next(fields), *_blobs(field)[:2]) for field in fields if field.startswith(":")]


def sizes_of(root: Path, objects: Iterable[str]) -> dict[str, int]:
    """Return the size in bytes of each object that is here; a partial clone lacks some.

    Raises:
        RefusedError: git refuses or fails, or exceeded the time limit.
    """
    rows = (line.split() for line in _history(root, "cat-file", "--batch-check", sent=objects).splitlines())
    return {row[0]: int(row[2]) for row in rows if len(row) == len(("id", "type", "size")) and row[1] == "blob"}


def contents_of(root: Path, objects: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the id and the content of objects that are here; what is too much for memory is the caller's to leave out.

    Raises:
        RefusedError: git refuses or fails, or exceeded the time limit.
    """
    asked = "".join(f"{name}\n" for name in objects).encode()
    data = _bytes(root, "cat-file", "--batch", sent=asked, seconds=_SECONDS_FOR_HISTORY) or b""
    start = 0
    while start < len(data):
        end = data.index(b"\n", start)
        name, _, size = data[start:end].decode("ascii", "replace").split(" ")
        start = end + 1 + int(size) + 1
        yield name, data[end + 1 : start - 1]


def origin_address(root: Path) -> str | None:
    """Return host and path of the remote `origin`, such as `github.com/owner/name`; None if there is none."""
    url = (_ask(root, "config", "--get", "remote.origin.url") or "").strip()
    found = _ORIGIN.fullmatch(url) if len(url) <= _LONGEST_URL else None
    return f"{found['host']}/{found['path']}" if found else None


def branches_with(root: Path, path: str) -> list[str]:
    """Return the branches that have the file, without the one that is checked out; empty if git fails."""
    here = current_branch(root)
    refs = islice(refs_below(root, *_BRANCHES).items(), _MOST_BRANCHES)
    return [
        name.partition("/")[2].partition("/")[2]
        for name, ref in refs
        if name != here and not ref.target and has_path(root, ref.commit, path)
    ]


def is_grafted(root: Path) -> bool:
    """Return whether commits have been given other parents than they were made with.

    Raises:
        RefusedError: see `states_below`.
    """
    if _answer(root, *_REFS, "refs/replace"):
        return True
    grafts = root / (_answer(root, "rev-parse", "--git-path", "info/grafts") or "").removesuffix("\n")
    return os.path.isfile(grafts)  # noqa: PTH113  # `Path.is_file` raises if it may not look


def _states(answer: str, inner: str) -> Iterator[tuple[str, GitState]]:
    for line in filter(None, answer.split("\0")):
        tag, _, path = line.partition(" ")
        # Git lists a repository inside this one as a folder, with a slash at the end.
        yield path.removeprefix(inner).rstrip("/"), GitState.UNTRACKED if tag == _UNTRACKED else GitState.TRACKED


def _records(answer: str) -> Iterator[Logged]:
    fields = iter(answer.split("\0"))
    field = next(fields, "")
    while field.startswith("\x01"):
        commit, parents, seconds, subject = field[1:], next(fields), next(fields), next(fields)
        blob, is_added = None, False
        while not (field := next(fields, "\x01")).startswith("\x01"):
            if field.lstrip("\n").startswith(":"):
                _, blob, is_added = _blobs(field.lstrip("\n"))
                # The path; it is the one that was asked for.
                next(fields)
        yield Logged(commit, tuple(parents.split()), int(seconds), subject, blob, is_added)
        field = "" if field == "\x01" else field


def _blobs(change: str) -> tuple[str, str, bool]:
    """Return the blob ids before and after, empty unless a plain file, and whether there was nothing before."""
    mode_before, mode_after, before, after, status = change[1:].split(" ")
    return before * mode_before.startswith(_PLAIN), after * mode_after.startswith(_PLAIN), status == "A"


def _history(root: Path, *arguments: str, sent: Iterable[str] = ()) -> str:
    """Return the output of a command that goes through the history; empty if git is missing.

    Raises:
        RefusedError: see `states_below`.
    """
    asked = "".join(f"{line}\n" for line in sent).encode()
    return _answer(root, *arguments, sent=asked, seconds=_SECONDS_FOR_HISTORY) or ""


def _ask(root: Path, *arguments: str) -> str | None:
    """Return the output of a git command; None if git is missing or refuses, or exceeded the time limit."""
    try:
        return _answer(root, *arguments)
    except RefusedError:
        return None


def _answer(root: Path, *arguments: str, sent: bytes = b"", seconds: float | None = None) -> str | None:
    """Return the output of a git command; None if git is missing.

    Raises:
        RefusedError: see `states_below`.
    """
    answer = _bytes(root, *arguments, sent=sent, seconds=seconds or SECONDS)
    return None if answer is None else os.fsdecode(answer)


def _bytes(root: Path, *arguments: str, sent: bytes, seconds: float) -> bytes | None:
    program = _program()
    if not program:
        return None
    if time.monotonic() < _rests_until.get(root, 0.0):
        raise RefusedError(_SLOW)
    return _run([program, "-C", str(root), *_GUARDS, *arguments], root, sent, seconds)


def _program() -> str | None:
    """Return the path of git. Relative folders in `PATH` are skipped: they could lead into the repository itself."""
    name = "git.exe" if os.name == "nt" else "git"
    paths = (os.path.join(folder, name) for folder in os.get_exec_path())  # noqa: PTH118  # see below
    # `Path.is_file` raises where a folder may not be looked into.
    return next((path for path in paths if os.path.isabs(path) and _can_run(path)), None)  # noqa: PTH117


def _can_run(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)  # noqa: PTH113


def _surroundings(root: Path) -> dict[str, str]:
    """Return the user's environment without variables such as `GIT_DIR`, which are set while a hook runs."""
    kept = {
        name: value
        for name, value in os.environ.items()
        # The latter name the user's own configuration files.
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


def _run(command: list[str], root: Path, sent: bytes, seconds: float) -> bytes:
    """Return the output of the program; `sent` is its standard input.

    Raises:
        RefusedError: it cannot be started, fails, or exceeds the time limit.
    """
    import subprocess  # noqa: PLC0415  # few reports ask for it

    try:
        process = subprocess.Popen(  # noqa: S603  # an absolute path and fixed arguments
            command,
            env=_surroundings(root),
            stdin=subprocess.PIPE if sent else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # `_kill` can then end the children as well.
            start_new_session=True,
        )
    except OSError:
        raise RefusedError("git cannot be started: check what `git --version` says") from None
    with process:
        try:
            answer, errors = process.communicate(sent or None, timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            _let_rest(root)
            raise RefusedError(_SLOW) from None
        except OSError as error:
            _kill(process)
            raise RefusedError(f"git's answer cannot be read ({error.strerror})") from None
    if process.returncode:
        raise RefusedError(_why(errors, root))
    return answer


def _why(errors: bytes, root: Path) -> str:
    """Return why git failed, and the way out, from what it wrote to standard error."""
    lines = errors.decode("utf-8", "replace").splitlines()
    if any("dubious ownership" in line or "unsafe repository" in line for line in lines):
        place = shlex.quote(shown(root) if os.name != "nt" else root.as_posix())
        return f"git does not trust this folder: `git config --global --add safe.directory {place}`"
    fatal = [line.removeprefix(_FATAL) for line in lines if line.startswith(_FATAL)]
    words = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in "".join(fatal[:1]))
    return f"git cannot read this repository ({words[:_LONGEST] or 'without a reason'}): check what `git status` says"


def _let_rest(root: Path) -> None:
    """Pause git in this repository: waiting for the time limit at every save would stall the editor."""
    _rests_until[root] = time.monotonic() + _REST
    _log.warning(
        "git did not answer within %g seconds in %s: it is not asked again for %g minutes",
        SECONDS,
        shown(root),
        _REST / 60,
    )


def _kill(process: Popen[bytes]) -> None:
    """Kill the program and its children, which would hold the pipe open."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, 9)
        else:
            process.kill()
