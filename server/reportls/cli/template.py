"""`reportls template`: prints the slots of a blank file, their limits, and what could not be understood.

With `--write` it also writes the configuration that has reports judged by that file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportls.analysis.limits import amount
from reportls.cli.output import FINE, NOT_YET, json_without_commands, say, without_commands, write_out
from reportls.cli.terminal import terminal_of
from reportls.cli.text_width import printable
from reportls.host.configuration import OWN, configuration_in
from reportls.host.loading import SCRIPT, script_at
from reportls.host.paths import HostError, absolute, shown
from reportls.host.templates import template_at
from reportls.host.write import write_text
from reportls.report.limit_words import SINGULARS
from reportls.text import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.terminal import Terminal
    from reportls.forms.template import Slot, Template
    from reportls.report.limit_grammar import Limit
    from reportls.text import Span

_ABOUT = """\
Prints what a blank Markdown file asks for: each place to answer, its limits with the words that state them, and the
text that is to be replaced. Also lists limits that could not be understood. With --write, it also writes a
reportls.toml that makes this file the template of all reports in its folder and below.
"""
_MORE = """\
exit code:
  0    everything was understood
  1    a limit or a directive was not understood, or --check found something
  2    the file cannot be read, it has no place to answer, or there is already another reportls.toml
  130  interrupted with Ctrl-C

examples:
  reportls template blank.md
  reportls template blank.md --write
  reportls template reports/README.md --check      compare with the report.py beside it
  reportls template blank.md --format json
"""
_LONGEST_SHOWN = 60
_BAD_DIRECTIVE = (
    "this directive is not understood; write `optional`, `any-heading`, `no-limit` or a limit such as `words 50-100`"
)


def declare(parser: Parser) -> None:
    """Add the arguments of `template`."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls template FILE [OPTION ...]"
    parser.add_argument("file", metavar="FILE", help="the blank file")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")
    against = "compare a blank report with the course's script: questions, limits, placeholders, crashes"
    parser.add_argument("--check", action="store_true", help=against)
    parser.add_argument("--script", metavar="FILE", help="the script for --check (default: report.py beside the file)")
    parser.add_argument("--write", action="store_true", help=f"also write {OWN}; an existing one is not changed")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Print the slots and limits of a blank file.

    Raises:
        HostError: the file cannot be read, is over 1 MB or not UTF-8, nothing in it asks for an answer, or the
            configuration cannot be written.
    """
    values = parser.parse(arguments)
    path = Path(values.file)
    if values.check:
        return _check(path, path.with_name(SCRIPT) if values.script is None else Path(values.script))
    template = template_at(path)
    if values.format == "json":
        write_out(json_without_commands(_json(template, values.file)), as_utf8=True)
    else:
        write_out("".join(f"{line}\n" for line in _Text(template, shown(path), terminal_of(sys.stdout)).lines()))
    if values.write:
        _write_configuration(path)
    return NOT_YET if template.not_understood or template.bad_directives else FINE


def _check(path: Path, script: Path) -> int:
    """Print what in a blank report does not agree with the script; return 1 if anything does not.

    Raises:
        HostError: a file cannot be read, or the script is in no known form.
    """
    from reportls.editions.resolve import Wishes, resolve
    from reportls.features.blank_report import complaints
    from reportls.host.read import read_report_text
    from reportls.report.report import parse

    report = parse(read_report_text(path))
    edition = resolve(report, Wishes(script=script_at(script)))
    found = complaints(report, edition)
    lines = [f"{shown(path)}:{each.line + 1}: {printable(each.message)}\n" for each in found]
    summary = f"{amount(len(edition.limits), 'question')}: " + (
        f"{amount(len(found), 'thing')} to change" if found else "the template and the script agree"
    )
    write_out(without_commands("".join([*lines, f"{summary}\n"])))
    return NOT_YET if found else FINE


def _write_configuration(template: Path) -> None:
    """Write the configuration that names the template, unless there is one that does.

    Raises:
        HostError: there is one that does not, or the file cannot be written.
    """
    # Reports often lie beside the folder of the template: what the teacher calls the course's folder is this one.
    here = absolute(Path())
    folder = Path() if absolute(template).is_relative_to(here) else template.parent
    target = folder / OWN
    line = f"template = {_quoted_in_toml(template, folder)}"
    configuration = configuration_in(folder)
    if configuration.path is None:
        write_text(
            target,
            f"# Reports here start from this file: `reportls template` prints what it asks for.\n{line}\n",
            replacing="",
        )
        say(f"{shown(target)}: written, with the line `{line}`")
        return
    found = folder / configuration.path.name
    named = configuration.settings.template
    if named is not None and os.path.realpath(folder / named) == os.path.realpath(template):
        say(f"{shown(found)}: names this template already, and was left as it is")
        return
    what = "names another template" if named else "is there already"
    raise HostError(f"{shown(found)}: {what}, and was left as it is: write `{line}` among its settings yourself")


def _quoted_in_toml(template: Path, folder: Path) -> str:
    from json import dumps

    # A string of JSON is one of TOML, too.
    return dumps(Path(os.path.relpath(template, folder)).as_posix(), ensure_ascii=False)


def _json(template: Template, path: str) -> str:
    from json import dumps

    source = SourceText(template.text)

    def placed(span: Span) -> dict[str, Any]:
        return {"text": source[span], "line": _line(source, span)}

    def limit(one: Limit) -> dict[str, Any]:
        bounds = {"unit": one.unit, "at_least": one.at_least, "at_most": one.at_most, "about": one.about}
        return {**bounds, **placed(one.span)}

    found: dict[str, Any] = {
        "version": 1,
        "path": path,
        "limits": [limit(part.limit) for part in template.parts if not part.name],
        "slots": [
            {
                "name": slot.name,
                "line": _line(source, slot.anchor.span),
                "optional": slot.is_optional,
                "marker": source[slot.marker] if slot.marker else None,
                "placeholders": [source[span] for span in slot.placeholders],
                "limits": [limit(one) for one in slot.limits],
            }
            for slot in template.slots
        ],
        "not_understood": [placed(span) for span in (*template.not_understood, *template.bad_directives)],
    }
    if parts := [{"name": part.name, **limit(part.limit)} for part in template.parts if part.name]:
        found["parts"] = parts
    return dumps(found, ensure_ascii=False, indent=2) + "\n"


def _line(source: SourceText, span: Span) -> int:
    return source.line_at(span.start) + 1


class _Text:
    """Formats a template for people."""

    def __init__(self, template: Template, path: str, terminal: Terminal) -> None:
        self._template = template
        self._source = SourceText(template.text)
        self._path = path
        self._terminal = terminal

    def lines(self) -> Iterator[str]:
        """Yield the lines of the whole text."""
        template = self._template
        for part in template.parts:
            yield from self._limits(part.name or "The whole document", (part.limit,))
        for slot in template.slots:
            yield from self._slot(slot)
        yield ""
        yield self._summary()
        for span in template.not_understood:
            yield self._complaint(span, "this announces a limit, but its number or unit is not understood")
        for span in template.bad_directives:
            yield self._complaint(span, _BAD_DIRECTIVE)

    def _slot(self, slot: Slot) -> Iterator[str]:
        notes = [f"line {_line(self._source, slot.anchor.span)}"]
        if slot.is_optional:
            notes.append("optional")
        if slot.marker:
            notes.append(f"the answer follows {self._quoted(slot.marker)}")
        yield from self._limits(slot.name, slot.limits, ", ".join(notes))
        for span in slot.placeholders:
            yield f"    to be replaced: {self._quoted(span)}"

    def _limits(self, name: str, limits: Iterable[Limit], notes: str = "") -> Iterator[str]:
        name = self._terminal.paint("bold", self._terminal.shows(name))
        yield f"{name}  {self._terminal.paint('dim', f'({notes})')}" if notes else name
        for limit in limits:
            yield f"    {in_words(limit)}: {self._quoted(limit.span)} on line {_line(self._source, limit.span)}"

    def _quoted(self, span: Span) -> str:
        said = " ".join(self._source[span].split())
        if len(said) > _LONGEST_SHOWN:
            said = said[: _LONGEST_SHOWN - 3] + "..."
        opening, closing = "“”" if self._terminal.shows("“") == "“" else '""'
        return f"{opening}{self._terminal.shows(said)}{closing}"

    def _summary(self) -> str:
        slots = self._template.slots
        return f"{amount(len(slots), 'place')} to answer, {sum(bool(slot.limits) for slot in slots)} with a limit"

    def _complaint(self, span: Span, what: str) -> str:
        place = self._source.line_col(span.start)
        return f"{self._path}:{place.line + 1}:{place.column + 1}: {self._quoted(span)}: {what}"


def in_words(limit: Limit) -> str:
    """Return a limit in words: "50-100 words", "at least 3 sentences", "about 1-2 pages"."""
    low, high = (end and round(end, 2) for end in (limit.at_least, limit.at_most))  # a third of a page
    if low is None:
        numbers = f"{high or 0:,}" if limit.about else f"at most {high or 0:,}"
    elif high is None:
        numbers = f"at least {low:,}"
    else:
        numbers = f"{low:,}" if low == high else f"{low:,}-{high:,}"
    unit = SINGULARS[limit.unit] if (high or low) == 1 else limit.unit
    return f"{'about ' if limit.about else ''}{numbers} {unit}"
