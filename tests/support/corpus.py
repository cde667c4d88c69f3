"""The corpus of real reports, where it is at hand: beside the checkout, or where `REPORTLS_CORPUS` says."""

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
    """The text as it stands in the file, line ends and all."""
    return path.read_bytes().decode("utf-8")


def names(kind: str = "reports") -> list[str]:
    """The names of the reports, or of the `mutants`; empty without a corpus."""
    return sorted(path.stem for path in (CORPUS / kind).glob("*.md"))


@cache
def report(name: str, kind: str = "reports") -> str:
    """One report's text."""
    return text_of(CORPUS / kind / f"{name}.md")


@cache
def verdicts(kind: str = "reports") -> dict[str, Any]:
    """What the course's checker really said of each."""
    name = {"reports": "verdicts.json", "mutants": "mutants.json"}[kind]
    return json.loads((CORPUS / name).read_text("utf-8"))  # type: ignore[no-any-return]


@cache
def figures(name: str) -> FilesInMemory:
    """The images in the group's repository, as if each were what its name says."""
    path = CORPUS / "figures" / f"{name}.json"
    paths = json.loads(path.read_text("utf-8")) if path.exists() else []
    return FilesInMemory({path: plain_file(path) for path in paths})


def histories() -> list[str]:
    """The names of the reports whose versions are kept."""
    return sorted(path.name for path in (CORPUS / "histories").glob("*"))


def versions(name: str) -> list[str]:
    """Successive versions of one report."""
    return [text_of(path) for path in sorted((CORPUS / "histories" / name).glob("*.md"))]


def line_of(text: str, offset: int) -> int:
    """The line on which an offset lies, from 0."""
    return SourceText(text).line_at(offset)
