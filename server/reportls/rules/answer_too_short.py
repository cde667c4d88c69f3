"""Too few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import missed_lengths, problem_with
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.ERROR, tags={Tag.LIMIT}, of={"failures"})
def answer_too_short(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer has fewer words than its question asks for.

    The checker fails the question. It takes everything between white space for a word and counts whatever stands
    between the marker and the next question: markup, image tags, the list's dashes, a placeholder left behind. It stops
    at the first `##`, even one in code.

    The finding stands at the limit in the question's text and says how many words to add. Where the text names no limit
    it stands at the number in the heading and says where the limit comes from. Where a marker is missing or was
    repeated, answers are judged by other questions' limits; then it stands at the `Answer:` and says as which question
    the answer is judged. Restore the marker first.
    """
    for missed in missed_lengths(ctx):
        if missed.found < missed.wanted.low:
            yield problem_with(ctx, missed, "add")
