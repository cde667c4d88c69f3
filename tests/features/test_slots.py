"""What editors show of a report that fills in a template."""

from __future__ import annotations

import pytest

from reportls.features.actions import ActionKind, fix_all, insert_image, quick_fixes, restore_prompt
from reportls.features.hints import hints
from reportls.features.hover import hover
from reportls.features.questions import State, next_unanswered, question_rows
from reportls.features.ranges import folds, selections
from reportls.features.symbols import symbols
from reportls.findings.settings import Settings
from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.forms.template import read_template
from reportls.snapshot import Environment
from reportls.text import Span, apply_edits

BLANK = """\
# Field notes

## Route (at least 5 words)

[Write your answer here]

## Gear

## Photo

Insert two images.

## More (optional)
"""
REPORT = """\
# Field notes

## Route (at least 5 words)

[Write your answer here]

We went søuth.

## Gear

## Photo

Insert two images.

![a rope](figures/rope.png)
![a lamp](figures/lamp.png)

## More (optional)
"""


@pytest.fixture
def snapshot() -> FormSnapshot:
    """The report, judged by its template."""
    found = snapshot_of(REPORT, Environment(template=read_template(BLANK), template_name="blank.md"))
    assert isinstance(found, FormSnapshot)
    return found


def test_hints(snapshot: FormSnapshot) -> None:
    """Each slot shows its counts behind its heading; an optional one without an answer shows nothing."""
    shown = {REPORT[: hint.offset].rsplit("\n", 1)[-1]: hint.text for hint in hints(snapshot, Span(0, len(REPORT)))}
    assert shown == {
        "## Route (at least 5 words)": "3 / at least 5 words, 2 to go",
        "## Gear": "unanswered",
        "## Photo": "2 / 2 images ✓",
    }
    assert hints(snapshot, Span(0, 5)) == ()


def test_hover(snapshot: FormSnapshot) -> None:
    """A heading shows count and bar first, then what is found there; both ways of counting are given."""
    found = hover(snapshot, REPORT.index("Route"))
    assert found
    assert found.plain.startswith("Route · outside limits\n\nwords       3 of at least 5 words  ▓▓▓▓▓▓░░░░│")
    assert "counted as readers see it; a script counts 7 words" in found.plain
    assert "the template blank.md says: at least 5 words" in found.plain
    assert found.plain.index("reportls rule ") > found.plain.index("counted")
    assert hover(snapshot, REPORT.index("We went")) is None


def test_symbols(snapshot: FormSnapshot) -> None:
    """The outline has each slot with how it stands."""
    assert [(symbol.name, symbol.detail) for symbol in symbols(snapshot)] == [
        ("Route", "3 of at least 5 words · outside limits"),
        ("Gear", "unanswered"),
        ("Photo", "2 of 2 images · within limits"),
        ("More (optional)", "unanswered"),
    ]


def test_folds(snapshot: FormSnapshot) -> None:
    """Each slot folds into the line of its heading."""
    first = folds(snapshot)[0]
    assert REPORT[slice(*first.span)].startswith("\n\n[Write")
    assert REPORT[slice(*first.span)].endswith("søuth.")


def test_next_unanswered(snapshot: FormSnapshot) -> None:
    """The next slot without an answer is found; without any, the end of one outside its limits."""
    place = next_unanswered(snapshot, 0)
    assert place
    assert REPORT[: place.start].endswith("## Gear")
    answered = snapshot_of(REPORT.replace("## Gear\n", "## Gear\n\nA rope.\n"), snapshot.environment)
    end = next_unanswered(answered, 0)
    assert end
    assert answered.report.text[: end.start].endswith("søuth.")


def test_question_rows(snapshot: FormSnapshot) -> None:
    """A list of questions has the slots in the order of the template, with figures and whether they may stay empty."""
    route, gear, photo, more = question_rows(snapshot)
    assert (route.name, route.line, route.state, route.missing) == (
        "Route",
        2,
        State.OUTSIDE_LIMITS,
        ("2 words to go",),
    )
    assert (gear.state, more.state) == (State.UNANSWERED, State.UNANSWERED)
    assert photo.in_words == "2 / 2 images"
    assert photo.figures == ("figures/rope.png", "figures/lamp.png")
    assert [row.is_optional for row in (route, gear, photo, more)] == [False, False, False, True]


def test_selections(snapshot: FormSnapshot) -> None:
    """Selections grow from a word over its line and slot to the report."""
    found = [REPORT[slice(*span)] for span in selections(snapshot, REPORT.index("søuth"))]
    assert found[:2] == ["søuth", "We went søuth."]
    assert found[-1] == REPORT


def test_fixes(snapshot: FormSnapshot) -> None:
    """What the template left beside an answer is removed."""
    action = fix_all(snapshot)
    assert action
    assert apply_edits(REPORT, action.edits) == REPORT.replace("[Write your answer here]\n", "")
    assert [fix.title for fix in quick_fixes(snapshot.findings)] == ["remove the template's text"]


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        ("## Photo\n\nInsert two images.\n", "Insert two", "## Photo\n\nInsert two images.\n\nIMAGE\n"),
        ("## Route\n\nWe went.\n\n\n", "\n\n\n", "## Route\n\nWe went.\n\nIMAGE\n\n"),
        ("## Route\n\n[Write your answer here]\n", "Write", "## Route\n\nIMAGE\n"),
        (
            "## Route\n\n[Write your answer here]\n\nWe went.\n",
            "We",
            "## Route\n\n[Write your answer here]\n\nWe went.\n\nIMAGE\n",
        ),
        ("## Route\n\n```\nwe went\n```\n", "we", None),
        ("## Gear\n\n**Kind:** a rope\n", "rope", None),
    ],
)
def test_insert_image(before: str, at: str, after: str | None) -> None:
    """An image is inserted below the words at the cursor or in place of the placeholder; not in code or a field."""
    blank = "## Route\n\n[Write your answer here]\n\n## Gear\n\n**Kind:**\n\n## Photo\n\nInsert two images.\n"
    snapshot = snapshot_of(before, Environment(template=read_template(blank)))
    offered = [apply_edits(before, action.edits) for action in insert_image(snapshot, before.index(at) + 1)]
    image = "![describe the image](figures/name.png)"
    assert offered == ([after.replace("IMAGE", image)] if after else [])


def test_image_that_is_lacking() -> None:
    """A slot that lacks one image offers to insert it."""
    report = REPORT.replace("![a lamp](figures/lamp.png)\n", "")
    snapshot = snapshot_of(report, Environment(template=read_template(BLANK)))
    (finding,) = (finding for finding in snapshot.findings if finding.rule == "too-few-images")
    (fix,) = finding.fixes
    changed = snapshot_of(apply_edits(report, fix.edits), Environment(template=read_template(BLANK)))
    assert [each for each in changed.findings if each.rule == "too-few-images"] == []


def test_formats() -> None:
    """A template leaves all kinds of images to the author, unless the configuration says which."""
    report = REPORT.replace("lamp.png", "lamp.svg")
    found = [
        [each.message for each in snapshot_of(report, environment).findings if each.rule == "image-format"]
        for environment in (
            Environment(template=read_template(BLANK)),
            Environment(Settings(formats=("png", "jpg", "jpeg")), template=read_template(BLANK)),
        )
    ]
    assert found[0] == []
    assert len(found[1]) == 1


VERDICT = "## Verdict\n\n- [ ] Accept\n- [ ] Reject\n"
BUDGET = "## Budget\n\nAmount: [amount]\n\nWhy: [reason]\n"
QUOTED = "## Budget\n\n> Format: [reason]\n\n[amount]\n"
CHOICE = "## Choice\n\nWe take {option}, for {reason}.\n"
RESULTS = "## Results\n<!-- Insert 2 images. -->\n\n| a | b |\n|---|---|\n| 1 | |\n"


@pytest.mark.parametrize(
    ("blank", "report", "found"),
    [
        (VERDICT, VERDICT, {"unanswered"}),
        (VERDICT, VERDICT.replace("[ ] Accept", "[x] Accept"), set()),
        (BUDGET, BUDGET.replace("[amount]", "7"), {"placeholder-left"}),
        (QUOTED, QUOTED.replace("[amount]", "7"), set()),
        (CHOICE, CHOICE.replace("{reason}", "speed"), {"placeholder-left"}),
        (CHOICE, CHOICE.replace("{reason}", "speed").replace("{option}", "boats"), set()),
        (RESULTS, RESULTS.replace("| 1 | |", "| 1 | 2 |") + "\n![a](a.png)\n", {"too-few-images"}),
    ],
)
def test_what_is_left_to_do(blank: str, report: str, found: set[str]) -> None:
    """A ticked box is an answer, a placeholder within a line is left over, and a limit above a table reaches to it."""
    findings = snapshot_of(report, Environment(template=read_template(blank))).findings
    assert {each.rule for each in findings} - {"image-not-found"} == found


@pytest.mark.parametrize("heading", ["## Notes <!-- optional -->", "## Notes (optional)"])
def test_optional_heading(heading: str) -> None:
    """A heading says in brackets or in a comment that nobody has to answer below it."""
    (slot,) = read_template(f"{heading}\n").slots
    assert slot.is_optional


PROMPTS = """\
# Field notes

## Route

Where did you go, and how did you get there?

Name every place at which you stopped.

[Write your answer here]

## Gear

> What did you carry?
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("report", "restored"),
    [
        (
            "## Route\n\nWhere did you go and how did you go there?\n\nWe went søuth, by train.\n\n## Gear\n",
            (
                "## Route\n\nWhere did you go, and how did you get there?\n\nName every place at which you stopped.\n\n"
                "We went søuth, by train.\n\n## Gear\n"
            ),
        ),
        (
            "## Route\n\nName every place at which you stopped.\n\nWe went søuth.\n\n## Gear\n",
            (
                "## Route\n\nWhere did you go, and how did you get there?\n\nName every place at which you stopped.\n\n"
                "We went søuth.\n\n## Gear\n"
            ),
        ),
        (
            (
                "## Route\n\nWhere did you go, and how did you get there?\n\nName every place at which you stopped.\n\n"
                "We went søuth.\n\n## Gear\n"
            ),
            None,
        ),
    ],
)
def test_prompt_is_restored(report: str, restored: str | None, newline: str) -> None:
    """A paragraph that was reworded is replaced, one that is gone is put in its place, and the answer stays."""
    text = ("# Field notes\n\n" + report).replace("\n", newline)
    snapshot = snapshot_of(text, Environment(template=read_template(PROMPTS)))
    actions = restore_prompt(snapshot, text.index("Route"))
    if restored is None:
        assert not actions
        return
    (action,) = actions
    assert (action.kind, action.title) == (ActionKind.REFACTOR, "restore the prompt of Route")
    assert apply_edits(text, action.edits) == ("# Field notes\n\n" + restored).replace("\n", newline)
