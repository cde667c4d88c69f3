"""`reportls debug`: prints what a bug report needs: versions, environment and settings, but none of the text."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from reportls import __version__
from reportls.cli.output import FINE, UsageError, write_out
from reportls.cli.sources import only_report
from reportls.cli.terminal import terminal_of
from reportls.cli.text_width import printable
from reportls.findings.settings import Settings
from reportls.host.configuration import configuration_for
from reportls.host.git import RefusedError, states_below
from reportls.host.paths import HostError, absolute, repository_root, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.sources import Opened

_ABOUT = """\
Prints what a bug report needs: versions, the system, and the configuration in force, without any text of your report.
"""
_PACKAGES = ("markdown-it-py", "Markdown", "justhtml", "pygls", "lsprotocol", "rich", "tomlkit")


def declare(parser: Parser) -> None:
    """Add the arguments of `debug`."""
    parser.description = _ABOUT
    parser.usage = "reportls debug [PATH] [OPTION ...]"
    parser.add_report()


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Print a line for each fact."""
    path = parser.parse(arguments).path
    write_out("".join(f"{name}: {printable(value)}\n" for name, value in _facts(path)))
    return FINE


def _facts(path: str | None) -> Iterator[tuple[str, str]]:
    yield "reportls", __version__
    yield "Python", f"{platform.python_version()}, {platform.python_implementation()}, in {sys.prefix}"
    yield "system", platform.platform()
    terminal = terminal_of(sys.stdout)
    yield "output", f"{terminal.encoding}, {terminal.width} columns, {'a' if terminal.is_terminal else 'no'} terminal"
    yield "packages", ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    yield "git", which("git") or "not in the search path"
    try:
        opened = only_report(path)
    except (UsageError, HostError) as error:
        yield "report", f"none: {error}"
        yield from _about_folder(Path(path or ""))
        return
    yield from _about(opened)


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _about_folder(path: Path) -> Iterator[tuple[str, str]]:
    """Yield facts about a place without a report: its repository and its configuration may be why there is none."""
    # `Path.is_dir` raises where a folder may not be searched; `os.path.isdir` returns False.
    folder = absolute(path) if os.path.isdir(path) else absolute(path).parent  # noqa: PTH112
    yield "repository", _repository(folder)
    try:
        found = configuration_for(folder)
    except HostError as error:
        yield "configuration", f"not used: {error}"
        return
    mistakes = (("warning", f"line {problem.line + 1}: {problem.message}") for problem in found.problems)
    yield from _configuration(found.path, mistakes, found.settings)


def _about(opened: Opened) -> Iterator[tuple[str, str]]:
    """Yield facts about the report: its size, the origin of its limits, and the settings in force."""
    from reportls.form_snapshot import FormSnapshot, snapshot_of
    from reportls.snapshot import assess

    loaded = opened.loaded
    report, environment = opened.report, loaded.environment
    snapshot = snapshot_of(report, environment) if environment.has_form else None
    size = f"{opened.path}, {len(loaded.text)} characters"
    if isinstance(snapshot, FormSnapshot):
        yield "report", size
        yield "form", f"{snapshot.form_said}, {len(snapshot.rows)} places to answer"
    else:
        yield "report", f"{size}, {len(report.questions)} questions"
        edition, verdict = assess(report, environment)
        sources = " and ".join(dict.fromkeys(source.value for source in edition.sources)) or "nowhere"
        yield "edition", f"{edition.id or 'none'}, {edition.variant.answers_expected} questions, limits from {sources}"
        yield "check", "completes" if verdict.completed else f"crashes: {verdict.error}"
        if environment.template:
            decides = environment.named or environment.settings.edition or "the report.py beside the report"
            yield "form", f"the template {environment.template_name} is compared, {decides} decides"
    yield "repository", _repository(absolute(loaded.path).parent)
    mistakes = (
        (severity.word, f"{shown(path)}:{problem.line + 1}: {problem.message}")
        for path, problem, severity, _ in loaded.configuration
    )
    yield from _configuration(loaded.configuration_path, mistakes, environment.settings)


def _repository(folder: Path) -> str:
    """Return whether the folder is in a git repository that git reads."""
    root = repository_root(folder)
    if not root:
        return "no"
    try:
        states_below(folder, root)
    except RefusedError as error:
        return f"yes, but {error}"
    return "yes"


def _configuration(
    path: Path | None, mistakes: Iterable[tuple[str, str]], settings: Settings
) -> Iterator[tuple[str, str]]:
    """Yield the configuration file, its mistakes with their severities, and the settings that are not the defaults."""
    yield "configuration", shown(path) if path else "none"
    yield from ((f"  {severity}", mistake) for severity, mistake in mistakes)
    for name, value in settings._asdict().items():
        if value != Settings._field_defaults[name]:
            yield f"  {name}", ", ".join(sorted(map(str, value))) if isinstance(value, frozenset) else repr(value)
