"""`prompt-changed` is silent on a prompt that is the course's, which no case file can hold: here the course is ours."""

from __future__ import annotations

from reportls.editions.edition import Edition, Prints, Source
from reportls.findings.context import QuestionContext, Surroundings
from reportls.findings.files import NoFiles
from reportls.findings.settings import Settings
from reportls.report.checker import Variant
from reportls.report.fingerprint import fingerprint
from reportls.report.kinds import Constraints
from reportls.report.question import Question
from reportls.rules.prompt_changed import prompt_changed

ASKED = {4: "What is it, an apple 🍎?", 5: "What for?"}
EXAMPLE = "It is good for ..."
EDITION = Edition(
    id="dtu-02476-2026",  # for its length lines: questions 4 and 5 have one
    since="2026-01-01",
    variant=Variant(31),
    limits=(Constraints(),) * 31,
    sources=(Source.EDITION,) * 31,
    prints=Prints(
        prompts={number: frozenset({fingerprint(words)}) for number, words in ASKED.items()},
        examples={5: frozenset({fingerprint(EXAMPLE)})},
    ),
)
LENGTH = "> Recommended answer length: 100-200 words."


def found(number: int, *prompt: str) -> list[str]:
    """What the rule says of a question with that prompt."""
    text = "\n".join([f"### Question {number}", *prompt, ">", "> Answer:", "", "An answer. 🍎", ""])
    surroundings = Surroundings(EDITION, NoFiles(), Settings(), completed=False, defined=frozenset())
    return [problem.message for problem in prompt_changed.check(QuestionContext(Question(text), (), surroundings))]


def said(what: str) -> list[str]:
    """The one message about such a change."""
    return [f"the course's text is changed: {what}; put it back, only the answer is yours"]


def test_the_courses_text() -> None:
    """Emphasis, white space, capitals and line breaks are the author's to change."""
    assert found(4, f"> **{ASKED[4]}**", ">", LENGTH) == []
    assert found(4, "> **what is IT,**", "> **an  apple?**", "> *Answer length: 100-200 words*") == []
    assert found(5, "> What for?", LENGTH, "> Example:", f"> *{EXAMPLE}*") == []


def test_one_part_changed() -> None:
    """Each part is told apart."""
    example = ["> Example:", f"> *{EXAMPLE}*"]
    assert found(5, "> What for, then?", LENGTH, *example) == said("question reworded")
    assert found(5, LENGTH, *example) == said("question deleted")
    assert found(5, "> What for?", LENGTH) == said("example deleted")
    assert found(5, "> What for?", LENGTH, "> Example:", "> For cider") == said("example reworded")
    assert found(5, "> What for?", *example) == said("length line deleted")
    assert found(5, "> What for?", "> Answer length: some words.", *example) == said("length line reworded")
    assert found(5) == said("all of it deleted")


def test_another_number_of_words_is_limit_mismatch() -> None:
    """A length line with a length in it is that rule's."""
    assert found(4, f"> {ASKED[4]}", "> Answer length: 1-2 words.") == []


def test_a_wrong_number_in_the_heading() -> None:
    """The words tell which question it is; the number is another rule's."""
    assert found(5, f"> {ASKED[4]}", LENGTH) == []
    assert found(4, "> What for?", LENGTH) == said("example deleted")
    assert found(6, f"> {ASKED[4]}") == []
