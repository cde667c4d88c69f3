"""Links that a prompt demands and an answer lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import amount
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.limit_grammar import read_limits
from reportls.report.prompt import EXAMPLE
from reportls.text import Span, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.kinds import Limit as Configured
    from reportls.report.limit_grammar import Limit
    from reportls.report.question import Question

_UNIT = "links"
_ADDRESS = pattern(
    r"https?://[^\s<>]|www\.[^\s<>]|<a\s[^<>]*href[^<>]*|(?<![\w./@-])(?:[\w-]+\.)+(?:ai|com|dk|edu|org)/[^\s<>]"
)
"""Also an address without `https://`, but not the name of a container image such as `gcr.io/project/image`."""


@question_rule(Severity.INFORMATION, of={"words"})
def link_demanded(ctx: QuestionContext) -> Iterator[Problem]:
    """The prompt asks for a link, and the answer has none.

    The checker does not look at links, but graders want to follow them. A link in Markdown, an address in angle
    brackets and a bare address all count:

        We build it with [this Dockerfile](https://github.com/our-group/project/blob/main/Dockerfile).

    The prompt must demand the link ("include a link to one of your files"); an offer such as "feel free to insert a
    link" is not reported. The configuration can set the number of links for a question, or `false` for no limit:

        [questions.7]
        links = [1, inf]
    """
    question = ctx.question
    if not question.is_answered:
        return
    configured = ctx.settings.slots.get(str(ctx.position or ctx.own_position), {})
    if _UNIT in configured:
        limit = configured[_UNIT]
        yield from _missed(question, limit) if limit else ()
    elif (wanted := _wanted(question)) and not _links_in(question):
        yield Problem(wanted.span, "the question asks for a link, and the answer has none: add it")


def _missed(question: Question, limit: Configured) -> Iterator[Problem]:
    """Say how many links are missing from what the configuration asks for, or are too many."""
    number = _links_in(question)
    if number < limit.low:
        yield Problem(question.layout.number, f"{amount(number, 'link')}, {limit} wanted: add {limit.low - number}")
    elif limit.high is not None and number > limit.high:
        yield Problem(question.layout.number, f"{amount(number, 'link')}, {limit} wanted: remove {number - limit.high}")


def _wanted(question: Question) -> Limit | None:
    """Return the words of the question that demand a link, leaving out its example."""
    prompt = question.layout.prompt
    if not prompt:
        return None
    words = question[prompt]  # the whole prompt, whose limits are known already
    end = words.find(EXAMPLE) if EXAMPLE in words else len(words)
    limits = (limit for limit in read_limits(words).limits if limit.span.end <= end)
    found = next((limit for limit in limits if limit.unit == _UNIT and limit.at_least), None)
    return found and found.shifted(prompt.start)


def _links_in(question: Question) -> int:
    """Count the links that a reader can follow: in Markdown or HTML, in angle brackets, and bare addresses."""
    links = [link.span for link in question.markup.links]
    taken: list[Span] = []
    for span in sorted([*links, *(image.span for image in question.images)]):
        if not taken or span.start >= taken[-1].end:  # the text of a link may be an image
            taken.append(span)
    addresses = _ADDRESS.finditer(question.text, *question.layout.answer)
    return len(links) + sum(not is_covered(Span(*match.span()), taken) for match in addresses)
