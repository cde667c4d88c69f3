"""Reads templates, the blank files that reports begin from: a file, or the first version of a report in git."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.resolve import recognise
from reportls.findings.settings import FIRST_VERSION
from reportls.forms.recognition import is_blank, may_be_blank
from reportls.forms.template import read_template
from reportls.host import git
from reportls.host.paths import HostError, absolute, is_inside, is_same_file, repository_root, seen_like, shown
from reportls.host.read import read_bytes, text_of
from reportls.report.report import parse

if TYPE_CHECKING:
    from reportls.findings.settings import Settings
    from reportls.forms.template import Template
    from reportls.host.configuration import Configuration

MOST_BYTES = 1_000_000
"""Larger files are refused: they are no forms that people fill in."""

_NAME_ANOTHER = "name the blank file that reports start from"

# All reports of a course have one template, and the server reads it again whenever a file beside a report changes.
_read = lru_cache(maxsize=4)(read_template)


def template_at(path: Path) -> Template:
    """Return the template in a file.

    Raises:
        HostError: the file cannot be read, is over 1 MB, is not UTF-8, or has no place to answer.
    """
    try:
        data = read_bytes(path, MOST_BYTES)
    except HostError as error:
        raise HostError(f"{error}: {_NAME_ANOTHER}") from None
    template = _read(text_of(data, shown(path), MOST_BYTES))
    if not template.slots:
        raise HostError(
            f"{shown(path)}: this file has no place to answer; one begins with a heading, a bold"
            " question, an item that ends in `?`, or a label with nothing after its colon"
        )
    return template


class Choice(NamedTuple):
    """The template that a configuration or an option names for a report."""

    template: Template | None = None
    """None if there is none, or it cannot be used."""
    name: str = ""
    """The template as outputs name it."""
    path: Path | None = None
    """The file, whether or not it can be used; None for a first version."""
    refusal: str | None = None
    """Why the file cannot be used, with the way out."""
    note: str | None = None
    """Why the report's first version is not used."""
    is_report: bool = False
    """Whether the file is the report itself: somebody has opened the blank template."""

    @property
    def is_first_version(self) -> bool:
        """Whether the template is the report's own first version."""
        return self.template is not None and self.path is None


def template_of(
    report: Path,
    configuration: Configuration,
    settings: Settings | None = None,
    named: Path | None = None,
    top: Path | None = None,
) -> Choice:
    """Return the template of a report: the file that is `named`, else what the settings say.

    `settings` are the configuration's with an editor's on top, if there are any. Nothing above `top` counts.
    """
    if named:
        return template_named(named, report)
    wanted = (settings or configuration.settings).template
    if wanted is None:
        return Choice()
    place = absolute(report)
    root = repository_root(place.parent, top)
    if wanted == FIRST_VERSION:
        return first_version_of(place, root)
    # An editor's settings lie in no folder, so a path in them is seen from the repository.
    is_configured = wanted == configuration.settings.template
    here = configuration.path.parent if configuration.path and is_configured else None
    path = absolute((here or root or place.parent) / wanted)
    border = None if configuration.is_named else root or top or here or place.parent
    return template_named(seen_like(report, path), report, border)


@lru_cache(maxsize=4)
def is_of_edition(template: Template) -> bool:
    """Return whether the template is the blank file of a built-in edition, whose checker then decides."""
    return recognise(parse(template.text)) is not None


def template_named(path: Path, report: Path, border: Path | None = None) -> Choice:
    """Return the template in a file.

    `border` is the folder that the template must lie in, with symbolic links resolved: a configuration, which may come
    from anyone, must not have other files of this machine read and shown. None allows any place.
    """
    if border and not is_inside(path, border):
        refusal = (
            f"{shown(path)}: a template must be in the repository, with all links followed: copy it there, or name it"
            " with `--template`"
        )
        return Choice(path=path, refusal=refusal)
    try:
        template = template_at(path)
    except HostError as error:
        return Choice(path=path, refusal=str(error))
    # A teacher who opens the blank template itself must not be told that all of it is unanswered.
    if is_same_file(path, report):
        refusal = (
            f"{shown(path)}: this is the report itself: keep a copy of the blank file beside it and name that, or set"
            f' `template = "{FIRST_VERSION}"`'
        )
        return Choice(path=path, refusal=refusal, is_report=may_be_blank(template))
    return Choice(template, shown(_from(report, path)), path)


def _from(report: Path, path: Path) -> Path:
    """Return the path of a file as seen from a report's folder if an editor names the report; else as it is."""
    if report.is_absolute():
        with suppress(ValueError):  # on Windows, no path leads to another drive
            return Path(os.path.relpath(path, report.parent))
    return path


def first_version_of(report: Path, root: Path | None) -> Choice:
    """Return a report's own first version in git as its template; `root` is the report's repository, if any."""
    because = "it is not in a git repository"
    if root:
        real = Path(os.path.realpath(root))
        try:
            inner = Path(os.path.realpath(report.parent), report.name).relative_to(real)
            return Choice(first_version(real, inner.as_posix()), FIRST_VERSION)
        except UnusableError as error:
            because = str(error)
        except ValueError:
            because = "a link leads to it from outside its repository"
    return Choice(note=f"the first version of {shown(Path(report.name))} is not used as template: {because}")


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
            raise UnusableError("this clone lacks the older commits (`git fetch --unshallow` gets them)")
        if git.is_grafted(root):
            raise UnusableError("commits here have been given other parents (`git replace` or grafts)")
        head = git.commit_named(root, "HEAD")
        if not head:
            raise UnusableError("nothing is committed yet")
        return _first_version(root, path, head)
    except (HostError, git.RefusedError) as error:
        raise UnusableError(str(error)) from None


# A server asks at every change of a file beside the report, and an answer takes ten runs of git.
@lru_cache(maxsize=16)
def _first_version(root: Path, path: str, head: str) -> Template:
    from reportls.host.history import Place, past_of, texts_of  # noqa: PLC0415  # few reports ask for it

    place = Place(root, path)
    versions = past_of(place, head).versions
    if not versions:
        raise UnusableError("the report is not committed yet")
    commit = versions[0].commit[:7]
    text = next((text for _, text in texts_of(place, [versions[0].blob])), None)
    if isinstance(text, HostError):
        raise UnusableError(f"it is {text} (commit {commit})")
    if text is None or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise UnusableError(f"it is not a regular file of at most {MOST_BYTES // 1_000_000} MB (commit {commit})")
    template = read_template(text)
    if not template.slots:
        raise UnusableError(f"it has no place to answer (commit {commit})")
    if not is_blank(template):
        raise UnusableError(f"most of it was filled in already (commit {commit})")
    return template
