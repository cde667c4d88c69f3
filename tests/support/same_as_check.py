"""Compares diagnostics in an editor with what `reportls check` says about the same file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.cli.running import reportls
from tests.support import corpus, editing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.support.open_document import OpenDocument

Json = dict[str, Any]
Found = tuple[str, str, str, int, int]
"""Rule, severity, message, and the offsets of the mark."""

_SEVERITIES = {1: "error", 2: "warning", 3: "information", 4: "hint"}


def folder_of(name: str, folder: Path) -> Path:
    """Make a folder with the figures of a group's repository, all alike; return the path of the report of that name."""
    report = folder / name / "README.md"
    for figure in ("README.md", *corpus.figures(name).paths()):
        file = report.parent / figure
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\x89PNG\r\n\x1a\n")
    return report


def is_same(document: OpenDocument, path: Path) -> bool:
    """Return whether the newest diagnostics are what the command line finds."""
    found = by_server(document.diagnostics(), document.text, document.client.encoding)
    return found == by_check(path, document.text)


def by_check(path: Path, text: str, *options: str) -> list[Found]:
    """Return the findings of the command line for a text piped to it under the name of a file."""
    ran = reportls("check", "--format", "json", *options, "--stdin-filename", path, "-", stdin=text.encode())
    assert ran.code in (0, 1), ran.err
    (report,) = json.loads(ran.out)["reports"]
    return sorted(
        (it["rule"], it["severity"], it["message"], *_span(text, it["range"], "utf-16")) for it in report["findings"]
    )


def by_server(diagnostics: Iterable[Json], text: str, encoding: str) -> list[Found]:
    """Return diagnostics of the server in the same form as findings of the command line."""
    return sorted(
        (it["code"], _SEVERITIES[it["severity"]], it["message"], *_span(text, it["range"], encoding))
        for it in diagnostics
    )


def _span(text: str, range_: Json, encoding: str) -> tuple[int, int]:
    return editing.offset_of(text, range_["start"], encoding), editing.offset_of(text, range_["end"], encoding)
