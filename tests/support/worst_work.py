"""Everything that a user or an editor may do with a slow report."""

from __future__ import annotations

import os
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from reportls.cli import main
from reportls.features.actions import findings_at, fix_all, insert_image, quick_fixes
from reportls.features.completion import complete
from reportls.features.hints import hints
from reportls.features.hover import hover
from reportls.features.ranges import folds, selections
from reportls.features.references import links
from reportls.features.symbols import symbols
from reportls.features.verdicts import status
from reportls.lsp.capabilities import Client
from reportls.lsp.diagnostics import DiagnosticsWriter
from reportls.render.page import page_of
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Edit, Span
from tests.support.files import files_from

if TYPE_CHECKING:
    from pathlib import Path

_FIGURES = "".join(f"figures/thing{number}.png\n" for number in range(200))
WORKS = ("check", "open", "edit", "publish", "place", "page")
"""The check of the command line, opening the report, typing a letter, sending its findings, requests about a place and
the report, our page."""


class Workbench:
    """A place to work on one report."""

    def __init__(self, text: str, folder: Path) -> None:
        """Take the report, and an empty folder for its file."""
        self._text = text
        self._path = folder / "README.md"
        self._path.write_bytes(text.encode())
        self._snapshot = take("", Environment(files=files_from(_FIGURES)))

    def do(self, work: str) -> None:
        """Do one of `WORKS`; all but the first need the report to be open."""
        getattr(self, f"_{work}")()

    def _check(self) -> None:
        with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):  # noqa: PTH123
            assert main(["check", str(self._path)]) in {0, 1}, "it could not be judged"

    def _open(self) -> None:
        self._snapshot = take(self._text, self._snapshot.environment)
        assert _judged(self._snapshot)

    def _edit(self) -> None:
        """Return an edit that inserts a letter in the middle of the report."""
        middle = self._snapshot.report.starts[-1] // 2
        assert _judged(self._snapshot.edited(Edit(Span(middle, middle), "a")))

    def _publish(self) -> None:
        writer = DiagnosticsWriter("file:///README.md", Client(takes_related=True))
        assert writer.write(self._snapshot) is not None

    def _page(self) -> None:
        assert page_of(self._snapshot, "README.md", lambda _: None)

    def _place(self) -> None:
        ask_everything(self._snapshot)


def ask_everything(snapshot: Snapshot) -> None:
    """Ask all that an editor asks about a place, the middle of the report, and about the whole report."""
    end = snapshot.report.starts[-1]
    if hovered := hover(snapshot, end // 2):
        assert hovered.markdown
    assert quick_fixes(findings_at(snapshot, Span(end // 2, end // 2))) is not None
    assert fix_all(snapshot) is None or end
    hints(snapshot, Span(0, end))
    for feature in (insert_image, complete, selections):
        feature(snapshot, end // 2)
    for whole in (folds, symbols, links):
        whole(snapshot)


def _judged(snapshot: Snapshot) -> bool:
    return bool(status(snapshot)) and len(snapshot.findings) >= 0
