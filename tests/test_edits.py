"""After every edit, everything known about a report is what judging its text anew finds."""

from __future__ import annotations

import re
from itertools import accumulate
from random import Random
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.editions.edition import Override, Role
from reportls.editions.script import Script
from reportls.findings.settings import Settings
from reportls.lsp.capabilities import Client
from reportls.lsp.diagnostics import DiagnosticsWriter
from reportls.report.checker import Variant
from reportls.report.kinds import IMAGES, WORDS, Constraints, Limit
from reportls.report.report import parse
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Edit, Span, apply_edits
from tests.report.test_incremental import PIECES, assert_equal, assert_same_findings
from tests.support.bending import bend
from tests.support.files import FilesInMemory, plain_file
from tests.support.sample import whole_report

QUESTIONS = 6
CLIENT = Client(takes_related=True)
REPORT = whole_report(QUESTIONS).replace("Thing 1 is", "We are s123456, s234567;").replace("Thing 6 is", "s123456 did")
FILES = FilesInMemory({name: plain_file(name) for name in ("figures/thing1.png", "figures/b.png", "figures/new.png")})
ROLES = {1: Override(role=Role.STUDY_NUMBERS), QUESTIONS: Override(role=Role.CONTRIBUTIONS)}
LIMITS = tuple(
    Constraints.of({WORDS: Limit(9 + number, 29 + 3 * number), IMAGES: Limit(0, 1)}) for number in range(QUESTIONS)
)
ENVIRONMENTS = {
    "its own words": Environment(files=FILES),
    "its own words, with roles": Environment(files=FILES, settings=Settings(questions=MappingProxyType(ROLES))),
    "a checker beside it": Environment(files=FILES, script=Script(Variant(QUESTIONS), LIMITS)),
    "an old checker beside it": Environment(script=Script(Variant(QUESTIONS, 43, first_part_counts=True), LIMITS)),
    "a course's edition": Environment(named="dtu-02476-2026"),
}
TYPED = [
    *[
        "a",
        " b ",
        "\n",
        "\r\n",
        "é😋 ",
        "1",
        "s234567",
        "# ",
        "##",
        "###",
        "Answer:",
        " six words more, and one image: ",
    ],
    *["![n](figures/new.png)", "![n](figures/thing1.png)", "\n[l]: figures/b.png\n", "![n][l]", "```\n", "\n---\n"],
    *["\n### Question 3\n", "\n## Part\n", "\n<<<<<<< mine\n", "\n>>>>>>> theirs\n", "> quoted\n"],
]


TYPED_BIT_BY_BIT: list[list[str]] = [
    *[
        list(typed)
        for typed in ("\nnswer:\n", " s234567", " s345678", "\n<<<<<<< a\n", "\n## x\ny", "\n[l]: x", "a\r\nb")
    ],
    *[
        [" and six more words than before"],
        [" so many words" * 12],
        ["![a](figures/new.png)"],
        ["\n\n# Part\n\nwords\n"],
    ],
]


def _bent_reports() -> dict[str, str]:
    introduction, *questions = re.split(r"(?=^### Question)", REPORT, flags=re.MULTILINE)

    def report(*changes: tuple[int, str, str]) -> str:
        """With something replaced in some questions, or removed; the last occurrence."""
        changed = list(questions)
        for number, old, new in changes:
            assert old in changed[number - 1]
            changed[number - 1] = new.join(changed[number - 1].rsplit(old, 1))
        return introduction + "".join(changed)

    return {
        "nothing": REPORT,
        "two swapped": introduction + "".join(questions[index] for index in (0, 2, 1, 3, 4, 5)),
        "one moved to the end": introduction + "".join(questions[index] for index in (0, 1, 3, 4, 5, 2)),
        "one gone": introduction + "".join(questions[index] for index in (0, 1, 2, 4, 5)),
        "one twice": introduction + "".join(questions[index] for index in (0, 1, 2, 3, 2, 4, 5)),
        "a heading twice": report((4, "- two", "- two\n\n### Question 4\n\nmore")),
        "a heading gone": report((4, "### Question 4\n", "")),
        "an odd heading": report((4, "### Question 4", "## Question 4: é")),
        "no marker": report((3, "Answer:", "")),
        "markers moved": report((2, "Answer:", ""), (5, "- two", "### x\n\nAnswer:\n\n- two")),
        "a marker too many": report((3, "- two", "Answer: - two")),
        "cut off": report((2, "- two", "- two\n## more\nwords")),
        "a merge": report((3, "- one", "<<<<<<< mine\n- one\n=======\n- 1\n>>>>>>> theirs")),
        "an appendix": REPORT + "\n# Appendix\n\nwords\n",
        "one beyond": REPORT + "\n### Question 9\n\nwords\n",
        "no introduction": "".join(["### Question 1\nAnswer: s123456, s234567 are we\n\n", *questions[1:]]),
    }


BENT = _bent_reports()


def check(text: str, environment: Environment, edits: list[Edit]) -> None:
    """Make the edits one by one; after each, compare with judging the text anew."""
    snapshot, writer = take(text, environment), DiagnosticsWriter("file:///report/README.md", CLIENT)
    for edit in edits:
        writer.write(snapshot)
        snapshot, text = snapshot.edited(edit), apply_edits(text, [edit])
        assert_equal(snapshot.report, text)
        assert_same_findings(snapshot, text)
        assert writer.write(snapshot) == DiagnosticsWriter("file:///report/README.md", CLIENT).write(
            take(text, environment)
        )


@st.composite
def bent_and_edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A damaged report, and edits as an author types them: small, and mostly close together."""
    rng, text = Random(draw(st.integers(0, 10**9))), REPORT  # noqa: S311  # repeatable, not secret
    for _ in range(draw(st.integers(0, 3))):
        text = bend(text, rng)
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
    edits, length, start = [], len(text), draw(st.integers(0, len(text)))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.one_of(st.just(min(start, length)), st.integers(0, length)))
        end = min(length, start + draw(st.sampled_from([0, 0, 0, 1, 2, 9, 60, 900])))
        new = draw(st.sampled_from([*TYPED, "", *PIECES]))
        edits.append(Edit(Span(start, end), new))
        length += len(new) - (end - start)
        start += len(new)
    return text, edits


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
@given(bent_and_edited())
@settings(max_examples=40)
def test_edits_of_bent_reports(environment: Environment, case: tuple[str, list[Edit]]) -> None:
    """Edits in damaged reports also change the findings of report-wide rules."""
    check(case[0], environment, case[1])


@pytest.mark.parametrize("name", ["its own words, with roles", "an old checker beside it", "a course's edition"])
@pytest.mark.parametrize("kind", BENT)
def test_typing_in_bent_reports(kind: str, name: str) -> None:
    """Text that report-wide rules look at is typed bit by bit into every question and deleted again."""
    rng, text = Random(kind), BENT[kind]  # noqa: S311  # repeatable, not secret
    report = parse(text)
    for start, block in zip(report.starts[:-1], report.blocks, strict=True):
        for bits in rng.sample(TYPED_BIT_BY_BIT, 2):
            first = block.text.find("swer:") + len("swer:")
            place = start + rng.choice([first, len(block.text) * 3 // 4, max(len(block.text) - 1, 0)])
            edits = [
                Edit(Span(at, at), bit)
                for bit, at in zip(bits, accumulate(map(len, bits[:-1]), initial=place), strict=True)
            ]
            check(text, ENVIRONMENTS[name], [*edits, Edit(Span(place, place + sum(map(len, bits))), "")])


def test_a_word_leaves_all_else_as_it_is() -> None:
    """Unchanged parts keep their identity, so that clients of the snapshot can skip them."""
    before = take(REPORT + "\n### Question 6\n\nA second one.\n", ENVIRONMENTS["its own words"])
    after = _insert(before, before.report.starts[3] + 230, "x")
    assert after.edition is before.edition
    assert after.verdict is before.verdict
    assert after.report.structure is before.report.structure
    assert after.report.first_lines is before.report.first_lines
    assert [one is other for one, other in zip(before.questions, after.questions, strict=True)].count(False) == 1
    assert [one is other for one, other in zip(before.block_findings, after.block_findings, strict=True)].count(
        False
    ) == 1
    assert before.report_findings
    assert [finding.span.shifted(1) for finding in before.report_findings] == [
        finding.span for finding in after.report_findings
    ]


def test_words_after_a_marker_too_many() -> None:
    """Words that an extra marker throws away do not count, but change whether the question would pass without it."""
    prompt = "> **Why 🥖?**\n>\n> Recommended answer length: 20-60 words.\n>\n> Answer:\n\n"
    opening = "# Our bakery\n\n" + "Written before dawn. " * 6
    text = f"{opening}\n\n### Question 1\n\n{prompt}{'word ' * 10}Answer: five\n\n### Question 2\n\n{prompt}none\n"
    end = text.index(" five") + len(" five")
    check(text, Environment(), [Edit(Span(end, end), " more" * 12)])
    assert "extra-marker" in {finding.rule for finding in take(text, Environment()).report_findings}


def test_words_that_would_be_too_many_in_their_own_place() -> None:
    """Words can pass where they are judged and still make a question out of order more severe."""
    limits = tuple(Constraints.of({WORDS: Limit(1, most)}) for most in (99, 99, 50, 99))
    environment = Environment(script=Script(Variant(4), limits))
    order = "".join(f"### Question {number}\n\n> Why 🥖?\n>\n> Answer:\n\nfive\n\n" for number in (1, 3, 4, 2))
    text = "# Our bakery\n\n" + "Written before dawn. " * 6 + "\n\n" + order
    end = text.index("\n\n### Question 4")
    check(text, environment, [Edit(Span(end, end), " more" * 60)])


def test_letters_that_push_a_heading_out_of_what_is_dropped() -> None:
    """Old checkers drop 43 characters, and an answer is lost if its `###` is among them."""
    environment = ENVIRONMENTS["an old checker beside it"]
    text = "# Apples 🍎 and pears, sorted\n\nBy us\n\n" + REPORT[REPORT.index("### Question 1") :]
    check(text, environment, [Edit(Span(30, 30), letter) for letter in " yad eno"])
    assert take(text, environment).verdict.error
    assert take("One day " + text, environment).verdict.completed


def test_two_changes_at_once_share_what_lies_between() -> None:
    """If a client sends the whole text, only the two changed questions are checked again."""
    before = take(REPORT, ENVIRONMENTS["its own words"])
    text = REPORT.replace("Thing 2 is", "It is").replace("Thing 5 is", "It is")
    after = before.edited(Edit(Span(0, len(REPORT)), text))
    assert_same_findings(after, text)
    pairs = zip(before.report.blocks, after.report.blocks, strict=True)
    assert [block for block, (old, new) in enumerate(pairs) if old is not new] == [2, 5]


def _insert(snapshot: Snapshot, offset: int, text: str) -> Snapshot:
    return snapshot.edited(Edit(Span(offset, offset), text))
