"""Messages about headings and markers agree with the checker: fix the mistake and judge again."""

from __future__ import annotations

import logging
import re
from random import Random
from typing import TYPE_CHECKING

import pytest

from reportls.findings.finding import Severity
from reportls.findings.settings import Settings
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import apply_edits
from tests.support.bending import bend
from tests.support.sample import SAMPLE, whole_report

if TYPE_CHECKING:
    from reportls.findings.finding import Finding
    from reportls.report.kinds import Count

_RULES = frozenset(
    {
        "missing-marker",
        "extra-marker",
        "missing-question",
        "duplicate-question",
        "question-out-of-order",
        "heading-changed",
        "text-after-last-answer",
        "answer-cut-off",
        "answer-in-quote",
        "answer-outside",
        "conflict-marker",
        "unintended-heading",
    }
)
_NAMED = {31: "dtu-02476-2026", 27: "dtu-02476-2023"}
_FAMILIES = sorted(_NAMED)
_QUESTIONS = (1, 2, 7, 16, 26)


def _judged(text: str, questions: int) -> Snapshot:
    return take(text, Environment(Settings(select=_RULES), named=_NAMED.get(questions)))


def _counts(snapshot: Snapshot) -> list[Count]:
    return [judged.answer.counted for judged in snapshot.verdict.judged]


def _passed(snapshot: Snapshot) -> list[bool]:
    return [judged.passed for judged in snapshot.verdict.judged]


def _only(snapshot: Snapshot, rule: str) -> Finding:
    """Return the only finding of a text with one mistake."""
    (finding,) = snapshot.findings
    assert finding.rule == rule
    return finding


def _fixed(text: str, finding: Finding, questions: int) -> Snapshot:
    return _judged(apply_edits(text, finding.fixes[0].edits), questions)


def _says_error(finding: Finding, snapshot: Snapshot) -> bool:
    says = snapshot.verdict.error is not None and f"the check crashes: {snapshot.verdict.error}" in finding.message
    assert finding.is_crash == says
    return says


def _block(text: str, number: int) -> tuple[int, int]:
    start = text.index(f"### Question {number}\n")
    end = text.find("\n### Question ", start)
    return start, end + 1 if end >= 0 else len(text)


def _marker(text: str, number: int) -> int:
    return text.index("Answer:", text.index(f"### Question {number}\n"))


@pytest.mark.parametrize("questions", _FAMILIES)
def test_nothing_wrong(questions: int) -> None:
    """The samples have no findings and complete."""
    snapshot = _judged(SAMPLE[questions], questions)
    assert snapshot.findings == ()
    assert snapshot.verdict.completed


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", _QUESTIONS)
@pytest.mark.parametrize("left", ["", "nswer:", "Answer", "answer:"])
def test_missing_marker(questions: int, number: int, left: str) -> None:
    """A missing marker crashes the check; adding it restores the verdict."""
    whole = SAMPLE[questions]
    at = _marker(whole, number)
    text = whole[:at] + left + whole[at + len("Answer:") :]
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "missing-marker")
    assert finding.severity is Severity.ERROR
    assert _says_error(finding, snapshot)
    assert "does not see this answer" in finding.message
    assert _passed(_fixed(text, finding, questions)) == _passed(_judged(whole, questions))


@pytest.mark.parametrize("questions", _FAMILIES)
def test_missing_marker_of_the_last_question(questions: int) -> None:
    """Without the last marker, the last answer reaches back to the previous one, and the check completes."""
    whole = SAMPLE[questions]
    at = _marker(whole, questions)
    text = whole[:at] + whole[at + len("Answer:") :]
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "missing-marker")
    assert f"takes everything from the answer to question {questions - 1} on for this answer" in finding.message
    assert snapshot.verdict.completed
    assert snapshot.verdict.judged[-1].answer.block == questions - 1
    assert _counts(snapshot)[:-1] == _counts(_judged(whole, questions))[:-1]


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize(("lost", "doubled"), [(3, 9), (12, 13), (1, 20)])
def test_shifted_answers(questions: int, lost: int, doubled: int) -> None:
    """After a lost marker and a duplicate question, the message names the answers judged as others."""
    whole = SAMPLE[questions]
    start, end = _block(whole, doubled)
    text = whole[:end] + whole[start:end] + whole[end:]
    at = _marker(text, lost)
    text = text[:at] + text[at + len("Answer:") :]
    snapshot = _judged(text, questions)
    assert snapshot.verdict.completed
    missing = next(found for found in snapshot.findings if found.rule == "missing-marker")
    if doubled == lost + 1:
        assert f"the answer to question {doubled} is judged as question {lost}" in missing.message
    else:
        own, judged = f"{lost + 1} to {doubled}", f"{lost} to {doubled - 1}"
        assert f"the answers to questions {own} are judged as questions {judged}" in missing.message
    shifted = [
        (snapshot.report.questions[judged.answer.block - 1].number, judged.position)
        for judged in snapshot.verdict.judged
        if snapshot.report.questions[judged.answer.block - 1].number != judged.position
    ]
    assert shifted == [(number, number - 1) for number in range(lost + 1, doubled + 1)]


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", [*_QUESTIONS, 27])
@pytest.mark.parametrize("inserted", ["\n\n> Answer:\n\n", " the Answer: ", "\nAnswer:\n"])
def test_extra_marker(questions: int, number: int, inserted: str) -> None:
    """The words that an extra marker throws away are counted; it is an error only if that makes the question fail."""
    whole = SAMPLE[questions]
    at = whole.index(" sees,", _marker(whole, number))
    text = whole[:at] + inserted + whole[at:]
    snapshot = _judged(text, questions)
    finding = next(found for found in snapshot.findings if found.rule == "extra-marker")
    lost = re.search(r"throws away the (\d+) words", finding.message)
    assert lost
    fixed = _fixed(text, finding, questions)
    assert _counts(fixed)[number - 1][0] - _counts(snapshot)[number - 1][0] == int(lost[1]) + ("the" in inserted)
    cost = not _passed(snapshot)[number - 1] and _passed(fixed)[number - 1]
    assert (finding.severity is Severity.ERROR) == cost


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", _QUESTIONS)
def test_extra_marker_below_a_heading(questions: int, number: int) -> None:
    """With a `###` between two markers there is one answer too many."""
    whole = SAMPLE[questions]
    at = whole.index(" sees,", _marker(whole, number))
    text = whole[:at] + "\n\n### More\n\nAnswer:" + whole[at:]
    snapshot = _judged(text, questions)
    finding = next(found for found in snapshot.findings if found.rule == "extra-marker")
    assert finding.severity is Severity.ERROR
    assert _says_error(finding, snapshot)
    assert _fixed(text, finding, questions).verdict.completed


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("above", ["", "\n### Week 1\n\n"])
def test_marker_before_the_first_question(questions: int, above: str) -> None:
    """A marker above the first question makes one answer too many; for the older checkers only after a `###`."""
    whole = SAMPLE[questions].replace("## Tasks\n", f"## Tasks\n{above}")
    text = whole.replace("Buy apples", "Answer: apples")
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "extra-marker")
    is_old = questions == min(_FAMILIES)
    assert snapshot.verdict.completed == (is_old and not above)
    assert (finding.severity is Severity.ERROR) == _says_error(finding, snapshot) == (not snapshot.verdict.completed)
    assert _passed(_fixed(text, finding, questions)) == _passed(_judged(whole, questions))


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", [*_QUESTIONS, 27])
def test_missing_question(questions: int, number: int) -> None:
    """A missing question crashes the check; inserting an empty one completes it."""
    whole = SAMPLE[questions]
    start, end = _block(whole, number)
    text = whole[:start] + whole[end:]
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "missing-question")
    assert finding.severity is Severity.ERROR
    assert finding.said.startswith(f"question {number} is missing")
    assert _says_error(finding, snapshot)
    fixed = _fixed(text, finding, questions)
    expected = _passed(_judged(whole, questions))
    others = [passed for position, passed in enumerate(_passed(fixed), start=1) if position != number]
    assert others == [passed for position, passed in enumerate(expected, start=1) if position != number]


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", [2, 7, 16, 26, 27])
@pytest.mark.parametrize("left", ["", "### Spørgsmål\n"])
def test_lost_heading(questions: int, number: int, left: str) -> None:
    """The heading is inserted above its prompt; its loss is an error only if an answer is lost with it."""
    whole = SAMPLE[questions]
    heading = f"### Question {number}\n"
    text = whole.replace(heading, left)
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "missing-question")
    assert f"`### Question {number}` belongs above its prompt" in finding.message
    assert (finding.severity is Severity.ERROR) == (not left)
    assert _says_error(finding, snapshot) == (not left)
    assert snapshot.verdict.completed == bool(left)
    assert _passed(_fixed(text, finding, questions)) == _passed(_judged(whole, questions))


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", [*_QUESTIONS, 27])
def test_duplicate_question(questions: int, number: int) -> None:
    """A duplicate question crashes the check; removing the copy restores the verdict."""
    whole = SAMPLE[questions]
    start, end = _block(whole, number)
    text = whole[:end] + whole[start:end] + whole[end:]
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "duplicate-question")
    assert finding.severity is Severity.ERROR
    assert _says_error(finding, snapshot)
    assert _counts(_fixed(text, finding, questions)) == _counts(_judged(whole, questions))


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", [2, 7, 16, 26])
def test_wrong_number(questions: int, number: int) -> None:
    """A wrong number makes nothing fail, as the checker ignores numbers."""
    whole = SAMPLE[questions]
    text = whole.replace(f"### Question {number}\n", f"### Question {number - 1}\n")
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "duplicate-question")
    assert finding.severity is Severity.WARNING
    assert apply_edits(text, finding.fixes[0].edits) == whole


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", [2, 7, 16, 25])
def test_question_out_of_order(questions: int, number: int) -> None:
    """A question out of order is an error only if one fails for it; moving it restores the verdict."""
    whole = SAMPLE[questions]
    start, end = _block(whole, number)
    text = whole[:start] + whole[end : _block(whole, number + 1)[1]] + whole[start:end]
    text += whole[_block(whole, number + 1)[1] :]
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "question-out-of-order")
    fixed = _fixed(text, finding, questions)
    assert _passed(fixed) == _passed(_judged(whole, questions))
    positions = (
        sorted(_passed(snapshot)) != sorted(_passed(fixed)) or _passed(snapshot)[number - 1] != (_passed(fixed)[number])
    )
    assert (finding.severity is Severity.ERROR) == positions


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", [2, 7, 16, 26, 27])
@pytest.mark.parametrize("heading", ["## Question", "# Question", "Question", "**Question"])
def test_heading_changed(questions: int, number: int, heading: str) -> None:
    """Without its `###`, the answer above is dropped; the fix is safe and restores the verdict."""
    whole = SAMPLE[questions]
    end = "**" if "*" in heading else ""
    text = whole.replace(f"### Question {number}\n", f"{heading} {number}{end}\n")
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "heading-changed")
    assert finding.severity is Severity.ERROR
    assert f"drops the answer to question {number - 1}" in finding.message
    assert _says_error(finding, snapshot)
    assert finding.fixes[0].safe
    assert apply_edits(text, finding.fixes[0].edits) == whole


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("heading", ["## Question 1", "Question 1"])
def test_first_heading_changed(questions: int, heading: str) -> None:
    """Only the older checkers need the `###` of the first heading."""
    text = SAMPLE[questions].replace("### Question 1\n", f"{heading}\n")
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "heading-changed")
    assert (finding.severity is Severity.ERROR) == (not snapshot.verdict.completed)
    assert snapshot.verdict.completed == (questions == max(_FAMILIES))


def test_first_heading_among_the_characters_dropped() -> None:
    """The older checkers drop the first 43 characters, also if the first `###` is among them."""
    whole = SAMPLE[27]
    snapshot = _judged(whole[whole.index("### Question 1") :], 27)
    finding = _only(snapshot, "heading-changed")
    assert finding.severity is Severity.ERROR
    assert _says_error(finding, snapshot)
    assert "the first 43 characters" in finding.message


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("inserted", ["\n\n### Sources\n\nBooks.\n", "\n\n```\n### a\n```\n", "\n\nC###\n"])
def test_text_after_last_answer(questions: int, inserted: str) -> None:
    """The checker takes the last answer twice; without the `###` the check completes."""
    text = SAMPLE[questions] + inserted
    snapshot = _judged(text, questions)
    finding = _only(snapshot, "text-after-last-answer")
    assert finding.severity is Severity.ERROR
    assert _says_error(finding, snapshot)
    assert snapshot.verdict.answers[-1].block == snapshot.verdict.answers[-2].block
    assert _fixed(text, finding, questions).verdict.completed


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("number", _QUESTIONS)
@pytest.mark.parametrize("inserted", ["\n\n## More\n\n", "\n#### More\n", " C## ", "\n\n```\n## a\n```\n", " `##` "])
def test_answer_cut_off(questions: int, number: int, inserted: str) -> None:
    """The words cut off are counted; it is an error only if the question would pass with them."""
    whole = SAMPLE[questions]
    at = whole.index(" sees,", _marker(whole, number))
    text = whole[:at] + inserted + whole[at:]
    snapshot = _judged(text, questions)
    finding = next(found for found in snapshot.findings if found.rule == "answer-cut-off")
    fixed = _fixed(text, finding, questions)
    assert not [found for found in fixed.findings if found.rule == "answer-cut-off"]
    start, end = _block(text, number)
    answer = text[_marker(text, number) + len("Answer:") : end]
    answer = re.split(r"\n## The machine\n", answer)[0]
    lost = re.search(r"never sees the (\d+) words?(?: and (\d+) image)?", finding.message)
    assert lost
    cut = answer.index("##")
    assert int(lost[1]) == len(answer[cut:].split())
    assert start < finding.span.start < end
    cost = not _passed(snapshot)[number - 1] and _passed(fixed)[number - 1]
    assert (finding.severity is Severity.ERROR) == cost


@pytest.mark.parametrize("questions", [*_FAMILIES, 9])
@pytest.mark.parametrize("seed", range(12))
def test_bent_reports(questions: int, seed: int, caplog: pytest.LogCaptureFixture) -> None:
    """However a report is damaged, no rule raises, marks are on one line, and crashes are explained."""
    caplog.set_level(logging.ERROR)
    rng = Random(seed * 100 + questions)  # noqa: S311  # repeatable, not secret
    text = SAMPLE.get(questions) or whole_report(questions)
    for _ in range(rng.randint(1, 12)):
        text = bend(text, rng)
    snapshot = _judged(text, questions)
    for finding in snapshot.findings:
        start, end = (snapshot.report.line_col(offset) for offset in finding.span)
        assert start.line == end.line
        assert start.column < end.column
        assert finding.is_crash == ("the check crashes" in finding.message)
        if finding.is_crash:
            assert finding.message.endswith(f"the check crashes: {snapshot.verdict.error}")
        for fix in finding.fixes:
            _judged(apply_edits(text, fix.edits), questions)
    assert not caplog.records


@pytest.mark.parametrize("questions", _FAMILIES)
@pytest.mark.parametrize("seed", range(25))
def test_every_crash_is_explained(questions: int, seed: int) -> None:
    """A finding explains the crash exactly if the check crashes."""
    rng = Random(seed)  # noqa: S311  # repeatable, not secret
    text = SAMPLE[questions]
    for _ in range(rng.randint(1, 5)):
        text = bend(text, rng)
    snapshot = _judged(text, questions)
    said = [finding for finding in snapshot.findings if "crashes" in finding.message]
    assert bool(said) == (not snapshot.verdict.completed), text
