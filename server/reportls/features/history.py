"""The history of a report: the state of each question in each version, and which commit broke or repaired what.

All versions are judged by one edition or one template, so that only the report's text makes a difference. A question
that is the same in several versions is one object in all of them, with its counts, so each text of a question is
counted once.
"""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reportls.editions.resolve import resolve
from reportls.features.verdicts import form_in_words, is_done, numbers, rows_of, slot_unmet, tally, unmet
from reportls.findings.files import NoFiles, NoRepository
from reportls.findings.finding import short_name
from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.forms.rows import SlotState
from reportls.lazy import cached_property
from reportls.report.report import Report, split
from reportls.snapshot import judged_by
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.editions.edition import Edition
    from reportls.features.verdicts import FormTally, VerdictRow
    from reportls.form_snapshot import AnySnapshot
    from reportls.forms.rows import SlotRow
    from reportls.report.block import Block
    from reportls.snapshot import Environment

_SHORT = 7


class Version(NamedTuple):
    """The report after one commit, or as it is on disk."""

    commit: str
    """The id; empty for the file on disk, if it differs from the last commit."""
    parents: tuple[int, ...]
    """The indices of the versions that it was made from; several after a merge."""
    seconds: int
    """When it was committed, from the epoch."""
    subject: str
    """The first line of the commit's message."""
    path: str
    """From the repository's root, with `/`."""
    blob: str
    """The id of the content; empty if there is no plain file."""

    @property
    def name(self) -> str:
        """The first digits of the commit's id, or words for the file on disk."""
        return self.commit[:_SHORT] or "not committed"


def when(seconds: int) -> str:
    """Return the local day and time: `3 Jan 2026 14:02`."""
    moment = time.localtime(seconds)
    return f"{moment.tm_mday} {time.strftime('%b %Y %H:%M', moment)}"


class State(Enum):
    """The state of one question, or of one slot of a template, in one version."""

    PASSED = "passed"
    FAILED = "failed"
    UNANSWERED = "unanswered"


_WITHOUT_CHECKER = {State.PASSED: "complete", State.FAILED: "not complete"}


class Standing(NamedTuple):
    """The verdict on one text."""

    passed: int | None
    """The number of questions that pass, or of slots in which nothing is left to do; None if there is no verdict."""
    total: int
    error: str | None
    """Why the check crashes."""
    states: tuple[State, ...] = ()
    """The state of each question; empty if there is no verdict."""
    missing: tuple[str, ...] = ()
    """The limits that each question misses; empty strings for those that miss none."""
    why: str | None = None
    """Why there is no report to judge, such as `no report here`."""
    said: str = ""
    """The state of the report in words, where a template decides."""
    tally: FormTally | None = None
    """Where a template decides, the number of slots in each state."""

    def count(self, state: State) -> int:
        """Return the number of questions in that state."""
        return self.states.count(state)

    @property
    def in_words(self) -> str:
        """The verdict: `24 of 31 passed`, or why there is none."""
        if self.why:
            return self.why
        if self.said:
            return self.said
        return f"the check crashes: {self.error}" if self.error else f"{self.passed} of {self.total} passed"


def no_standing(why: str, total: int) -> Standing:
    """Return the standing of a version without a report that could be judged."""
    return Standing(None, total, None, why=why)


class Judge:
    """Judges texts by one edition, and each text of a question once."""

    names: tuple[str, ...] = ()

    def __init__(self, edition: Edition) -> None:
        """Take the edition for all versions."""
        self.total = edition.variant.answers_expected
        self._edition = edition
        self._known: dict[Block, Block] = {}
        self._last = Report(tuple(split("")))

    def standing(self, text: str) -> Standing:
        """Return the verdict on a report's text."""
        report = self._last = self._sharing(text)
        verdict = judged_by(self._edition, report)
        if not verdict.completed:
            return Standing(None, verdict.expected, verdict.error)
        rows = rows_of(report, self._edition, verdict)
        return Standing(
            verdict.passed,
            verdict.expected,
            None,
            tuple([state_of(row) for row in rows]),
            tuple([", ".join(unmet(row)) for row in rows]),
        )

    def _sharing(self, text: str) -> Report:
        """Return the report, with the blocks of earlier ones; only the text that differs from the last is searched."""
        blocks = self._last.blocks
        first, start = 0, 0
        while first < len(blocks) and text.startswith(blocks[first].text, start):
            start += len(blocks[first].text)
            first += 1
        last, end = len(blocks), len(text)
        while last > first and text.endswith(blocks[last - 1].text, start, end):
            last -= 1
            end -= len(blocks[last].text)
        starts = self._last.starts
        report = self._last.edited(Edit(Span(starts[first], starts[last]), text[start:end]))
        return Report(tuple([self._known.setdefault(block, block) for block in report.blocks]))


class FormJudge:
    """Judges texts by one template, and each text of a slot once."""

    def __init__(self, snapshot: FormSnapshot) -> None:
        """Take the report as it is now, whose slots are those of all versions."""
        self.names = tuple([row.name for row in snapshot.rows])
        """The names of the slots; the first is number 1."""
        self.total = len(self.names)
        now = snapshot.environment
        # Findings are not asked for, and files beside the report are not those of its earlier versions.
        self._environment = now._replace(
            settings=now.settings._replace(select=frozenset()), files=NoFiles(), repository=NoRepository()
        )
        self._last: AnySnapshot | None = None

    def standing(self, text: str) -> Standing:
        """Return the state of a report's text."""
        snapshot = self._last = snapshot_of(text, self._environment, self._last)
        if not isinstance(snapshot, FormSnapshot):
            return no_standing("a report of another course", self.total)
        if not snapshot.form.follows:
            return no_standing("does not follow its template", self.total)
        # An author may answer a list of questions as a whole, and then its items are no slots.
        rows = {row.name: row for row in snapshot.rows}
        known = [rows.get(name) for name in self.names]
        return Standing(
            sum(row is not None and is_done(row) for row in known),
            self.total,
            None,
            tuple([_slot_state(row) for row in known]),
            tuple([", ".join(slot_unmet(row)) if row else "" for row in known]),
            said=form_in_words(snapshot),
            tally=tally(snapshot),
        )


def _slot_state(row: SlotRow | None) -> State:
    if row is None or row.state in {SlotState.MISSING, SlotState.UNANSWERED}:
        return State.UNANSWERED
    return State.PASSED if is_done(row) else State.FAILED


AnyJudge: TypeAlias = Judge | FormJudge
"""Judges all versions of a report alike."""


def judge_of(report: Report, environment: Environment) -> AnyJudge:
    """Return the judge for all versions of a report, by what decides about it as it is now."""
    if environment.has_form:
        snapshot = snapshot_of(report, environment._replace(settings=environment.settings._replace(select=frozenset())))
        assert isinstance(snapshot, FormSnapshot)
        return FormJudge(snapshot)
    return Judge(resolve(report, environment.wishes))


class Effect(Enum):
    """The effect of a version on a question or on the whole check."""

    BROKE = "broke"
    REPAIRED = "repaired"
    CHANGED = "changed"
    """It failed before and still fails, for another reason."""


class Event(NamedTuple):
    """A change of state in one version, of a question or of the whole check."""

    effect: Effect
    question: int | None
    """None for the whole check."""
    does: str
    """The verb for one question or for the whole check: `fails`."""
    do: str = ""
    """The verb for several questions: `fail`."""
    reason: str = ""
    """The reason in brackets, such as ` (129 words, 200-300 wanted)`."""
    name: str = ""
    """The name of the slot, where a template decides."""

    def said(self, moment: str) -> str:
        """Return the event in words; `moment` says when, such as `since here`."""
        who = f"{self.name}: " if self.name else f"question {self.question} " if self.question else ""
        return f"{who}{self.does} {moment}{self.reason}"


SINCE_HERE = "since here"


class History:
    """The versions of a report, the oldest first, with their verdicts."""

    def __init__(
        self,
        versions: Sequence[Version],
        standings: Sequence[Standing],
        names: tuple[str, ...] = (),
        *,
        is_shallow: bool = False,
    ) -> None:
        """Take the versions and the verdict on each; `is_shallow`: whether older versions are not on this machine."""
        self.versions = tuple(versions)
        self.standings = tuple(standings)
        self.names = names
        """The names of the slots, where a template decides; empty where a checker does."""
        self.is_shallow = is_shallow

    def name_of(self, question: int) -> str:
        """Return what a question is called: `question 14`, or the name of a slot."""
        return short_name(self.names[question - 1]) if self.names else f"question {question}"

    def word_for(self, state: State) -> str:
        """Return a state in words: nothing passes or fails where a template decides."""
        return _WITHOUT_CHECKER.get(state, state.value) if self.names else state.value

    @cached_property
    def _known(self) -> list[tuple[State, ...]]:
        """The states of the questions in each version, or where there is no verdict, in the last one before it."""
        known: list[tuple[State, ...]] = []
        for version, standing in zip(self.versions, self.standings, strict=True):
            inherited = next((known[parent] for parent in version.parents if known[parent]), ())
            known.append(standing.states or inherited)
        return known

    def events(self, index: int) -> tuple[Event, ...]:
        """Return what the version broke, repaired and changed. What a merge takes over from a parent is not its own."""
        parents = self.versions[index].parents
        if not parents:
            return ()
        return (*self._of_the_check(index, parents), *self._of_questions(index, parents))

    def _of_the_check(self, index: int, parents: tuple[int, ...]) -> Iterator[Event]:
        standing = self.standings[index]
        before = [self.standings[parent] for parent in parents]
        if standing.error and not any(each.error for each in before):
            yield Event(Effect.BROKE, None, "the check crashes", reason=f": {standing.error}")
        if standing.states and not any(each.states for each in before):
            was_crash = any(each.error for each in before)
            words = "the check completes again" if was_crash else "the report can be judged again"
            yield Event(Effect.REPAIRED, None, words)
        if standing.why and not any(each.why for each in before):
            yield Event(Effect.BROKE, None, "there is no verdict", reason=f": {standing.why}")

    def _of_questions(self, index: int, parents: tuple[int, ...]) -> Iterator[Event]:
        standing = self.standings[index]
        before = [self._known[parent] for parent in parents if self._known[parent]]
        if not before or not standing.states:
            return
        for place, state in enumerate(standing.states):
            states = [each[place] for each in before if place < len(each)]
            if states and state not in states:
                name = self.name_of(place + 1) if self.names else ""
                yield _event(place + 1, name, (states[0], state), standing.missing[place])

    def since(self, question: int) -> int | None:
        """Return the index of the version since which the question has had the state of the last one.

        None if the last version has no verdict.
        """
        if not self.standings or not 0 < question <= len(self.standings[-1].states):
            return None
        index, state = len(self.versions) - 1, self.standings[-1].states[question - 1]
        while True:
            alike = [each for each in self.versions[index].parents if self._known[each][question - 1 :][:1] == (state,)]
            if not alike:
                return index
            index = alike[0]

    @property
    def better_before(self) -> str | None:
        """The best verdict and its version, in words; None unless the last version is worse."""
        best = self.best
        if best is None or (self.standings[best].passed or 0) <= (self.standings[-1].passed or 0):
            return None
        version = self.versions[best]
        return f"{self.standings[best].in_words} at {version.name}, {when(version.seconds)}"

    @cached_property
    def best(self) -> int | None:
        """The index of the last version with the most passed questions; None without any verdict."""
        judged = [(each.passed, index) for index, each in enumerate(self.standings) if each.passed is not None]
        return max(judged)[1] if judged else None


def since_in_words(history: History, question: int, state: State) -> str | None:
    """Return since when a question has had its state: `passed since a1b2c3d, 3 Jan 2026 14:02`; None if unknown.

    `state` is that of the text in the editor, which may not be saved yet.
    """
    index = history.since(question)
    if index is None:
        return None
    version, last = history.versions[index], history.standings[-1].states[question - 1]
    known = history.word_for(last)
    words = f"{known} since {version.name}, {when(version.seconds)}" if version.commit else f"{known}, not committed"
    return words if last is state else f"{history.word_for(state)} now; when last saved, {words}"


def slot_since_in_words(history: History, row: SlotRow) -> str | None:
    """Return since when a slot of a template has had its state, as `since_in_words` does; None if unknown."""
    if row.name not in history.names:
        return None
    return since_in_words(history, history.names.index(row.name) + 1, _slot_state(row))


def state_of(row: VerdictRow) -> State:
    """Return the state of a judged question."""
    if not row.is_answered:
        return State.UNANSWERED
    return State.PASSED if row.passed else State.FAILED


def compared(before: Standing, after: Standing, names: tuple[str, ...] = ()) -> tuple[Event, ...]:
    """Return the changes between two versions; `names` are those of slots, if a template decides."""
    first = Version("", (), 0, "", "", "")
    return History([first, first._replace(parents=(0,))], [before, after], names).events(1)


def in_lines(events: Sequence[Event], moment: str = SINCE_HERE) -> list[tuple[Effect, str]]:
    """Return a line for each event; questions with the same change share one."""
    alike: dict[tuple[Effect, str, str], list[Event]] = {}
    for event in events:
        alike.setdefault((event.effect, event.do or event.does, event.reason), []).append(event)
    return [(effect, _line(some, moment)) for (effect, _, _), some in alike.items()]


def _line(events: Sequence[Event], moment: str) -> str:
    first = events[0]
    if len(events) == 1:
        return first.said(moment)
    if first.name:
        return f"{', '.join(each.name for each in events)}: {first.does} {moment}{first.reason}"
    return f"questions {numbers(tuple(each.question or 0 for each in events))} {first.do} {moment}{first.reason}"


def _event(question: int, name: str, change: tuple[State, State], missing: str) -> Event:
    """Return what a version does to a question, or to the slot of that name."""
    before, state = change
    reason = f" ({missing})" if missing else ""
    worse = Effect.BROKE if before is State.PASSED else Effect.CHANGED
    effect = Effect.REPAIRED if state is State.PASSED else worse
    if name:
        said = _WITHOUT_CHECKER.get(state, state.value)
        return Event(effect, question, said, reason=reason if state is State.FAILED else "", name=name)
    if state is State.PASSED:
        return Event(effect, question, "passes", "pass")
    if state is State.UNANSWERED:
        return Event(effect, question, "is unanswered", "are unanswered")
    if before is State.PASSED:
        return Event(effect, question, "fails", "fail", reason)
    return Event(effect, question, "is answered", "are answered", f", but not passed{reason}")
