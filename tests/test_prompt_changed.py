"""The parts of a prompt that differ from the course's, which no case file can hold: here the course is ours."""

from __future__ import annotations

from unittest.mock import patch

from reportls.editions.edition import Edition, Prints, Source, builtin
from reportls.editions.wording import Change, _asked_in, changes_of
from reportls.report.checker import Variant
from reportls.report.kinds import Constraints
from reportls.report.prompt import fingerprint, sentences
from reportls.report.question import Question
from reportls.text import Span

ASKED = {4: "What is it, an apple 🍎?", 5: "What for?"}
LONG = ("What is a pear, e.g. a 🍐?", "Is it good for cider, if at all?", "Say why!")
EXAMPLE = "It is good for ..."
EDITION = Edition(
    id="dtu-02476-2026",  # for its length lines: questions 4 and 5 have one
    since="2026-01-01",
    variant=Variant(31),
    limits=(Constraints(),) * 31,
    sources=(Source.EDITION,) * 31,
    prints=Prints(
        prompts={number: frozenset({fingerprint(words)}) for number, words in {**ASKED, 8: " ".join(LONG)}.items()},
        examples={5: frozenset({fingerprint(EXAMPLE)})},
        sentences={fingerprint(" ".join(LONG)): tuple(map(fingerprint, LONG))},
    ),
)
LENGTH = "> Recommended answer length: 100-200 words."


def found(number: int, *prompt: str, edition: Edition = EDITION) -> list[str]:
    """What differs in a question with that prompt."""
    text = "\n".join([f"### Question {number}", *prompt, ">", "> Answer:", "", "An answer. 🍎", ""])
    question = Question(text)
    return [
        f"{change.part.name}: "
        + (
            "missing"
            if change.is_missing
            else " / ".join(question[span] for span in change.added) or _inner(question, change)
        )
        for change in changes_of(question, edition)
    ]


def _inner(question: Question, change: Change) -> str:
    other = f" {question[change.other]}" if change.other else ""
    return f"{change.missing} sentences{other}" if change.missing else "reworded"


def test_the_courses_text() -> None:
    """Emphasis, white space, capitals and line breaks are the author's to change."""
    assert found(4, f"> **{ASKED[4]}**", ">", LENGTH) == []
    assert found(4, "> **what is IT,**", "> **an  apple?**", "> *Answer length: 100-200 words*") == []
    assert found(5, "> What for?", LENGTH, "> Example:", f"> *{EXAMPLE}*") == []


def test_one_part_changed() -> None:
    """Each part is told apart."""
    example = ["> Example:", f"> *{EXAMPLE}*"]
    assert found(5, "> What for, then?", LENGTH, *example) == ["QUESTION: reworded"]
    assert found(5, LENGTH, *example) == ["QUESTION: missing"]
    assert found(5, "> What for?", LENGTH) == ["EXAMPLE: missing"]
    assert found(5, "> What for?", LENGTH, "> Example:", "> For cider") == ["EXAMPLE: reworded"]
    assert found(5, "> What for?", *example) == ["LENGTH: missing"]
    assert found(5, "> What for?", "> Answer length: some words.", *example) == ["LENGTH: reworded"]
    assert found(5) == ["ALL: missing"]


def test_another_number_of_words_is_limit_mismatch() -> None:
    """A length line with a length in it is that rule's."""
    assert found(4, f"> {ASKED[4]}", "> Answer length: 1-2 words.") == []


def test_a_wrong_number_in_the_heading() -> None:
    """The words tell which question it is; the number is another rule's."""
    assert found(5, f"> {ASKED[4]}", LENGTH) == []
    assert found(4, "> What for?", LENGTH) == ["EXAMPLE: missing"]
    assert found(6, f"> {ASKED[4]}") == []


def test_other_lines() -> None:
    """A prompt that was wrapped anew is the course's, with the length in the running text or without quote marks."""
    example = ["> Example:", f"> *{EXAMPLE}*"]
    assert found(4, "> **What is it, an", "apple 🍎?** Recommended answer", "length: 100-200 words.") == []
    assert found(5, f"> What for? Recommended answer length: 100-200 words. Example: *{EXAMPLE}*") == []
    assert found(5, "What for?", "Recommended answer length: 100-200 words.", *(line[2:] for line in example)) == []


def test_marker_on_the_examples_line() -> None:
    """The words before it on its line are the example's."""
    text = f"### Question 5\n> What for?\n{LENGTH}\n> Example:\n> *It is good\n> for ...* Answer:\n\nCider.\n"
    assert changes_of(Question(text), EDITION) == ()


def test_misspelled_marker() -> None:
    """It is no part of the example above it; `missing-marker` reports it."""
    for marker in ("Answer :", "Anwser:", "Answer -"):
        text = f"### Question 5\n> What for?\n{LENGTH}\n> Example:\n> *{EXAMPLE}*\n>\n> {marker}\n\nCider.\n"
        assert changes_of(Question(text), EDITION) == ()


def test_words_added() -> None:
    """Words behind the course's are told apart from them, line by line."""
    example = ["> Example:", f"> *{EXAMPLE}*"]
    assert found(4, f"> **{ASKED[4]}** A pear, of", "> course. 🍎", LENGTH) == ["QUESTION: A pear, of / course. 🍎"]
    assert found(5, "> What for?", LENGTH, *example, "For cider", ">", "> of *ours*") == [
        "EXAMPLE: For cider / of *ours*"
    ]
    assert found(5, "> **What for?**For cider.", LENGTH) == ["QUESTION: For cider.", "EXAMPLE: missing"]


def test_sentences() -> None:
    """A prompt is compared sentence by sentence, on whatever lines."""
    first, second, third = LONG
    assert found(8, f"> **{first} {second}", f"> {third}**", LENGTH) == []
    assert found(8, f"> {first} {third}", LENGTH) == ["QUESTION: 1 sentences"]
    assert found(8, f"> {third}", LENGTH) == ["QUESTION: 2 sentences"]
    assert found(8, f"> **{first} Is it good", f"> for juice? {third}**", LENGTH) == [
        "QUESTION: 1 sentences Is it good\n> for juice?"
    ]
    assert found(8, "> Why? How?", LENGTH) == ["QUESTION: reworded"]
    assert found(8, f"> {third} {first} {second}", LENGTH) == ["QUESTION: reworded"]


def test_words_added_between_sentences() -> None:
    """Sentences of the author's among those of the course, all of which are there, are told apart from them."""
    first, second, third = LONG
    assert found(8, f"> **{first}** A pear, of", f"> *course.* 🍎 **{second}**", f"> {third}", LENGTH) == [
        "QUESTION: A pear, of / *course.* 🍎"
    ]
    assert found(4, "> It is red.", f"> {ASKED[4]}", LENGTH) == ["QUESTION: It is red."]


def test_sentences_in_no_more_than_linear_time() -> None:
    """Signs that end no sentence cost time in proportion to their number."""
    text = "." * 200_000 + "a" + "_" * 200_000 + " ?" * 100_000
    assert [*sentences(text)] == [Span(0, len(text))]


def test_any_year() -> None:
    """The text of another year's edition of the course will do, with that year's example or none."""
    other = EDITION._replace(id="dtu-02476-2025", prints=Prints(prompts={7: frozenset({fingerprint("Why an apple?")})}))
    _asked_in.cache_clear()
    with patch("reportls.editions.wording.builtin", lambda name: other if name == other.id else builtin(name)):
        assert found(5, "> Why an apple?", LENGTH) == []
        assert found(5, "> Why a pear?", LENGTH) == ["QUESTION: reworded", "EXAMPLE: missing"]
    _asked_in.cache_clear()
