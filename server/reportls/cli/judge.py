"""One run of `check`: finds and judges the reports, applies fixes and prints the result."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.formats import MACHINE_FORMATS, rendered
from reportls.cli.output import (
    FINE,
    NOT_AS_ASKED,
    NOT_YET,
    UsageError,
    complain,
    refuse_source,
    say,
    warn,
    without_commands,
    write_out,
)
from reportls.cli.result import Checked, Outcome
from reportls.cli.sources import Opened, Sources, none_found
from reportls.cli.terminal import Terminal, terminal_of
from reportls.cli.text_width import printable
from reportls.features.verdicts import in_words, passes, rows_of, slot_unmet, standing, unmet
from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.host.loading import Flags
from reportls.host.paths import HostError, is_same_file, shown
from reportls.host.write import write_text
from reportls.snapshot import assess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.form_snapshot import AnySnapshot


class Options(NamedTuple):
    """The options of `check`."""

    paths: tuple[str, ...] = ()
    form: str = "text"
    """One of `formats.FORMATS`."""
    out: Path | None = None
    """The file to write; None for standard output."""
    is_quiet: bool = False
    """Whether to print the findings alone, without a table, a verdict or notes."""
    edition: str | None = None
    template: Path | None = None
    newest: str | None = None
    """Where the course's newest texts are."""
    config: str | None = None
    """The configuration file to use instead of the nearest."""
    select: Sequence[str] | None = None
    ignore: Sequence[str] | None = None
    stdin_filename: str | None = None
    fix: bool = False
    diff: bool = False
    watch: bool = False
    checker: bool = False
    """Whether to print only the verdict of the course's checker."""
    exit_zero: bool = False
    allow_none: bool = False
    against: str | None = None
    """The commit, branch or tag to compare with."""

    @property
    def flags(self) -> Flags:
        """The options that override configuration files."""
        select, ignore = (None if rules is None else frozenset(rules) for rules in (self.select, self.ignore))
        config = Path(self.config) if self.config else None
        return Flags(self.edition, select, ignore, config=config, template=self.template, newest=self.newest)


class Done(NamedTuple):
    """The result of one run."""

    exit_code: int
    opened: Sequence[Opened]
    """The reports that were judged."""


def check_once(options: Options) -> Done:
    """Judge the reports and print the result."""
    sources = Sources(options.paths, options.flags, options.stdin_filename, is_selective=options.allow_none)
    run = _print_verdicts if options.checker else _print_diff if options.diff else _print_findings
    code = run(sources, options)
    if options.exit_zero and code != NOT_AS_ASKED:
        code = FINE
    return Done(code, sources.found)


def _print_findings(sources: Sources, options: Options) -> int:
    checked = tuple(_checked(opened, sources, options) for opened in sources.opened())
    outcome = _finished(sources, checked, options)
    if options.fix and sources.is_standard_input:
        # The fixed report has been written to standard output already; a text that is not a report is passed on
        # unchanged.
        write_out(sources.refused or "", as_utf8=True)
        sys.stderr.write(_rendered(outcome, options, terminal_of(sys.stderr)))
    else:
        is_machine = options.form in MACHINE_FORMATS
        terminal = Terminal() if is_machine or options.out else terminal_of(sys.stdout)
        _write(_rendered(outcome, options, terminal), sources, options, as_utf8=is_machine)
    return outcome.exit_code


def _write(text: str, sources: Sources, options: Options, *, as_utf8: bool) -> None:
    """Write to the file that `--output-file` names, or to standard output.

    Raises:
        UsageError: the file is one of the reports, or another source.
        HostError: the file cannot be written.
    """
    if options.out is None:
        write_out(text, as_utf8=as_utf8)
        return
    if any(is_same_file(options.out, opened.loaded.path) for opened in sources.found):
        raise UsageError(f"{shown(options.out)}: this is the report itself: name another file for the output")
    refuse_source(options.out)
    write_text(options.out, text)


def _rendered(outcome: Outcome, options: Options, terminal: Terminal) -> str:
    printed = rendered(outcome, options.form, terminal, is_quiet=options.is_quiet)
    if options.against is not None and options.form == "text":
        from reportls.cli.against import as_text

        printed += "".join(as_text(each.against, options.against, terminal) for each in outcome.checked if each.against)
    return printed if options.form in MACHINE_FORMATS else without_commands(printed)


def _finished(sources: Sources, checked: tuple[Checked, ...], options: Options) -> Outcome:
    """Print problems with the sources to standard error, and return the outcome."""
    if not (sources.found or sources.failures or options.allow_none):
        sources.failures += none_found(options.paths)
    # A pre-commit hook passes every Markdown file and uses --allow-none: one message for all that are not reports.
    for message in () if options.is_quiet else sources.notes(in_one=options.allow_none):
        warn(message)
    for message in sources.failures:
        complain(message)
    judged = (finding for opened in sources.found for finding in opened.loaded.configuration)
    configuration = dict.fromkeys((*judged, *sources.mistakes))
    return Outcome(checked, tuple(configuration), tuple(sources.failures), is_nothing_fine=options.allow_none)


def _checked(opened: Opened, sources: Sources, options: Options) -> Checked:
    checked = _judged(opened)
    checked = _fixed(checked, sources, is_quiet=options.is_quiet) if options.fix else checked
    if options.against is None:
        return checked
    from reportls.cli.against import against

    return checked._replace(against=against(checked.loaded, checked.snapshot, options.against))


def _judged(opened: Opened) -> Checked:
    return Checked(opened.path, opened.loaded, snapshot_of(opened.report, opened.loaded.environment))


def _fixed(checked: Checked, sources: Sources, *, is_quiet: bool) -> Checked:
    """Apply the safe fixes and write the report; return it unchanged if it cannot be written."""
    from reportls.features.fix_all import with_fixes

    fixed = with_fixes(checked.snapshot)
    try:
        if sources.is_standard_input:
            write_out(fixed.text, as_utf8=True)
        elif fixed.titles:
            write_text(checked.loaded.path, fixed.text, replacing=checked.report.text)
    except HostError as error:
        sources.failures.append(str(error))
        return checked
    if fixed.titles and not is_quiet:
        say(f"{checked.path}: {fixed.summary}; {_compared(checked.snapshot, fixed.snapshot)}")
    return checked._replace(snapshot=fixed.snapshot)


def _compared(before: AnySnapshot, after: AnySnapshot) -> str:
    """Return the verdict after fixes, compared with the one before: "26 of 31 passed, as before"."""
    (old, _), (new, _) = standing(before), standing(after)
    return f"{new}, as before" if old == new else f"{new}; before: {old}"


def _print_diff(sources: Sources, options: Options) -> int:
    """Print what `--fix` would change; return the exit code for the reports as they are."""
    from reportls.features.fix_all import with_fixes

    judged = tuple(_checked(opened, sources, options._replace(fix=False)) for opened in sources.opened())
    terminal = Terminal() if options.out else terminal_of(sys.stdout)
    changes: list[str] = []
    notes: list[str] = []
    for checked in judged:
        fixed = with_fixes(checked.snapshot)
        changes.append(diff(checked.path, checked.report.text, fixed.text, terminal))
        compared = _compared(checked.snapshot, fixed.snapshot)
        done = f"--fix would make {fixed.summary}; {compared}" if fixed.titles else "nothing for --fix to do"
        notes.append(f"{checked.path}: {done}")
    _write(without_commands("".join(changes)), sources, options, as_utf8=True)
    for note in () if options.is_quiet else notes:
        say(note)
    return _finished(sources, judged, options).exit_code


def _print_verdicts(sources: Sources, options: Options) -> int:
    """Print only the checker's verdict on each report, under its path if there are several; no rule runs."""
    verdicts = [(opened, *_verdict(opened)) for opened in sources.opened()]
    outcome = _finished(sources, (), options)
    lines: list[str] = []
    for opened, verdict, _ in verdicts:
        lines += [f"{opened.path}:", *verdict] if len(verdicts) > 1 else verdict
    _write(without_commands("".join(f"{printable(line)}\n" for line in lines)), sources, options, as_utf8=False)
    if outcome.failures:
        return NOT_AS_ASKED
    return FINE if all(passed for _, _, passed in verdicts) else NOT_YET


def _verdict(opened: Opened) -> tuple[list[str], bool]:
    """Return a line for each unmet constraint and one for the whole; and whether it passes."""
    environment = opened.loaded.environment
    if environment.has_form:
        checked = _judged(opened)
        slots = checked.snapshot.rows if isinstance(checked.snapshot, FormSnapshot) else ()
        lines = [f"{row.name}: {words}" for row in slots for words in slot_unmet(row)]
        return [*lines, standing(checked.snapshot)[0]], checked.passes
    edition, verdict = assess(opened.report, environment)
    rows = rows_of(opened.report, edition, verdict)
    lines = [f"question {row.number}: {words}" for row in rows for words in unmet(row)]
    return [*lines, in_words(verdict)], passes(verdict)


def diff(path: str, before: str, after: str, terminal: Terminal) -> str:
    """Return the change from `before` to `after` as a unified diff, coloured and made printable for a terminal."""
    from difflib import unified_diff

    if before == after:
        return ""
    name = _name_in_diff(path)
    lines = unified_diff(_lines_of(before), _lines_of(after), f"a/{name}", f"b/{name}")
    if terminal.is_terminal:
        return "".join(f"{_painted(line, terminal)}\n" for line in lines)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _name_in_diff(path: str) -> str:
    """Return the path, relative to the current folder if inside it; `patch` needs a tab after a name with blanks."""
    seen = os.path.relpath(path) if os.path.isabs(path) else path  # noqa: PTH117  # a text, not a path
    name = printable(path if seen.startswith("..") else os.path.normpath(seen)).lstrip("/")
    return f"{name}\t" if " " in name else name


def _lines_of(text: str) -> list[str]:
    # `git apply` and `patch` split lines at `\n` only.
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _painted(line: str, terminal: Terminal) -> str:
    styles = {"+": "added", "-": "removed", "@": "dim"}
    shown = terminal.shows(printable(line.rstrip("\r\n")))
    return terminal.paint(styles[line[0]], shown) if line[0] in styles else shown
