"""Finds the first version of a report in git, which is the course's blank file where a group began with that."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reportls.forms.recognition import is_blank
from reportls.forms.template import read_template
from reportls.host import git
from reportls.host.error import HostError
from reportls.host.read import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from reportls.forms.template import Template

_MOST_BYTES = 1_000_000
"""Longer versions are refused: they are no forms that people fill in."""
_MOST_RENAMES = 20


class UnusableError(Exception):
    """The first version cannot serve as a template; the message completes "... because"."""


def first_version(root: Path, path: str) -> Template:
    """Return the template that a report's first version in git is.

    `root` is the real path of the repository, `path` the report's path from there with `/`. Objects are read, never the
    work tree, and renames are followed.

    Raises:
        UnusableError: the history is not complete, the report is not in it, or its first version was not blank.
    """
    try:
        if git.is_shallow(root):
            message = "this clone lacks the older commits (`git fetch --unshallow` gets them)"
            raise UnusableError(message)
        if git.is_grafted(root):
            message = "commits here have been given other parents (`git replace` or grafts)"
            raise UnusableError(message)
        head = git.commit_named(root, "HEAD")
        if not head:
            message = "nothing is committed yet"
            raise UnusableError(message)
        return _first_version(root, path, head)
    except git.RefusedError as error:
        raise UnusableError(str(error)) from None


# A server asks at every change of a file beside the report, and an answer takes ten runs of git.
@lru_cache(maxsize=16)
def _first_version(root: Path, path: str, head: str) -> Template:
    commit, path = _origin(root, path, head)
    text = _text(root, commit, path)
    template = read_template(text)
    if not template.slots:
        message = f"it has no place to answer (commit {commit[:7]})"
        raise UnusableError(message)
    if not is_blank(template):
        message = f"most of it was filled in already (commit {commit[:7]})"
        raise UnusableError(message)
    return template


def _origin(root: Path, path: str, head: str) -> tuple[str, str]:
    """Return the commit that has added the report, and the report's path at that time."""
    found = git.first_commit_of(root, head, path)
    if not found:
        message = "the report is not committed yet"
        raise UnusableError(message)
    for _ in range(_MOST_RENAMES):
        old = git.renamed_from(root, found, path)
        parent = git.parent_of(root, found) if old else None
        before = git.first_commit_of(root, parent, old) if old and parent else None
        if not old or not before:
            return found, path
        found, path = before, old
    message = f"the report was renamed more than {_MOST_RENAMES} times"
    raise UnusableError(message)


def _text(root: Path, commit: str, path: str) -> str:
    blob = git.blob_of(root, commit, path)
    size = git.sizes_of(root, [blob]).get(blob) if blob else None
    if not blob or size is None or size > _MOST_BYTES:
        message = f"it is not a regular file of at most {_MOST_BYTES // 1_000_000} MB (commit {commit[:7]})"
        raise UnusableError(message)
    ((_, data),) = git.contents_of(root, [blob])
    try:
        return text_of(data, path, _MOST_BYTES)
    except HostError:
        message = f"it is not UTF-8 (commit {commit[:7]})"
        raise UnusableError(message) from None
