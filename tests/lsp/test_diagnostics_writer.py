"""Diagnostics that are kept between versions equal those that are written from scratch."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.lsp.capabilities import Client
from reportls.lsp.diagnostics import DiagnosticsWriter
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Edit, Span
from tests.fuzz.texts import any_environment, any_report, edits_of
from tests.support.sample import SAMPLE

_URI = "file:///report/README.md"
_CLIENT = Client(takes_related=True, takes_tags=True)
_OF_ONE_CODE_POINT = "\n\r a😋é"


def _check(writer: DiagnosticsWriter, snapshot: Snapshot) -> None:
    assert writer.write(snapshot) == DiagnosticsWriter(_URI, _CLIENT).write(snapshot)


@given(st.data(), any_report, any_environment)
@settings(max_examples=60)
def test_any_edits(data: st.DataObject, text: str, environment: Environment) -> None:
    """Diagnostics after any edits of any text are those of the same text when it is opened."""
    snapshot, writer = take(text, environment), DiagnosticsWriter(_URI, _CLIENT)
    _check(writer, snapshot)
    for edit in data.draw(edits_of(len(text))):
        snapshot = snapshot.edited(edit)
        _check(writer, snapshot)


@pytest.mark.parametrize("seed", range(6))
def test_edits_that_keep_the_length(seed: int) -> None:
    """Edits that move no offset still move lines and UTF-16 columns: a rewrapped paragraph, a letter for an emoji."""
    rng, writer = Random(seed), DiagnosticsWriter(_URI, _CLIENT)  # noqa: S311  # repeatable, not secret
    snapshot = take(SAMPLE[31], Environment())
    for _ in range(150):
        at = rng.randrange(len(snapshot.report.text))
        snapshot = snapshot.edited(Edit(Span(at, at + 1), rng.choice(_OF_ONE_CODE_POINT)))
        _check(writer, snapshot)
