"""After any edits, a report kept up to date equals the one read from scratch, and shares what did not change."""

from __future__ import annotations

import difflib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.report.report import Report, parse
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Edit, Span, apply_edits
from tests.support import corpus
from tests.support.sample import SAMPLE

PIECES = [
    *["\n", "\r", "\r\n", "\u2028", "\x0c", "\x0b", "\x85", "\x1c", "\t", " ", "\u00a0", "\u200b", "\ufeff", "\0"],
    *[
        "### Question 1\n",
        "### Question 12",
        "Question 3",
        "**Question 4**\n",
        "\n### Question 5\n> ok\n>\n> Answer:\n\nhi\n",
    ],
    *[
        "# Title\n",
        "## Section\n",
        "##",
        "#",
        "### ",
        "Quest",
        "ion 7",
        "7",
        "Answer:",
        "> Answer:\n",
        "> quote\n",
        ">",
    ],
    *[
        "```\n",
        "```",
        "~~~\n",
        "<!--",
        "-->",
        "<div>\n",
        "    code\n",
        "- item\n",
        "  - nested\n",
        "1. one\n",
        "* [ ] task\n",
    ],
    *[
        "![a](figures/b.png)",
        "![a](",
        "![",
        "[l]: x\n",
        "[l]",
        "`",
        "``",
        "<img src='a.png'>",
        "| a | b |\n|---|---|\n",
        "---\n",
    ],
    *["word", "å", "😋", "e\u0301", "--- question 3 fill here ---", "s123456", "<<<<<<< mine\n", "=======\n"],
]

random_text = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def assert_equal(report: Report, text: str) -> None:
    """The report is the one that is parsed from the text, down to what its blocks say of themselves."""
    fresh = parse(text)
    assert report.text == text
    assert report == fresh
    assert report.starts == fresh.starts
    assert report.first_lines == fresh.first_lines
    for part in ("numbers", "odd_headings", "without_marker", "with_extra_marker", "cut", "conflicts"):
        assert getattr(report.structure, part) == getattr(fresh.structure, part), part
    assert report.is_recognisable == fresh.is_recognisable
    assert [block.segments for block in report.blocks] == [block.segments for block in fresh.blocks]
    assert [block.tail for block in report.blocks] == [block.tail for block in fresh.blocks]
    for own, read in zip(report.questions, fresh.questions, strict=True):
        assert (own.layout, own.number, own.stated) == (read.layout, read.number, read.stated)
        assert (own.prompt_print, own.definitions, own.conflicts) == (
            read.prompt_print,
            read.definitions,
            read.conflicts,
        )


def assert_same_findings(snapshot: Snapshot, text: str) -> None:
    """The snapshot says of the text what one taken from scratch says."""
    fresh = take(text, snapshot.environment)
    assert snapshot.edition == fresh.edition
    assert snapshot.verdict == fresh.verdict
    for ctx, own in zip(snapshot.questions, fresh.questions, strict=True):
        assert (ctx.question, ctx.judged, ctx.surroundings) == (own.question, own.judged, own.surroundings)
        assert (ctx.position, ctx.own_position, ctx.role) == (own.position, own.own_position, own.role)
    assert snapshot.block_findings == fresh.block_findings
    assert snapshot.report_findings == fresh.report_findings
    assert snapshot.findings == fresh.findings


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text, and edits each made in the text as the one before left it."""
    text = draw(st.one_of(random_text, st.sampled_from([SAMPLE[31][:3000], SAMPLE[27][-2500:]])))
    edits: list[Edit] = []
    length = len(text)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, length))
        end = draw(st.integers(start, min(length, start + draw(st.sampled_from([0, 0, 1, 2, 10, 80, 5000])))))
        new = draw(st.one_of(st.just(""), st.sampled_from(PIECES), random_text))
        edits.append(Edit(Span(start, end), new))
        length += len(new) - (end - start)
    return text, edits


@given(edited_texts())
@settings(max_examples=600)
def test_any_edits(case: tuple[str, list[Edit]]) -> None:
    """Random edits, over questions' borders too, over text made of stumbling blocks."""
    text, edits = case
    snapshot = take(text, Environment())
    for edit in edits:
        snapshot = snapshot.edited(edit)
        text = apply_edits(text, [edit])
        assert_equal(snapshot.report, text)
    assert_same_findings(snapshot, text)


@given(st.data())
@settings(max_examples=60)
def test_typed_letter_by_letter(data: st.DataObject) -> None:
    """A heading, a fence, a marker typed in at some place and taken back letter by letter."""
    text = SAMPLE[31][: data.draw(st.integers(200, 3000))]
    typed = data.draw(
        st.sampled_from(["\n### Question 77\n> Answer:\n", "\r\n```\r\n", "Answer:", "\n## New\n", "Question 5\n"])
    )
    place = data.draw(st.integers(0, len(text)))
    report = parse(text)
    edits = [Edit(Span(place + i, place + i), letter) for i, letter in enumerate(typed)]
    edits += [Edit(Span(place + i, place + i + 1), "") for i in reversed(range(len(typed)))]
    for edit in edits:
        report = report.edited(edit)
        text = apply_edits(text, [edit])
        assert_equal(report, text)


def test_untouched_questions_are_shared() -> None:
    """An edit inside an answer makes one new question; the others are the very same objects."""
    before = parse(SAMPLE[31])
    place = before.starts[10] + 200
    after = before.edited(Edit(Span(place, place), "word "))
    new = [index for index, (old, now) in enumerate(zip(before.blocks, after.blocks, strict=True)) if old is not now]
    assert new == [10]


def test_untouched_findings_are_shared() -> None:
    """Rules run again only for the question that changed, though all behind it moved."""
    before = take(SAMPLE[31], Environment(named="dtu-02476-2026"))
    place = before.report.starts[10] + 200
    after = before.edited(Edit(Span(place, place), "word "))
    pairs = list(zip(before.block_findings, after.block_findings, strict=True))
    assert sum(bool(old) for old, _ in pairs) > 20
    assert [index for index, (old, now) in enumerate(pairs, start=1) if old is not now] == [10]


@corpus.needs_corpus
@pytest.mark.parametrize("name", corpus.histories())
def test_histories(name: str) -> None:
    """The versions of a real report, each come by with the edits that lead there from the one before."""
    first, *versions = corpus.versions(name)
    snapshot, text = take(first, Environment()), first
    for version in versions:
        for edit in _edits_between(text, version):
            snapshot = snapshot.edited(edit)
        text = version
        assert_equal(snapshot.report, text)
        assert_same_findings(snapshot, text)


@corpus.needs_corpus
def test_random_edits_of_real_reports() -> None:
    """Real reports, edited at random."""
    rng = random.Random(31)  # noqa: S311  # repeatable, not secret
    for name in corpus.names():
        text = corpus.report(name)
        snapshot = take(text, Environment(files=corpus.figures(name)))
        for _ in range(6):
            start = rng.randint(0, len(text))
            end = min(len(text), start + rng.choice([0, 0, 1, 5, 50, 2000]))
            edit = Edit(Span(start, end), rng.choice(["", *PIECES]))
            snapshot = snapshot.edited(edit)
            text = apply_edits(text, [edit])
            assert_equal(snapshot.report, text)
        assert_same_findings(snapshot, text)


def _edits_between(old: str, new: str) -> list[Edit]:
    """Edits by whole lines, the last first, so that each leaves the places of those to come alone."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    return [Edit(Span(starts[i], starts[j]), "".join(after[k:m])) for _, i, j, k, m in reversed(changes)]
