"""`reportls check`: find the reports, judge them, print what comes out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.exits import FINE, NOT_AS_ASKED, UsageError
from reportls.cli.failing_rules import keep_to_one_line
from reportls.cli.formats import MACHINE_FORMATS, rendered
from reportls.cli.output import say, without_commands, write_out
from reportls.cli.result import Checked, Outcome
from reportls.cli.sources import STANDARD_INPUT, Opened, Sources
from reportls.cli.terminal import Terminal, terminal_of
from reportls.host.error import HostError
from reportls.snapshot import take

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reportls.cli.options import Options

_NO_REPORT = "no report among the paths"
_NO_REPORT_HERE = "no report in reports/, report/ or this folder"


class Done(NamedTuple):
    """What became of one check."""

    exit_code: int
    opened: Sequence[Opened]
    """The reports that were judged."""


def run(options: Options) -> int:
    """Check once, or again and again."""
    _refuse_contradictions(options)
    keep_to_one_line()
    if options.watch:
        from reportls.cli.watching import watch

        return watch(options)
    return check_once(options).exit_code


def check_once(options: Options) -> Done:
    """Judge everything and print it."""
    sources = Sources(options.paths, options.flags, options.stdin_filename)
    code = _mode(options)(sources, options)
    if options.exit_zero and code != NOT_AS_ASKED:
        code = FINE
    return Done(code, sources.found)


def _mode(options: Options) -> Callable[[Sources, Options], int]:
    if options.checker:
        from reportls.cli.checker import ask_checker

        return ask_checker
    return _show_diff if options.diff else _judge


def _refuse_contradictions(options: Options) -> None:
    is_piped = STANDARD_INPUT in options.paths
    contradictions = {
        "--stdin-filename goes with the path `-`": options.stdin_filename is not None and not is_piped,
        "standard input, `-`, is judged alone: leave out the other paths": is_piped and len(options.paths) > 1,
        "standard input cannot be watched: name the file": is_piped and options.watch,
        "--watch changes nothing: use --fix or --diff without it": options.watch and _changes(options),
        "--watch prints for people: use --format text or concise": options.watch and options.form in MACHINE_FORMATS,
        "--diff shows what --fix would change, and changes nothing: use one of them": options.diff and options.fix,
        "--diff prints the changes alone: leave out --format": options.diff and options.form in MACHINE_FORMATS,
        "--checker prints the verdict alone: leave out --format": options.checker and options.form != "text",
        "--checker judges and changes nothing: use --fix or --diff without it": options.checker and _changes(options),
    }
    for message, holds in contradictions.items():
        if holds:
            raise UsageError(message)


def _changes(options: Options) -> bool:
    return options.fix or options.diff


def _judge(sources: Sources, options: Options) -> int:
    checked = tuple(_checked(opened, sources, options) for opened in sources.opened())
    outcome = finished(sources, checked, options)
    if options.fix and sources.is_standard_input:
        # Standard output has the report itself, or what is none just as it came.
        write_out(sources.refused or "", as_utf8=True)
        sys.stderr.write(_rendered(outcome, options, terminal_of(sys.stderr)))
    else:
        is_machine = options.form in MACHINE_FORMATS
        terminal = Terminal() if is_machine else terminal_of(sys.stdout)
        write_out(_rendered(outcome, options, terminal), as_utf8=is_machine)
    return outcome.exit_code


def _rendered(outcome: Outcome, options: Options, terminal: Terminal) -> str:
    printed = rendered(outcome, options.form, terminal)
    return printed if options.form in MACHINE_FORMATS else without_commands(printed)


def finished(sources: Sources, checked: tuple[Checked, ...], options: Options) -> Outcome:
    """What became of everything, once all sources are read; what went wrong is said on standard error."""
    if not (sources.found or sources.failures or options.allow_none):
        sources.failures.append(_NO_REPORT if options.paths else _NO_REPORT_HERE)
    # Who allows that there is no report, such as a hook, names every file.
    for message in (*sources.notes(in_one=options.allow_none), *sources.failures):
        say(message)
    configuration = dict.fromkeys(finding for opened in sources.found for finding in opened.loaded.configuration)
    return Outcome(checked, tuple(configuration), tuple(sources.failures), is_nothing_fine=options.allow_none)


def _checked(opened: Opened, sources: Sources, options: Options) -> Checked:
    checked = Checked(opened.path, opened.loaded, take(opened.report, opened.loaded.environment))
    return _fixed(checked, sources) if options.fix else checked


def _fixed(checked: Checked, sources: Sources) -> Checked:
    """The report after its safe fixes; as it was if it cannot be written."""
    from reportls.features.fix_all import with_fixes

    fixed = with_fixes(checked.snapshot)
    try:
        if sources.is_standard_input:
            write_out(fixed.text, as_utf8=True)
        elif fixed.titles:
            _write(checked.loaded.path, fixed.text)
    except HostError as error:
        sources.failures.append(str(error))
        return checked
    if fixed.titles:
        say(f"{checked.path}: {fixed.summary}")
    return checked._replace(snapshot=fixed.snapshot)


def _write(path: Path, text: str) -> None:
    from reportls.host.write import write_text

    write_text(path, text)


def _show_diff(sources: Sources, options: Options) -> int:
    """Print what `--fix` would change. The exit code is that of the reports as they are."""
    from reportls.cli.fixing import diff
    from reportls.features.fix_all import with_fixes

    judged = tuple(_checked(opened, sources, options._replace(fix=False)) for opened in sources.opened())
    for checked in judged:
        fixed = with_fixes(checked.snapshot)
        changes = diff(checked.path, checked.report.text, fixed.text, terminal_of(sys.stdout))
        write_out(without_commands(changes), as_utf8=True)
        say(f"{checked.path}: {f'--fix would make {fixed.summary}' if fixed.titles else 'nothing for --fix to do'}")
    return finished(sources, judged, options).exit_code
