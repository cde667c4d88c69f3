"""The formats for people: `text`, with source lines and a table of all questions, and `concise`, a line per finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import amount
from reportls.cli.formats.table import slot_table, table
from reportls.cli.terminal import Styled, cut
from reportls.cli.text_width import printable, window
from reportls.features.verdicts import first_this, hand_in, standing
from reportls.findings.finding import Severity, Tag
from reportls.form_snapshot import FormSnapshot
from reportls.host.paths import shown
from reportls.rules.files import configuration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.cli.result import Checked, Counts, Outcome
    from reportls.cli.terminal import Terminal
    from reportls.findings.finding import Finding, Fix, Related
    from reportls.host.loading import FileFinding

_FIXABLE = "[*] "
"""Marks a finding that `--fix` repairs."""


def text(outcome: Outcome, terminal: Terminal, *, is_quiet: bool) -> str:
    """Return the whole outcome; the verdict, or for several reports a total, comes last.

    With `is_quiet`, return the findings alone.
    """
    is_alone = len(outcome.checked) == 1
    tips = "".join(f"{line}\n" for tip in _tips(outcome) for line in cut([Styled(tip)], terminal))
    parts = [_configuration(finding, terminal) for finding in outcome.configuration]
    if is_quiet:
        return terminal.shows("\n".join(filter(None, [*parts, *(_findings(it, terminal) for it in outcome.checked)])))
    for checked in outcome.checked:
        parts += [_findings(checked, terminal), tips if is_alone else "", _summary(checked, terminal)]
    if not is_alone:
        parts += [tips, "".join(f"{line}\n" for line in cut(last_line(outcome), terminal) if line)]
    return terminal.shows("\n".join(filter(None, parts)))


def _configuration(finding: FileFinding, terminal: Terminal) -> str:
    path, problem, severity, _ = finding
    place = f"{shown(path)}:{problem.line + 1}:{problem.column + 1}"
    return f"{_headline(place, severity, configuration.name, problem.message, terminal)}\n"


def _findings(checked: Checked, terminal: Terminal) -> str:
    return "\n".join("".join(f"{line}\n" for line in _finding(checked, it, terminal)) for it in checked.findings)


def _summary(checked: Checked, terminal: Terminal) -> str:
    """Return the table, the verdict, and whether this version is handed in."""
    title = cut([Styled(printable(checked.path), "bold"), Styled(f": {_limits(checked)}")], terminal)
    if isinstance(checked.snapshot, FormSnapshot):
        rows = slot_table(checked.snapshot.rows, _graver(checked), terminal)
    else:
        rows = table(checked.rows, _graver(checked), terminal)
    lines = [*title, "", rows, *cut(_verdict(checked), terminal)]
    if checked.answers and (handed_in := hand_in(checked.answers)):
        lines += cut([Styled(printable(handed_in))], terminal)
    return "\n".join([*lines, ""])


def _graver(checked: Checked) -> dict[int, int]:
    """Count the warnings and errors of each question, except those about limits, which the table shows already."""
    numbers: dict[int, int] = {}
    for finding in checked.findings:
        if finding.question and finding.severity <= Severity.WARNING and Tag.LIMIT not in finding.tags:
            numbers[finding.question] = numbers.get(finding.question, 0) + 1
    return numbers


def _finding(checked: Checked, finding: Finding, terminal: Terminal) -> Iterator[str]:
    line, column, _, end_column = checked.place(finding.span)
    place = f"{checked.path}:{line + 1}:{column + 1}"
    yield _headline(place, finding.severity, finding.rule, finding.message, terminal)
    number = str(line + 1)
    bar = "|" if terminal.is_ascii else "│"
    gutter = " " * (len(number) + 2)
    source = terminal.shows(checked.report.line_text(line))
    seen = window(source, column, end_column, terminal.width - len(gutter) - 2, terminal.ellipsis)
    yield f" {terminal.paint('dim', f'{number} {bar}')} {seen.text}".rstrip()
    marks = terminal.paint(finding.severity.word, "^" * seen.marked)
    yield f"{gutter}{terminal.paint('dim', bar)} {' ' * seen.before}{marks}"
    for note in [*(_related(checked, it) for it in finding.related), *(_help(fix) for fix in finding.fixes)]:
        yield from cut([Styled(gutter), *note], terminal, hanging=f"{gutter}  ")


def _headline(place: str, severity: Severity, rule: str, message: str, terminal: Terminal) -> str:
    said = [
        Styled(printable(place), "bold"),
        Styled(": "),
        Styled(severity.word, severity.word),
        Styled(f" {rule}: {printable(message)}"),
    ]
    return "\n".join(cut(said, terminal, hanging="    "))


def _related(checked: Checked, related: Related) -> Sequence[Styled]:
    line, column, _, _ = checked.place(related.span)
    return [Styled(f"note: {printable(related.message)} ({printable(checked.path)}:{line + 1}:{column + 1})")]


def _help(fix: Fix) -> Sequence[Styled]:
    how = " (--fix does it)" if fix.safe else ""
    return [Styled("help", "help"), Styled(f": {printable(fix.title)}{how}")]


def _limits(checked: Checked) -> str:
    """Say where the limits come from."""
    if isinstance(checked.snapshot, FormSnapshot):
        return f"limits from {printable(checked.snapshot.form_said)}"
    edition = checked.snapshot.edition
    sources = " and ".join(dict.fromkeys(source.value for source in edition.sources))
    words = f"limits from {sources}" if sources else "no limits"
    return f"{words} ({edition.id})" if edition.id else words


def _verdict(checked: Checked) -> Sequence[Styled]:
    words = first_this(checked.answers) if checked.answers else standing(checked.snapshot)[0]
    verdict = Styled(printable(words), "good" if checked.passes else "error" if checked.answers else "warning")
    counts = _counts(checked.counts)
    return [verdict, Styled(f"; {counts}")] if counts else [verdict]


def _counts(counts: Counts) -> str:
    """Return the counts that are not zero in words: `5 errors, 2 warnings, 1 information`."""
    errors, warnings, information, hints = counts
    words = [
        amount(errors, "error"),
        amount(warnings, "warning"),
        f"{information} information",
        amount(hints, "hint"),
    ]
    return ", ".join(word for word, number in zip(words, counts, strict=True) if number)


def _tips(outcome: Outcome) -> Iterator[str]:
    """Suggest commands that explain or fix what was found."""
    findings = [finding for checked in outcome.checked for finding in checked.findings]
    if findings:
        worst = min(findings, key=lambda finding: finding.severity)
        yield f"`reportls rule {worst.rule}` explains that rule"
    safe = sum(any(fix.safe for fix in finding.fixes) for finding in findings)
    if safe:
        yield f"`reportls check --fix` fixes {safe} of these, `--diff` shows how"


def last_line(outcome: Outcome) -> Sequence[Styled]:
    """Return the verdict on the only report, or a total over several; nothing if no report was judged."""
    if not outcome.checked:
        return []
    if len(outcome.checked) == 1:
        return _verdict(outcome.checked[0])
    passed = sum(checked.passes for checked in outcome.checked)
    found = _counts(outcome.counts) or "nothing found"
    # Without a checker nothing passes.
    what = "passed" if any(checked.answers for checked in outcome.checked) else "complete and within limits"
    return [Styled(f"{passed} of {len(outcome.checked)} reports {what}; {found}", "bold")]


def concise(outcome: Outcome, terminal: Terminal, *, is_quiet: bool) -> str:
    """Return one line for each finding, those in configuration files first, and a last line with the verdict.

    Lines and columns count from 1. With `is_quiet`, there is no last line.
    """
    lines = []
    for path, place, severity, rule, message, is_fixable in outcome.listed():
        mark = _FIXABLE if is_fixable else ""
        where = f"{printable(path)}:{place.line + 1}:{place.column + 1}"
        lines.append(f"{where}: {severity.word} {rule} {mark}{printable(message)}")
    if not is_quiet:
        lines += filter(None, cut(last_line(outcome), terminal))
    return "".join(f"{terminal.shows(line)}\n" for line in lines)
