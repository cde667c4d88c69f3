"""Fuzzes reading, judging and fixing with any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.editions.script import Script
from reportls.features.fix_all import with_fixes
from reportls.findings.rule import Rule  # noqa: TC001  # Hypothesis looks at annotations
from reportls.report.checker import Variant
from reportls.report.kinds import Constraints
from reportls.report.report import parse
from reportls.rules import ALL
from reportls.snapshot import Environment, assess, take
from reportls.text import apply_edits
from tests.fuzz.quiet import nothing_fails
from tests.fuzz.texts import any_environment, any_report, edits_of, sound_reports
from tests.support import reference
from tests.support.fixing import check_fixes, check_marks, visible_words
from tests.test_edits import check as check_edits

forms = st.one_of(
    st.sampled_from([Variant(31), Variant(27, 43, first_part_counts=True)]),
    st.integers(0, 6).map(Variant),
    st.integers(0, 6).map(lambda expected: Variant(expected, 43, first_part_counts=True)),
)


@given(any_report)
def test_parsing(text: str) -> None:
    """Any text is parsed into parts that lie where they say and together make the whole text."""
    report = parse(text)
    assert "".join(block.text for block in report.blocks) == text
    for start, question in zip(report.starts[1:-1], report.questions, strict=True):
        length = len(question.text)
        spans = [
            question.layout.heading,
            question.layout.answer,
            question.content,
            question.tail,
            *question.placeholders,
        ]
        spans += [image.span for image in question.images] + [link.span for link in question.markup.links]
        assert all(0 <= span.start <= span.end <= length for span in spans)
        assert question.stated
        assert question.page
        assert question.hidden_areas is not None
        assert report.block_at(start) > 0
    assert all(task.words.end <= len(report.introduction.text) for task in report.introduction.tasks)


@given(st.data(), any_report, any_environment)
@settings(max_examples=40)
def test_edits(data: st.DataObject, text: str, environment: Environment) -> None:
    """After every edit, the snapshot equals one that is taken anew."""
    check_edits(text, environment, data.draw(edits_of(len(text))))


@given(any_report, forms)
def test_checker(text: str, variant: Variant) -> None:
    """The verdict agrees with a second implementation of the checker, in all its variants."""
    outcome = reference.run(text, expected=variant.answers_expected, old=variant.first_part_counts)
    limits = (Constraints(),) * variant.answers_expected
    edition, verdict = assess(parse(text), Environment(script=Script(variant, limits)))
    assert edition.variant == variant
    assert [answer.counted for answer in verdict.answers] == outcome.answers
    assert verdict.completed == (outcome.completed and bool(outcome.answers))


@given(any_report, any_environment, st.sampled_from(ALL))
def test_rules(text: str, environment: Environment, rule: Rule) -> None:
    """No rule raises, every mark is visible, and a rule finds the same alone as among the others."""
    with nothing_fails():
        snapshot = take(text, environment)
        check_marks(snapshot)
        alone = environment._replace(settings=environment.settings._replace(select=frozenset({rule.name})))
        assert take(text, alone).findings == tuple(
            finding for finding in snapshot.findings if finding.rule == rule.name
        )


@given(sound_reports, any_environment)
def test_fixes(text: str, environment: Environment) -> None:
    """Every fix removes its finding, and a safe fix keeps the author's words."""
    with nothing_fails():
        check_fixes(take(text, environment))


@given(any_report, any_environment)
def test_fixes_of_any_text(text: str, environment: Environment) -> None:
    """Every fix applies and changes something, and a safe one loses no word."""
    with nothing_fails():
        snapshot = take(text, environment)
        for finding in snapshot.findings:
            for fix in finding.fixes:
                fixed = apply_edits(text, fix.edits)
                assert fixed != text, (finding, fix)
                assert not fix.safe or not visible_words(text) - visible_words(fixed), (finding, fix)


@given(any_report, any_environment)
def test_all_fixes(text: str, environment: Environment) -> None:
    """Applying all safe fixes loses no word and does what is reported; applying them again does nothing."""
    with nothing_fails():
        fixed = with_fixes(take(text, environment))
        assert apply_edits(text, fixed.edits) == fixed.text
        assert not visible_words(text) - visible_words(fixed.text)
        again = with_fixes(fixed.snapshot)
        assert (again.text, again.titles) == (fixed.text, {})
