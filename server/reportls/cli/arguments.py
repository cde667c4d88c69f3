"""The parser for a command's arguments, based on argparse."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from reportls.cli.output import NOT_AS_ASKED, complain
from reportls.cli.terminal import COLOURS, choose_colours, terminal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT = "(default: reports/, report/ or this folder)"
"""Help text for an optional path."""
_WIDEST_HELP = 100

T = TypeVar("T")


class Parser(argparse.ArgumentParser):
    """An argparse parser that keeps line breaks in help, rejects abbreviated options and suggests what was meant."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # the base class's
        super().__init__(formatter_class=_Formatter, allow_abbrev=False, **options)

    def add_report(self, also: str = "") -> None:
        """Add the optional path of one report, as `path`; `also` extends its help."""
        what = f"a file, or a folder with one report{also} {DEFAULT}"
        self.add_argument("path", nargs="?", metavar="PATH", help=what)

    def add_edition(self, what: str) -> None:
        """Add the option `--edition`; `what` is its help text."""
        self.add_argument("--edition", type=_edition, metavar="ID", help=f"{what}; `reportls edition` lists them")

    def add_output_file(self, what: str) -> None:
        """Add the option `--output-file`, as `out`: a path, or None for standard output; `what` is its help text."""
        self.add_argument("-o", "--output-file", dest="out", type=_file, metavar="FILE", help=what)

    def add_common(self) -> None:
        """Add the options that every command has."""
        colours = "whether to use colours; auto (the default): only on a terminal"
        self.add_argument("--color", choices=COLOURS, type=choose_colours, help=colours)
        self.add_argument("--traceback", action="store_true", help="show a traceback if reportls itself fails")

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse all arguments; exit with a message about the first one that is unknown."""
        values, unknown = self.parse_known_args(arguments)
        self._refuse(unknown)
        return values

    def add_template(self) -> None:
        """Add the option `--template`."""
        what = "use the limits of this blank file; `reportls template` prints them"
        self.add_argument("--template", type=Path, metavar="FILE", help=what)

    def add_newest(self) -> None:
        """Add the option `--newest`."""
        what = "compare with the course's newest template and report.py: a folder, or FOLDER@REF for one in a commit"
        self.add_argument("--newest", metavar="WHERE", help=what)

    def parse_mixed(self, arguments: Sequence[str], paths: str) -> argparse.Namespace:
        """Parse options and the positional arguments named `paths`, in any order; after `--`, all are paths.

        argparse supports only one of the two: `parse_known_intermixed_args` takes options between paths, but not `--`.
        """
        end = arguments.index("--") if "--" in arguments else len(arguments)
        values, unknown = self.parse_known_intermixed_args(arguments[:end])
        self._refuse(unknown)
        setattr(values, paths, (*getattr(values, paths), *arguments[end + 1 :]))
        return values

    def error(self, message: str) -> NoReturn:
        """Print the message, the usage and how to get help, and exit with code 2."""
        complain(message)
        self.exit(NOT_AS_ASKED, f"\n{self.format_usage()}\nFor more information, try `{self.prog} --help`\n")

    def _refuse(self, unknown: Sequence[str]) -> None:
        if not unknown:
            return
        name, _, _ = unknown[0].partition("=")
        if not name.startswith("-"):
            self.error(f"unexpected argument `{name}`")
        from reportls.configuration.complaint import similar

        near = similar(name, self._option_string_actions)
        self.error(f"unknown option `{name}`" + (f": did you mean `{near}`?" if near else ""))

    def _get_value(self, action: argparse.Action, text: str) -> Any:  # noqa: ANN401  # the base class's
        # An unset variable in a script must not stand for this folder, or for an option that was left out.
        if not text and action.option_strings:
            raise argparse.ArgumentError(action, "an empty value, as from a variable that is not set")
        try:
            return super()._get_value(action, text)
        except argparse.ArgumentError:
            if action.type not in (int, float):
                raise
            # argparse would name the type as Python does.
            what = "whole number" if action.type is int else "number"
            raise argparse.ArgumentError(action, f"`{text}` is no {what}") from None

    def _check_value(self, action: argparse.Action, value: object) -> None:
        # argparse would list the choices, and suggest none of them.
        if action.choices is None or value in action.choices:
            return
        from reportls.configuration.complaint import unknown

        raise argparse.ArgumentError(action, unknown("value", str(value), map(str, action.choices)))


def filled(options: type[T], values: argparse.Namespace) -> T:
    """Make the options of a command, a named tuple, from the arguments of the same names."""
    return options(**{name: getattr(values, name) for name in options.__annotations__})


class _Formatter(argparse.RawDescriptionHelpFormatter):
    # argparse creates a formatter for every option, and without a given width each imports shutil to ask the terminal.
    def __init__(self, prog: str, **options: Any) -> None:  # noqa: ANN401  # the base class's
        options.setdefault("width", min(terminal_of(sys.stdout).width, _WIDEST_HELP))
        super().__init__(prog, **options)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        # Paragraphs are rewrapped. Indented lines are kept; one that is too long continues below its last column.
        text = re.sub(r"^(\S.*)\n(?=\S)", r"\1 ", text, flags=re.MULTILINE)
        return "\n".join(part for line in text.split("\n") for part in _folded(f"{indent}{line}", width))


def _folded(line: str, width: int) -> list[str]:
    from textwrap import wrap

    if len(line) <= width:
        return [line]
    column = re.match(r" *(?:\S.*? {2,}(?=\S))?", line)
    hanging = column.end() if column and column.end() < width // 2 else len(line) - len(line.lstrip()) + 4
    return wrap(line, width, subsequent_indent=" " * hanging, break_long_words=False, break_on_hyphens=False)


def _file(name: str) -> Path | None:
    return None if name == "-" else Path(name)


def _edition(name: str) -> str:
    from reportls.configuration.complaint import unknown
    from reportls.editions.edition import IDS

    if name not in IDS:
        raise argparse.ArgumentTypeError(unknown("edition", name, IDS))
    return name
