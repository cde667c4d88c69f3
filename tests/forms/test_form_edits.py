"""After every edit, a report with a template is aligned and judged as when it is read afresh."""

from __future__ import annotations

from functools import partial
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.forms.anchors import finding_candidates
from reportls.forms.template import read_template
from reportls.lsp.capabilities import Client
from reportls.lsp.diagnostics import DiagnosticsWriter
from reportls.snapshot import Environment
from reportls.text import Edit, Span, apply_edits
from tests.bench.template import MOST, blank_of, typed
from tests.forms.filling import ended
from tests.support.sample import SAMPLE
from tests.support.steps import steps_of

CLIENT = Client(takes_related=True)
BLANK = """\
# Field notes by YOUR NAME HERE

Each answer has at least 5 words.

**Name:**
**Group:** [number]

## Question 1: Where?

> Tell where you were.

**Your answer:**

[Write your answer here.]

## Findings

### Data (max. 60 characters)

_Say what you counted._

### Plot

Insert one image.

## Crew

**Oars:**

**Places:**

- Bow:
- Stern:

## Details

How many were there?
> *Your answer here*

Which were the largest?
> *Your answer here*

**3. And why?**

- [ ] Did you weigh them?
- [ ] What else?

| What | Count |
|------|-------|
| big  |       |

### Work (2-3 sentences)

<!-- Start your work below -->

<!-- End -->
"""
FILLED = (
    BLANK.replace("YOUR NAME HERE", "Ada")
    .replace("**Name:**", "**Name:** Ada")
    .replace("[Write your answer here.]", "We stood at the mouth of the river.\nIt rained all day long.")
    .replace("_Say what you counted._", "Shells, mostly.\n\n## Own heading\n\nAnd stones.")
    .replace("Insert one image.", "![a plot](figures/plot.png)\n\nIt shows shells.")
    .replace("**Oars:**", "**Oars:**\n\nTwo, of ash.\n\n```sh\n# oars\n```\n\nNo spare.")
    .replace("- Bow:", "- Bow:\n  Ada\n\n  and Ben\nNobody")
    .replace("How many were there?\n> *Your answer here*", "How many were there?\nForty of them, one for each step.")
    .replace("- [ ] Did you weigh them?", "- [x] Did you weigh them?\n\n    Yes, all.\n")
    .replace("| big  |       |", "| big  | 12    |")
    .replace(
        "<!-- Start your work below -->\n", "<!-- Start your work below -->\n\nWe walked. We counted, e.g. shells.\n"
    )
)
TYPED = [
    *[
        "a",
        " b ",
        "word ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "é😋 ",
        "1",
        "?",
        ":",
        "# ",
        "## ",
        "### Data\n",
        "\n### Plot\n",
    ],
    *["**", "_", "[", "]", "|", "<", "-->", "<!-- ", "`", "```\n", "\n---\n", "\n===\n", "- ", "> ", "1. ", "TODO: "],
    *["Answer:", "![n](figures/n.png)", "\n## Details\n", "[Write your answer here.]", "Insert one image."],
    *[" and more words. Then", "Group: 5", "\nGroup: 5", "Did you weigh them", "stood\n\nat", "words.\r\n\r\nThen"],
    *["**Boat:** ", "  ", "- Stern: "],
]


def check(text: str, edits: list[Edit], blank: str = BLANK) -> None:
    """Make the edits one by one; after each, compare with judging the text anew."""
    environment = Environment(template=read_template(blank))
    snapshot = snapshot_of(text, environment)
    writer = DiagnosticsWriter("file:///report.md", CLIENT)
    for edit in edits:
        writer.write(snapshot)
        snapshot, text = snapshot.edited(edit), apply_edits(text, [edit])
        fresh = snapshot_of(text, environment)
        assert isinstance(snapshot, FormSnapshot)
        assert isinstance(fresh, FormSnapshot)
        assert snapshot.report == fresh.report
        assert snapshot.rows == fresh.rows
        assert snapshot.findings == fresh.findings
        assert writer.write(snapshot) == DiagnosticsWriter("file:///report.md", CLIENT).write(fresh)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A report, and edits as an author makes them: small, and mostly close together."""
    text = draw(st.sampled_from([FILLED, FILLED, BLANK])).replace(
        "\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    )
    edits, length, start = [], len(text), draw(st.integers(0, len(text)))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.one_of(st.just(min(start, length)), st.integers(0, length)))
        end = min(length, start + draw(st.sampled_from([0, 0, 0, 1, 2, 9, 60, 400])))
        new = draw(st.sampled_from([*TYPED, ""]))
        edits.append(Edit(Span(start, end), new))
        length += len(new) - (end - start)
        start += len(new)
    return text, edits


@given(edited())
@settings(max_examples=150)
def test_any_edits(case: tuple[str, list[Edit]]) -> None:
    """Edits anywhere leave nothing behind."""
    check(*case)


@given(edited())
@settings(max_examples=150)
def test_sections_are_read_apart(case: tuple[str, list[Edit]]) -> None:
    """Candidates read section by section are those of the whole text, which a pair of comments has read at once."""
    text, edits = case
    for edit in edits:
        text = apply_edits(text, [edit])
    text = text.replace("Start", "There is") + "\n\n# End\n\n"
    whole = ended(finding_candidates(f"{text}<!-- BEGIN QUESTION -->\n", bool)).anchors
    assert [each for each in whole if each.span.end <= len(text)] == list(ended(finding_candidates(text, bool)).anchors)


def test_typing_from_the_blank() -> None:
    """A report that is typed letter by letter into its blank stays aligned."""
    answer = "We stood there. Was it late? It was: e.g. no light\n\n## Own\n- one\n"
    place = BLANK.index("[Write your")
    edits = [Edit(Span(place, place + len("[Write your answer here.]")), "")]
    edits += [
        Edit(Span(at, at), letter)
        for letter, at in zip(answer, accumulate([1] * (len(answer) - 1), initial=place), strict=True)
    ]
    check(BLANK, edits)


@pytest.mark.parametrize("at", range(0, len(FILLED), 7))
def test_a_letter_anywhere(at: int) -> None:
    """A letter, a question mark and a line break are typed at many places, and deleted again."""
    check(FILLED, [edit for new in ("x", "?", "\n") for edit in (Edit(Span(at, at), new), Edit(Span(at, at + 1), ""))])


def test_words_cost_their_slot() -> None:
    """An edit of words keeps all other slots and the findings in other sections."""
    before = snapshot_of(FILLED, Environment(template=read_template(BLANK)))
    place = FILLED.index("all day long")
    after = before.edited(Edit(Span(place, place), "nearly "))
    assert isinstance(before, FormSnapshot)
    assert isinstance(after, FormSnapshot)
    assert after.frame is before.frame
    assert [one is other for one, other in zip(before.form.slots, after.form.slots, strict=True)].count(False) == 1
    pairs = zip(before.block_findings, after.block_findings, strict=True)
    assert all(one is other for one, other in pairs if one)


@pytest.mark.parametrize("words", ["word ", "\n"])
def test_cost_of_typing(words: str) -> None:
    """A letter or line break in an answer costs hardly more with a template than with an edition, counted in calls."""
    text = SAMPLE[31]
    environments = (Environment(template=read_template(blank_of(text))), Environment())
    steps = []
    for environment in environments:
        snapshot = snapshot_of(text, environment)
        typed(snapshot, words)  # once to fill caches
        steps.append(steps_of(partial(typed, snapshot, words)))
    with_template, with_edition = steps
    assert with_template <= MOST * with_edition
