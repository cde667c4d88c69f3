"""Applying all safe fixes at once fails no question that passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.features.fix_all import Fixed, with_fixes
from reportls.findings.finding import Fix
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Edit, Span, apply_edits
from tests.support import corpus
from tests.support.corpus import needs_corpus

HEAD = """\
### Question 1

> **What do you see?**
>
> Recommended answer length: 5-100 words.
>
> Answer:

{answer}

### Question 2

> **And what not?**
>
> Answer:

Nothing.
"""


def _passed(snapshot: Snapshot) -> set[int]:
    return {judged.position for judged in snapshot.verdict.judged if judged.passed}


def _check_harmless(before: Snapshot) -> Fixed:
    fixed = with_fixes(before)
    after = _after(fixed)
    assert _passed(before) <= _passed(after)
    assert after.verdict.completed or not before.verdict.completed
    return fixed


def _after(fixed: Fixed) -> Snapshot:
    assert isinstance(fixed.snapshot, Snapshot)
    return fixed.snapshot


def test_fix_that_would_fail_a_question() -> None:
    """The dashes of a placeholder count as words; where the answer needs them, they stay."""
    fixed = _check_harmless(take(HEAD.format(answer="--- Three plain words ---"), Environment()))
    assert (fixed.titles, fixed.left_out) == ({}, 1)
    assert _after(fixed).verdict.passed == 2


def test_the_others_are_applied() -> None:
    """A fix that would fail a question does not keep others from being applied."""
    text = HEAD.format(answer="--- Three plain words ---").replace("Nothing.", "--- Nothing. ---")
    fixed = _check_harmless(take(text, Environment()))
    assert sum(fixed.titles.values()) == fixed.left_out == 1
    assert "--- Three" in fixed.text
    assert "--- Nothing" not in fixed.text


def test_what_is_left_out_is_counted() -> None:
    """A placeholder whose words an answer needs is left, and counted."""
    fixed = _check_harmless(take(HEAD.format(answer="--- question 1 fill here --- and mine"), Environment()))
    assert (fixed.titles, fixed.left_out) == ({}, 1)


def test_links_become_images_where_they_stand_alone() -> None:
    """A sentence keeps the words of its links; a paragraph of links has no sentence."""
    answer = "See [the loss](figures/a.png).\n\n* [an apple](figures/b.png)\n\n[c](figures/c.png) [d](figures/d.png)"
    text = HEAD.format(answer=answer).replace("do you see?", "do you see? Insert 4 images of it.")
    fixed = _check_harmless(take(text, Environment()))
    assert "See [the loss]" in fixed.text
    assert "* ![an apple](figures/b.png)\n\n![c](figures/c.png) ![d](figures/d.png)" in fixed.text


def test_more_fixes_than_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many fixes to apply at once are applied in part; the summary says so, and another run goes on."""
    text = HEAD.format(answer="---\n" * 2500)
    whole = with_fixes(take(text, Environment()))
    assert not whole.is_unfinished
    monkeypatch.setattr("reportls.features.fix_all._MOST_ROUNDS", 1)
    part = _check_harmless(take(text, Environment()))
    assert part.is_unfinished
    assert part.summary.startswith("1000 fixes: ")
    assert part.summary.endswith("; there are more: fix again")
    text, again = part.text, part
    while again.is_unfinished:
        again = with_fixes(take(text, Environment()))
        text = again.text
    assert text == whole.text


def test_fixes_that_fail_a_question_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of fixes that are harmless alone, as many are applied as the answer can spare words."""
    text = HEAD.format(answer="a b c d e f g h").replace("5-100", "5-8")
    start = text.index("a b c d")
    fixes = [Fix("drop it", (Edit(Span(at, at + 2), ""),), safe=True) for at in range(start, start + 12, 2)]
    waiting = iter([fixes, fixes[3:], fixes[3:]])
    monkeypatch.setattr("reportls.features.fix_all._compatible", lambda _snapshot, _rule: iter(next(waiting)))
    fixed = _check_harmless(take(text, Environment()))
    assert "\nd e f g h\n" in fixed.text
    assert (fixed.titles, fixed.left_out) == ({"drop it": 3}, 3)


@needs_corpus
@pytest.mark.parametrize("name", corpus.names())
def test_real_reports(name: str) -> None:
    """No question of a real report fails because of fixes."""
    _check_harmless(take(corpus.report(name), Environment(files=corpus.figures(name))))


@needs_corpus
@pytest.mark.parametrize("name", corpus.names("mutants"))
def test_bent_reports(name: str) -> None:
    """No question of a damaged report fails because of fixes."""
    _check_harmless(take(corpus.report(name, "mutants"), Environment()))


_ANSWERS = st.lists(
    st.sampled_from(
        [
            "---",
            "word",
            "--- question 1 fill here ---",
            "figures/a.png",
            "[a](figures/a.png)",
            "\n\n",
            "> quoted",
            "<b>",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(_ANSWERS)
def test_any_answer(answer: str) -> None:
    """Whatever an answer is made of, its fixes leave a question passed that passes."""
    _check_harmless(take(HEAD.format(answer=answer), Environment()))


@pytest.mark.parametrize(
    ("fixed", "summary"),
    [
        (Fixed(take("", Environment()), {"remove it": 1}, ()), "1 fix: remove it"),
        (Fixed(take("", Environment()), {"remove it": 2, "close it": 1}, ()), "3 fixes: remove it (2 times), close it"),
        (
            Fixed(take("", Environment()), {"remove it": 1}, (), left_out=4),
            "1 fix: remove it; 4 left out, as a question would fail",
        ),
        (
            Fixed(take("", Environment()), {"remove it": 1}, (), left_out=4, is_unfinished=True),
            "1 fix: remove it; there are more: fix again",
        ),
    ],
)
def test_summary(fixed: Fixed, summary: str) -> None:
    """What was fixed, how often, and what was not."""
    assert fixed.summary == summary


def test_fixes_of_one_rule() -> None:
    """No other rule's fixes are applied, and none of them counts as left out."""
    text = HEAD.format(answer="--- Three plain words ---\n\nOf the course: <best> and <worst>, and more of them.")
    before = take(text, Environment())
    assert {finding.rule for finding in before.findings} >= {"placeholder-dashes", "words-not-shown"}
    fixed = with_fixes(before, "words-not-shown")
    assert (
        apply_edits(text, fixed.edits)
        == fixed.text
        == text.replace("<best>", "`<best>`").replace("<worst>", "`<worst>`")
    )
    assert (fixed.left_out, fixed.is_unfinished) == (0, False)
