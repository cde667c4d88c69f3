"""Words that a hyphen divides over two lines, as in text copied from a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.text import LINE_BREAK, Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
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
