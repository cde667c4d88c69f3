"""The table of all questions: words, limits, images, state, and how full each answer is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import amount
from reportls.cli.text_width import width_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportls.cli.terminal import Terminal
    from reportls.features.verdicts import Row
    from reportls.report.constraints import Length

_LONGEST_BAR = 20
_SHORTEST_BAR = 8
_BESIDE_BAR = 65
"""Columns that the rest of the table usually takes. What is left is the bar's; if that is too little, there is none."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
_HEADINGS = ("question", "words", "wanted", "", "images", "wanted")
_LEFT_ALIGNED = frozenset({2, 3, 5})


class _State(NamedTuple):
    words: str
    style: str


def table(rows: Sequence[Row], others: Mapping[int, int], terminal: Terminal) -> str:
    """The rows, one line each, under a line of headings; `others`: how many more problems a question has."""
    size = min(terminal.width - _BESIDE_BAR, _LONGEST_BAR)
    lines = [_HEADINGS, *(_cells(row, terminal, size if size >= _SHORTEST_BAR else 0) for row in rows)]
    widths = [max(width_of(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    heading, *body = (_aligned(line, widths) for line in lines)
    return f"{terminal.paint('dim', '  '.join(heading).rstrip())}\n" + "".join(
        _line(cells, _state(row), others.get(row.number, 0), terminal) for cells, row in zip(body, rows)
    )


def _cells(row: Row, terminal: Terminal, size: int) -> tuple[str, ...]:
    words, images = row.constraints
    return (
        str(row.number),
        "-" if row.words is None else str(row.words),
        str(words or ""),
        _bar(row.words, words, terminal, size) if size and words and row.words is not None else "",
        "-" if row.images is None else str(row.images),
        str(images or ""),
    )


def _aligned(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        text.ljust(width) if column in _LEFT_ALIGNED else text.rjust(width)
        for column, (text, width) in enumerate(zip(line, widths))
    ]


def _line(cells: Sequence[str], state: _State, others: int, terminal: Terminal) -> str:
    number, words, limits, bar, images, wanted = cells
    painted = terminal.paint(state.style, bar) if bar.strip() else bar
    also = f", {amount(others, 'problem')} above" if others else ""
    what = terminal.paint(state.style, state.words) + terminal.paint("warning", also)
    return f"{number}  {words}  {limits}  {painted}  {images}  {wanted}  {what}".rstrip() + "\n"


def _state(row: Row) -> _State:
    """What is to be said of the answer, the gravest first."""
    note = f" (the heading says {row.heading})" if row.heading not in (row.number, None) else ""
    if row.passed is None:
        return _State("answered" if row.is_answered else "unanswered", "dim")
    if not row.is_answered:
        return _State(("passed, but unanswered" if row.passed else "unanswered") + note, "information")
    if row.passed:
        return _State(f"passed{note}", "good")
    return _State(_shortfall(row) + note, "error")


def _shortfall(row: Row) -> str:
    words, images = row.constraints
    parts = [_beside(row.words or 0, words, "words"), _beside(row.images or 0, images, "images")]
    return ", ".join(filter(None, parts))


def _beside(found: int, limit: Length | None, what: str) -> str:
    """How far the number is from the limit: `12 words too few`."""
    if limit is None or limit.allows(found):
        return ""
    few = limit.low - found
    number, side = (few, "few") if few > 0 else (found - (limit.high or 0), "many")
    return f"{number} {what[:-1] if number == 1 else what} too {side}"


def _bar(found: int, limit: Length, terminal: Terminal, size: int) -> str:
    """A bar that is full at the most that is allowed, with a mark at the least while that is not reached."""
    full = limit.high or max(limit.low, found, 1)
    whole, eighths = divmod(min(found * size * 8 // full, size * 8), 8)
    filled, empty, least, over = ("#", ".", "|", "+") if terminal.is_ascii else ("█", "░", "╎", "→")
    bar = filled * whole + ("" if terminal.is_ascii else _EIGHTHS[eighths].strip())
    cells = list(bar.ljust(size, empty))
    at = limit.low * size // full
    if len(bar) <= at < size:
        cells[at] = least
    return "".join(cells) + (over if found > full else " ")
