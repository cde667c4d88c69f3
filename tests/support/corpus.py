"""The corpus of real reports, if it is available beside the checkout or at `REPORTLS_CORPUS`."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportls.text import SourceText
from tests.support.files import FilesInMemory, plain_file

CORPUS = Path(os.environ.get("REPORTLS_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus of real reports at {CORPUS}")


def text_of(path: Path) -> str:
    """Return the text of a file with its line ends unchanged."""
    return path.read_bytes().decode("utf-8")


def names(kind: str = "reports") -> list[str]:
    """Return the names of the reports, or of the `mutants`; none without a corpus."""
    return sorted(path.stem for path in (CORPUS / kind).glob("*.md"))


@cache
def report(name: str, kind: str = "reports") -> str:
    """Return the text of a report."""
    return text_of(CORPUS / kind / f"{name}.md")


@cache
def verdicts(kind: str = "reports") -> dict[str, Any]:
    """Return the verdict of the course's checker on each report."""
    name = {"reports": "verdicts.json", "mutants": "mutants.json"}[kind]
    return json.loads((CORPUS / name).read_text("utf-8"))  # type: ignore[no-any-return]


@cache
def figures(name: str) -> FilesInMemory:
    """Return the images in the group's repository, with the format that each name says."""
    path = CORPUS / "figures" / f"{name}.json"
    paths = json.loads(path.read_text("utf-8")) if path.exists() else []
    return FilesInMemory({path: plain_file(path) for path in paths})


def histories() -> list[str]:
    """Return the names of the reports that have a history."""
    return sorted(path.name for path in (CORPUS / "histories").glob("*"))


def versions(name: str) -> list[str]:
    """Return successive versions of a report."""
    return [text_of(path) for path in sorted((CORPUS / "histories" / name).glob("*.md"))]


def line_of(text: str, offset: int) -> int:
    """Return the line of an offset, from 0."""
    return SourceText(text).line_at(offset)
