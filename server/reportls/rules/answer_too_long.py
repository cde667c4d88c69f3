"""Too many words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import missed_lengths, problem_with
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.ERROR, tags={Tag.LIMIT}, of={"failures"})
def answer_too_long(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer has more words than its question allows.

    The checker fails the question. It takes everything between white space for a word, so code, the rows and lines of a
    table, image tags, comments, a placeholder left behind and a lone dash are counted like any other.

    The finding says how many words to cut. Look for what is counted but not read: the hint `counted-markup` tells when
    that alone makes the answer too long. A figure in place of a long listing counts two or three words.

    The finding stands at the limit in the question's text, or at the number in the heading if the text names none.
    Where a marker is missing or was repeated, answers are judged by other questions' limits; then it stands at the
    `Answer:` and says as which question the answer is judged. Restore the marker first.
    """
    for missed in missed_lengths(ctx):
        if missed.found >= missed.wanted.low:
            yield problem_with(ctx, missed, "cut")
