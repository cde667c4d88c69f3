"""The checker's view is the checker's: on the real reports, on bent ones, and on text of any kind."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.editions.edition import IDS, builtin
from reportls.editions.script import Script
from reportls.report.checker import (
    CheckedAnswer,
    Segment,
    Variant,
    Verdict,
    answers_in,
    judge,
    recount_words,
    segments_of,
)
from reportls.report.kinds import NOTHING, WORDS, Constraints, Limit
from reportls.report.report import parse
from reportls.snapshot import Environment, assess
from tests.support import corpus, reference
from tests.support.bending import BENDS, bend
from tests.support.sample import whole_report


def check_against_reference(text: str, edition_id: str) -> None:
    """Our answers, in number, words and images, are those of the reference."""
    variant = builtin(edition_id).variant
    _, verdict = assess(parse(text), Environment(named=edition_id))
    outcome = reference.run(text, expected=variant.answers_expected, old=variant.first_part_counts)
    assert [tuple(answer.counted) for answer in verdict.answers] == outcome.answers
    assert verdict.completed == outcome.completed


def starts_of(text: str, answers: tuple[CheckedAnswer, ...]) -> list[int]:
    """Where each answer starts in the report."""
    starts = parse(text).starts
    return [starts[answer.block] + answer.start for answer in answers]


@corpus.needs_corpus
@pytest.mark.parametrize("kind", ["reports", "mutants"])
def test_real_verdicts(kind: str) -> None:
    """Each real report gets what the course's own script said of it, question by question."""
    assert corpus.names(kind)
    for name in corpus.names(kind):
        wanted = corpus.verdicts(kind)[name]
        _, verdict = assess(parse(corpus.report(name, kind)), Environment(named=wanted["edition"]))
        assert (verdict.completed, verdict.passed, verdict.expected) == (
            wanted["completed"],
            wanted["passed"],
            wanted["total"],
        ), name
        if wanted.get("answers_found") is not None:
            assert len(verdict.answers) == wanted["answers_found"], name
        for judged in verdict.judged:
            question = wanted["questions"][str(judged.position)]
            found = (*judged.answer.counted, judged.passed)
            assert found == (question["words"], question["images"], question["passed"]), (name, judged.position)


@pytest.mark.parametrize("edition_id", IDS)
@pytest.mark.parametrize("name", BENDS)
def test_bent_samples(name: str, edition_id: str) -> None:
    """Every way of bending a report, alone and again and again."""
    rng = random.Random(f"{name} {edition_id}")  # noqa: S311  # repeatable, not secret
    text = whole_report(builtin(edition_id).variant.answers_expected)
    for _ in range(12):
        text = BENDS[name](text, rng)
        check_against_reference(text, edition_id)


@corpus.needs_corpus
def test_bent_reports() -> None:
    """Thousands of real reports, each bent a few times in ways drawn by chance."""
    rng = random.Random(2476)  # noqa: S311  # repeatable, not secret
    for name in corpus.names():
        for _ in range(20):
            text = corpus.report(name)
            for _ in range(rng.randint(1, 4)):
                text = bend(text, rng)
            check_against_reference(text, rng.choice(IDS))


@given(
    st.lists(
        st.sampled_from(
            [
                "Answer:",
                "#",
                "##",
                "###",
                "### Question 1",
                "\n",
                "\r\n",
                "\r",
                "![a](b)",
                "![",
                "](",
                ")",
                "]",
                " ",
                "word",
                "\ufeff",
                "\u2028",
                "\x0c",
                "\xa0",
                "\u200b",
                "😋",
                "---",
                "> ",
                "```",
                "Answer",
                ":",
            ]
        ),
        max_size=60,
    ).map("".join),
    st.sampled_from(IDS),
)
@settings(max_examples=400)
def test_any_text(text: str, edition_id: str) -> None:
    """Text made of the checker's own stumbling blocks."""
    check_against_reference(text, edition_id)


@given(st.text(alphabet="Answer:# \n\r![]()", max_size=200), st.sampled_from(IDS))
@settings(max_examples=300)
def test_letters(text: str, edition_id: str) -> None:
    """Markers and headings put together letter by letter."""
    check_against_reference(text, edition_id)


def test_answers_start_behind_their_markers() -> None:
    """An answer's place is the end of its marker, also where the checker drops the first characters."""
    for edition_id in IDS:
        text = whole_report(builtin(edition_id).variant.answers_expected)
        _, verdict = assess(parse(text), Environment(named=edition_id))
        for start in starts_of(text, verdict.answers):
            assert text[:start].endswith("Answer:")


@pytest.mark.parametrize(("block", "numbers"), [(0, []), (1, [1, 2]), (2, [3]), (3, []), (4, [4, 5]), (5, [])])
def test_answers_of_a_block(block: int, numbers: list[int]) -> None:
    """A block has the answers that open in it, and no others: the first, the last and those in between."""
    answers = tuple(CheckedAnswer(of, 9 * at, NOTHING) for at, of in enumerate((1, 1, 2, 4, 4)))
    verdict = judge(answers, Variant(5), [Constraints()] * 5)
    assert [judged.position for judged in verdict.judged_in(block)] == numbers
    assert verdict.answers_in(block) == tuple(answers[number - 1] for number in numbers)


@pytest.mark.parametrize(("words", "passed"), [(1, 2), (2, 3), (3, 3), (4, 2)])
def test_words_counted_again(words: int, passed: int) -> None:
    """After an edit of words alone, the verdict is that of the whole report read anew."""
    limits = [Constraints.of({WORDS: Limit(2, 3)})] * 3

    def blocks(text: str) -> list[tuple[Segment, ...]]:
        return [segments_of(each) for each in ("### 1\nAnswer: a b\n", text, "### 3\nAnswer: e f\n")]

    def verdict(text: str) -> Verdict:
        variant = Variant(3)
        return judge(answers_in([segments_of("# Report\n"), *blocks(text)], variant), variant, limits)

    for before in ("### 2\nAnswer: c d\n", "### 2\nAnswer: c\n"):
        after = "### 2\nAnswer:" + " d" * words + "\n"
        counted = recount_words(verdict(before), 2, segments_of(before)[1], segments_of(after)[1])
        assert counted == verdict(after)
        assert counted.passed == passed


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("### Question 1\n\nApples 🍎.\n", "no `Answer:` in the report, 3 expected"),
        ("### Question 1\n> Answer:\n\nApples.\n", "1 answer found, 3 expected"),
        ("### Question 1\n> Answer:\n\nApples.\n\n### Question 2\n> Answer:\n", "2 answers found, 3 expected"),
    ],
)
def test_reason_of_a_crash(text: str, error: str) -> None:
    """If the check crashes, the verdict says how many answers were found and how many the checker expects."""
    script = Script(Variant(3), (Constraints(),) * 3)
    _, verdict = assess(parse(text), Environment(script=script))
    assert verdict.error == error
