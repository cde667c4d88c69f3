"""Writes the job summary: a table of questions for each report, and the findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_REFERENCE = re.compile(r"(&#(?:64|35);|\bGH(?=&#45;))")
"""What would notify a person or refer to an issue in a comment, even where it is written as an entity."""
_MOST_FINDINGS = 200
"""Maximum number of findings of one report; GitHub shows only ten errors and ten warnings of a step as annotations."""
_QUESTIONS = "| question | words | wanted | images | wanted | |\n|--:|--:|:--|--:|:--|:--|\n"
_SLOTS = "| question | found | wanted | |\n|:--|--:|:--|:--|\n"
_FINDINGS = "| line | severity | rule | what |\n|--:|:--|:--|:--|\n"


def summary(document: dict[str, Any], complaints: str) -> str:
    """Return Markdown for the output of `reportls check --format json`; `complaints` is its standard error."""
    said = "".join(f"* {plain(line)}\n" for line in complaints.splitlines())
    return "\n".join([*map(_report, document["reports"]), said])


def plain(text: str) -> str:
    """Return Markdown that shows the text literally, without markup or links."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    escaped = _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", shown)
    return _REFERENCE.sub(r"\1&#8203;", escaped)


def _report(report: dict[str, Any]) -> str:
    findings = report["findings"]
    standing = _verdict(report["checker"]) if report["checker"] else _filled_in(report["summary"])
    parts = [f"## {plain(report['path'])}\n", f"{standing} {_counts(findings)}\n"]
    if report.get("against"):
        parts.append("".join(_against(report["against"])))
    if report["questions"]:
        parts.append(_QUESTIONS + "".join(map(_question, report["questions"])))
    if report["slots"]:
        parts.append(_SLOTS + "".join(map(_slot, report["slots"])))
    if findings:
        parts.append(f"<details><summary>What was found</summary>\n\n{_FINDINGS}{''.join(_findings(findings))}")
        parts.append("</details>\n")
    return "\n".join(parts)


def _against(against: dict[str, Any]) -> Iterator[str]:
    """Yield what changed since the base of the pull request."""
    if against["problem"] is not None:
        yield f"Nothing to compare with: {plain(against['problem'])}.\n"
        return
    then = _then(against["checker"], against["summary"])
    yield f"Since the base of this pull request ({then}, {_amount(against['errors'], 'error')}):\n\n"
    lines = [f"* {line['change']}: {plain(line['message'])}\n" for line in against["lines"]]
    yield "".join(lines) or "* no question has changed\n"


def _then(verdict: dict[str, Any] | None, form: dict[str, Any]) -> str:
    if verdict is None:
        return f"{form['answered']} of {form['slots']} answered"
    return f"{verdict['passed']} of {verdict['total']} passed" if verdict["completed"] else "the check crashed"


def _verdict(verdict: dict[str, Any]) -> str:
    if verdict["completed"]:
        return f"**{verdict['passed']} of {verdict['total']} questions pass.**"
    return f"**The course's check crashes:** {plain(verdict['error'])}."


def _filled_in(form: dict[str, Any]) -> str:
    """Return how a report stands that has a template and no checker, so that nothing passes."""
    outside = f", {form['outside_limits']} outside the limits" if form["outside_limits"] else ""
    return f"**{form['answered']} of {form['slots']} answered{outside}.**"


def _slot(slot: dict[str, Any]) -> str:
    found = ", ".join(f"{limit['found']:g}" for limit in slot["limits"]) or slot["words"]
    wanted = ", ".join(map(_range, slot["limits"]))
    return f"| {plain(slot['name'])} | {found} | {wanted} | {slot['state']}{' (optional)' * slot['optional']} |\n"


def _range(limit: dict[str, Any]) -> str:
    low, high = limit["at_least"], limit["at_most"]
    if low is None:
        number = f"at most {high:g}"
    elif high is None:
        number = f"at least {low:g}"
    else:
        number = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    return f"{'about ' * limit['about']}{number} {limit['unit']}"


def _counts(findings: list[dict[str, Any]]) -> str:
    found = [finding["severity"] for finding in findings]
    return f"{_amount(found.count('error'), 'error')}, {_amount(found.count('warning'), 'warning')}."


def _amount(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _question(question: dict[str, Any]) -> str:
    words, images = question["constraints"]["words"], question["constraints"]["images"]
    cells = (
        question["number"],
        _found(question["words"]),
        _limit(words),
        _found(question["images"]),
        _limit(images),
        _state(question),
    )
    return f"| {' | '.join(map(str, cells))} |\n"


def _found(number: int | None) -> str:
    return "" if number is None else str(number)


def _limit(limit: list[int | None] | None) -> str:
    if limit is None:
        return ""
    low, high = limit
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low}-{high}"


def _state(question: dict[str, Any]) -> str:
    if question["passed"] is None:
        return "answered" if question["answered"] else "unanswered"
    if not question["answered"]:
        return "passes, but unanswered" if question["passed"] else "\N{CROSS MARK} unanswered"
    if question["passed"]:
        return "\N{WHITE HEAVY CHECK MARK} passes"
    limits = question["constraints"]
    found = [_beside(question[what], limits[what], what) for what in ("words", "images")]
    return f"\N{CROSS MARK} {', '.join(filter(None, found))}"


def _beside(found: int, limit: list[int | None] | None, what: str) -> str:
    """Return how far the number is outside the limit; empty if it is inside."""
    low, high = limit or (None, None)
    few, many = (low or 0) - found, found - high if high is not None else 0
    if few > 0:
        return f"{_amount(few, what[:-1])} too few"
    return f"{_amount(many, what[:-1])} too many" if many > 0 else ""


def _findings(findings: list[dict[str, Any]]) -> Iterator[str]:
    for finding in findings[:_MOST_FINDINGS]:
        line = finding["range"]["start"]["line"] + 1
        yield f"| {line} | {finding['severity']} | {plain(finding['rule'])} | {plain(finding['message'])} |\n"
    if len(findings) > _MOST_FINDINGS:
        yield f"| | | | and {len(findings) - _MOST_FINDINGS} more |\n"
