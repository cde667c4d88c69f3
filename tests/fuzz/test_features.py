"""Every feature answers soundly for any text at any position."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportls.features.checklist import task_at, toggled
from reportls.features.hints import hints
from reportls.features.hover import hover
from reportls.features.questions import next_unanswered
from reportls.features.ranges import selections
from reportls.features.references import check_new_name, figure_at, links, rename_edits, uses_of
from reportls.features.symbols import symbols
from reportls.features.verdicts import status
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Span, apply_edits
from tests.features.test_actions import check_any as check_actions
from tests.features.test_any_completion import check as check_completion
from tests.features.test_folding import check as check_folds
from tests.fuzz.quiet import nothing_fails
from tests.fuzz.texts import NAMES, any_environment, any_report


@given(any_report, any_environment, st.integers(-2, 20_000), st.integers(-2, 20_000), st.text(max_size=12))
def test_features(text: str, environment: Environment, start: int, end: int, name: str) -> None:
    """All features give sound answers at one position or between two."""
    offset, other = start % (len(text) + 4) - 2, end % (len(text) + 4) - 2
    with nothing_fails():
        snapshot = take(text, environment)
        _check_places(snapshot, offset)
        check_completion(snapshot, offset)
        check_folds(snapshot)
        check_actions(snapshot, [offset, other])
        _check_figures(snapshot, offset, name)


def _check_places(snapshot: Snapshot, offset: int) -> None:
    text = snapshot.report.text
    whole = Span(0, len(text))
    shown = hover(snapshot, offset)
    assert shown is None or (whole.covers(shown.span) and shown.markdown.encode() and shown.plain)
    assert selections(snapshot, offset)[-1] == whole
    assert all(whole.covers(symbol.span) for symbol in symbols(snapshot))
    assert all(hint.offset <= len(text) for hint in hints(snapshot, Span(max(offset, 0), len(text))))
    assert status(snapshot).total == snapshot.verdict.expected
    found = next_unanswered(snapshot, offset)
    assert found is None or whole.covers(found)
    task, edit = task_at(snapshot, offset), toggled(snapshot, offset)
    assert (task is None) == (edit is None)
    assert edit is None or apply_edits(text, [edit]) != text


def _check_figures(snapshot: Snapshot, offset: int, name: str) -> None:
    text = snapshot.report.text
    assert all(link.path in NAMES and link.span.end <= len(text) for link in links(snapshot))
    use = figure_at(snapshot, offset)
    if use:
        assert use in uses_of(snapshot, use.path)
        after = take(apply_edits(text, rename_edits(snapshot, use.path, "figures/é 😀.png")), snapshot.environment)
        assert len(uses_of(after, "figures/é 😀.png")) >= len(uses_of(snapshot, use.path))
    apply_edits(text, rename_edits(snapshot, "figures/", name))
    check_new_name(snapshot, NAMES[0], name)
