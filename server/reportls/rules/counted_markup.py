"""Verdicts that hang on markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import counted_span, judged_as, place_in
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.hidden_words import hidden_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.HINT, of={"symbols", "html", "images", "links"})
def counted_markup(ctx: QuestionContext) -> Iterator[Problem]:
    """Only markup makes the answer long enough, or too long.

    The checker takes everything between white space for a word: the parts of an image tag, HTML, comments, the targets
    of links, and signs that stand alone, such as the dashes of a list or the bars of a table. A reader sees none of
    them as words. Here the verdict would be the other one if only the words were counted that a reader sees; code and
    the text of links are among these.

    The verdict stays what it is, but an answer that passes by its markup is shorter than the course asks for. Say a
    little more. One that fails by its markup can be cut without losing a word: drop comments, turn HTML into Markdown,
    make a table a figure.
    """
    for judged in ctx.judged:
        limit, counted = judged.constraints.words, judged.answer.counted.words
        if not limit or counted < limit.low or ctx.is_unanswered:
            continue
        span = counted_span(ctx.question, judged)
        seen = counted - hidden_words(ctx.question, span) if span else counted
        if seen < counted and judged.constraints.allow(seen, judged.answer.counted.images) != judged.passed:
            why = "it passes by its markup alone" if judged.passed else "its markup alone makes it too long"
            words = f"{counted} words counted, {seen} of them seen by a reader, {limit} wanted: {why}"
            yield Problem(place_in(ctx, judged, ctx.question.stated.words_span), judged_as(ctx, judged) + words)
