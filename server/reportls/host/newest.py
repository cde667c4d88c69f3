"""Reads the course's newest template and script, from a folder or from a commit in git."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reportls.findings.context import Newest
from reportls.findings.finding import FileEdit
from reportls.host.paths import HostError, absolute, is_inside, repository_root, shown
from reportls.host.read import read_bytes
from reportls.report.form import FORM
from reportls.report.report import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportls.findings.settings import Settings
    from reportls.host.configuration import Configuration
    from reportls.report.question import Question

    _Content = Callable[[str], bytes | None]
    """Returns the content of a file, by its path below the folder of the newest texts; None if there is none."""

_MOST_BYTES = 1_000_000
_SCRIPT = "report.py"
_PLACES = (f"{Path(FORM.path).parent.name}/", "")
"""The folder of template and script in a course's repository, whose top may have another `README.md`."""
_AT = "@"
_WAY_OUT = "name a folder that has them, or FOLDER@REF for a branch, a tag or a commit"
_NONE: Mapping[int, Question] = MappingProxyType({})


class Named(NamedTuple):
    """The place of the newest texts, and the border that it may not cross."""

    where: str
    base: Path
    """The absolute path of the folder that `where` is relative to."""
    border: Path | None
    """The repository that the place must lie in, because a stranger may have named it; None allows any place."""


def named_in(
    report: Path, configuration: Configuration, settings: Settings, flag: str | None, top: Path | None
) -> Named:
    """Return the place that an option or else the settings name; `settings` come from all sources."""
    if flag is not None:
        return Named(flag, absolute(Path()), None)
    folder = absolute(report).parent
    root = repository_root(folder, top)
    # An editor's settings lie in no folder, so a path in them is seen from the repository.
    is_configured = settings.newest == configuration.settings.newest
    here = configuration.path.parent if configuration.path and is_configured else None
    border = None if configuration.is_named else root or top or folder
    return Named(settings.newest or "", here or root or folder, border)


def newest_at(named: Named, report: Path, template: Path | None = None) -> Newest:
    """Return the newest texts, in comparison with the script beside a report and the template that it fills in.

    They are in a folder, or with `FOLDER@REF` in a commit of the repository around the folder. The template is found
    again by its name.

    Raises:
        HostError: there is neither a template nor a script, the place does not exist or lies outside the border, or
            git fails.
    """
    content = reader_of(named)
    found = [_read(data) for data in _contents(content, Path(FORM.path).name)]
    questions = next(filter(None, found), _NONE)
    known = {}
    for own in (report.with_name(_SCRIPT), *((template,) if template else ())):
        known[own] = next(_contents(content, own.name), None)
    if not questions and not any(known.values()):
        names = f"no template and no {_SCRIPT}" if template is None else f"no {template.name} and no {_SCRIPT}"
        raise HostError(f"`newest`: {names} at {named.where}: {_WAY_OUT}")
    files = (_file(own, newest, report) for own, newest in known.items() if newest is not None)
    return Newest(named.where, questions, tuple(file for file in files if file))


def _contents(content: _Content, name: str) -> Iterator[bytes]:
    return (data for place in _PLACES if (data := content(place + name)) is not None)


def _file(own: Path, newest: bytes, report: Path) -> FileEdit | None:
    """Return how a file beside a report differs from the newest; None if it does not, or there is none."""
    root = repository_root(absolute(report).parent) or absolute(report).parent
    try:
        old = read_bytes(own, _MOST_BYTES) if is_inside(own, root) else None
        # A checkout on Windows may have other line ends than the commit.
        if old is None or _normal(old) == newest:
            return None
        path = Path(os.path.relpath(own, report.parent)).as_posix()
        text, new = old.decode("utf-8", "replace"), newest.decode()
    except (HostError, ValueError):  # no such file, or the newest is not UTF-8
        return None
    return FileEdit(path, text, new.replace("\n", "\r\n") if "\r\n" in text else new)


def reader_of(named: Named) -> _Content:
    """Return a function that reads files at the place of the newest texts.

    Raises:
        HostError: the place does not exist or lies outside the border, or git fails.
    """
    where, base, border = named
    is_folder = os.path.isdir(base / where)  # noqa: PTH112  # `Path.is_dir` may raise
    name, at, ref = (where, "", "") if is_folder else where.partition(_AT)
    folder = absolute(base / name)
    if border and not is_inside(folder, border):
        raise HostError(
            f"`newest`: {where} does not lie in the repository: use the option `--newest` for another place"
        )
    if at:
        return _of_commit(folder, ref, where, border)
    if not is_folder:
        raise HostError(f"`newest`: no folder at {where}: {_WAY_OUT}")
    return lambda path: _content(folder / path, border)


def _of_commit(folder: Path, ref: str, where: str, border: Path | None) -> _Content:
    """Return a function from a path below the folder to a file's content in a commit."""
    from reportls.host import git  # noqa: PLC0415  # few reports ask for it

    root = repository_root(folder)
    # A `.git` inside the repository may lead to any other on this machine.
    if root is None or (border and os.path.realpath(root) != os.path.realpath(border)):
        raise HostError(f"`newest`: {where}: {shown(folder)} is not in {'this' if border else 'a'} git repository")
    real = Path(os.path.realpath(root))
    inner = Path(os.path.realpath(folder)).relative_to(real).as_posix()
    commit = git.commit_named(real, ref) if ref else None
    if commit is None:
        raise HostError(f"`newest`: {where}: no commit, branch or tag `{ref}` in {shown(root)}")

    def content(path: str) -> bytes | None:
        try:
            blob = git.blob_of(real, commit, path if inner == "." else f"{inner}/{path}")
            if not blob or git.sizes_of(real, [blob]).get(blob, _MOST_BYTES + 1) > _MOST_BYTES:
                return None
            return next((_normal(data) for _, data in git.contents_of(real, [blob])), None)
        except git.RefusedError as error:
            raise HostError(f"`newest`: {where}: {error}") from None

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
        return _NONE
    return MappingProxyType({question.number: question for question in reversed(report.questions)})
