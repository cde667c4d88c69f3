"""Checks the blank report of a course against the course's script, before groups get it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.form import FORM
from reportls.report.kinds import KINDS
from reportls.report.prompt import fingerprint, prompt_lines, sentence_prints, split_example
from reportls.snapshot import judged_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from reportls.editions.edition import Edition
    from reportls.report.kinds import Constraints, Kind, Limit
    from reportls.report.question import Question
    from reportls.report.report import Report

_LONGEST = 60


class Complaint(NamedTuple):
    """Something in a blank report that does not agree with the script."""

    line: int
    """From 0."""
    message: str


def complaints(report: Report, edition: Edition) -> tuple[Complaint, ...]:
    """Return what does not agree, in the order of the text; `edition` has the limits of the script."""
    found = [*_of_numbers(report, edition), *_of_the_check(report, edition)]
    for index, question in enumerate(report.questions, start=1):
        line = report.first_lines[index]
        found += [Complaint(line, f"question {question.number}: {words}") for words in _of_question(question, edition)]
    return tuple(sorted(found))


def _of_numbers(report: Report, edition: Edition) -> Iterator[Complaint]:
    expected = range(1, len(edition.limits) + 1)
    counts = Counter(report.numbers)
    if missing := [str(number) for number in expected if number not in counts]:
        yield Complaint(0, f"questions that only the script has: {', '.join(missing)}")
    for index, number in enumerate(report.numbers, start=1):
        line = report.first_lines[index]
        if number not in expected:
            yield Complaint(line, f"question {number}: the script has {len(expected)} questions")
        elif counts[number] > 1:
            yield Complaint(line, f"question {number}: {counts[number]} headings have this number")
    if not missing and sorted(report.numbers) != [*report.numbers]:
        yield Complaint(0, "the questions are not in the order of their numbers, but the script goes by position")


def _of_the_check(report: Report, edition: Edition) -> Iterator[Complaint]:
    error = judged_by(edition, report).error
    if error:
        yield Complaint(0, f"the script crashes on this file: {error}")


def _of_question(question: Question, edition: Edition) -> Iterator[str]:
    for kind, limit in zip(KINDS, edition.limits_at(question.number), strict=True):
        stated = question.stated[kind]
        if (stated and stated.limit) != limit:
            yield _otherwise(kind, stated.limit if stated else None, limit)
    if not question.layout.marker:
        yield f"no `{FORM.marker}`, so the script finds no answer"
        return
    text = question[question.content]
    placeholder = FORM.placeholder.format(number=question.number)
    if text and not FORM.fill_here.sub("", text).strip():
        if fingerprint(text) != fingerprint(placeholder):
            yield f"the placeholder belongs to another question: `{text[:_LONGEST]}`"
    else:
        yield f"`{text[:_LONGEST]}` is in the place of `{placeholder}`" if text else f"`{placeholder}` is missing"


def _otherwise(kind: Kind, stated: Limit | None, limit: Limit | None) -> str:
    said = f"the prompt says {kind.limited(stated)}" if stated else f"the prompt says nothing about {kind.plural}"
    return f"{said}, the script {kind.limited(limit) if limit else f'sets no limit of {kind.plural}'}"


def draft(report: Report, edition: Edition, name: str, since: str) -> dict[str, Any]:
    """Return the JSON object of a new edition, made from a blank report; `edition` has the limits."""
    # Reversed, because of several questions with one number the first counts.
    introduction, asked = report.introduction, {question.number: question for question in reversed(report.questions)}
    prints = {number: asked[number].prompt_print for number in sorted(asked)}
    variant = edition.variant
    quirks = {"drops": variant.drops, "first_part_counts": variant.first_part_counts}
    return {
        "id": name,
        "since": since,
        "answers_expected": variant.answers_expected,
        **{quirk: value for quirk, value in quirks.items() if value},
        "roles": {},
        "questions": {str(number): _by_key(limits) for number, limits in enumerate(edition.limits, start=1)},
        "titles": [fingerprint(introduction[introduction.title])] if introduction.title else [],
        "tasks": [task.print for task in introduction.tasks],
        "prompts": {str(number): [each.question] for number, each in prints.items() if each.question},
        "examples": {str(number): [each.example] for number, each in prints.items() if each.example},
        "sentences": {whole: parts for question in asked.values() for whole, parts in _sentences(question)},
    }


def _sentences(question: Question) -> Iterator[tuple[str, list[str]]]:
    """Yield the fingerprints of the prompt's and of the example's sentences, each after that of the whole."""
    prompt = question.layout.prompt
    for words in split_example(prompt_lines(question[prompt])) if prompt else ():
        parts = sentence_prints(words)
        if len(parts) > 1:
            yield fingerprint(words), [*parts]


def _by_key(limits: Constraints) -> dict[str, list[int | None]]:
    return {kind.key: [limit.low, limit.high] for kind, limit in limits.limits}
