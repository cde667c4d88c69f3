"""Words that are only markup, halves of words, and whole answers that are there twice."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reportls.analysis.limits import counted_span, judged_as, place_in
from reportls.findings.finding import Fix, Problem, Related, Severity
from reportls.findings.rule import question_rule, report_rule
from reportls.report.hidden_words import hidden_words
from reportls.report.kinds import WORDS
from reportls.text import LINE_BREAK, Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext, ReportContext
    from reportls.report.question import Question

_DIVIDED = pattern(
    r"(?<![^\s(\[\"'*_])(?P<first>(?:[^\W\d_]+-)*[^\W\d_]{2,})"
    rf"(?P<break>-{LINE_BREAK}[ \t]*)(?P<rest>[^\W\d_]{{2,}})(?![\w/])"
)
_JOINING = frozenset(
    ("and", "as", "et", "nor", "och", "oder", "og", "or", "rather", "than", "to", "und", "versus", "vs")
)
"""Before these a hyphen stands for the end of a word that follows: "pre- and postprocessing"."""
_LONGEST_SHOWN = 30
_FEWEST_WORDS = 15
"""Shorter answers, such as "We did not use it.", may well be the same."""
_MOST_COMPARED = 64
"""More than a report has questions."""


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


@question_rule(Severity.HINT, fix="offered", of={"divided words"})
def word_divided(ctx: QuestionContext) -> Iterator[Problem]:
    """A hyphen at the end of a line divides a word.

    Text copied from a PDF brings such hyphens with it. Markdown does not join the two parts: readers see `para- meters`
    in the middle of a line, and the checker counts two words.

    Write the word on one line, without the hyphen or with it:

        The parameters are end-to-end trainable.

    A hyphen before "and" or "or" is not reported, since it stands for the rest of a word: "pre- and postprocessing".
    """
    question = ctx.question
    found = _DIVIDED.finditer(question.text, question.content.start, question.content.end)
    # A capital begins the second half of a double name, which keeps its hyphen.
    candidates = [match for match in found if match["rest"][0].islower() and match["rest"] not in _JOINING]
    for match in candidates:
        span, markup = Span(*match.span()), question.markup
        if is_covered(span, markup.verbatim) or is_covered(span, markup.code) or not _is_text(question, match):
            continue
        half = f"{match['first']}-"[-_LONGEST_SHOWN:]
        words = (match["first"] + match["rest"], f"{match['first']}-{match['rest']}")
        likely = reversed(words) if "-" in match["first"] else words
        message = (
            f"readers see a space after `{half}`, and the checker counts it as a word: write the whole word on one line"
        )
        fixes = tuple(Fix(f"write `{word}`", (Edit(span, word),)) for word in likely)
        yield Problem(Span(span.start, match.start("break") + 1), message, fixes)


def _is_text(question: Question, match: re.Match[str]) -> bool:
    """Return whether both parts are in one paragraph of the page."""
    line, paragraphs = question.source.line_at(match.start("break")), question.page.paragraphs
    return line in paragraphs and paragraphs.get(line + 1) == paragraphs[line]


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
