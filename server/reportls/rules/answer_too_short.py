"""Too few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.form_limits import LENGTHS, OTHER_THINGS, limits_together, too_few
from reportls.analysis.limits import missed_limits, problem_with
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.kinds import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import FormContext, QuestionContext, SlotContext


@question_rule(Severity.ERROR, tags={Tag.LIMIT}, of={"failures"})
def answer_too_short(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer has fewer words than its question asks for.

    The checker fails the question. It counts everything between white space as a word, from the marker to the next
    question: markup, image tags, the dashes of a list, a placeholder that was left. It stops at the first `##`, even in
    code.

    The message says how many words to add. The finding is at the limit in the prompt. If the prompt states none, it is
    at the number in the heading, and the message says where the limit comes from. If a marker is missing or repeated,
    the checker judges answers by the limits of other questions. Then the finding is at the `Answer:` and names the
    question whose limits apply. Restore the marker first.

    With a template, lengths of all kinds, code blocks, links and references are compared with the template's limits.
    The message says whether they are counted as readers see them or as a script does (the setting `count`).
    """
    for missed in missed_limits(ctx, WORDS):
        if missed.found < missed.wanted.low:
            yield problem_with(ctx, missed, "add")


@answer_too_short.in_slots
def _in_slot(ctx: SlotContext) -> Iterator[Problem]:
    yield from too_few(ctx, LENGTHS | OTHER_THINGS)


@answer_too_short.in_forms(of="answers")
def _in_form(ctx: FormContext) -> Iterator[Problem]:
    yield from (problem for problem, off in limits_together(ctx) if off > 0)
