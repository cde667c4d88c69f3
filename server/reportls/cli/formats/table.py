"""The tables of all questions and of all slots of a template: amounts against limits, and states."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import amount
from reportls.analysis.limits import amount as number_of
from reportls.cli.terminal import Styled, cut, fitted
from reportls.cli.text_width import printable, width_of
from reportls.forms.counting import number_in_words
from reportls.forms.rows import SlotState
from reportls.report.kinds import KINDS, NOTHING, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportls.cli.terminal import Terminal
    from reportls.features.verdicts import VerdictRow
    from reportls.forms.rows import Measured, SlotRow
    from reportls.report.kinds import Kind, Limit

_LONGEST_BAR = 20
_SHORTEST_BAR = 8
_BESIDE_BAR = 24
"""Columns kept for the state of an answer, such as "passed, 1 problem above"; if fewer are left, the bar is dropped."""
_NARROWEST = 10
"""Least columns for the state of an answer, even if that makes the table wider than the terminal."""
_GAP = "  "
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LONGEST_NAME = 40
_SLOT_STYLES = {
    SlotState.MISSING: "warning",
    SlotState.UNANSWERED: "information",
    SlotState.ANSWERED: "good",
    SlotState.WITHIN_LIMITS: "good",
    SlotState.OUTSIDE_LIMITS: "warning",
}


class _Cell(NamedTuple):
    text: str
    is_number: bool = False
    is_bar: bool = False


class _State(NamedTuple):
    words: str
    style: str


def table(rows: Sequence[VerdictRow], others: Mapping[int, int], terminal: Terminal) -> str:
    """Return a heading and a line for each row; `others` has the number of further problems in each question.

    The table is as wide as its cells. On a narrower terminal, the bar shrinks or is dropped and the state of an answer
    wraps; on a very narrow one, only the count of words keeps its column.
    """
    kinds: Sequence[Kind] = KINDS
    if terminal.width < _indent(_widths(_rows(rows, kinds, terminal, 0))) + _NARROWEST:
        kinds = (WORDS,)
    states = [_state(row) for row in rows]
    also = [others.get(row.number, 0) for row in rows]
    longest = max(
        (width_of(f"{state.words}, {_also(number)}") for state, number in zip(states, also, strict=True)), default=0
    )
    left = terminal.width - _indent(_widths(_rows(rows, kinds, terminal, 0))) - 1
    size = min(max(left - longest, min(left - _BESIDE_BAR, _SHORTEST_BAR)), _LONGEST_BAR)
    lines = _rows(rows, kinds, terminal, size if size >= _SHORTEST_BAR else 0)
    widths = _widths(lines)
    heading, *body = (_aligned(line, widths) for line in lines)
    room = max(terminal.width - _indent(widths), _NARROWEST)
    return f"{terminal.paint('dim', _GAP.join(cell.text for cell in heading).rstrip())}\n" + "".join(
        _line(cells, state, number, room, terminal) for cells, state, number in zip(body, states, also, strict=True)
    )


def _rows(rows: Sequence[VerdictRow], kinds: Sequence[Kind], terminal: Terminal, size: int) -> list[tuple[_Cell, ...]]:
    """Return the heading and the cells of each row; `size` is the length of the bar, 0 for none."""
    return [tuple(_headings(kinds)), *(tuple(_cells(row, kinds, terminal, size)) for row in rows)]


def _headings(kinds: Sequence[Kind]) -> Iterator[_Cell]:
    yield _Cell("question", is_number=True)
    for kind in kinds:
        yield _Cell(kind.plural, is_number=True)
        yield _Cell("wanted")
        if kind is WORDS:
            yield _Cell("", is_bar=True)


def _widths(lines: Sequence[Sequence[_Cell]]) -> list[int]:
    return [max(width_of(cell.text) for cell in column) for column in zip(*lines, strict=True)]


def _cells(row: VerdictRow, kinds: Sequence[Kind], terminal: Terminal, size: int) -> Iterator[_Cell]:
    yield _Cell(str(row.number), is_number=True)
    for kind in kinds:
        limit = row.constraints[kind]
        found = row.counted[kind] if row.counted else None
        yield _Cell("-" if found is None else str(found), is_number=True)
        yield _Cell(str(limit or ""))
        if kind is WORDS:
            yield _Cell(_bar(found, limit, terminal, size) if size and limit and found is not None else "", is_bar=True)


def _indent(widths: Iterable[int]) -> int:
    """Return the column at which the state starts, after cells of these widths."""
    return sum(width + len(_GAP) for width in widths)


def _aligned(line: Sequence[_Cell], widths: Sequence[int]) -> list[_Cell]:
    padded = [(cell, " " * (width - width_of(cell.text))) for cell, width in zip(line, widths, strict=True)]
    return [cell._replace(text=blanks + cell.text if cell.is_number else cell.text + blanks) for cell, blanks in padded]


def _line(cells: Sequence[_Cell], state: _State, others: int, room: int, terminal: Terminal) -> str:
    """Return a row in which the state has `room` columns and wraps within them."""
    painted = [
        terminal.paint(state.style, cell.text) if cell.is_bar and cell.text.strip() else cell.text for cell in cells
    ]
    said = [Styled(*state), *([Styled(f", {_also(others)}", "warning")] if others else [])]
    first, *more = fitted(said, room, terminal)
    below = f"\n{' ' * _indent(width_of(cell.text) for cell in cells)}"
    return below.join([_GAP.join([*painted, first]).rstrip(), *more]) + "\n"


def _also(others: int) -> str:
    return f"{amount(others, 'problem')} above" if others else ""


def _state(row: VerdictRow) -> _State:
    """Return the most important fact about the answer, and its style."""
    note = f" (the heading says {row.heading})" if row.heading not in (row.number, None) else ""
    if row.passed is None:
        return _State("answered" if row.is_answered else "unanswered", "dim")
    if not row.is_answered:
        return _State(("passed, but unanswered" if row.passed else "unanswered") + note, "information")
    if row.passed:
        return _State(f"passed{note}", "good")
    return _State(_shortfall(row) + note, "error")


def _shortfall(row: VerdictRow) -> str:
    counted = row.counted or NOTHING
    return ", ".join(
        _beside(counted[kind], limit, kind) for kind, limit in row.constraints.limits if not limit.allows(counted[kind])
    )


def _beside(found: int, limit: Limit, kind: Kind) -> str:
    """Return how far the number is outside the limit: `12 words too few`."""
    few = limit.low - found
    number, side = (few, "few") if few > 0 else (found - (limit.high or 0), "many")
    return f"{kind.amount(number)} too {side}"


def _bar(found: int, limit: Limit, terminal: Terminal, size: int) -> str:
    """Draw a bar that is full at the upper limit; a mark shows the lower limit until it is reached."""
    full = limit.high or max(limit.low, found, 1)
    whole, eighths = divmod(min(found * size * 8 // full, size * 8), 8)
    filled, empty, least, over = ("#", ".", "|", "+") if terminal.is_ascii else ("█", "░", "╎", "→")
    bar = filled * whole + ("" if terminal.is_ascii else _EIGHTHS[eighths].strip())
    cells = list(bar.ljust(size, empty))
    at = limit.low * size // full
    if len(bar) <= at < size:
        cells[at] = least
    return "".join(cells) + (over if found > full else " ")


def slot_table(rows: Sequence[SlotRow], others: Mapping[int, int], terminal: Terminal) -> str:
    """Return a heading and a line for each slot; `others` has the number of further problems in each, by its number."""
    lines = [(_Cell("question"), _Cell("found", is_number=True), _Cell("wanted"))]
    for row in rows:
        amounts = [number_in_words(each.found) for each in row.measured]
        found = ", ".join(amounts) or (f"{row.words:,}" if row.words else "-")
        wanted = ", ".join(each.bounds.in_words() for each in row.measured)
        lines.append((_Cell(_name(row.name, terminal)), _Cell(found, is_number=True), _Cell(wanted)))
    widths = _widths(lines)
    heading, *body = (_GAP.join(cell.text for cell in _aligned(line, widths)) for line in lines)
    painted = [terminal.paint("dim", heading.rstrip())]
    for index, (cells, row) in enumerate(zip(body, rows, strict=True), start=1):
        said = [Styled(cells + _GAP), Styled(_slot_state(row), _SLOT_STYLES[row.state])]
        if also := others.get(index):
            said.append(Styled(f", {number_of(also, 'problem')} above", "warning"))
        painted += cut(said, terminal, hanging="    ")
    return "".join(f"{line.rstrip()}\n" for line in painted)


def _name(name: str, terminal: Terminal) -> str:
    name = printable(name)
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + terminal.ellipsis


def _slot_state(row: SlotRow) -> str:
    if row.state is SlotState.OUTSIDE_LIMITS:
        return ", ".join(_distance(each) for each in row.measured if not each.is_met)
    optional = " (optional)" if row.is_optional and row.state in {SlotState.MISSING, SlotState.UNANSWERED} else ""
    return f"{row.state.value}{optional}"


def _distance(measured: Measured) -> str:
    """Return how far the amount is outside the limit: `12 words too few`."""
    few = measured.bounds.shortfall(measured.found)
    measure = measured.measure
    thing = measure.singular if abs(few) == 1 else measure.key
    return f"{number_in_words(abs(few))} {thing} too {'few' if few > 0 else 'many'}"
