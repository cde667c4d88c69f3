"""The table of all slots of a template: how each is answered, and its amounts against their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import amount as number_of
from reportls.cli.terminal import Styled, cut
from reportls.cli.text_width import printable, width_of
from reportls.forms.counting import number_in_words
from reportls.forms.rows import SlotState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportls.cli.terminal import Terminal
    from reportls.forms.rows import Measured, SlotRow

_GAP = "  "
_LONGEST_NAME = 40
_STYLES = {
    SlotState.MISSING: "warning",
    SlotState.UNANSWERED: "information",
    SlotState.ANSWERED: "good",
    SlotState.WITHIN_LIMITS: "good",
    SlotState.OUTSIDE_LIMITS: "warning",
}


def slot_table(rows: Sequence[SlotRow], others: Mapping[int, int], terminal: Terminal) -> str:
    """Return a heading and a line for each slot; `others` has the number of further problems in each, by its number."""
    lines = [("question", "found", "wanted")]
    for row in rows:
        amounts = [number_in_words(each.found) for each in row.measured]
        found = ", ".join(amounts) or (f"{row.words:,}" if row.words else "-")
        wanted = ", ".join(each.bounds.in_words() for each in row.measured)
        lines.append((_name(row.name, terminal), found, wanted))
    widths = [max(map(width_of, column)) for column in zip(*lines, strict=True)]
    heading, *body = lines
    painted = [terminal.paint("dim", _aligned(heading, widths).rstrip())]
    for index, (cells, row) in enumerate(zip(body, rows, strict=True), start=1):
        said = [Styled(_aligned(cells, widths) + _GAP), Styled(_state(row), _STYLES[row.state])]
        if also := others.get(index):
            said.append(Styled(f", {number_of(also, 'problem')} above", "warning"))
        painted += cut(said, terminal, hanging="    ")
    return "".join(f"{line.rstrip()}\n" for line in painted)


def _name(name: str, terminal: Terminal) -> str:
    name = printable(name)
    ellipsis: str = terminal.ellipsis
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + ellipsis


def _aligned(cells: tuple[str, str, str], widths: Sequence[int]) -> str:
    name, found, wanted = cells
    padding = [width - width_of(cell) for cell, width in zip(cells, widths, strict=True)]
    return f"{name}{' ' * padding[0]}{_GAP}{' ' * padding[1]}{found}{_GAP}{wanted}{' ' * padding[2]}"


def _state(row: SlotRow) -> str:
    if row.state is SlotState.OUTSIDE_LIMITS:
        return ", ".join(_distance(each) for each in row.measured if not each.is_met)
    optional = " (optional)" if row.is_optional and row.state in {SlotState.MISSING, SlotState.UNANSWERED} else ""
    state: str = row.state.value
    return state + optional


def _distance(measured: Measured) -> str:
    """Return how far the amount is outside the limit: `12 words too few`."""
    few = measured.bounds.shortfall(measured.found)
    measure = measured.measure
    thing = measure.singular if abs(few) == 1 else measure.key
    return f"{number_in_words(abs(few))} {thing} too {'few' if few > 0 else 'many'}"
