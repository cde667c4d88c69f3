"""Prompts that differ from the course's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.builtin import builtin
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.fingerprint import fingerprint
from reportls.report.kinds import WORDS, Constraints
from reportls.report.prompt import EXAMPLE
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.question import Question

_NOTHING = fingerprint("")
_WORDS = pattern(r"\w[^\r\n]*\w|\w")


@question_rule(Severity.HINT, of={"prompt"})
def prompt_changed(ctx: QuestionContext) -> Iterator[Problem]:
    """The course's text of a question was edited or deleted.

    Everything from the heading to `Answer:` belongs to the course: the question, the line with the length, the example.
    Graders read it together with the answer. If the line with the length is missing, neither they nor this program can
    show the limit next to what was written. The verdict does not change.

    Copy the text from the course's template again. The message names the parts that differ. The comparison ignores
    white space, emphasis, punctuation and capitals. Many groups delete the examples to see their own text better;
    folding them in the editor has the same effect. To turn this off, ignore the rule in the configuration.
    """
    changes = list(_changes(ctx)) if ctx.question.number in ctx.edition.prints.prompts else []
    if changes:
        parts = ", ".join(change for change, _ in changes)
        yield Problem(changes[0][1], f"the course's text is changed: {parts}; put it back, only the answer is yours")


def _changes(ctx: QuestionContext) -> Iterator[tuple[str, Span]]:
    """Yield what was done to which part of the prompt, and where it shows."""
    question, prints = ctx.question, ctx.edition.prints
    heading = question.layout.number
    words, example = question.prompt_print
    if words in (None, _NOTHING) and example is None:
        yield "all of it deleted", heading
        return
    number = _number_of(ctx)
    if words == _NOTHING:
        yield "question deleted", heading
    elif words not in prints.prompts[number]:
        yield "question reworded", _first_words(question)
    if _lacks_limit(ctx, number):
        yield f"length line {'reworded' if _has_length_line(question) else 'deleted'}", heading
    examples = prints.examples.get(number)
    if examples and example is None:
        yield "example deleted", heading
    elif examples and example not in examples:
        yield "example reworded", _example(question)


def _number_of(ctx: QuestionContext) -> int:
    """Return the number of the question that the prompt belongs to: the heading's, unless that is wrong."""
    own, prompts = ctx.question.number, ctx.edition.prints.prompts
    words = ctx.question.prompt_print.question
    if words in prompts[own]:
        return own
    return next((number for number, known in prompts.items() if words in known), own)


def _lacks_limit(ctx: QuestionContext, number: int) -> bool:
    """Return whether the prompt states no limit although the course's does. `limit-mismatch` reports others."""
    edition, stated = ctx.edition, ctx.question.stated
    own = builtin(edition.id).limits_at(number) if edition.id else Constraints()
    # The length has a line of its own; all else is demanded in the question's own words, and goes with them.
    asks_as_before = ctx.question.prompt_print.question in edition.prints.prompts[number]
    return any(not stated[kind] and (kind is WORDS or asks_as_before) for kind, _ in own.limits)


def _has_length_line(question: Question) -> bool:
    prompt = question.layout.prompt
    return prompt is not None and "answer length" in question[prompt].lower()


def _first_words(question: Question) -> Span:
    """Return the first line of the prompt, without quote marks and emphasis."""
    prompt = question.layout.prompt
    match = _WORDS.search(question.text, prompt.start, prompt.end) if prompt else None
    return Span(*match.span()) if match else question.layout.number


def _example(question: Question) -> Span:
    """Return the span of the word that opens the example."""
    prompt = question.layout.prompt
    start = question.text.find(EXAMPLE, prompt.start, prompt.end) if prompt else -1
    return Span(start, start + len(EXAMPLE)) if start >= 0 else question.layout.number
