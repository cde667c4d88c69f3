"""The versions of a report in git. Only objects are read, so nothing that the repository configures is run."""

from __future__ import annotations

import os
import time
from collections import Counter
from heapq import heapify, heappop, heappush
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.features.history import History, Version, no_standing
from reportls.host import git
from reportls.host.paths import SUFFIXES, HostError, absolute, repository_root, shown
from reportls.host.read import MOST_BYTES, bad_byte, is_utf_16

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportls.features.history import AnyJudge, Standing

_MOST_RENAMES = 50
_MOST_COMPARED = 100
"""Most files that are compared to find a report's former path."""
_LIKENESS = 0.5
"""The share of lines that a file keeps if it is renamed rather than rewritten; git's own measure is similar."""
_SHORT = 7
LFS = "version https://git-lfs.github.com/spec/"
"""The start of what Git LFS keeps in place of a file."""

_Key = tuple[str, str]
"""A path and a commit: a file that is renamed back has a commit twice."""


Judgeable = tuple[str, "str | HostError"]
"""A blob's id, and its text or why there is none."""


class Place(NamedTuple):
    """A report in its repository."""

    root: Path
    """A real path."""
    path: str
    """From the root, with `/`."""


class Past(NamedTuple):
    """The versions of a report, the oldest first."""

    versions: tuple[Version, ...]
    is_shallow: bool
    """Whether the clone lacks older commits."""


def history_of(
    place: Place,
    text: str,
    judge: AnyJudge,
    *,
    is_first_parent: bool = False,
    progress: Callable[[Iterable[Judgeable], int], Iterable[Judgeable]] = lambda texts, _: texts,
) -> History:
    """Return the history of a report, all versions judged alike.

    `text` is the report as it is now, which is the last version if it is not committed. `progress` may count the texts
    as they go by; it is given their number.

    Raises:
        HostError: the report was never committed, or git refuses or fails.
    """
    past = past_of(place, is_first_parent=is_first_parent)
    if not past.versions:
        raise HostError(f"{shown(place.root / place.path)}: never committed, so it has no history")
    standings = dict[str, "Standing"]()
    newest, committed = past.versions[-1].blob, ""
    blobs = [each.blob for each in past.versions]
    for blob, found in progress(texts_of(place, blobs), len({*blobs} - {""})):
        if isinstance(found, HostError):
            standings[blob] = no_standing(str(found), judge.total)
        else:
            standings[blob] = judge.standing(found)
            committed = found if blob == newest else committed
    nothing = no_standing("no report here", judge.total)
    versions, verdicts = [*past.versions], [standings.get(each.blob, nothing) for each in past.versions]
    if _normal(text) != _normal(committed):
        versions.append(Version("", (len(versions) - 1,), int(time.time()), "", place.path, ""))
        verdicts.append(judge.standing(text))
    return History(versions, verdicts, judge.names, is_shallow=past.is_shallow)


def _normal(text: str) -> str:
    """Return the text as git stores it where it converts line ends."""
    # `core.autocrlf` writes CRLF into the work tree only.
    return text.replace("\r\n", "\n")


def place_of(report: Path, top: Path | None = None) -> Place:
    """Return where in its repository the report lies; a repository above `top`, an absolute path, does not count.

    Raises:
        HostError: it is outside every repository.
    """
    folder = Path(os.path.realpath(absolute(report).parent))
    root = repository_root(folder, Path(os.path.realpath(top)) if top else None)
    if root is None:
        raise HostError(f"{shown(report)}: not in a git repository, so it has no history")
    return Place(root, (folder / report.name).relative_to(root).as_posix())


def past_of(place: Place, tip: str = "HEAD", *, is_first_parent: bool = False) -> Past:
    """Return the versions of the report up to the commit `tip`; renames are followed.

    Raises:
        HostError: there is no such commit, or git refuses or fails.
    """
    try:
        commit = commit_of(place, tip)
        walk = _Walk(place, is_first_parent=is_first_parent)
        newest = walk.follow(commit, place.path)
        return Past(_sorted(walk.entries, newest), git.is_shallow(place.root))
    except git.RefusedError as error:
        raise _refusal(place, error) from None


def commit_of(place: Place, name: str) -> str:
    """Return the id of the commit that a branch, a tag or an id names.

    Raises:
        HostError: there is none, or git refuses or fails.
    """
    commit = git.commit_named(place.root, name)
    if commit is None:
        what = "nothing is committed yet" if name == "HEAD" else f"no commit, branch or tag `{name}` here"
        try:
            lacking = "; this clone is shallow and lacks older commits" if git.is_shallow(place.root) else ""
        except git.RefusedError as error:
            raise _refusal(place, error) from None
        raise HostError(f"{shown(place.root / place.path)}: {what}{lacking}")
    return commit


def since(place: Place, name: str, versions: Iterable[Version]) -> frozenset[str]:
    """Return which of the versions' commits came after the commit that is named.

    Raises:
        HostError: there is no such commit, or git refuses or fails.
    """
    try:
        newer = git.commits_since(place.root, commit_of(place, name), commit_of(place, "HEAD"))
    except git.RefusedError as error:
        raise _refusal(place, error) from None
    return frozenset(each.commit for each in versions if each.commit in newer)


def text_at(place: Place, commit: str) -> str:
    """Return the report's text in a commit, where it may have another path.

    Raises:
        HostError: it is not there or is no text, or git refuses or fails.
    """
    blob = _blob_at(place, commit)
    found = next((text for _, text in texts_of(place, [blob])), None) if blob else None
    if isinstance(found, str):
        return found
    at = f"{place.path} in {commit[:_SHORT]}"
    raise HostError(f"{at}: {found}" if found else f"no {at}")


def _blob_at(place: Place, commit: str) -> str | None:
    """Return the report's blob in a commit; None if it is not there.

    Raises:
        HostError: git refuses or fails.
    """
    try:
        blob = git.blob_of(place.root, commit, place.path)
        head = git.commit_named(place.root, "HEAD")
        if blob or not head:
            return blob or None
        former = _former_path(place.root, place.path, git.changed_between(place.root, commit, head))
        return git.blob_of(place.root, commit, former) if former else None
    except git.RefusedError as error:
        raise _refusal(place, error) from None


def texts_of(place: Place, blobs: Iterable[str]) -> Iterator[Judgeable]:
    """Yield each blob once with its text, or with the reason why there is none.

    Raises:
        HostError: git refuses or fails.
    """
    wanted = [*dict.fromkeys(filter(None, blobs))]
    try:
        sizes = git.sizes_of(place.root, wanted)
        for blob in wanted:
            if blob not in sizes:
                yield blob, HostError("not on this machine: the clone has only part of the objects")
            elif sizes[blob] > MOST_BYTES:
                yield blob, HostError(f"over {MOST_BYTES // 1_000_000} MB")
        for blob, data in _contents(place.root, sizes):
            yield blob, _text(data)
    except git.RefusedError as error:
        raise _refusal(place, error) from None


def _refusal(place: Place, error: git.RefusedError) -> HostError:
    return HostError(f"{shown(place.root / place.path)}: {error}")


def _contents(root: Path, sizes: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs of these sizes that are not too large, read in groups that fit into memory together."""
    some: list[str] = []
    size = 0
    for blob, more in sizes.items():
        if more > MOST_BYTES:
            continue
        if some and size + more > MOST_BYTES:
            yield from git.contents_of(root, some)
            some, size = [], 0
        some.append(blob)
        size += more
    if some:
        yield from git.contents_of(root, some)


def _text(data: bytes) -> str | HostError:
    if is_utf_16(data):
        return HostError("UTF-16, not UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return HostError(f"not UTF-8 ({bad_byte(data, error.start)})")
    return HostError("kept in Git LFS, so git has no text") if text.startswith(LFS) else text


class _Walk:
    """Collects the commits that change the report under each of its names."""

    def __init__(self, place: Place, *, is_first_parent: bool) -> None:
        self._place = place
        self._is_first_parent = is_first_parent
        self._tips: dict[_Key, _Key | None] = {}
        self.entries: dict[_Key, tuple[git.Logged, list[_Key]]] = {}
        """Each commit with the keys of its parents."""

    def follow(self, commit: str, path: str) -> _Key | None:
        """Collect the commits up to this one; return the key of the newest."""
        newest = self._collect(commit, path)
        waiting = self._added(path)
        for _ in range(_MOST_RENAMES):
            if not waiting:
                break
            key = waiting.pop()
            former = _former_path(self._place.root, key[0], git.changed_between(self._place.root, None, key[1]))
            # What the commit was made from still has the former path.
            parent = git.commit_named(self._place.root, f"{key[1]}^1") if former else None
            if former and parent:
                is_new = all(each != former for each, _ in self._tips)
                older = self._collect(parent, former)
                self.entries[key][1][:] = [older] if older else []
                waiting += self._added(former) if is_new else []
        return newest

    def _collect(self, commit: str, path: str) -> _Key | None:
        if (path, commit) in self._tips:
            return self._tips[path, commit]
        logged = git.log_of(self._place.root, commit, path, is_first_parent=self._is_first_parent)
        # Where git finds no parent that changes the file, it lists a merge that changes nothing either.
        useful = [each for each in logged if each.blob is not None or each.parents]
        kept = {each.commit for each in useful}
        for each in useful:
            parents = [(path, parent) for parent in each.parents if parent in kept]
            self.entries.setdefault((path, each.commit), (each, parents))
        self._tips[path, commit] = newest = (path, useful[0].commit) if useful else None
        return newest

    def _added(self, path: str) -> list[_Key]:
        return [key for key, (each, _) in self.entries.items() if key[0] == path and each.is_added]


def _former_path(root: Path, path: str, changes: list[git.Changed]) -> str | None:
    """Return the path from which the commit moved the file; None if it was newly written."""
    after = next((each.after for each in changes if each.path == path and each.after), None)
    gone = [each for each in changes if each.before and not each.after and each.path.lower().endswith(SUFFIXES)]
    for each in gone:
        if each.before == after:
            return each.path
    if after is None or not gone:
        return None
    blobs = [after, *(each.before for each in gone[:_MOST_COMPARED])]
    sizes = git.sizes_of(root, dict.fromkeys(blobs))
    lines = {blob: Counter(data.splitlines()) for blob, data in _contents(root, sizes)}
    if after not in lines:
        return None
    alike = [(_likeness(lines[each.before], lines[after]), each.path) for each in gone if each.before in lines]
    likeness, former = max(alike, default=(0.0, ""))
    return former if likeness >= _LIKENESS else None


def _likeness(one: Counter[bytes], other: Counter[bytes]) -> float:
    """Return the share of the bytes of the longer text that are on lines in both."""
    common = sum(len(line) * count for line, count in (one & other).items())
    longer = max(sum(len(line) * count for line, count in lines.items()) for lines in (one, other))
    return common / longer if longer else 1.0


def _sorted(entries: dict[_Key, tuple[git.Logged, list[_Key]]], newest: _Key | None) -> tuple[Version, ...]:
    """Return the newest version and all that it was made from, parents first, else by time."""
    reached: dict[_Key, int] = {}
    waiting = [newest] if newest else []
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached[key] = 0
            waiting += entries[key][1]
    for key in reached:
        for parent in entries[key][1]:
            reached[parent] += 1
    # Take the newest commit whose children have all been taken; this is the order of `git log`, reversed at the end.
    ready = [(-entries[key][0].seconds, key) for key, children in reached.items() if not children]
    heapify(ready)
    order: list[_Key] = []
    while ready:
        _, key = heappop(ready)
        order.append(key)
        for parent in entries[key][1]:
            reached[parent] -= 1
            if not reached[parent]:
                heappush(ready, (-entries[parent][0].seconds, parent))
    order.reverse()
    index = {key: place for place, key in enumerate(order)}
    versions: list[Version] = []
    for key in order:
        logged, keys = entries[key]
        parents = tuple(index[parent] for parent in keys)
        blob = logged.blob if logged.blob is not None else versions[parents[0]].blob if parents else ""
        versions.append(Version(logged.commit, parents, logged.seconds, logged.subject, key[0], blob))
    return tuple(versions)
