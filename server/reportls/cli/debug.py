"""`reportls debug`: prints what a bug report needs: versions, environment and settings, but none of the text."""

from __future__ import annotations

import platform
import sys
from shutil import which
from typing import TYPE_CHECKING

from reportls import __version__
from reportls.cli.output import FINE, UsageError, write_out
from reportls.cli.sources import only_report
from reportls.cli.terminal import terminal_of
from reportls.cli.text_width import printable
from reportls.findings.settings import Settings
from reportls.host.paths import HostError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        return
    yield from _about(opened)


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _about(opened: Opened) -> Iterator[tuple[str, str]]:
    """Yield facts about the report: its size, the origin of its limits, and the settings in force."""
    from reportls.form_snapshot import FormSnapshot, snapshot_of
    from reportls.host.paths import absolute, repository_root
    from reportls.snapshot import assess

    loaded = opened.loaded
    report, environment = opened.report, loaded.environment
    yield "report", f"{opened.path}, {len(loaded.text)} characters, {len(report.questions)} questions"
    yield "repository", "yes" if repository_root(absolute(loaded.path).parent) else "no"
    snapshot = snapshot_of(report, environment) if environment.has_form else None
    if isinstance(snapshot, FormSnapshot):
        yield "form", f"{snapshot.form_said}, {len(snapshot.rows)} places to answer"
    else:
        edition, verdict = assess(report, environment)
        sources = " and ".join(dict.fromkeys(source.value for source in edition.sources)) or "nowhere"
        yield "edition", f"{edition.id or 'none'}, {edition.variant.answers_expected} questions, limits from {sources}"
        yield "check", "completes" if verdict.completed else f"crashes: {verdict.error}"
        if environment.template:
            decides = environment.named or environment.settings.edition or "the report.py beside the report"
            yield "form", f"the template {environment.template_name} is compared, {decides} decides"
    where = loaded.configuration_path
    yield "configuration", shown(where) if where else "none"
    for path, problem, severity, _ in loaded.configuration:
        yield f"  {severity.word}", f"{shown(path)}:{problem.line + 1}: {problem.message}"
    for name, value in environment.settings._asdict().items():
        if value != Settings._field_defaults[name]:
            yield f"  {name}", _written(value)


def _written(value: object) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, frozenset) else repr(value)
