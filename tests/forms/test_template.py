"""Templates of the families that courses, conferences and teams hand out, and the slots that are read from them."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.forms.anchors import _closed, _found_in, blocks_of, finding_candidates, without_front_matter
from reportls.forms.form_words import LEFT_OVER
from reportls.forms.recognition import follows
from reportls.forms.rows import SlotState
from reportls.forms.template import Template, read_template
from reportls.report.commonmark.parse import MOST_LINES, read_blocks
from reportls.snapshot import Environment
from reportls.text import SourceText
from tests.forms.filling import ended
from tests.support.corpus import CORPUS

Limits = dict[str, tuple[float | None, float | None]]


def _template(text: str) -> Template:
    return read_template(dedent(text))


def _names(template: Template) -> list[str]:
    return [slot.name for slot in template.slots]


def _limits(template: Template) -> dict[str, Limits]:
    return {
        slot.name: {limit.unit: (limit.at_least, limit.at_most) for limit in slot.limits}
        for slot in template.slots
        if slot.limits
    }


def _placeholders(template: Template) -> dict[str, list[str]]:
    return {
        slot.name: [template.text[slice(*span)] for span in slot.placeholders]
        for slot in template.slots
        if slot.placeholders
    }


def test_sections_with_quoted_prompts() -> None:
    """Each leaf heading is a slot; a limit for each section, written once above them, reaches them all."""
    template = _template("""\
        # Field trip

        ## Plan

        *(max. 800 characters per section)*

        ### Route

        > Where will you walk?
        > - And when?

        ### Gear

        > What do you carry?
        """)
    assert _names(template) == ["Route", "Gear"]
    assert _limits(template) == {"Route": {"characters": (None, 800)}, "Gear": {"characters": (None, 800)}}


def test_markers_and_placeholders() -> None:
    """All that stands below a marker is placeholder, the template's own headings included."""
    template = _template("""\
        # Seminar

        Each answer should be **2-4 sentences minimum**.

        ## Question 1: Tides

        **Question**: Why twice a day?

        **Your Answer:**

        [Write your answer here.]

        ## Question 2: Waves

        **Your Answer:**

        ### Observation 1: [place]

        [Describe it]

        ## More (optional)
        """)
    assert _names(template) == ["Question 1", "Question 2", "More (optional)"]
    assert [slot.is_optional for slot in template.slots] == [False, False, True]
    assert _limits(template)["Question 2"] == {"sentences": (2, None)}
    assert _placeholders(template) == {
        "Question 1": ["[Write your answer here.]"],
        "Question 2": ["### Observation 1: [place]\n\n[Describe it]"],
    }


def test_own_limit_replaces_the_general_one() -> None:
    """A slot's own limit replaces a general limit of the same unit and leaves others alone."""
    template = _template("""\
        # Diary

        Each entry has at least 40 words.

        ## Monday

        ## Sunday (at most 20 words)
        """)
    assert _limits(template) == {"Monday": {"words": (40, None)}, "Sunday": {"words": (None, 20)}}


def test_limits_of_the_whole_document() -> None:
    """A limit above all slots, or one that speaks of the paper, limits the document."""
    template = _template("""\
        ## Proposal
        _(approx. 2-3 pages)_

        ### Aim
        _(approx. 1 paragraph)_

        ### Means

        The paper should be between 400 and 900 words.
        """)
    assert [(part.name, part.limit.unit, part.limit.at_most) for part in template.parts] == [
        ("", "words", 900),
        ("", "pages", 3),
    ]
    assert _limits(template) == {"Aim": {"paragraphs": (None, 1)}}


def test_only_child_that_states_a_limit() -> None:
    """A heading that only says how to answer its parent belongs to the parent's prompt."""
    template = _template("""\
        # Lab

        ## Second run

        ### Use two fenced code blocks to show the log

        TODO: Paste the log
        of both runs.

        TODO: Say what changed.

        ## Summary
        """)
    assert _names(template) == ["Second run", "Summary"]
    assert _limits(template) == {"Second run": {"code blocks": (2, 2)}}
    assert _placeholders(template)["Second run"] == ["TODO: Paste the log\nof both runs.", "TODO: Say what changed."]


def test_plain_questions_with_their_own_space() -> None:
    """Plain lines that end in "?" are slots where a section has several; a single one is a prompt."""
    template = _template("""\
        ### Words

        What is a *mole*?
        > *Your answer here*

        What is a joule?
        > *Your answer here*

        ### Practice

        Which one did you measure?
        > *Your answer here*
        """)
    assert _names(template) == ["What is a mole?", "What is a joule?", "Practice"]


def test_list_items_and_bold_paragraphs() -> None:
    """Items of a list with a question in it are slots, and so are bold paragraphs that ask or are numbered."""
    items = _template("""\
        - [ ] Why is it blue?
        - [ ] Name two other colours.
        """)
    assert _names(items) == ["Why is it blue?", "Name two other colours"]
    bold = _template("""\
        **1\\. What does it store,
        and where?**

        **2. How long?**
        """)
    assert _names(bold) == ["1", "2"]


ASKING = ["**{}**", "1. {}", "- [ ] {}", "- {}", "{}"]
"""Forms of a question; plain lines need an empty line more below them."""


@pytest.mark.parametrize("form", ASKING)
def test_limits_and_points_in_brackets_behind_questions(form: str) -> None:
    """What stands in brackets behind a question does not hide it; the limit applies to it, and points are nothing."""
    asked = ["Why is it blue? (max. 50 words)", "Since when? [5 points]", "Who saw it? (2 marks) (10-20 words)"]
    template = read_template("## Sky\n\n" + "\n\n\n".join(map(form.format, asked)) + "\n\n\n")
    assert _names(template) == ["Why is it blue?", "Since when?", "Who saw it?"]
    assert _limits(template) == {"Why is it blue?": {"words": (None, 50)}, "Who saw it?": {"words": (10, 20)}}
    assert not _placeholders(template)


@pytest.mark.parametrize("form", ASKING)
@pytest.mark.parametrize("keeps_limits", [True, False])
def test_brackets_behind_questions_are_no_answer(form: str, *, keeps_limits: bool) -> None:
    """A question is found again with and without its brackets, and these do not count as an answer."""
    asked = ["Why is it blue? (max. 50 words)", "Since when? [5 points]"]
    blank = "## Sky\n\n" + "\n\n\n".join(map(form.format, asked)) + "\n\n\n"
    text = "## Sky\n\n" + "\n\n".join(f"{form.format(one)}\n\n   Nobody knows." for one in asked)
    text = text if keeps_limits else re.sub(r" [(\[](?:max|5)[^)\]]*[)\]]", "", text)
    snapshot = snapshot_of(text, Environment(template=read_template(blank)))
    assert isinstance(snapshot, FormSnapshot)
    assert [(row.name, row.words) for row in snapshot.rows] == [("Why is it blue?", 2), ("Since when?", 2)]
    assert not snapshot.findings


def test_bold_question_in_the_bold_of_its_limit() -> None:
    """A limit may follow the bold words, and a sentence that follows makes the paragraph a prompt."""
    assert _names(_template("**What is it?** (max. 60 words)\n")) == ["What is it?"]
    assert _names(_template("## Sky\n\n**What is it?** Explain it to a child.\n")) == ["Sky"]


def test_numbers_with_points() -> None:
    """A number of several levels is not cut at its first point."""
    template = _template("## 3.1 Raw data\n\n## 3.2 Analysis\n\n## 3.3. Errors\n\n## 4. Outlook\n")
    assert _names(template) == ["3.1 Raw data", "3.2 Analysis", "3.3", "4"]


def test_deliverables() -> None:
    """A deliverable's label names the slot and demands what it names; the slot ends at the next rule."""
    template = _template("""\
        # Labo

        ---

        **LIVRABLE : capture d'écran de la table.**

        ---

        More text.

        ### Question 2.1
        Que voyez-vous ? (40 mots maximum)

        **Votre réponse :**
        """)
    assert _names(template) == ["capture d'écran de la table", "Question 2.1"]
    assert _limits(template) == {
        "capture d'écran de la table": {"images": (1, None)},
        "Question 2.1": {"words": (None, 40)},
    }
    assert "More" not in template.text[slice(*template.slots[0].body)]


def test_fields_and_tables() -> None:
    """Labels with nothing behind the colon are slots, and so is a table with empty cells; notes are not."""
    template = _template("""\
        # Sheet

        **Name:**
        **Note:**

        * Room :
        * Day: __/__/____
        * Shelf: {{ number }}
        * Answer:
        * Used: 3

        | What | How many |
        |------|----------|
        | cups |          |
        """)
    assert _names(template) == ["Name", "Room", "Day", "Shelf", "table"]


def test_report_without_optional_sections() -> None:
    """A file with half of the required headings is a report, but one heading alone is not enough."""
    template = _template("""\
        # Diary
        ## Birds
        ## Trees
        ## Stones
        ## Moss (optional)
        ## Rain (optional)
        ## Wind (optional)
        ## Snow (optional)
        """)
    assert follows(template, "## Birds\n\n## Stones\n")
    assert follows(template, "## Trees\n\n## Moss (optional)\n")
    assert not follows(template, "## Trees\n\nMoss\n")
    assert not follows(_template("# Trip\n## Route\n## Gear (optional)\n## Cost (optional)\n"), "## Route\n")
    assert follows(_template("# Trip\n## Route\n## Gear\n"), "## Route\n")
    assert not follows(_template("words alone"), "words alone")


def test_label_above_questions() -> None:
    """A label right above a list of questions is none itself, unless its author answers it instead of them."""
    text = dedent("""\
        ## Boat

        **Kind:**
        **Outside:**

        - Is the hull dry?
        - **Example**: It is dry above the water line.
        - Are the oars long?

        **Inside:**

        - benches
        """)
    names = _names(read_template(text))
    assert names == ["Kind", "Is the hull dry?", "Are the oars long?", "Inside"]
    assert _names(read_template(text, [text.index("- Is")])) == ["Kind", "Outside", "Inside"]


def test_name_of_a_table() -> None:
    """A table that is alone below a heading is called by that heading, and by both headings where two are equal."""
    template = _template("""\
        # Diary

        ## Spring

        ### Birds

        What did you see?

        | Kind | How many |
        |------|----------|
        |      |          |

        ## Summer

        ### Birds

        | Kind | How many |
        |------|----------|
        |      |          |

        ### Trees

        | Kind | How many |
        |------|----------|
        |      |          |

        #### The oldest
        """)
    assert _names(template) == ["Spring/Birds", "Summer/Birds", "table", "The oldest"]


def test_comment_pairs() -> None:
    """Two comments bound the answer of the anchor above them; a pair of notebook comments is a slot."""
    template = _template("""\
        ### 2.1 **(3 points)**

        Choose. Explain in 2-3 sentences.

        <!------ Start your work below ------>

        <!----------------------------------->

        <!-- BEGIN QUESTION -->

        **Question 3.** Is it so?

        _Type your answer here._

        <!-- END QUESTION -->
        """)
    assert _names(template) == ["2.1", "Question 3"]
    assert _limits(template) == {"2.1": {"sentences": (2, 3)}}
    assert _placeholders(template) == {"Question 3": ["_Type your answer here._"]}


def test_fences_and_front_matter() -> None:
    """Lines in closed fences and in front matter are no anchors; a comment in a fence is a placeholder."""
    template = _template("""\
        ---
        title: 'Shells'
        limit: at most 3 words
        ---
        ## FILES

        ```md
        ## Not a heading
        <!-- your answer here -->
        ```
        """)
    assert _names(template) == ["FILES"]
    assert _placeholders(template) == {"FILES": ["<!-- your answer here -->"]}
    assert template.parts == ()


def test_equal_names() -> None:
    """Slots with equal names are called by their paths."""
    template = _template("""\
        # Study

        ## Methods

        ### Data

        ## Results

        ### Data
        """)
    assert _names(template) == ["Methods/Data", "Results/Data"]


def test_directives() -> None:
    """Directives say what prose cannot; one that is not understood is reported."""
    template = _template("""\
        # Form

        ## One
        <!-- reportls: optional -->
        <!-- reportls: words 50-100 -->

        ## Two
        <!-- reportls: any-heading -->
        Report at least two examples. <!-- reportls: no-limit -->

        ## Three
        <!-- reportls: blue -->
        """)
    one, two, _ = template.slots
    assert one.is_optional
    assert two.allows_any_heading
    assert _limits(template) == {"One": {"words": (50, 100)}}
    assert template.not_understood == ()
    assert [template.text[slice(*span)] for span in template.bad_directives] == ["<!-- reportls: blue -->"]


EXPECT = re.compile(r"<!-- expect.*?-->\n", re.DOTALL)
FAMILIES = {
    "01-marker-bracket-sentences": ["Question 1", "Question 2", "Question 3", "More (Optional)"],
    "03-italic-approx-paragraphs": ["Background", "Problem", "Design"],
    "04-instructions-and-reading-time": ["Q1", "Q2"],
    "06-comment-placeholder-words": ["Section 1", "Section 2", "Reasoning"],
    "09-fenced-placeholder": ["FILES", "PEOPLE"],
    "12-braces-setext-cfp": ["Speaker", "Length", "Description", "Bio"],
    "14-italic-range": ["Abstract", "Introduction", "Data", "Conclusions"],
    "15-whole-document": ["Summary", "Statement of need", "Abstract", "References"],
    "18-prose-rules-that-look-like-limits": ["Question 1", "Question 2"],
    "19-dtu-form-other-words": ["Question 1", "Question 2", "Question 3", "Question 4", "Question 5"],
}


@pytest.mark.parametrize("family", FAMILIES)
def test_families_of_forms(family: str) -> None:
    """Collected forms are read as their readers took them."""
    path = CORPUS.parent / "forms" / f"{family}.md"
    if not path.exists():
        pytest.skip("no collection of forms beside the project")
    assert _names(read_template(EXPECT.sub("", path.read_text("utf-8")))) == FAMILIES[family]


_LINES = st.sampled_from(
    [
        "# A",
        "## B: c",
        "### B: c",
        "**1. Why?**",
        "Why?",
        "- Why?",
        "- [ ] x",
        "**Your answer:**",
        "> Answer:",
        "**Name:**",
        "LIVRABLE : image",
        "---",
        "```",
        "| a | b |",
        "|---|---|",
        "| | |",
        "<!-- BEGIN QUESTION -->",
        "<!-- END QUESTION -->",
        "<!-- Start your work below -->",
        "<!-- reportls: optional -->",
        "at most 3 words each",
        "(2-3 pages)",
        "TODO: x",
        "[write]",
        "",
    ]
)


@given(st.lists(_LINES, max_size=25).map("\n".join) | st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Any text can be read: slots follow one another without overlap, and all spans lie within the text."""
    template = read_template(text)
    end = 0
    for slot in template.slots:
        assert end <= slot.anchor.span.start <= slot.body.start <= slot.body.end <= len(text)
        assert all(0 <= span.start < span.end <= len(text) for span in slot.placeholders)
        end = max(end, slot.anchor.span.start)
    for span in (*template.not_understood, *template.bad_directives):
        assert 0 <= span.start < span.end <= len(text)


_LINES = st.sampled_from(
    [
        *("# A", "## B", "  # C", "#", "#no", "word", "Title", "---", "===", "", "", "- item", "  - inner", "1. one"),
        *(
            "    code",
            "```",
            "~~~",
            "- ```",
            "  ```",
            "> quote",
            "> ```",
            "> # D",
            "<!--",
            "-->",
            "<!-- c -->",
            "<div>",
        ),
        *("</div>", "<pre>", "</pre>", "<br>", "| a | b |", "|---|---|", "[a]: b", '[a]: b "t', "\t- x", "*** ***"),
    ]
)


@given(st.lists(_LINES, max_size=14), st.sampled_from(["\n", "\r\n", "\r"]))
def test_blocks_section_by_section(lines: list[str], newline: str) -> None:
    """A text has the same blocks whether it is read as a whole or section by section."""
    source = SourceText(newline.join(lines))
    assert tuple(blocks_of(source)) == read_blocks(source)


_ASKING = st.sampled_from(
    [
        *("What?", "- What?", "Name: x", "**Name:** x", "> Answer:", "Deliverable: a plan", "| a | b |", "|---|---|"),
        *(
            "<!-- BEGIN QUESTION -->",
            "<!-- END QUESTION -->",
            "<!-- Start your work below -->",
            "**Bold**",
            "x.",
            "",
            "",
        ),
    ]
)


@given(st.lists(_LINES | _ASKING, max_size=14), st.sampled_from(["\n", "\r\n", "\r"]))
def test_candidates_section_by_section(lines: list[str], newline: str) -> None:
    """A report has the same candidates for anchors whether it is searched as a whole or section by section."""
    text = newline.join(lines)
    source = without_front_matter(text)
    found, rules = _found_in(source, read_blocks(source), bool)
    assert ended(finding_candidates(text, bool)).anchors == tuple(_closed(anchor, rules) for anchor in found)


def test_limit_of_a_description_above_the_sections() -> None:
    """A few sentences that are asked for above the sections limit no other text; alone on its line, a limit does."""
    sections = "\n\n## Goal\n\n## Plan\n"
    assert not read_template(f"# Project\n\nDescribe the project in 1-2 sentences.{sections}").parts
    (part,) = read_template(f"# Project\n\n_(approx. 2-3 paragraphs)_{sections}").parts
    assert part.limit.at_most == 3
    (part,) = read_template(f"# Project\n\nThe text has at most 5 pages.{sections}").parts
    assert part.limit.at_most == 5


def test_limit_with_fewer_sentences_than_sections() -> None:
    """Two sentences above three sections are meant for each section; three paragraphs are for all together."""
    sections = "\n\n## Goal\n\n## Plan\n\n## Cost\n"
    template = read_template(f"# Project\n\nWrite 1-2 sentences.{sections}")
    assert not template.parts
    assert _limits(template) == {name: {"sentences": (1, 2)} for name in ("Goal", "Plan", "Cost")}
    template = read_template(f"# Project\n\n(3 paragraphs){sections}")
    assert [part.limit.at_most for part in template.parts] == [3]


def test_optional_section_demands_nothing() -> None:
    """A section that is called optional in brackets has no placeholder there, and its prompt is no demand."""
    template = read_template("# Sources [optional]\n\nProvide the basic links.\n\n- **Paper:** [name]\n\n# Uses\n")
    assert not template.parts
    assert template.slots[0].is_optional
    assert LEFT_OVER.search("Sources [optional]") is None


@pytest.mark.parametrize(
    "report",
    [
        "".join(f"## Part {number}\n\n> What?\n\n[Your answer]\n\n" for number in range(2000)),
        "## Part 0\n\n" + "[Your answer]\n\n" * 6000 + "## Part 1\n\n[Your answer]\n",
    ],
    ids=["many slots", "a long slot"],
)
def test_more_lines_than_the_parser_takes(report: str) -> None:
    """A template, and a report, with more than 10,000 lines has all its places to answer."""
    assert report.count("\n") > MOST_LINES
    template = read_template(report)
    assert len(template.slots) == report.count("##")
    snapshot = snapshot_of(report, Environment(template=template))
    assert isinstance(snapshot, FormSnapshot)
    assert {row.state for row in snapshot.rows} == {SlotState.UNANSWERED}


@pytest.mark.parametrize("said", ["*Replace this text by yours.*", "__Delete this line.__", "**Your answer here**"])
def test_emphasis_of_a_placeholder(said: str) -> None:
    """Emphasis around a placeholder is part of it."""
    (slot,) = read_template(f"# Log\n\n## Sky\n\n{said}\n").slots
    ((start, end),) = slot.placeholders
    assert f"# Log\n\n## Sky\n\n{said}\n"[start:end] == said
