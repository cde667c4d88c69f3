"""Finds and reads the reports that the paths on the command line name, and notices when they change, by polling."""

from __future__ import annotations

import os
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.output import UsageError, complain, warn, with_progress
from reportls.findings.settings import FIRST_VERSION
from reportls.form_snapshot import parse_for
from reportls.forms.recognition import follows
from reportls.host.configuration import configuration_for
from reportls.host.discovery import USUAL_FOLDERS, default_paths, find_reports
from reportls.host.loading import SCRIPT, Flags, HostError, load
from reportls.host.mtimes import configurations, stamps, with_found
from reportls.host.paths import absolute, as_text, failure, shown
from reportls.host.read import MOST_BYTES, text_of
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.host.loading import FileFinding, Loaded
    from reportls.host.mtimes import Stamps
    from reportls.report.report import Report

STANDARD_INPUT = "-"
_NO_REPORT = (
    f"no report, so not judged: a report has two or more headings `{FORM.name_of('N')}` and an `{FORM.marker}`, or a"
    " template"
)

_INTERVAL = 0.25
"""Seconds between two polls."""
_SETTLING = 0.1
"""Seconds to wait for an editor or git to finish writing."""
_MOST_FIGURES = 2000


class Opened(NamedTuple):
    """A report that was found and read."""

    path: str
    loaded: Loaded
    report: Report


class Sources:
    """The reports that were asked for. A problem with one of them is recorded and does not stop the others."""

    def __init__(
        self, paths: Sequence[str], flags: Flags, stdin_filename: str | None = None, *, is_selective: bool = False
    ) -> None:
        """Take the paths as given; without any, the default places are searched.

        `is_selective`: files that were named need not be reports, so one that has nothing of its template is none.
        """
        self.given = paths
        """The paths as given."""
        self._flags = flags
        self._is_selective = is_selective
        self._stdin_filename = stdin_filename
        self.failures: list[str] = []
        """Messages about paths that cannot be judged."""
        self.others: list[str] = []
        """Files that are not reports, as messages show them."""
        self.mistakes: list[FileFinding] = []
        """Problems in the configurations of those files, which may be why they are none."""
        self.refused: str | None = None
        """The text on standard input if it is not a report."""
        self.found: list[Opened] = []
        """The reports that have been opened so far."""

    @property
    def is_standard_input(self) -> bool:
        """Whether the report comes from standard input."""
        return STANDARD_INPUT in self.given

    def paths(self) -> list[Path]:
        """Return every file to judge once, in the order given."""
        found: dict[str, Path] = {}
        for path in paths_given(self.given):
            for file in self._files(path):
                # Two paths may lead to one file, and fixing it twice would fail.
                found.setdefault(os.path.realpath(file), file)
        return [*found.values()]

    def notes(self, *, in_one: bool = False) -> list[str]:
        """Return messages about files that are not reports; `in_one` puts them into a single message."""
        if in_one and len(self.others) > 1:
            first, *more = self.others
            return [f"{first} and {len(more)} other file{'s' * (len(more) > 1)}: {_NO_REPORT}"]
        return [f"{path}: {_NO_REPORT}" for path in self.others]

    def _files(self, path: Path) -> Iterable[Path]:
        try:
            # `Path.is_dir` raises where a folder may not be searched; `os.path.isdir` returns False.
            return find_reports(path, self.failures, self._flags.template) if os.path.isdir(path) else (path,)  # noqa: PTH112
        except HostError as error:
            self.failures.append(str(error))
            return ()

    def opened(self) -> Iterator[Opened]:
        """Read the files one at a time and yield those that are reports."""
        if self.is_standard_input:
            name = self._stdin_filename or STANDARD_INPUT
            if os.path.isdir(name):  # noqa: PTH112  # `Path.is_dir` may raise
                raise UsageError(f"{shown(Path(name))}: this is a folder: name the file that standard input stands for")
            yield from self._open(Path(name), _read_standard_input(self._stdin_filename or "standard input"))
            return
        for path in with_progress(self.paths()):
            yield from self._open(path, None)

    def _is_filled_in(self, loaded: Loaded) -> bool:
        """Return whether the text fills in the template that it has; a file that was named is taken to do so."""
        template = loaded.choice.template
        return template is not None and (not self._is_selective or follows(template, loaded.text))

    def _refusal(self, loaded: Loaded) -> str | None:
        """Return why a file that was asked for cannot be used: the template, or the course's newest texts."""
        choice = loaded.choice
        if choice.refusal and not (choice.is_report and self._is_selective):
            return choice.refusal
        return None if self._flags.newest is None else loaded.newest_refusal

    def _open(self, path: Path, text: str | None) -> Iterator[Opened]:
        try:
            loaded = load(path, self._flags, text)
        except HostError as error:
            self.failures.append(str(error))
            return
        if refusal := self._refusal(loaded):
            if refusal not in self.failures:
                self.failures.append(refusal)
            return
        report = parse_for(loaded.text, loaded.environment)
        if report.is_recognisable or loaded.is_named or self._is_filled_in(loaded):
            self.found.append(Opened(as_text(path), loaded, report))
            yield self.found[-1]
        else:
            self.others.append(shown(path))
            self.mistakes += () if self._is_selective else loaded.configuration
            if loaded.choice.note and not self._is_selective:
                self.failures.append(loaded.choice.note)
            self.refused = loaded.text if self.is_standard_input else None


def only_report(path: str | None, template: Path | None = None, edition: str | None = None) -> Opened:
    """Return the only report at `path`, with this template and by this edition if they are given.

    Other problems with the path are printed to standard error.

    Raises:
        UsageError: there is no report, or there are several.
    """
    sources = Sources(() if path is None else (path,), Flags(edition, template=template))
    # Reading a second one is enough to know that there are several.
    found = [*islice(sources.opened(), 2)]
    if len(found) > 1:
        raise UsageError(f"several reports there, {found[0].path} and {found[1].path} among them: name one")
    if not found:
        raise UsageError("; ".join([*sources.notes(), *sources.failures]) or "; ".join(none_found(sources.given)))
    for message in sources.notes():
        warn(message)
    for message in sources.failures:
        complain(message)
    return found[0]


def none_found(paths: Sequence[str]) -> list[str]:
    """Return a message that there is no report at the paths, and one for each mistake that may be why."""
    # `Path.is_dir` raises where a folder may not be searched; `os.path.isdir` returns False.
    folders = [path for path in paths_given(paths) if os.path.isdir(path)]  # noqa: PTH112
    if not paths:
        message = "no report in reports/, report/ or this folder: change to its folder, or name the file"
    elif folders and len(paths) == 1:
        message = f"{shown(folders[0])}: there is no report in this folder"
    else:
        message = "no report among the paths"
    mistakes = (mistake for folder in folders for mistake in (*_refused(folder), *_mistakes(folder)))
    return [message, *dict.fromkeys(mistakes)]


def _refused(folder: Path) -> Iterator[str]:
    """Yield why a file where a report usually lies is none."""
    folders = (folder,) if folder.name in USUAL_FOLDERS else (folder / name for name in USUAL_FOLDERS)
    for file in (each / Path(FORM.path).name for each in folders):
        if os.path.islink(file):  # noqa: PTH114  # `Path.is_symlink` may raise
            yield f"{shown(file)}: a search follows no symbolic links: name this file"
        elif os.path.isfile(file):  # noqa: PTH113  # `Path.is_file` may raise
            yield f"{shown(file)}: {_NO_REPORT}"


def _mistakes(folder: Path) -> Iterator[str]:
    """Yield mistakes in the configuration that applies to a folder: it may have been meant to name a report."""
    try:
        found = configuration_for(absolute(folder), is_relative=True)
    except HostError as error:
        yield str(error)
        return
    if not found.path:
        return
    where = shown(Path(os.path.relpath(found.path)))
    yield from (f"{where}:{problem.line + 1}: {problem.message}" for problem in found.problems)
    if found.settings.template == FIRST_VERSION:
        yield f"{where}: no file here has a first version in git that can be its template: name one to see why"


def paths_given(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return the paths as given; without any, the default places.

    Raises:
        UsageError: a path is empty, as from an unset variable in a shell.
    """
    if "" in paths:
        raise UsageError("an empty path: name a file or a folder")
    return tuple(Path(path) for path in paths) or default_paths(Path())


def _read_standard_input(name: str) -> str:
    import sys

    if sys.stdin is None:
        raise UsageError("standard input is closed")
    try:
        # One byte more than is allowed shows that there is too much.
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    except OSError as error:
        raise failure(Path("standard input"), error) from None
    return text_of(data, name)


class Watch:
    """Notices changes of reports and of the files they depend on, including changes while the reports are read."""

    def __init__(self, paths: Sequence[str]) -> None:
        """Look for the first time; the reports below `paths` are read afterwards."""
        self._paths = paths
        self._opened: Sequence[Opened] = ()
        self._look()

    def _look(self) -> None:
        self._began = time.time_ns()
        self._seen = self._state()

    def found(self, opened: Sequence[Opened]) -> None:
        """Note the reports that were read. Called before anything about them is shown, so that later saves count."""
        self._opened = opened
        self._seen = with_found(self._seen, self._began, self._state())

    def wait(self) -> None:
        """Wait until something has changed and nothing changes any more; the reports are read afterwards."""
        while (now := self._state()) == {path: self._seen.get(path) for path in now}:
            time.sleep(_INTERVAL)
        while True:
            self._look()
            time.sleep(_SETTLING)
            if self._state() == self._seen:
                return

    def _state(self) -> Stamps:
        return stamps(_watched(self._paths, self._opened))


def _watched(paths: Sequence[str], opened: Sequence[Opened]) -> Iterator[str]:
    yield from map(str, paths_given(paths))  # a folder changes when a report is added
    for report in opened:
        folder = absolute(report.loaded.path).parent
        yield str(report.loaded.path)
        yield str(folder / SCRIPT)
        if template := report.loaded.choice.path:
            yield str(template)
        yield from configurations(folder)
        yield from filter(None, [report.loaded.configuration_path and str(report.loaded.configuration_path)])
        yield from _figures(folder / report.loaded.environment.settings.figures)


def _figures(folder: Path) -> Iterator[str]:
    """Yield the figures folder, even if there is none yet, its subfolders and their files."""
    yield str(folder)
    left = _MOST_FIGURES
    for parent, _, files in os.walk(folder):
        yield parent
        yield from (os.path.join(parent, name) for name in files[:left])  # noqa: PTH118  # many times a second
        left -= len(files)
        if left <= 0:
            return
