"""`reportls check`: judges reports once or, with `--watch`, after every change."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

from reportls.cli.arguments import DEFAULT, filled
from reportls.cli.formats import FORMATS, MACHINE_FORMATS
from reportls.cli.judge import Options, check_once
from reportls.cli.output import INTERRUPTED, NOT_AS_ASKED, log_in_one_line, refuse, say, write_out
from reportls.cli.sources import STANDARD_INPUT, Watch
from reportls.cli.terminal import terminal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.sources import Opened

_ABOUT = """\
Checks reports: prints what is wrong and how to fix it, and the verdict that the course's checker will give.
"""
_MORE = """\
exit code:
  0    the check completes, every question passes and no warning or error is left
  1    a question fails or is unanswered, or a warning or error is left
  2    bad usage, no report, a file that cannot be read, or a broken configuration
  130  interrupted with Ctrl-C

examples:
  reportls check reports/README.md
  reportls check groups/ --format concise
  reportls check --diff              show what --fix would change
  reportls check --watch             check again at every save
  reportls check --against main      also show what got better and worse since then
  reportls check --checker           print only the course's verdict
  reportls check - --stdin-filename reports/README.md < draft.md
  reportls check - --fix < draft.md  print the fixed report, and the findings to standard error
"""
_PATHS = f"files, or folders to search for reports; `-` for standard input {DEFAULT}"
_SWITCHES = {
    "fix": "apply the safe fixes, which lose none of your words",
    "diff": "show what --fix would change, and change nothing",
    "watch": "check again whenever the report or a file that belongs to it changes",
    "checker": "print only the verdict of the course's checker, without findings",
    "exit-zero": "exit with 0 even if something is wrong",
    "allow-none": "exit with 0 if there is no report",
}
_SEPARATOR_WIDTH = 80


def declare(parser: Parser) -> None:
    """Add the arguments of `check`."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls check [PATH ...] [OPTION ...]"
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help=_PATHS)
    add("--format", dest="form", choices=FORMATS, default="text", help="output format (default: text)")
    parser.add_output_file("write the output to this file (default: standard output)")
    add("-q", "--quiet", dest="is_quiet", action="store_true", help="print only findings: no table, verdict or notes")
    for name, what in _SWITCHES.items():
        add(f"--{name}", action="store_true", help=what)
    only = "list only findings of these rules: NAME,NAME ..."
    add("--select", action="extend", type=_rules, metavar="RULES", help=only)
    add("--ignore", action="extend", type=_rules, metavar="RULES", help="do not list findings of these rules")
    parser.add_edition("use the limits of this edition")
    parser.add_template()
    parser.add_newest()
    add("--config", metavar="FILE", help="use only this configuration file (default: the nearest one)")
    add("--against", metavar="REF", help="also show what got better and worse since this commit, branch or tag")
    add("--stdin-filename", metavar="PATH", help="the path that the report on standard input belongs to")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Judge the reports that the arguments name."""
    return check(filled(Options, parser.parse_mixed(arguments, "paths")))


def check(options: Options) -> int:
    """Judge once, or with `--watch` until interrupted.

    Raises:
        UsageError: two of the options contradict each other.
    """
    _refuse_contradictions(options)
    log_in_one_line()
    return watch(options) if options.watch else check_once(options).exit_code


def _refuse_contradictions(options: Options) -> None:
    is_piped = STANDARD_INPUT in options.paths
    is_changing = options.fix or options.diff
    contradictions = {
        "--stdin-filename goes with the path `-`": options.stdin_filename is not None and not is_piped,
        "standard input, `-`, is judged alone: leave out the other paths": is_piped and len(options.paths) > 1,
        "standard input cannot be watched: name the file": is_piped and options.watch,
        "--watch changes nothing: use --fix or --diff without it": options.watch and is_changing,
        "--watch prints for people: use --format text or concise": options.watch and options.form in MACHINE_FORMATS,
        "--watch prints to the terminal: leave out --output-file": options.watch and options.out is not None,
        "--fix of standard input prints the fixed report: leave out --output-file": is_piped
        and options.fix
        and options.out is not None,
        "--diff shows what --fix would change, and changes nothing: use one of them": options.diff and options.fix,
        "--diff prints the changes alone: leave out --format": options.diff and options.form in MACHINE_FORMATS,
        "--checker prints the verdict alone: leave out --format": options.checker and options.form != "text",
        "--against goes with the formats text and json": options.against is not None
        and (options.form not in ("text", "json") or options.checker or options.diff),
        "--against compares files: name the report": options.against is not None and is_piped,
        "--checker judges and changes nothing: use --fix or --diff without it": options.checker and is_changing,
    }
    refuse(contradictions)


def watch(options: Options) -> int:
    """Check after every change of a report, its figures, its `report.py` or its configuration, until interrupted.

    Returns the exit code of an interrupted command, or of a check that finds nothing to watch.
    """
    watched = Watch(options.paths)
    write_out(_clear())
    done = check_once(options)
    if done.exit_code == NOT_AS_ASKED and not done.opened:
        return done.exit_code
    opened = done.opened
    try:
        while True:
            watched.found(opened)
            say(f"watching {_names(opened)}; Ctrl-C ends")
            watched.wait()
            write_out(_clear() or _separator())
            done = check_once(options)
            # A file can be missing for a moment while an editor saves it, so keep watching it.
            opened = done.opened or opened
    except KeyboardInterrupt:
        return INTERRUPTED


def _names(opened: Sequence[Opened]) -> str:
    return opened[0].path if len(opened) == 1 else f"{len(opened)} reports"


def _clear() -> str:
    """Return what empties a terminal; nothing for a file, a pipe or a terminal that only prints."""
    terminal = terminal_of(sys.stdout)
    return "\x1b[H\x1b[2J" if terminal.is_terminal and os.environ.get("TERM") != "dumb" else ""


def _separator() -> str:
    terminal = terminal_of(sys.stdout)
    line = "-" if terminal.is_ascii else "─"
    heading = f"{line * 2} checked again at {time.strftime('%H:%M:%S')} "
    return f"\n{terminal.paint('bold', heading.ljust(min(terminal.width, _SEPARATOR_WIDTH), line))}\n\n"


def _rules(words: str) -> frozenset[str]:
    """Parse names of rules separated by commas."""
    from reportls.configuration.complaint import unknown_rule
    from reportls.rules import BY_NAME

    names = [name.strip() for name in words.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError("name at least one rule: `reportls rule` lists all")
    for name in names:
        if name not in BY_NAME:
            raise argparse.ArgumentTypeError(unknown_rule(name))
    return frozenset(names)
