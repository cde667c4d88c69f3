"""The format `text`: a table as wide as the terminal. Long cells wrap and only long names are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportls.cli.text_width import printable, width_of, window
from reportls.features.course.records import GroupOutcome
from reportls.features.course.statistics import alike_in_words, in_short, reasons, summary
from reportls.features.history import when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.cli.overview.formats import Course
    from reportls.cli.terminal import Terminal
    from reportls.features.course.records import GroupRow
    from reportls.features.course.statistics import QuestionTally, Tallies

_HEADINGS = ("group", "edition", "passed", "unanswered", "images", "words", "tasks", "notes")
"""`images` counts the images that are missing from what is handed in, `tasks` those ticked in the checklist."""
_WITHOUT_CHECKER = {"edition": "template", "passed": "complete"}
_NUMBERS = frozenset({2, 3, 4, 5, 6})
_LONGEST_NAME = 28
_NARROWEST_REST = 20
_STYLES = {
    GroupOutcome.PASSES: "good",
    GroupOutcome.FAILS: "",
    GroupOutcome.COMPLETE: "good",
    GroupOutcome.NOT_COMPLETE: "",
    GroupOutcome.CRASHES: "error",
    GroupOutcome.NOT_JUDGED: "warning",
}
_BAR = 12
_MOST_BARS = 12
_BARS = "▁▂▃▄▅▆▇█"
_NO_VERDICT = "!"
T = TypeVar("T")


class _Line(NamedTuple):
    cells: tuple[str, ...]
    rest: str
    style: str


def as_text(course: Course, terminal: Terminal) -> Iterator[str]:
    """Yield the table, the questions that groups fail, the answers that they share, and a summary."""
    heading = _Line(_HEADINGS[:-1], _HEADINGS[-1], "dim")
    if not course.tallies.has_checker:
        heading = heading._replace(cells=tuple(map(_WITHOUT_CHECKER.get, heading.cells, heading.cells)))
    widths = [*map(len, heading.cells)]
    for row in course.rows:
        widths = [max(pair) for pair in zip(widths, map(width_of, _line(row, terminal).cells), strict=True)]
    is_narrow = sum(widths) + 2 * len(widths) > terminal.width
    if is_narrow:
        heading, widths = heading._replace(cells=_few(heading.cells)), [*_few(widths)]
    yield from _printed(heading, widths, terminal)
    for row in course.rows:
        line = _line(row, terminal)
        yield from _printed(_narrowed(line) if is_narrow else line, widths, terminal)
    yield from _questions(course.tallies, terminal)
    yield from _shared(course, terminal)
    yield "\n" + "".join(f"{words}\n" for words in _wrapped(summary(course.tallies), terminal.width))


def _few(columns: Sequence[T]) -> tuple[T, ...]:
    """Select the columns for a narrow terminal: group, passed, words."""
    return (columns[0], columns[2], columns[5])


def _narrowed(line: _Line) -> _Line:
    """Return the line for a narrow terminal, which has the values of dropped columns in words."""
    _, _, _, unanswered, images, _, _ = line.cells
    facts = (f"{unanswered} unanswered" if unanswered else "", f"images missing: {images}" if images else "", line.rest)
    return line._replace(cells=_few(line.cells), rest="; ".join(filter(None, facts)))


def _line(row: GroupRow, terminal: Terminal) -> _Line:
    longest = min(_LONGEST_NAME, terminal.width // 4)
    name = window(row.name, 0, 0, longest, terminal.ellipsis).text
    judgement = row.judgement
    rest = "; ".join(filter(None, (_past(row, terminal), in_short(row), *row.notes)))
    if not judgement:
        return _Line((name, "", "-", "", "", "", ""), rest, _STYLES[row.outcome])
    cells = (
        name,
        judgement.edition or "-",
        "-" if judgement.passed is None else f"{judgement.passed} of {judgement.total}",
        str(len(judgement.unanswered) or ""),
        str(len(judgement.missing) or ""),
        str(judgement.words),
        str(judgement.tasks[0] or ""),
    )
    return _Line(cells, rest, _STYLES[row.outcome])


def _past(row: GroupRow, terminal: Terminal) -> str:
    """Return how many questions passed over time as a row of bars, and when the report was last committed."""
    past = row.past
    if past is None:
        return ""
    size = -(-len(past.passed) // _MOST_BARS)
    newest = [past.passed[max(end - 1, 0)] for end in range(len(past.passed), 0, -size)][::-1]
    bars = "".join(
        _NO_VERDICT if passed is None else _BARS[passed * (len(_BARS) - 1) // past.total] for passed in newest
    )
    shown = "" if terminal.is_ascii or terminal.encoding != "utf-8" else f"{bars} "
    return f"{shown}{when(past.last)}" if past.last is not None else ""


def _printed(line: _Line, widths: Sequence[int], terminal: Terminal) -> Iterator[str]:
    cells = [
        " " * (width - width_of(cell)) + cell if column in _NUMBERS else cell + " " * (width - width_of(cell))
        for column, (cell, width) in enumerate(zip(line.cells, widths, strict=True))
    ]
    before = sum(widths) + 2 * len(widths)
    room = terminal.width - before
    head = "  ".join(map(terminal.shows, cells))
    if room < _NARROWEST_REST:
        # The last column is too narrow for its text, which goes on lines of its own.
        before, room = 4, terminal.width - 4
        yield f"{terminal.paint(line.style, head.rstrip())}\n"
        first, *more = ["", *_wrapped(line.rest, room)]
    else:
        first, *more = _wrapped(line.rest, room) or [""]
        yield f"{terminal.paint(line.style, f'{head}  {terminal.shows(first)}'.rstrip())}\n"
    for words in more:
        yield f"{' ' * before}{terminal.paint(line.style, terminal.shows(words))}\n"


def _wrapped(text: str, room: int) -> list[str]:
    lines: list[str] = []
    for word in printable(text).split():
        if lines and width_of(lines[-1]) + 1 + width_of(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines += _cut(word, room)
    return lines


def _cut(word: str, room: int) -> Iterable[str]:
    """Split a word that is longer than a line."""
    while width_of(word) > room:
        end = next(end for end in range(len(word), 0, -1) if width_of(word[:end]) <= room)
        yield word[:end]
        word = word[end:]
    yield word


def _questions(tallies: Tallies, terminal: Terminal) -> Iterator[str]:
    failed = [tally for tally in tallies.questions() if tally.failing]
    if failed:
        title = "questions that groups fail" if tallies.has_checker else "places that are not complete"
        yield f"\n{terminal.paint('dim', title)}\n"
    thing = "question" if tallies.has_checker else "place"
    names = [
        f"{thing} {tally.number}" + (f", {tally.edition or 'own words'}" if len(tallies.editions) > 1 else "")
        for tally in failed
    ]
    for name, tally in zip(names, failed, strict=True):
        cells = (name, f"{tally.failing} of {tally.groups}", _bar(tally, terminal))
        widths = (max(map(len, names)), len("999 of 999"), _BAR)
        yield from _printed(_Line(cells, reasons(tally), ""), widths, terminal)


def _bar(tally: QuestionTally, terminal: Terminal) -> str:
    filled = -(-tally.failing * _BAR // tally.groups)
    full, empty = ("#", ".") if terminal.is_ascii else ("█", "░")
    return full * filled + empty * (_BAR - filled)


def _shared(course: Course, terminal: Terminal) -> Iterator[str]:
    for number, shared in enumerate(course.shared or ()):
        if not number:
            yield f"\n{terminal.paint('dim', 'answers that are alike; --format html shows both texts')}\n"
        for words in _wrapped(alike_in_words(shared), terminal.width - 4):
            yield f"    {terminal.shows(words)}\n"
