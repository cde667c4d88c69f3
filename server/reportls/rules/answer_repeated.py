"""The same answer under two questions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Related, Severity
from reportls.findings.rule import report_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.question import Question

_FEWEST_WORDS = 15
"""Shorter answers, such as "We did not use it.", may well be the same."""
_MOST_COMPARED = 64
"""More than a report has questions."""


@report_rule(Severity.HINT, of="answers")
def answer_repeated(ctx: ReportContext) -> Iterator[Problem]:
    """Two questions have the same answer, word for word.

    Usually an answer was copied to the wrong question, or was meant to be reworked. Answers of fewer than 15 words are
    not compared.

    Answer each question separately, and refer to the other answer where they overlap.
    """
    first: dict[str, tuple[int, Question]] = {}
    for start, question in islice(zip(ctx.report.starts[1:-1], ctx.report.questions, strict=True), _MOST_COMPARED):
        begin, other = first.setdefault(question.words, (start, question))
        # Only answers that are there twice are looked at any closer: this is done after every edit.
        if other is not question and question.words.count(" ") >= _FEWEST_WORDS - 1:
            yield Problem(
                question.layout.number.shifted(start),
                f"the same answer as to question {other.number}, word for word: answer each question separately",
                related=(Related(other.layout.number.shifted(begin), "the same answer"),),
            )
