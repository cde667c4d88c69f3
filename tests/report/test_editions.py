"""Which edition a report is judged by, and where each limit comes from."""

from __future__ import annotations

import pytest

from reportls.editions.edition import IDS, Override, Role, Source, builtin
from reportls.editions.resolve import Wishes, resolve
from reportls.editions.script import Script
from reportls.report.checker import Variant
from reportls.report.kinds import IMAGES, WORDS, Constraints, Limit
from reportls.report.report import parse
from reportls.snapshot import Environment, assess, take
from tests.support import corpus, reference

BAKERY = "# The bakery\n\nTell us of your bread.\n" + "".join(
    f"\n### Question {number}\n\n> **What of bread {number}?**\n>\n> Answer length: {low}-{high} words.\n>\n> Answer:\n"
    f"\n{'crumb ' * words}\n"
    for number, (low, high, words) in enumerate(
        [(1, 5, 3), (2, 9, 1), (0, 3, 9), (10, 20, 10)] + [(1, 9, 2)] * 6, start=1
    )
)
"""An invented course of ten questions, in no edition and without configuration."""


def test_invented_course() -> None:
    """It is judged as the 31-question editions judge, with its own ten questions and its own lengths."""
    edition, verdict = assess(parse(BAKERY), Environment())
    assert (edition.id, edition.variant) == (None, Variant(10))
    assert set(edition.sources) == {Source.PROMPT}
    outcome = reference.run(BAKERY, expected=10, old=False)
    assert [tuple(answer.counted) for answer in verdict.answers] == outcome.answers
    assert [judged.passed for judged in verdict.judged] == [True, False, False, True] + [True] * 6


def test_invented_course_hears_nothing_of_this_one() -> None:
    """No group number, study numbers, dropped characters, sample figures or checklist."""
    rules = {finding.rule for finding in take(BAKERY, Environment()).findings}
    assert rules == {"answer-too-short", "answer-too-long"}


def test_strongest_word_wins() -> None:
    """`--edition`, then the configuration, then the script, then the prompt's words."""
    report = parse(BAKERY)
    named, configured = IDS[0], IDS[4]
    script = Script(Variant(2), (Constraints.of({WORDS: Limit(1, 2)}), Constraints()))
    override = {1: Override({WORDS: Limit(7, 8)}, Role.GROUP_NUMBER)}

    everything = resolve(report, Wishes(named, configured, override, script))
    assert (everything.limits, everything.sources[0]) == (builtin(named).limits, Source.NAMED)

    without_name = resolve(report, Wishes(None, configured, override, script))
    assert without_name.limits[0] == Constraints.of({WORDS: Limit(7, 8)})
    assert without_name.limits[1:] == builtin(configured).limits[1:]

    with_script = resolve(report, Wishes(script=script))
    assert (with_script.limits, with_script.variant, with_script.sources[0]) == (
        script.limits,
        script.variant,
        Source.SCRIPT,
    )

    with_both = resolve(report, Wishes(overrides=override, script=script))
    assert with_both.limits == (Constraints.of({WORDS: Limit(7, 8)}), Constraints())
    assert with_both.sources == (Source.CONFIGURATION, Source.SCRIPT)
    assert with_both.roles == {1: Role.GROUP_NUMBER}


def test_a_limit_can_be_taken_away() -> None:
    """What the configuration does not mention stays as it was."""
    limits = Constraints.of({WORDS: Limit(1, 2), IMAGES: Limit(1, 3)})
    assert Override({WORDS: None}).apply(limits) == Constraints.of({IMAGES: Limit(1, 3)})
    assert Override({IMAGES: Limit(0, 1)}).apply(limits) == Constraints.of({WORDS: Limit(1, 2), IMAGES: Limit(0, 1)})


@pytest.mark.parametrize("edition_id", IDS)
def test_built_in_editions(edition_id: str) -> None:
    """Each has as many limits as its checker expects answers, and roles at both ends."""
    edition = builtin(edition_id)
    assert len(edition.limits) == edition.variant.answers_expected
    assert edition.roles[1] is Role.GROUP_NUMBER
    assert edition.roles[2] is Role.STUDY_NUMBERS
    assert edition.roles[len(edition.limits)] is Role.CONTRIBUTIONS


@pytest.mark.parametrize("edition_id", IDS)
def test_corrected_spelling_stands_for_the_courses(edition_id: str) -> None:
    """A corrected task stands for one of the checklist and is none itself."""
    prints = builtin(edition_id).prints
    assert set(prints.corrected_tasks.values()) <= set(prints.tasks)
    assert set(prints.corrected_tasks).isdisjoint(prints.tasks)


@corpus.needs_corpus
def test_a_groups_own_script_beats_the_edition() -> None:
    """Limits of the script, roles and fingerprints of the edition that the report's texts tell."""
    name = next(iter(corpus.names()))
    script = Script(Variant(31), (Constraints.of({WORDS: Limit(1, 2)}),) * 31)
    edition = resolve(parse(corpus.report(name)), Wishes(script=script))
    assert edition.id == corpus.verdicts()[name]["edition"]
    assert set(edition.limits) == {Constraints.of({WORDS: Limit(1, 2)})}
    assert edition.roles
