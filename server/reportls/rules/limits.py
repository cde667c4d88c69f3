"""Limits: counts that miss them, and limits that are stated in conflict with the checker or cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.insert_image import insert_image_fixes
from reportls.analysis.limits import (
    LENGTHS,
    OTHER_THINGS,
    limits_together,
    missed_in_slot,
    missed_limits,
    problem_with,
    too_few,
    too_many,
)
from reportls.editions.edition import Source
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule, slot_rule
from reportls.report.form import FORM
from reportls.report.kinds import IMAGES, KINDS, WORDS, Limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext, SlotContext
    from reportls.forms.template import Slot, Template


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


answer_too_short.in_slots(lambda ctx: too_few(missed_in_slot(ctx, LENGTHS | OTHER_THINGS)))
answer_too_short.in_forms(of="answers")(lambda ctx: too_few(limits_together(ctx)))


@question_rule(Severity.ERROR, tags={Tag.LIMIT}, of={"failures"})
def answer_too_long(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer has more words than its question allows.

    The checker fails the question. It counts everything between white space as a word: code, the cells and rules of a
    table, image tags, comments, a placeholder that was left, and a single dash.

    The message says how many words to cut. Start with what is counted but not read: the hint `counted-markup` appears
    when that alone makes the answer too long. A figure that replaces a long listing counts as two or three words.

    The finding is at the limit in the prompt, or at the number in the heading if the prompt states none. If a marker is
    missing or repeated, the checker judges answers by the limits of other questions. Then the finding is at the
    `Answer:` and names the question whose limits apply. Restore the marker first.

    With a template, lengths of all kinds, code blocks, links and references are compared with the template's limits.
    The message says whether they are counted as readers see them or as a script does (the setting `count`).
    """
    for missed in missed_limits(ctx, WORDS):
        if missed.found >= missed.wanted.low:
            yield problem_with(ctx, missed, "cut")


answer_too_long.in_slots(lambda ctx: too_many(missed_in_slot(ctx, LENGTHS | OTHER_THINGS)))
answer_too_long.in_forms(of="answers")(lambda ctx: too_many(limits_together(ctx)))


@question_rule(Severity.ERROR, fix="offered", tags={Tag.LIMIT}, of={"failures"})
def too_few_images(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer has fewer images than its question asks for.

    The checker fails the question. It counts images that are written like this, on one line, and nothing else:

        ![the architecture](figures/architecture.png)

    An `<img>` tag, a link without the `!`, a path alone and an image broken over lines are not counted. Nor is anything
    after the first `##` of an answer.

    Put the figure into the folder `figures`, insert it as above, and hand in both.
    """
    for missed in missed_limits(ctx, IMAGES):
        if missed.found < missed.wanted.low:
            # The fix inserts one image, which is not enough if more are missing.
            is_one_short = missed.wanted.low - missed.found == 1
            yield problem_with(ctx, missed, "insert", insert_image_fixes(ctx) if is_one_short else ())


@too_few_images.in_slots
def _too_few_images_in_slot(ctx: SlotContext) -> Iterator[Problem]:
    is_one_short = any(each.bounds.unit == "images" and each.bounds.shortfall(each.found) == 1 for each in ctx.measured)
    for problem in too_few(missed_in_slot(ctx, {"images"})):
        yield problem._replace(fixes=insert_image_fixes(ctx.answer) if is_one_short else ())


@question_rule(Severity.ERROR, tags={Tag.LIMIT}, of={"failures"})
def too_many_images(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer has more images than its question allows.

    The checker fails the question. It counts every `![...](...)` on one line, including those in code or comments,
    those that lead to no file, and repeated ones.

    Remove the least useful image, combine several into one file, or mention one in words and show it in the answer to
    another question.
    """
    for missed in missed_limits(ctx, IMAGES):
        if missed.found >= missed.wanted.low:
            yield problem_with(ctx, missed, "remove")


too_many_images.in_slots(lambda ctx: too_many(missed_in_slot(ctx, {"images"})))


@question_rule(Severity.WARNING, of={"words"})
def limit_mismatch(ctx: QuestionContext) -> Iterator[Problem]:
    """The prompt states a different limit from the one that the checker applies.

    The checker does not read the prompt; it has its own list of limits, one for each position. So an answer that
    respects the limit stated here may still fail. Usually the line was edited, or the report was written for another
    edition: `reportls edition` shows the limits of each.

    A limit in the course's template is compared in the same way, if there is one beside the course's script.

    Restore the course's text. If the course really changed a limit, write it into the configuration:

        [questions.7]
        words = [50, 150]
    """
    position, stated = ctx.own_position, ctx.question.stated
    if position > len(ctx.edition.limits) or ctx.edition.source_at(position) is Source.PROMPT:
        return
    own, applied = ctx.edition.limits_at(position), ctx.constraints
    for asked, limit, at_position in zip(stated, own, applied, strict=True):
        # Other rules report shifted limits and a wrong number in the heading.
        if asked and asked.limit not in (limit, at_position):
            words = ctx.question[asked.span]
            yield Problem(asked.span, f"the question asks for {words}, {_applied(ctx, position, limit)}")
    if ctx.surroundings.template:
        yield from _in_template(ctx, ctx.surroundings.template)


def _applied(ctx: QuestionContext, position: int, limit: Limit | None) -> str:
    """Return what the checker applies instead, and why."""
    wants = f"applies {limit}" if limit else "has no limit for them"
    return f"the checker {wants} (the limit comes from {ctx.edition.source_at(position).value})"


def _in_template(ctx: QuestionContext, template: Template) -> Iterator[Problem]:
    """Yield the limits in the template's text of the question that its own prompt does not state any more."""
    slot = _slot(ctx, template)
    for limit in slot.limits if slot else ():
        kind = next((kind for kind in KINDS if kind.key == limit.unit), None)
        if kind is None or limit.about or ctx.question.stated[kind]:
            continue
        most = None if limit.at_most is None else int(limit.at_most)
        applied, asked = ctx.constraints[kind], Limit(int(limit.at_least or 0), most)
        if applied != asked:
            message = f"the template asks for {asked} {kind.key}, {_applied(ctx, ctx.own_position, applied)}"
            yield Problem(ctx.question.layout.number, message)


def _slot(ctx: QuestionContext, template: Template) -> Slot | None:
    """Return the template's place for the question: the one of its number."""
    name = FORM.name_of(ctx.question.number).casefold()
    return next((slot for slot in template.slots if slot.name.casefold() == name), None)


@slot_rule(Severity.INFORMATION)
def limit_not_understood(ctx: SlotContext) -> Iterator[Problem]:
    """The template states a limit here that could not be read.

    The wording looks like a limit: a number with words such as "at least", or after a label such as "Answer length:".
    But it is not clear what is limited, so nothing is counted. Read the template yourself.

    The author of the template sees the same with `reportls template FILE`, and can reword the line or add
    `<!-- reportls: no-limit -->` to it.
    """
    for words in ctx.filled.blank.not_understood:
        yield Problem(ctx.filled.mark, f"the template states a limit that could not be read: {words}")
