"""Links that a prompt orders and an answer lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.limit_grammar import read_limits
from reportls.report.prompt import EXAMPLE
from reportls.text import Span, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.limit_grammar import Limit
    from reportls.report.question import Question

_ADDRESS = pattern(
    r"https?://[^\s<>]|www\.[^\s<>]|<a\s[^<>]*href|(?<![\w./@-])(?:[\w-]+\.)+(?:ai|com|dk|edu|org)/[^\s<>]"
)
"""Also an address without `https://`, but not the name of a container image such as `gcr.io/project/image`."""


@question_rule(Severity.INFORMATION, of={"words"})
def link_demanded(ctx: QuestionContext) -> Iterator[Problem]:
    """The prompt orders a link, and the answer has none.

    The checker does not look at links, but graders want to follow them. A link in Markdown, an address in angle
    brackets and a bare address are all links:

        We build it with [this Dockerfile](https://github.com/our-group/project/blob/main/Dockerfile).

    Only words that order a link count ("include a link to one of your files"), not an offer such as "feel free to
    insert a link".
    """
    question = ctx.question
    wanted = _wanted(question)
    if wanted and question.is_answered and not _has_link(question):
        yield Problem(wanted.span, "the question asks for a link, and the answer has none: add it")


def _wanted(question: Question) -> Limit | None:
    """Return the order of a link in the question's own words, without its example."""
    prompt = question.layout.prompt
    if not prompt:
        return None
    limits = read_limits(question[prompt].partition(EXAMPLE)[0]).limits
    found = next((limit for limit in limits if limit.unit == "links" and limit.at_least), None)
    return found and found.shifted(prompt.start)


def _has_link(question: Question) -> bool:
    if question.markup.links:
        return True
    shown = sorted(image.span for image in question.images)
    addresses = _ADDRESS.finditer(question.text, *question.layout.answer)
    return any(not is_covered(Span(*match.span()), shown) for match in addresses)
