"""A soak: one session, measured at regular intervals."""

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
"""Number of measurements of what the server uses."""
WARM_UP = LOOKS // 4
"""Number of measurements for warming up, after which memory must not grow."""


class Plan(NamedTuple):
    """The length of a soak and the seed of its random choices."""

    edits: int
    checks: int
    compared: int
    """Number of reports to compare at each check; the last check compares all."""
    seed: int
    encoding: str


class Look(NamedTuple):
    """The measurements at one moment."""

    edits: int
    seconds: float
    compared: int
    usage: Usage


class Growth(NamedTuple):
    """The growth after warming up: the highest of the last measurements less the highest of the first."""

    kilobytes: int
    threads: int
    files: int
    objects: int


@contextmanager
def session(folder: Path, plan: Plan) -> Iterator[tuple[Session, Iterator[Look]]]:
    """Yield a session in that folder and its measurements as it goes on; shut the server down properly at the end."""
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
    """Compare the quarter after warming up with the last quarter."""
    early, late = looks[WARM_UP : 2 * WARM_UP], looks[-WARM_UP:]
    return Growth(*(max(after) - max(before) for before, after in zip(_columns(early), _columns(late), strict=True)))


def _columns(looks: list[Look]) -> list[tuple[int, ...]]:
    return [*zip(*(look.usage for look in looks), strict=True)]
