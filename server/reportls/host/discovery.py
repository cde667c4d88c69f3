"""Finds reports in folders."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reportls.findings.settings import FIRST_VERSION
from reportls.forms.recognition import follows
from reportls.host.configuration import Configuration, configuration_for
from reportls.host.paths import SUFFIXES, HostError, absolute, failure, is_same_file
from reportls.host.read import MOST_BYTES, is_utf_16, read_bytes
from reportls.host.templates import Choice, template_of
from reportls.report.form import FEWEST_HEADINGS, FORM, MOST_OF_A_COURSE
from reportls.report.report import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SKIPPED = frozenset({"node_modules", "site-packages", "venv", "env", "vendor", "__pycache__"})
"""Names of folders with third-party files; folders whose names begin with a dot are skipped as well."""

USUAL_FOLDERS = ("reports", "report")
"""Names of the folders that a search by default begins with."""

_BORDERS = frozenset({".git", "reportls.toml", "pyproject.toml"})
"""A folder with one of these files can have another configuration than its parent."""

_DEEPEST = 30
_MOST_ASKED = 50
"""Number of files whose first version is looked up in git."""


def default_paths(folder: Path) -> tuple[Path, ...]:
    """Return the paths to search by default: `reports/` or `report/` if that has a report, else the folder itself."""
    usual = (folder / name for name in USUAL_FOLDERS)
    return (next((path for path in usual if _may_have_report(path)), folder),)


def _may_have_report(folder: Path) -> bool:
    """Return whether the folder has a report, or something unreadable that may be one."""
    if not os.path.isdir(folder):  # noqa: PTH112  # `Path.is_dir` raises if it may not look
        return False
    closed: list[str] = []
    try:
        return any(find_reports(folder, closed)) or bool(closed)
    except HostError:
        return True


def find_reports(folder: Path, closed: list[str] | None = None, template: Path | None = None) -> Iterator[Path]:
    """Yield all reports in and below the folder, sorted by path; symbolic links are not followed.

    Unreadable Markdown files are among them, so that reading them reports the error. A message for each folder that
    cannot be read, and for each template that cannot be used, is appended to `closed`. With a template, here or in the
    configuration, files that fill it in are reports, too.

    Raises:
        HostError: the folder itself cannot be read.
    """
    try:
        entries = _entries(folder)
    except (OSError, ValueError) as error:
        raise failure(folder, error) from None
    return _Search([] if closed is None else closed, template).found(folder, entries)


def reports_among(folder: Path, names: Iterable[str], template: Path) -> set[str]:
    """Return which of the files in a folder fill in the template, or are reports, or cannot be read and may be."""
    search = _Search([], template)
    return {name for name in names if search.is_report(folder / name, Configuration())}


def is_report(data: bytes) -> bool:
    """Return whether a file with this content is a report; bytes that are not UTF-8 do not matter."""
    if is_utf_16(data):
        data = data.lstrip(b"\xff\xfe").replace(b"\0", b"")  # the error is reported when the report is read
    # Cheap tests first: most Markdown files are no reports.
    return may_be_report(data) and parse(data.decode("utf-8", "replace")).is_recognisable


def may_be_report(data: bytes) -> bool:
    """Return whether the content may be a report: a cheap test that spares parsing most Markdown files."""
    # Without its first letter, which authors write large or small.
    words = data.count(FORM.word[1:].encode())
    return words >= (FEWEST_HEADINGS if FORM.marker.encode() in data else MOST_OF_A_COURSE)


class _Search:
    def __init__(self, closed: list[str], template: Path | None) -> None:
        self._closed = closed
        self._template = template
        self._asked_git = 0
        self._own_templates: list[str] = []
        """Why files that are their own template are no reports, unless they read as blank."""

    def found(self, folder: Path, entries: list[os.DirEntry[str]]) -> Iterator[Path]:
        """Yield the reports in a folder with these entries; if there are none, its templates may be meant."""
        has_report = False
        for path in self.reports(folder, entries, _configuration(folder), 0):
            has_report = True
            yield path
        if not has_report:
            self._closed += self._own_templates

    def reports(
        self, folder: Path, entries: list[os.DirEntry[str]], configuration: Configuration, depth: int
    ) -> Iterator[Path]:
        for entry in entries:
            path = folder / entry.name
            if entry.is_file(follow_symlinks=False):
                if self.is_report(path, configuration):
                    yield path
            elif depth < _DEEPEST and entry.is_dir(follow_symlinks=False) and not is_skipped(entry.name):
                yield from self._below(path, configuration, depth + 1)

    def _below(self, folder: Path, configuration: Configuration, depth: int) -> Iterator[Path]:
        try:
            entries = _entries(folder)
        except OSError as error:
            self._closed.append(str(failure(folder, error)))
            return
        if not _BORDERS.isdisjoint(entry.name for entry in entries):
            configuration = _configuration(folder)
        yield from self.reports(folder, entries, configuration, depth)

    def is_report(self, path: Path, configuration: Configuration) -> bool:
        if configuration.names_report(absolute(path)):
            return True
        if not path.name.lower().endswith(SUFFIXES):
            return False
        try:
            data = read_bytes(path, MOST_BYTES)
        except HostError:
            return True  # It may be one, and must not count as fine; reading it reports the error.
        choice = self._choice(path, configuration)
        if choice.refusal and not choice.is_report:
            refusals = self._own_templates if choice.path and is_same_file(choice.path, path) else self._closed
            if choice.refusal not in refusals:
                refusals.append(choice.refusal)
            return False
        if choice.is_report or self._is_own_template(path, configuration):
            return False
        return is_report(data) or (
            choice.template is not None and follows(choice.template, data.decode("utf-8", "replace"))
        )

    def _is_own_template(self, path: Path, configuration: Configuration) -> bool:
        """Return whether the file is the template of a configuration, which another one that was named replaces."""
        own = configuration.settings.template
        if not self._template or not own or not configuration.path:
            return False
        return is_same_file(configuration.path.parent / own, path)

    def _choice(self, path: Path, configuration: Configuration) -> Choice:
        """Return the template of a file; its first version is looked up for a few files only, because git is slow."""
        if not self._template and configuration.settings.template == FIRST_VERSION:
            self._asked_git += 1
            if self._asked_git > _MOST_ASKED:
                return Choice()
        return template_of(path, configuration, named=self._template)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def is_skipped(folder: str) -> bool:
    """Return whether a folder with that name is left out of all searches."""
    return folder.startswith(".") or folder in SKIPPED


def _configuration(folder: Path) -> Configuration:
    try:
        return configuration_for(absolute(folder))
    except HostError:
        return Configuration()  # The error is reported when a report there is read.
