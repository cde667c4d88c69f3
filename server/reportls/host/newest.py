"""Reads the course's newest template and script, from a folder or from a commit in git."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reportls.findings.newest import Newest
from reportls.host.error import HostError, shown
from reportls.host.read import read_bytes
from reportls.host.roots import absolute, is_inside, repository_root
from reportls.report.form import FORM
from reportls.report.report import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportls.findings.settings import Settings
    from reportls.host.configuration import Configuration
    from reportls.report.question import Question

_MOST_BYTES = 1_000_000
_SCRIPT = "report.py"
_PLACES = (f"{Path(FORM.path).parent.name}/", "")
"""Where a template and a script lie in a course's repository; at its top there may be another `README.md`."""
_AT = "@"


class _Texts(NamedTuple):
    questions: Mapping[int, Question]
    script: bytes | None


class Named(NamedTuple):
    """Who has named the place of the newest texts, and how it is to be read."""

    where: str
    base: Path
    """The folder, an absolute path, that the place is seen from."""
    border: Path | None
    """The repository that the place must lie in, because a stranger may have named it; None allows any place."""


def named_in(
    report: Path, configuration: Configuration, settings: Settings, flag: str | None, top: Path | None
) -> Named | None:
    """Return what an option, the settings or the configuration name as newest; `settings` are those of all sources."""
    if flag is not None:
        return Named(flag, absolute(Path()), None)
    if settings.newest is None:
        return None
    folder = absolute(report).parent
    root = repository_root(folder, top)
    # An editor's settings lie in no folder, so a path in them is seen from the repository.
    is_configured = settings.newest == configuration.settings.newest
    here = configuration.path.parent if configuration.path and is_configured else None
    return Named(settings.newest, here or root or folder, None if configuration.is_named else root or top or folder)


def newest_at(named: Named, report: Path | None = None) -> Newest:
    """Return the newest texts, in comparison with the script beside a report if one is given.

    They are in a folder, or with `FOLDER@REF` in a commit of the repository around the folder.

    Raises:
        HostError: there is neither a template nor a script, the place lies outside the border, or git fails.
    """
    texts = _texts(named)
    own = _content(report.with_name(_SCRIPT), None) if report else None
    return Newest(named.where, texts.questions, own is not None and texts.script not in {None, own})


def _texts(named: Named) -> _Texts:
    where, base, border = named
    is_folder = os.path.isdir(base / where)  # noqa: PTH112  # `Path.is_dir` may raise
    name, at, ref = (where, "", "") if is_folder else where.partition(_AT)
    folder = absolute(base / name)
    if border and not is_inside(folder, border):
        message = f"`newest`: {where} does not lie in the repository: use the option `--newest` for another place"
        raise HostError(message)
    content = _of_commit(folder, ref, where, border) if at else lambda path: _content(folder / path, border)
    found = [_read(data) for place in _PLACES if (data := content(place + Path(FORM.path).name))]
    questions = next(filter(None, found), MappingProxyType({}))
    script = next(filter(None, (content(place + _SCRIPT) for place in _PLACES)), None)
    if not questions and script is None:
        message = (
            f"`newest`: no template and no {_SCRIPT} at {where}: name a folder that has one, or FOLDER@REF for a"
            " branch, a tag or a commit"
        )
        raise HostError(message)
    return _Texts(questions, script)


def _of_commit(folder: Path, ref: str, where: str, border: Path | None) -> Callable[[str], bytes | None]:
    """Return a function from a path below the folder to a file's content in a commit."""
    from reportls.host import git  # noqa: PLC0415  # few reports ask for it

    root = repository_root(folder)
    # A `.git` inside the repository may lead to any other on this machine.
    if root is None or (border and os.path.realpath(root) != os.path.realpath(border)):
        message = f"`newest`: {where}: {shown(folder)} is not in {'this' if border else 'a'} git repository"
        raise HostError(message)
    real = Path(os.path.realpath(root))
    inner = Path(os.path.realpath(folder)).relative_to(real).as_posix()
    commit = git.commit_named(real, ref) if ref else None
    if commit is None:
        message = f"`newest`: {where}: no commit, branch or tag `{ref}` in {shown(root)}"
        raise HostError(message)

    def content(path: str) -> bytes | None:
        try:
            blob = git.blob_of(real, commit, path if inner == "." else f"{inner}/{path}")
            if not blob or git.sizes_of(real, [blob]).get(blob, _MOST_BYTES + 1) > _MOST_BYTES:
                return None
            return next((_normal(data) for _, data in git.contents_of(real, [blob])), None)
        except git.RefusedError as error:
            message = f"`newest`: {where}: {error}"
            raise HostError(message) from None

    return content


def _content(path: Path, border: Path | None) -> bytes | None:
    """Return the content of a file; None if there is none that can be read, or a link leads out of the border."""
    if border and not is_inside(path, border):
        return None
    try:
        return _normal(read_bytes(path, _MOST_BYTES))
    except HostError:
        return None


def _normal(data: bytes) -> bytes:
    """Return the content as git stores it where it converts line ends."""
    return data.replace(b"\r\n", b"\n")


# All groups of a course have one newest template, and an editor reads it again whenever a file changes.
@lru_cache(maxsize=4)
def _read(data: bytes) -> Mapping[int, Question]:
    """Return the questions of a template by number; none if it is no template with questions."""
    report = parse(data.decode("utf-8", "replace"))
    if not report.is_recognisable:
        return MappingProxyType({})
    return MappingProxyType({question.number: question for question in reversed(report.questions)})
