"""Compares reports with an earlier commit, for `check --against`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.text_width import printable
from reportls.features.history import Effect, Standing, compared, in_lines, judge_of
from reportls.findings.finding import Severity
from reportls.form_snapshot import snapshot_of
from reportls.host.history import commit_of, place_of, text_at
from reportls.host.paths import HostError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.cli.terminal import Terminal
    from reportls.features.history import Event
    from reportls.form_snapshot import AnySnapshot
    from reportls.host.loading import Loaded

_SHORT = 7
NOW = "now"
_STYLES = {Effect.BROKE: "error", Effect.REPAIRED: "good", Effect.CHANGED: ""}
HEADINGS = {Effect.BROKE: "worse", Effect.REPAIRED: "better", Effect.CHANGED: "changed"}


class Against(NamedTuple):
    """A report in comparison with an earlier version of it."""

    commit: str | None
    """The id of the commit; None if it was not looked for."""
    before: Standing | None
    """None if there is nothing to compare with."""
    events: tuple[Event, ...]
    counts: tuple[int, int] | None
    """The errors and warnings of the earlier version."""
    why: str | None = None
    """Why there is nothing to compare with."""


def against(loaded: Loaded, snapshot: AnySnapshot, name: str) -> Against:
    """Compare a report with the commit, branch or tag of that name; both are judged by the current limits.

    Raises:
        HostError: the report is not in git, or there is no such commit.
    """
    environment = loaded.environment
    place = place_of(loaded.path)
    commit = commit_of(place, name)
    try:
        text = text_at(place, commit)
    except HostError as error:
        return Against(commit, None, (), None, str(error))
    judge = judge_of(snapshot.report, environment)
    before = judge.standing(text)
    if before.why:
        return Against(commit, None, (), None, before.why)
    severities = [finding.severity for finding in snapshot_of(text, environment).findings]
    counts = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    return Against(commit, before, compared(before, judge.standing(snapshot.report.text), judge.names), counts)


def as_text(found: Against, name: str, terminal: Terminal) -> str:
    """Return the comparison for people."""
    return "".join(f"{terminal.shows(line)}\n" for line in _lines(found, name, terminal))


def lines_of(found: Against) -> list[tuple[Effect, str]]:
    """Return what became worse, better and otherwise, a line for all questions of which the same can be said."""
    return sorted(in_lines(found.events, NOW), key=lambda line: [*HEADINGS].index(line[0]))


def _lines(found: Against, name: str, terminal: Terminal) -> Iterator[str]:
    yield ""
    if found.before is None:
        yield f"since {printable(name)}: {printable(found.why or '')}"
        return
    yield f"since {printable(name)} ({(found.commit or '')[:_SHORT]}; {found.before.in_words} then)"
    for effect, words in lines_of(found):
        line = f"{HEADINGS[effect]}: {words}"
        yield f"    {terminal.paint(_STYLES[effect], line)}"
    if not found.events:
        yield "    no question has changed"
