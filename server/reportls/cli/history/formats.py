"""The formats of `history` besides its page: for people, for spreadsheets and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from reportls.analysis.limits import amount
from reportls.cli.formats.json import as_summary, checker_as_object, written
from reportls.cli.output import csv_line, utc
from reportls.cli.text_width import printable, width_of, window
from reportls.features.history import SINCE_HERE, Effect, State, in_lines, when

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.cli.terminal import Terminal
    from reportls.features.history import Event, History, Standing

VERSION = 1
"""Version of the JSON document. It grows when a key is removed or changes its meaning, not when one is added."""
_COLUMNS = (
    "commit", "time", "verdict", "passed", "total", "failing", "unanswered", "broke", "repaired", "subject", "report"
)  # fmt: skip
_STYLES = {Effect.BROKE: "error", Effect.REPAIRED: "good", Effect.CHANGED: "dim"}
_SIGNS = {State.PASSED: ("█", "#"), State.FAILED: ("░", "x"), State.UNANSWERED: (".", ".")}
"""The sign of each state, and the one in ASCII."""
_CRASH = "!"
_NO_VERDICT = " "
_COLOURS = {State.PASSED: "good", State.FAILED: "warning", State.UNANSWERED: "dim"}
_LONGEST_SUBJECT = 50
_LONGEST_NAME = 28
_FEWEST_CELLS = 10


class Shown(NamedTuple):
    """The part of a history that is written."""

    path: str
    history: History
    indices: tuple[int, ...]
    """The versions to show."""
    question: int | None
    """The only question to show; None for all."""

    def events(self, index: int) -> tuple[Event, ...]:
        """Return the events of a version that are to be shown."""
        return tuple(
            each
            for each in self.history.events(index)
            if self.question is None or each.question in (None, self.question)
        )

    @property
    def questions(self) -> Sequence[int]:
        """The numbers of the questions to show."""
        if self.question is not None:
            return (self.question,)
        return range(1, max((len(standing.states) for standing in self.history.standings), default=0) + 1)


def as_text(shown: Shown, terminal: Terminal) -> str:
    """Return a strip for each question, and what each version broke and repaired, the newest last."""
    lines = [*_head(shown, terminal), *_strips(shown, terminal), "", *_changes(shown, terminal)]
    return "".join(f"{terminal.shows(line)}\n" for line in lines)


def _head(shown: Shown, terminal: Terminal) -> Iterator[str]:
    history = shown.history
    yield f"{terminal.paint('bold', printable(shown.path))}: {history.standings[-1].in_words}"
    versions = amount(len(shown.indices), "version")
    first = f", the first of {when(history.versions[shown.indices[0]].seconds)}" if shown.indices else ""
    yield f"{versions}{first}"
    if history.is_shallow:
        yield "this clone is shallow: `git fetch --unshallow` brings the older versions"
    if history.better_before:
        yield f"it was better before: {history.better_before}"


def _strips(shown: Shown, terminal: Terminal) -> Iterator[str]:
    if not shown.indices:
        return
    signs = {state: pair[terminal.is_ascii] for state, pair in _SIGNS.items()}
    legend = [f"{signs[state]} {shown.history.word_for(state)}" for state in State]
    yield ""
    yield terminal.paint("dim", ", ".join(legend if shown.history.names else [*legend, f"{_CRASH} the check crashes"]))
    yield terminal.paint("dim", "the newest version is on the right")
    names = {number: _name(shown, number, terminal) for number in shown.questions}
    widest = max(map(width_of, names.values()), default=0)
    since = max((len(_since(shown, number)) for number in shown.questions), default=0)
    cells = _cells(shown.indices, max(terminal.width - widest - since - len("    "), _FEWEST_CELLS))
    for number, name in names.items():
        strip = "".join(_cell(shown, cell, number, signs, terminal) for cell in cells)
        yield f"{name}{' ' * (widest - width_of(name))}  {strip}  {_since(shown, number)}".rstrip()


def _name(shown: Shown, number: int, terminal: Terminal) -> str:
    return window(printable(shown.history.name_of(number)), 0, 0, _LONGEST_NAME, terminal.ellipsis).text


def _cells(indices: tuple[int, ...], width: int) -> list[tuple[int, ...]]:
    """Return the versions of each cell of a strip; several share one if there are more versions than columns."""
    size = -(-len(indices) // width)
    return [indices[start : start + size] for start in range(0, len(indices), size)]


def _cell(shown: Shown, cell: tuple[int, ...], number: int, signs: dict[State, str], terminal: Terminal) -> str:
    """Return the sign of the last of these versions, or of a crash in any."""
    standings = [shown.history.standings[index] for index in cell]
    if any(standing.error for standing in standings):
        return terminal.paint("error", _CRASH)
    states = standings[-1].states[number - 1 :][:1]
    return terminal.paint(_COLOURS[states[0]], signs[states[0]]) if states else _NO_VERDICT


def _since(shown: Shown, number: int) -> str:
    index = shown.history.since(number)
    if index is None:
        return ""
    word = shown.history.word_for(shown.history.standings[-1].states[number - 1])
    return f"{word} since {shown.history.versions[index].name}"


def _changes(shown: Shown, terminal: Terminal) -> Iterator[str]:
    found = [(index, events) for index in shown.indices if (events := shown.events(index))]
    if not found:
        yield "no version changed a verdict"
    for index, events in found:
        version, standing = shown.history.versions[index], shown.history.standings[index]
        subject = window(printable(version.subject), 0, 0, _LONGEST_SUBJECT, terminal.ellipsis).text
        head = f"{version.name}, {when(version.seconds)}: {standing.in_words}"
        room = terminal.width - width_of(head) - len("  ")
        tail = f"  {terminal.paint('dim', subject)}" if width_of(subject) <= room else ""
        yield f"{terminal.paint('bold', head)}{tail}"
        for effect, words in in_lines(events):
            yield f"    {terminal.paint(_STYLES[effect], words)}"


def as_csv(shown: Shown) -> str:
    """Return a line for each version, the oldest first; numbers of questions are separated by spaces."""
    return "".join(map(csv_line, [_COLUMNS, *(_csv_cells(shown, index) for index in shown.indices)]))


def _csv_cells(shown: Shown, index: int) -> tuple[str, ...]:
    version, standing, events = shown.history.versions[index], shown.history.standings[index], shown.events(index)
    return (
        version.commit,
        utc(version.seconds),
        standing.in_words,
        "" if standing.passed is None else str(standing.passed),
        str(standing.total),
        _numbers(shown, standing, State.FAILED),
        _numbers(shown, standing, State.UNANSWERED),
        _of(events, Effect.BROKE),
        _of(events, Effect.REPAIRED),
        version.subject,
        version.path,
    )


def _numbers(shown: Shown, standing: Standing, state: State) -> str:
    return " ".join(str(number) for number in shown.questions if standing.states[number - 1 :][:1] == (state,))


def _of(events: tuple[Event, ...], effect: Effect) -> str:
    return " ".join(
        "check" if each.question is None else str(each.question) for each in events if each.effect is effect
    )


def as_json(shown: Shown) -> str:
    """Return one object with the versions, the oldest first, and since when each question has had its state."""
    document = {
        "version": VERSION,
        "path": shown.path,
        "shallow": shown.history.is_shallow,
        "versions": [_version(shown, index) for index in shown.indices],
        "questions": [*_questions(shown)],
    }
    return written(document)


def _version(shown: Shown, index: int) -> dict[str, Any]:
    version, standing = shown.history.versions[index], shown.history.standings[index]
    return {
        "commit": version.commit or None,
        "time": utc(version.seconds),
        "subject": version.subject,
        "path": version.path,
        "checker": None if shown.history.names else checker_as_object(standing),
        "summary": standing.tally and as_summary(standing.tally),
        "problem": standing.why,
        "questions": [
            {
                "number": number,
                "state": shown.history.word_for(standing.states[number - 1]),
                "misses": standing.missing[number - 1] or None,
            }
            for number in shown.questions
            if number <= len(standing.states)
        ],
        "events": [
            {"effect": each.effect.value, "question": each.question, "message": each.said(SINCE_HERE)}
            for each in shown.events(index)
        ],
    }


def _questions(shown: Shown) -> Iterator[dict[str, Any]]:
    for number in shown.questions:
        index = shown.history.since(number)
        if index is not None:
            version = shown.history.versions[index]
            yield {
                "number": number,
                "name": shown.history.names[number - 1] if shown.history.names else None,
                "state": shown.history.word_for(shown.history.standings[-1].states[number - 1]),
                "since": {"commit": version.commit or None, "time": utc(version.seconds)},
            }
