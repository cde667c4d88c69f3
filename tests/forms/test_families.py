"""Blank files of all families, filled in as authors do it: nothing is found in a report that is right."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from reportls.features.verdicts import form_in_words, standing
from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.forms.rows import SlotState
from reportls.forms.template import read_template
from reportls.snapshot import Environment
from tests.forms.filling import begun_last_year, filled, quoted, replaced, reworded
from tests.support.corpus import CORPUS

if TYPE_CHECKING:
    from collections.abc import Callable

EXPECT = re.compile(r"<!-- expect.*?-->\n", re.DOTALL)
FOLDER = CORPUS.parent / "forms"
OWN = {
    "markers": """\
        # Seminar on tides

        Each answer should be **2-4 sentences minimum**.

        ## Question 1: Moon

        **Question**: Why twice a day?

        **Your Answer:**

        [Write your answer here.]

        ## Question 2: Sun

        **Your Answer:**

        ### Case 1: [place]

        [Describe it]

        ## More (optional)

        [Anything else?]
        """,
    "quoted prompts": """\
        # Garden

        | Name | Row |
        | ---- | --- |
        |      |     |

        ## Part 1

        *(max. 900 characters per section)*

        ### Soil

        > Which soil is it? Say how you know.

        ### Water

        > - How often?
        """,
    "italics": """\
        ## Plan
        _(approx. 1 page)_

        ### Aim
        _(approx. 1 paragraph)_

        In this section, say what the garden is for.

        ## Summary

        _What grew and what did not (40-60 words)._
        """,
    "comments": """\
        # Review

        ## Section 1 - Choice

        What did you plant, and why? Minimum 30 words.

        <!-- your answer here -->

        ### 2.1 **(2 points)**

        Explain in 2-3 sentences.

        <!------ Start your work below ------>

        <!----------------------------------->

        <!-- BEGIN QUESTION -->

        **Question 3.** Is it so?

        _Type your answer here, replacing this text._

        <!-- END QUESTION -->
        """,
    "todo and fences": """\
        # Diary of Add Your Name Here

        ## First run

        ### Use two fenced code blocks to show the log

        TODO: Paste the log
        of both runs.

        ## FILES

        What does each file hold?

        ```md
        <!-- your answer here -->
        ```

        ## Words

        TODO: Provide a one-paragraph response.
        """,
    "questions and fields": """\
        # Answers

        **Name :**
        **Date :**

        ### Terms

        What is a *mole*?
        > *Your answer here*

        What is a joule?
        > *Your answer here*

        **1\\. What does it store,
        and where?**

        **2. How long?**

        * Room :
        """,
    "deliverables": """\
        # Labo

        ---

        **LIVRABLE : remplir le tableau**

        | Source | Action |
        | :----: | :----: |
        |        |        |

        ---

        **LIVRABLE : capture d'\u00e9cran de la table.**

        ---

        ### Question 2.1
        Que voyez-vous ? (40 mots maximum)

        **Votre r\u00e9ponse :**
        """,
    "other languages": """\
        ### Sp\u00f8rgsm\u00e5l 1

        > Hvad viser jeres data? 20-40 ord.
        >
        > Svar:

        ### Frage 2

        Was haben Sie gelernt? (h\u00f6chstens 300 W\u00f6rter)

        **Antwort:**

        _Ihre Antwort hier_
        """,
    "headings with underlines": """\
        Replace all text within `{{ ... }}`.

        --8<-- DELETE THIS LINE AND EVERYTHING ABOVE IT --8<--

        {{ _Title_ }}
        =============

        * Speaker : {{ **Your Name** }}

        Description
        -----------

        {{ **Describe it.** Around 500 characters should suffice. }}

        Bio
        ---

        [Aim for a bio that is under 1 paragraph (30 - 50 words)]
        """,
    "questions of a notebook": """\
        # Homework 3

        Due on Friday.

        <!-- BEGIN QUESTION -->

        **Question 1.** Does the tide rise each day?

        _Type your answer here, replacing this text._

        <!-- END QUESTION -->

        <!-- BEGIN QUESTION -->

        **Question 2.** By how much? (1-2 sentences)

        _Type your answer here, replacing this text._

        <!-- END QUESTION -->
        """,
    "headings to be filled in": """\
        ## Lab 1

        #### Name:
        #### Date:

        ### Shells

        - What did you find?
         - Your answer here

        - Name the beach.
         - Your answer here

        ### Sand

         1. Which colour has it?

        #TODO

         2. How fine is it?

        #TODO
        """,
    "optional sections": """\
        # Record of a decision

        ## Problem

        {Describe it in two to three sentences. You may want to add links to the minutes.}

        <!-- This is an optional element. Feel free to remove. -->
        ## Reasons

        * {reason 1}

        ## Choice

        {What was chosen?}

        ## Open points

        Optional, but good in a first draft. What is not known yet?

        ## Outlook (if any)

        {What comes next?}
        """,
    "a paper": """\
        ---
        title: 'Shells'
        tags: [sea]
        ---
        # Summary

        The paper should be between 100-1000 words.

        # Statement of need

        # Abstract

        A 50 word description of the idea.

        # Conclusion
        """,
    "alerts, chunks and lines to write on": """\
        # Check of the boat

        > [!NOTE]
        > Keep the headings.[^why] Boats rot from below [@ada2020].

        **Day:** __/__/____

        **Place:** ____________

        ## Hull

        > [!TIP]
        > Say where you looked, in 10 to 60 words.

        ## Sails

        ```{r sails}
        plot(sails)
        ```

        [^why]: Others compare them.
        """,
}
BLANKS = {name: dedent(text) for name, text in OWN.items()} | {
    path.stem: EXPECT.sub("", path.read_text("utf-8"))
    for path in (sorted(FOLDER.glob("[0-9]*.md")) if FOLDER.is_dir() else ())
    if not path.stem.endswith("filled")
}
COPIES = {
    "instructions kept": filled,
    "instructions replaced": replaced,
    "instructions quoted": quoted,
    "own subheadings": lambda blank: filled(blank, "###### Own part"),
    "a heading reworded": reworded,
    "begun from last year's blank": begun_last_year,
}


def _judged(text: str, blank: str) -> FormSnapshot:
    snapshot = snapshot_of(text, Environment(template=read_template(blank)))
    assert isinstance(snapshot, FormSnapshot)
    return snapshot


@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS)
@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_copies(blank: str, copy: Callable[[str], str]) -> None:
    """A report that is filled in is complete and within its limits, whatever becomes of the template's text."""
    snapshot = _judged(copy(blank), blank)
    # What a template states and nobody understands is said wherever it stands.
    assert [finding.message for finding in snapshot.findings if finding.rule != "limit-not-understood"] == []
    assert {row.name for row in snapshot.rows if row.state is SlotState.OUTSIDE_LIMITS} == set()


@pytest.mark.parametrize("blank", OWN.values(), ids=OWN)
def test_blank(blank: str) -> None:
    """In the blank itself every slot is unanswered, and nothing of its structure is wrong."""
    text = dedent(blank)
    snapshot = _judged(text, text)
    assert {row.state for row in snapshot.rows} == {SlotState.UNANSWERED}
    assert {finding.rule for finding in snapshot.findings} <= {"unanswered", "placeholder-left"}


def test_optional_sections() -> None:
    """A section is optional if its heading, its prompt or a comment right above it says so."""
    blank = BLANKS["optional sections"]
    assert [slot.name for slot in read_template(blank).slots if slot.is_optional] == [
        "Reasons",
        "Open points",
        "Outlook (if any)",
    ]
    report = "# We take the boat\n\n## Problem\n\nIt is far. It is wet.\n\n## Choice\n\nThe boat.\n"
    assert _judged(report, blank).findings == ()


def test_heading_filled_in_on_its_line() -> None:
    """What stands behind the colon of a heading that is a label is the answer."""
    blank = BLANKS["headings to be filled in"]
    states = {row.name: row.state for row in _judged(blank.replace("Name:", "Name: Ada"), blank).rows}
    assert states["Name"] is SlotState.ANSWERED
    assert states["Date"] is SlotState.UNANSWERED
    assert "Lab 1" not in states


def test_heading_that_is_a_placeholder() -> None:
    """A heading in brackets has no words to find it by, so a report that lacks it lacks nothing."""
    blank = "# Plan\n\n## [Title]\n\nIn short.\n\n## Costs\n\nWhat is it?\n"
    assert _judged("# Plan\n\nA boat.\n\n## Costs\n\nTen.\n", blank).findings == ()


def test_text_below_a_field_or_table() -> None:
    """What an author changes or adds below a field or a table belongs to the section around it."""
    blank = "# Plan\n\n- Author:\n- State: draft\n\n## Costs\n\n| what | sum |\n|---|---|\n|  |  |\n"
    report = blank.replace("Author:", "Author: Ada").replace("draft", "done").replace("|  |  |", "| oars | 9 |")
    assert _judged(f"{report}\nThat is all.\n", blank).findings == ()


@pytest.mark.parametrize(
    ("below", "state", "words"),
    [
        ("\n\nTwo of ash,\n\nand a spare.", SlotState.ANSWERED, 6),
        ("\n- two\n- one: spare", SlotState.ANSWERED, 3),
        ("\n\n```sh\n# two\n```", SlotState.ANSWERED, 0),
        (" two\n\nAnd a spare.", SlotState.ANSWERED, 1),
        ("\n\n**Colour:** red", SlotState.UNANSWERED, 0),
        ("\n\n## Our boat\n\nIt is red.", SlotState.UNANSWERED, 0),
        ("\n\nSay how many.", SlotState.UNANSWERED, 0),
    ],
)
def test_answer_below_a_label(below: str, state: SlotState, words: int) -> None:
    """An author may answer below a label, up to the next heading or label."""
    blank = "# Trip\n\n**Oars:**\n\nSay how many.\n\n## Route\n"
    row = _judged(blank.replace("Oars:**", f"Oars:**{below}"), blank).rows[0]
    assert (row.name, row.state, row.words) == ("Oars", state, words)


@pytest.mark.parametrize(
    ("below", "state"),
    [
        ("\n  - two", SlotState.ANSWERED),
        ("\n\n  Two of ash.", SlotState.ANSWERED),
        ("\nTwo of ash.", SlotState.UNANSWERED),
        ("\n- Colour: red", SlotState.UNANSWERED),
    ],
)
def test_answer_below_an_item(below: str, state: SlotState) -> None:
    """An item of a list that is a label is answered in the indented lines below it."""
    blank = "# Trip\n\n- Oars:\n\n## Route\n"
    assert _judged(blank.replace("Oars:", f"Oars:{below}"), blank).rows[0].state is state


@pytest.mark.parametrize(
    ("heading", "own"),
    [
        ("## Mitigations", "## Migration"),
        ("## Results", "Results are given by the harbour every day."),
        ("## Rationale and alternatives", "### Userland alternatives"),
    ],
)
def test_words_of_another_place(heading: str, own: str) -> None:
    """Prose that begins like a heading, or a heading that is like one and stands elsewhere, is not taken for it."""
    blank = f"# Plan\n\n## Goal\n\n{heading}\n\n## Costs\n\n## Team\n"
    report = f"# Plan\n\n## Goal\n\nA boat.\n\n## Costs\n\nTen.\n\n## Team\n\nAda.\n\n{own}\n\nNext year.\n"
    (finding,) = _judged(report, blank).findings
    assert finding.rule == "missing-question"


def test_repeated_heading_of_the_author() -> None:
    """Only words of the template can be there twice: an author may repeat the heading that replaces one."""
    blank = "# Plan\n\n## Goal\n\n## Details of the work\n\n## Costs\n"
    own = "## `boat.row`\n\nIt rows.\n\n"
    report = f"# Plan\n\n## Goal\n\nA boat.\n\n{own}## Costs\n\nTen.\n\n{own}"
    assert _judged(report, blank).findings == ()


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("A hut.", "complete, within limits"),
        ("A hut made of all that the tide left here.", "complete, total outside its limits"),
        ("", "1 of 2 answered"),
    ],
)
def test_limit_of_the_whole(second: str, said: str) -> None:
    """A report is within limits only if those of all its sections together are met."""
    blank = "# Plan\n\nAt most 8 words in total.\n\n## Aim\n\n## Way\n"
    report = blank.replace("Aim", "Aim\n\nA boat.") + second
    assert standing(_judged(report, blank)) == (said, said.endswith("within limits"))


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("It rows and sails.", []),
        ("It rows.", ["Boat: 2 of 3-5 words, 1 too few (as readers see it)"]),
        ("", ["Boat: 0 of 3-5 words, 3 too few (as readers see it)"]),
        ("It rows and sails away by itself.", ["Boat: 7 of 3-5 words, 2 too many (as readers see it)"]),
    ],
)
def test_limit_below_fields(below: str, said: list[str]) -> None:
    """A limit below fields applies to the text that is written there, not to the fields."""
    blank = "# Plan\n\n## Boat\n\n**Name:**\n\n**Owner:**\n\nDescribe it in 3-5 words.\n\n## Way\n"
    report = blank.replace("Name:**", "Name:** Swift").replace("Way", "Way\n\nBy sea.")
    assert [finding.message for finding in _judged(report, blank).findings] == ["Owner: not answered yet"]
    report = report.replace("Owner:**", "Owner:** Ann of the Isles").replace("words.", f"words.\n\n{below}")
    assert [finding.message for finding in _judged(report, blank).findings] == said


def test_whole_has_what_is_below_fields() -> None:
    """A limit of the whole document counts also what is written below fields."""
    blank = "# Plan\n\nAt most 8 words in total.\n\n## Boat\n\n- Name:\n\nWhat for?\n\n## Way\n"
    report = blank.replace("Name:", "Name: Swift").replace("for?", "for?\n\nFor all that has to cross the water.")
    (finding,) = _judged(report + "By sea.\n", blank).findings
    assert finding.message == "The whole document: 11 of at most 8 words, 3 too many (as readers see it)"


def test_least_of_the_whole() -> None:
    """Too little in total counts once nothing is left to answer."""
    blank = "# Plan\n\nAt least 8 words in total.\n\n## Aim\n\n## Way\n"
    report = blank.replace("Aim", "Aim\n\nA boat.")
    assert form_in_words(_judged(report, blank)) == "1 of 2 answered"
    assert form_in_words(_judged(report + "A hut.", blank)) == "complete, total outside its limits"


def test_own_headings_are_no_sentences() -> None:
    """A heading of the author's own counts neither as a sentence nor as a paragraph."""
    blank = "# Notes\n\n## Claim\n\n(1 sentence, 1 paragraph)\n\n## Rest\n"
    text = "# Notes\n\n## Claim\n\n### In short\nIt floats.\n\n## Rest\n\nNone.\n"
    measured = _judged(text, blank).rows[0].measured
    assert [each.found for each in measured] == [1, 1]


def test_comment_that_is_a_placeholder() -> None:
    """A comment "write your answer here" bounds nothing: the answer may stand above it."""
    comment = "<!-- write your answer here -->\n"
    blank = f"## Plan\n\nWhat did you plan?\n\n{comment}\n## Team\n\n{comment}"
    text = blank.replace("plan?\n", "plan?\n\nA boat.\n").replace("## Team\n", "## Team\n\nAda.\n")
    assert _judged(text, blank).findings == ()


@pytest.mark.skipif(not FOLDER.is_dir(), reason="no collection of forms beside the project")
def test_filled_copy() -> None:
    """Words added behind a heading leave it the same question."""
    blank, report = (
        EXPECT.sub("", (FOLDER / f"02-quoted-prompt-characters{end}.md").read_text("utf-8")) for end in ("", "-filled")
    )
    states = {row.name: row.state for row in _judged(report, blank).rows}
    assert states == {
        "table": SlotState.ANSWERED,
        "Data": SlotState.WITHIN_LIMITS,
        "Question and audience": SlotState.WITHIN_LIMITS,
        "Earlier work": SlotState.UNANSWERED,
    }


PARTLY_FILLED = {
    "08-checklist-questions": ({"Name three life cycle methods"}, {"ticked, but not answered"}),
    "09-fenced-placeholder": (
        {"FILES"},
        {"`<!-- your answer here -->` must be replaced, or removed if it is beside the answer"},
    ),
    "10-livrable-french-images": (
        {"remplir le tableau", "Question 1.1", "capture d'\u00e9cran de votre nouveau ping"},
        {"this is outside the place that the template marks for the answer"},
    ),
    "11-comment-delimited": ({"1.2", "Question 2"}, set()),
    "13-bold-numbered-questions": ({"3"}, set()),
    "16-fields-and-tables": ({"Nom", "Full Name"}, {"still empty: row 1 column 3, row 2 column 2, row 2 column 3"}),
}
ANSWERS = {
    "08-checklist-questions": ["    Because it keeps state.", "    To share logic."],
    "09-fenced-placeholder": ["It returns a new array.\n"],
    "10-livrable-french-images": ["![ping](images/ping.png)", "![](images/ping2.png)\n"],
    "11-comment-delimited": ["1: trees\n2: parks\n"],
    "13-bold-numbered-questions": ["None that is new.", "N/A"],
    "16-fields-and-tables": [" 2 mai", " oui "],
}


@pytest.mark.skipif(not FOLDER.is_dir(), reason="no collection of forms beside the project")
@pytest.mark.parametrize("family", PARTLY_FILLED)
def test_partly_filled(family: str) -> None:
    """Collected forms that are partly filled in are read as their readers took them."""
    text = blank = EXPECT.sub("", (FOLDER / f"{family}.md").read_text("utf-8"))
    for said in ANSWERS[family]:
        assert said in blank
        blank = blank.replace(said, "  " if said.strip() == "oui" else "", 1)
    if family.startswith("16"):
        blank = blank.replace("Student ID: 1234", "Student ID:")
    if family.startswith("08"):
        blank = blank.replace("[x]", "[ ]")
    snapshot = _judged(text, blank)
    unanswered, messages = PARTLY_FILLED[family]
    assert {row.name for row in snapshot.rows if row.state is SlotState.UNANSWERED} == unanswered
    assert messages <= {finding.text for finding in snapshot.findings}
    structural = {"missing-question", "question-out-of-order", "duplicate-question", "template-not-followed"}
    assert structural.isdisjoint(finding.rule for finding in snapshot.findings)
