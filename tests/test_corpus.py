"""Properties of every finding and every fix, checked on all real reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportls.editions.resolve import recognise
from reportls.report.report import parse
from reportls.snapshot import Environment, Snapshot, take
from tests.support import corpus
from tests.support.fixing import check_fixes, check_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = corpus.needs_corpus


def snapshots(shard: int = 0, shards: int = 1) -> Iterator[Snapshot]:
    """Judge every report and every mutant; with `shards`, only one part of them."""
    for name in corpus.names()[shard::shards]:
        environment = Environment(files=corpus.figures(name), named=corpus.verdicts()[name]["edition"])
        yield take(corpus.report(name), environment)
    for name in corpus.names("mutants")[shard::shards]:
        yield take(corpus.report(name, "mutants"), Environment(named="dtu-02476-2026"))


def test_editions_are_recognised() -> None:
    """The right edition is recognised in every report whose text decides it."""
    wrong = {}
    for name, wanted in corpus.verdicts().items():
        edition = recognise(parse(corpus.report(name)))
        if wanted["edition_certain"] and (edition is None or edition.id != wanted["edition"]):
            wrong[name] = edition and edition.id
    assert not wrong


def test_no_rule_fails(caplog: pytest.LogCaptureFixture) -> None:
    """No rule raises, which would be logged."""
    for snapshot in snapshots():
        assert snapshot.findings is not None
    assert not caplog.records


def test_marks() -> None:
    """Every mark is visible and on one line."""
    for snapshot in snapshots():
        check_marks(snapshot)


@pytest.mark.parametrize("shard", range(8))
def test_fixes(shard: int) -> None:
    """Every fix removes its finding, and every safe fix keeps the author's words."""
    for snapshot in snapshots(shard, 8):
        check_fixes(snapshot)
