"""The placeholder's dashes are one finding for a report, and what it says follows the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.features.fix_all import with_fixes
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.findings.finding import Finding

RULE = "placeholder-dashes"
MORE_THAN_ARE_LISTED = 150


def _report(answers: Iterable[str]) -> str:
    return "\n".join(
        f"### Question {number}\n\n> **What is it?** Recommended answer length: 4-20 words.\n>\n> Answer:\n\n{answer}\n"
        for number, answer in enumerate(answers, start=1)
    )


def _finding(snapshot: Snapshot) -> Finding:
    (finding,) = (finding for finding in snapshot.findings if finding.rule == RULE)
    return finding


def test_other_answers_are_related() -> None:
    """Every other answer is a related place at its first dashes."""
    text = _report(["--- A pear, round and red. ---", "A plum.", "--- A round red apple. ---", "--- A cherry."])
    finding = _finding(take(text, Environment()))
    assert text[finding.span.start :].startswith("--- A pear")
    places = [(text[place.span.start :].split("\n")[0], place.message) for place in finding.related]
    assert places == [
        ("---", "and after it"),
        ("--- A round red apple. ---", "and around the answer to question 3"),
        ("--- A cherry.", "and before the answer to question 4"),
    ]


def test_answer_that_needs_its_dashes_is_not_marked_first() -> None:
    """The mark is at dashes that the safe fix removes; an answer that passes only with them is a related place."""
    text = _report(["--- A red apple. ---", "--- A round red apple. ---"])
    finding = _finding(take(text, Environment()))
    assert text[finding.span.start :].startswith("--- A round")
    assert [fix.safe for fix in finding.fixes] == [True, False]
    assert [place.message for place in finding.related] == ["and after it", "and around the answer to question 1"]


def test_words_typed_make_the_fix_safe() -> None:
    """An answer that has become long enough no longer needs its dashes."""
    before = take(_report(["--- A red apple. ---", "Not a pear, a plum."]), Environment())
    assert [fix.title for fix in _finding(before).fixes] == ["remove the dashes: 3 words left, 4 wanted"]
    at = before.report.text.index("red")
    after = before.edited(Edit(Span(at, at), "round "))
    assert [(fix.title, fix.safe) for fix in _finding(after).fixes] == [("remove the dashes", True)]


def test_fix_all_reaches_every_answer() -> None:
    """A report with more answers than one finding lists is counted whole, and fixed in a few rounds."""
    snapshot = take(_report(["--- A round red apple. ---"] * MORE_THAN_ARE_LISTED), Environment())
    finding = _finding(snapshot)
    assert f"in this answer and {MORE_THAN_ARE_LISTED - 1} others" in finding.message
    assert f"counted as {2 * MORE_THAN_ARE_LISTED} words" in finding.message
    assert len(finding.related) < MORE_THAN_ARE_LISTED
    fixed = with_fixes(snapshot)
    assert "---" not in fixed.text
    assert RULE not in {finding.rule for finding in fixed.snapshot.findings}
