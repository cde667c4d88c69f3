"""The format `junit`: JUnit XML for Jenkins, GitLab and others, with a suite per report and a case per question.

The case of a question fails if the question fails or has an error or warning, so all cases pass exactly if `check`
exits with 0. With a template, the cases are its slots.
Findings outside questions belong to a case `the report`,
a crash of the checker to `the check`.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from reportls import __version__
from reportls.cli.text_width import printable
from reportls.features.verdicts import in_words, unmet
from reportls.findings.finding import Severity
from reportls.form_snapshot import FormSnapshot
from reportls.forms.rows import SlotState
from reportls.host.paths import shown
from reportls.render.ci_safe import MARKUP, without_commands
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.cli.result import Checked, Outcome
    from reportls.findings.finding import Finding

_NOT_IN_XML = pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Case(NamedTuple):
    name: str
    message: str = ""
    """Empty if the case passes."""
    details: Sequence[str] = ()
    is_crash: bool = False


def junit(outcome: Outcome) -> str:
    """Return the outcome as one document."""
    suites = [(checked.path, _cases(checked)) for checked in outcome.checked]
    if outcome.configuration:
        suites.append(("configuration", [*_configuration(outcome)]))
    if outcome.failures:
        cases = [_Case("what was asked for", failure, is_crash=True) for failure in outcome.failures]
        suites.append(("reportls", cases))
    now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
    body = "".join(_suite(number, name, cases, now) for number, (name, cases) in enumerate(suites))
    document = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{body}</testsuites>\n'
    # References instead of letters: the document then reads alike in every encoding.
    return without_commands(document.encode("ascii", "xmlcharrefreplace").decode("ascii"), MARKUP)


def _configuration(outcome: Outcome) -> Iterable[_Case]:
    for path, problem, severity, _ in outcome.configuration:
        if severity <= Severity.WARNING:
            yield _Case(f"{shown(path)}:{problem.line + 1}", problem.message)


def _cases(checked: Checked) -> list[_Case]:
    cases = []
    if checked.answers:
        verdict = checked.answers.verdict
        cases.append(_Case("the check", "" if verdict.completed else in_words(verdict), is_crash=not verdict.completed))
    left = [*checked.findings]
    for number, name, message in _rows(checked):
        here = [finding for finding in left if finding.question == number]
        left = [finding for finding in left if finding.question != number]
        cases.append(_Case(name, message or _gravest(here), _details(checked, here)))
    if left:
        cases.append(_Case("the report", _gravest(left), _details(checked, left)))
    return cases


def _rows(checked: Checked) -> Iterator[tuple[int, str, str]]:
    """Yield position, name and what is missing of each question or slot."""
    for row in checked.rows:
        yield row.number, f"question {row.number}", "; ".join(unmet(row))
    if isinstance(checked.snapshot, FormSnapshot):
        for number, slot in enumerate(checked.snapshot.rows, start=1):
            is_left = slot.state in {SlotState.MISSING, SlotState.UNANSWERED} and not slot.is_optional
            yield number, slot.name, slot.state.value if is_left else ""


def _gravest(findings: Sequence[Finding]) -> str:
    """Return the message of the most severe finding if it is an error or a warning, else an empty string."""
    worst = min(findings, key=lambda finding: finding.severity, default=None)
    return worst.message if worst and worst.severity <= Severity.WARNING else ""


def _details(checked: Checked, findings: Iterable[Finding]) -> list[str]:
    details = []
    for finding in findings:
        line, column, _, _ = checked.place(finding.span)
        place = f"{checked.path}:{line + 1}:{column + 1}"
        details.append(printable(f"{place}: {finding.severity.word} {finding.rule}: {finding.message}"))
    return details


def _suite(number: int, name: str, cases: Sequence[_Case], now: str) -> str:
    errors = sum(case.is_crash for case in cases)
    failures = sum(bool(case.message) for case in cases) - errors
    body = "".join(_case(name, case) for case in cases)
    # Ant's schema requires package, hostname, timestamp and properties; Jenkins's requires at least one property.
    properties = f'<properties><property name="reportls" value="{__version__}"/></properties>'
    return (
        f'  <testsuite id="{number}" name={_attribute(name)} package="reportls" timestamp="{now}" hostname="localhost" '
        f'tests="{len(cases)}" failures="{failures}" errors="{errors}" time="0">\n'
        f"    {properties}\n{body}    <system-out/>\n    <system-err/>\n  </testsuite>\n"
    )


def _case(suite: str, case: _Case) -> str:
    opening = f'    <testcase classname={_attribute(suite)} name={_attribute(case.name)} time="0"'
    if not case.message:
        return f"{opening}/>\n"
    element = "error" if case.is_crash else "failure"
    details = escape(_clean("\n".join(case.details)))
    message = f'<{element} type="reportls" message={_attribute(case.message)}>{details}</{element}>'
    return f"{opening}>\n      {message}\n    </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_clean(printable(text)))


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
