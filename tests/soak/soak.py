"""A soak: one session, looked at again and again."""

from __future__ import annotations

from contextlib import contextmanager
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from tests.soak.process import Usage, counting_server, usage
from tests.soak.reports import REPORTS, make_groups
from tests.soak.session import Session
from tests.support.capabilities import capabilities
from tests.support.raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOOKS = 40
"""How often it is looked at how much the server uses."""
WARM_UP = LOOKS // 4
"""So many looks until its memory must be flat."""


class Plan(NamedTuple):
    """How long a soak is, and what it draws by chance."""

    edits: int
    checks: int
    compared: int
    """Reports at each check; at the last all are."""
    seed: int
    encoding: str


class Look(NamedTuple):
    """How it stands at one moment."""

    edits: int
    seconds: float
    compared: int
    usage: Usage


class Growth(NamedTuple):
    """By how much the server's use at the end is above that after warming up; the highest of several looks each."""

    kilobytes: int
    threads: int
    files: int
    objects: int


@contextmanager
def session(folder: Path, plan: Plan) -> Iterator[tuple[Session, Iterator[Look]]]:
    """A session with its reports in that folder, and the looks that take it further; then it must end well."""
    rng = Random(plan.seed)  # noqa: S311  # repeatable, not secret
    counts = folder / "objects"
    groups = make_groups(folder)
    with RawClient(command=counting_server(counts)) as client:
        folders = [{"uri": group.folder.as_uri(), "name": group.folder.name} for group in groups]
        client.initialize(capabilities(encodings=[plan.encoding]), workspaceFolders=folders)
        session = Session(client, groups, rng)
        yield session, _looks(session, plan, counts)
        assert client.leave() == 0
        assert client.complaints() == []


def _looks(session: Session, plan: Plan, counts: Path) -> Iterator[Look]:
    start, checks = monotonic(), max(plan.checks, LOOKS)
    session.check(REPORTS)
    for check in range(1, checks + 1):
        session.go_on(plan.edits * check // checks)
        session.check(REPORTS if check == checks else plan.compared)
        if check * LOOKS // checks > (check - 1) * LOOKS // checks:
            used = usage(session.client.process, counts)
            yield Look(session.edits, monotonic() - start, session.done["reports compared"], used)


def growth(looks: list[Look]) -> Growth:
    """From the quarter after warming up to the last quarter."""
    early, late = looks[WARM_UP : 2 * WARM_UP], looks[-WARM_UP:]
    return Growth(*(max(after) - max(before) for before, after in zip(_columns(early), _columns(late), strict=True)))


def _columns(looks: list[Look]) -> list[tuple[int, ...]]:
    return [*zip(*(look.usage for look in looks), strict=True)]
