"""Verdicts that depend on markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import counted_span, judged_as, place_in
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.hidden_words import hidden_words
from reportls.report.kinds import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.HINT, of={"symbols", "html", "images", "links"})
def counted_markup(ctx: QuestionContext) -> Iterator[Problem]:
    """Only markup makes the answer long enough, or too long.

    The checker counts everything between white space as a word: the parts of an image tag, HTML, comments, the targets
    of links, and single characters such as the dashes of a list or the bars of a table. No reader counts these. This
    finding means that the verdict would change if only the words that a reader sees were counted, which include code
    and the text of links.

    The verdict stays as it is, but an answer that passes because of its markup is shorter than the course asks for:
    write a little more. An answer that fails because of its markup can be cut without losing a word: remove comments,
    replace HTML with Markdown, or turn a table into a figure.
    """
    for judged in ctx.judged:
        limit, counted = judged.constraints[WORDS], judged.answer.counted[WORDS]
        if not limit or counted < limit.low or ctx.is_unanswered:
            continue
        span = counted_span(ctx.question, judged)
        seen = counted - hidden_words(ctx.question, span) if span else counted
        if seen < counted and judged.constraints.allow(judged.answer.counted.replaced(WORDS, seen)) != judged.passed:
            why = "only markup makes it long enough" if judged.passed else "only markup makes it too long"
            words = f"{counted} words counted, {seen} of them seen by a reader, {limit} wanted: {why}"
            yield Problem(place_in(ctx, judged, ctx.question.stated[WORDS]), judged_as(ctx, judged) + words)
