"""Loads a report from disk together with everything that its findings depend on."""

from __future__ import annotations

import os
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.edition import IDS
from reportls.editions.resolve import resolve
from reportls.findings.files import NoFiles, NoRepository
from reportls.findings.finding import FileProblem, Severity
from reportls.host.configuration import Configuration, configuration_for, configuration_from, table_in
from reportls.host.disk import DiskFiles
from reportls.host.paths import HostError, absolute, failure, is_inside, repository_root, seen_like, shown
from reportls.host.read import read_report_text, read_text
from reportls.host.repository import GitRepository
from reportls.host.templates import Choice, is_of_edition, template_of
from reportls.report.report import parse
from reportls.rules.files import configuration as configuration_rule
from reportls.snapshot import Environment
from reportls.text import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reportls.configuration.complaint import Path as Keys
    from reportls.editions.edition import Edition
    from reportls.editions.script import Script
    from reportls.findings.context import Newest
    from reportls.findings.files import Files, Repository
    from reportls.findings.settings import Settings
    from reportls.host.newest import Named

__all__ = ["FileFinding", "Flags", "HostError", "Loaded", "load"]

SCRIPT = "report.py"
"""The course's checker; it lies beside the report."""
_LARGEST_SCRIPT = 1_000_000


class FileFinding(NamedTuple):
    """A problem in a configuration file or a `report.py`."""

    path: Path
    problem: FileProblem
    severity: Severity = Severity.WARNING
    line_text: str = ""
    """The text of the line, from which editors and JSON compute columns in their own units."""


class Flags(NamedTuple):
    """Settings from the command line or an editor; they override all configuration files."""

    edition: str | None = None
    select: frozenset[str] | None = None
    ignore: frozenset[str] | None = None
    template: Path | None = None
    """The file that is the template, wherever it lies."""
    editor: Mapping[str, object] = MappingProxyType({})
    """The editor's own settings as plain data; invalid values count as not set."""
    config: Path | None = None
    """The configuration file to use instead of the nearest."""
    newest: str | None = None
    """The place of the course's newest texts, which may be anywhere; see `Settings.newest`."""

    def on_top_of(self, settings: Settings) -> Settings:
        """Return the settings with these overrides; a rule in `select` counts even if `settings` ignore it."""
        if self.editor:
            from reportls.configuration.settings import settings_from  # noqa: PLC0415  # only editors have settings

            settings, _ = settings_from(self.editor, settings)
        if self.select is not None:
            settings = settings._replace(select=self.select, ignore=settings.ignore - self.select)
        return settings._replace(ignore=settings.ignore | self.ignore) if self.ignore else settings


class Loaded(NamedTuple):
    """A report's text and everything that its findings depend on."""

    path: Path
    text: str
    """The file's exact text, with its byte order mark and line ends."""
    environment: Environment
    configuration: tuple[FileFinding, ...]
    """Problems in the configuration file and in the `report.py`."""
    is_named: bool = False
    """Whether the configuration names the file as a report, whatever its content."""
    configuration_path: Path | None = None
    """The configuration file, if there is one."""
    choice: Choice = Choice()
    """The template that was asked for."""
    newest_refusal: str | None = None
    """Why the course's newest texts cannot be used."""


def load(path: Path, flags: Flags = Flags(), text: str | None = None, top: Path | None = None) -> Loaded:
    """Read a report and its surroundings; `text` replaces the file's content (standard input or an editor's buffer).

    If `top`, an absolute path, is given, nothing above that folder is looked at, not even a repository that it is part
    of.

    Raises:
        HostError: the file cannot be read, is not UTF-8 or over 20 MB, or a configuration file cannot be parsed.
    """
    if flags.edition is not None and flags.edition not in IDS:
        from reportls.configuration.complaint import unknown  # noqa: PLC0415  # few names are wrong

        raise HostError(unknown("edition", flags.edition, IDS))
    text = read_report_text(path) if text is None else text
    place = absolute(path)
    root = repository_root(place.parent, top)
    if flags.config:
        found = configuration_from(flags.config)
    else:
        found = configuration_for(place.parent, top, is_relative=not path.is_absolute())
    settings = flags.on_top_of(found.settings)
    is_named_by_id = flags.edition or settings.edition
    script, not_understood = (None, None) if is_named_by_id else _script(path, root)
    choice = template_of(path, found, settings, flags.template, top)
    where = _named_newest(path, found, settings, flags.newest, top)
    newest, newest_refusal = _newest(where, path, None if flags.template else choice.path)
    files, repository = _surroundings(place, root, settings)
    environment = Environment(
        settings,
        files,
        script,
        flags.edition,
        repository,
        # The limits of an edition override a template's, and its texts are those of its own blank file.
        choice.template if choice.template and not is_of_edition(choice.template) else None,
        choice.name,
        newest,
        keeps_prose=choice.is_first_version,
    )
    wrong = [*_beyond_the_last(found, path, text, environment), *_about_template(found, choice, environment)]
    wrong += [_Wrong(("newest",), newest_refusal)] if newest_refusal else []
    problems = _in_configuration(found, path, wrong)
    problems += [_with_way_out(not_understood, path, text, environment)] if not_understood else []
    listed, is_named = _listed(problems, settings), found.names_report(place)
    return Loaded(path, text, environment, listed, is_named, found.path, choice, newest_refusal)


class _Wrong(NamedTuple):
    """A problem that only shows once everything is read, at a key of the configuration file."""

    keys: Keys
    message: str
    severity: Severity = Severity.WARNING


def _surroundings(report: Path, root: Path | None, settings: Settings) -> tuple[Files, Repository]:
    """Return the files beside a report, whose path is absolute, and the repository that it is in.

    Raises:
        HostError: the report's folder may not be searched.
    """
    folder = report.parent
    if not os.path.isdir(folder):  # noqa: PTH112  # `Path.is_dir` raises if it may not look
        return NoFiles(), NoRepository()
    if not os.access(folder, os.X_OK):
        # Report this even where an editor gives the text: all files beside the report would seem to be missing.
        raise failure(folder, PermissionError())
    files = DiskFiles(folder, root, settings.figures)
    return files, GitRepository(report, root, files, is_told=not _is_in_ci()) if root else NoRepository()


def _named_newest(
    report: Path, found: Configuration, settings: Settings, flag: str | None, top: Path | None
) -> Named | None:
    """Return where the course's newest texts are, if an option or the settings say so."""
    if flag is None and settings.newest is None:
        return None
    from reportls.host.newest import named_in  # noqa: PLC0415  # few reports are compared

    return named_in(report, found, settings, flag, top)


def _newest(named: Named | None, report: Path, template: Path | None) -> tuple[Newest | None, str | None]:
    """Return the course's newest texts, and why they cannot be used."""
    if not named:
        return None, None
    from reportls.host.newest import newest_at  # noqa: PLC0415  # few reports are compared

    try:
        return newest_at(named, report, template), None
    except HostError as error:
        return None, str(error)


def _about_template(found: Configuration, choice: Choice, environment: Environment) -> Iterator[_Wrong]:
    """Yield problems with the template that the configuration file names, and with names that it has for slots."""
    if not found.path:
        return
    if found.settings.template is not None and found.settings.template == environment.settings.template:
        if choice.refusal and not choice.is_report:
            yield _Wrong(("template",), choice.refusal)
        elif choice.note:
            yield _Wrong(("template",), choice.note, Severity.INFORMATION)
    if not choice.refusal:
        yield from _unknown_slots(found.settings.slots, environment)


def _unknown_slots(slots: Iterable[str], environment: Environment) -> Iterator[_Wrong]:
    """Yield each name that no slot has, with what to do."""
    from reportls.configuration.complaint import shown as in_a_message  # noqa: PLC0415  # few configurations have names
    from reportls.configuration.complaint import unknown  # noqa: PLC0415

    known = [slot.name for slot in environment.template.slots] if environment.template else []
    for name in slots:
        if name in known or (name.isdigit() and (not environment.template or int(name) <= len(known))):
            continue
        if not known:
            message = f"`{in_a_message(name)}`: names count only with a `template`; write the question's number"
        elif name.isdigit():
            message = f"the template has {len(known)} places to answer, so there is no number {name}"
        else:
            message = unknown("place to answer", name, known)
        yield _Wrong(("questions", name), message)


def _is_in_ci() -> bool:
    """Return whether this runs in continuous integration, where what is checked out has been handed in."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def _in_configuration(found: Configuration, report: Path, wrong: list[_Wrong]) -> list[FileFinding]:
    """Return the problems that reading the configuration file has found, and those at its keys."""
    if not found.path:
        return []
    problems = [(problem, Severity.WARNING) for problem in found.problems]
    if wrong:
        from reportls.configuration.places import places_in  # noqa: PLC0415  # few configurations have mistakes

        places, table = places_in(found.text), table_in(found.path)
        for keys, message, severity in wrong:
            of_key = keys[0] == "questions"
            problems.append((places.problem((*table, *keys), message, of_key=of_key), severity))
    path, source = seen_like(report, found.path), SourceText(found.text)
    return [FileFinding(path, each, severity, _line_of(source, each.line)) for each, severity in problems]


def _beyond_the_last(found: Configuration, report: Path, text: str, environment: Environment) -> Iterator[_Wrong]:
    """Yield a problem for each question that is configured and does not exist."""
    if not found.settings.questions or found.settings.template:
        return
    expected = _edition_of(report, text, environment).variant.answers_expected
    for position in found.settings.questions:
        if position > expected > 0:
            message = (
                f"there is no question {position}; the last one is {expected}: correct the number, or remove the table"
            )
            yield _Wrong(("questions", str(position)), message)


def _listed(findings: list[FileFinding], settings: Settings) -> tuple[FileFinding, ...]:
    """Return the findings with their configured severity; none if the rule is ignored."""
    rule = configuration_rule
    if not settings.lists(rule.name):
        return ()
    severity = settings.severities.get(rule.name)
    return tuple(finding._replace(severity=severity or finding.severity) for finding in findings)


def _script(report: Path, root: Path | None) -> tuple[Script | None, FileFinding | None]:
    """Read the limits in the `report.py` beside the report, or return a finding about what cannot be read."""
    path = report.parent / SCRIPT
    if not os.path.lexists(path) or not is_inside(path, root or absolute(path).parent):
        return None, None
    return _read_script(path)


def script_at(path: Path) -> Script:
    """Return the limits in a course's script.

    Raises:
        HostError: it cannot be read, or is in no known form.
    """
    script, found = _read_script(path)
    if script is None:
        line, why = (found.problem.line, found.problem.message) if found else (0, "no script of a course")
        raise HostError(f"{shown(path)}:{line + 1}: {why}")
    return script


def _read_script(path: Path) -> tuple[Script | None, FileFinding | None]:
    from reportls.editions.script import NotUnderstoodError, is_script, read_script  # noqa: PLC0415  # few have one

    text = ""
    try:
        text = read_text(path, _LARGEST_SCRIPT)
        return (read_script(text) if is_script(text) else None), None
    except NotUnderstoodError as error:
        problem = _whole_line(text, error.line, str(error))
    except HostError as error:
        problem = FileProblem(0, 0, 0, str(error).removeprefix(f"{shown(path)}: "))
    return None, FileFinding(path, problem, line_text=_line(text, problem.line))


def _with_way_out(finding: FileFinding, path: Path, text: str, environment: Environment) -> FileFinding:
    """Add to the message where the limits come from while the script is not understood."""
    edition = _edition_of(path, text, environment)
    source = f"the built-in {edition.year} edition" if edition.id else "the prompts"
    message = f"{finding.problem.message}; limits come from {source}"
    return finding._replace(problem=finding.problem._replace(message=message))


def _edition_of(path: Path, text: str, environment: Environment) -> Edition:
    """Return the edition of a report; an editor, which has a text of its own, need not give it before it is judged."""
    if not text:
        with suppress(HostError):
            text = read_report_text(path)
    return resolve(parse(text), environment.wishes)


def _whole_line(text: str, line: int, message: str) -> FileProblem:
    words = _line(text, line)
    return FileProblem(line, len(words) - len(words.lstrip()), len(words.rstrip()), message)


def _line(text: str, line: int) -> str:
    """Return the text of that line, or of the last line if there are fewer."""
    return _line_of(SourceText(text), line)


def _line_of(source: SourceText, line: int) -> str:
    return source[source.line_spans[min(line, len(source.line_spans) - 1)]]
