"""The hand-in page equals the course's, to the byte."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from reportls.render.markdown import checker_page
from tests.support import corpus
from tests.support.sample import SAMPLE


def as_the_script(text: str) -> str:
    """Return what the script makes of a file: it opens the file as text and drops 43 characters."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "README.md")
        path.write_bytes(text.encode())
        return markdown(path.read_text("utf-8")[43:])


@pytest.mark.parametrize("text", [*SAMPLE.values(), "", "é" * 43, "\ufeff# a\r\n\rb\n" * 9, "\r\n" * 50 + "😋"])
def test_same_as_the_script(text: str) -> None:
    """Front matter, a byte order mark and all line ends give the page of the script."""
    assert checker_page(text) == as_the_script(text)


@given(st.text("aé😋\r\n\t #>-*`<&[]()!_", max_size=200))
def test_any_text(text: str) -> None:
    """Any text gives the page of the script."""
    assert checker_page(text) == as_the_script(text)


@corpus.needs_corpus
@pytest.mark.parametrize("kind", ["reports", "mutants"])
def test_real_reports(kind: str) -> None:
    """All real reports give the page of the script."""
    for name in corpus.names(kind):
        text = corpus.report(name, kind)
        assert checker_page(text) == as_the_script(text), name
