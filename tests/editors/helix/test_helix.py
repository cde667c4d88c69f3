"""The instructions for Helix work in a real Helix on a terminal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.editors import desk, page
from tests.editors.desk import installed, set_up
from tests.editors.terminal import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not desk.FOLDER, reason=desk.REASON)


class Helix(Screen):
    """A Helix configured by the instructions, with the report open."""

    def __init__(self, program: Path, home: Path) -> None:
        """Open the report, in which one line has emoji before a mistake."""
        self.desk = set_up(home)
        for name, words in {
            "languages.toml": "[language-server.reportls]",
            "config.toml": "display-inlay-hints",
        }.items():
            self.desk.write(f"CONFIG/helix/{name}", page.snippet("helix", words))
        super().__init__([program, self.desk.report.name], self.desk.report.parent, self.desk.environment)

    def command(self, command: str) -> None:
        """Run a command."""
        self.press(":")
        self.write(command)
        self.press("Enter")

    def write_below(self, text: str) -> None:
        """Open a line below the one with the link, and type text into it."""
        self.command(f"{self.desk.line}")
        self.press("o")
        self.write(text)

    def selected(self) -> str:
        """The selected text."""
        self.command(f"pipe-to cat > {self.desk.home}/selected")
        return self.desk.wait_for_file("selected")

    def complaints(self) -> list[str]:
        """Error messages of Helix and the server."""
        log = (self.desk.home / "CACHE" / "helix" / "helix.log").read_text(encoding="utf-8")
        return [line for line in log.split("\n") if "[ERROR]" in line] + self.desk.complaints()


@pytest.fixture(params=installed("helix-*/hx"), ids=lambda program: program.parent.name)
def helix(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Helix]:
    """Start a Helix and wait until it shows the report."""
    helix = Helix(request.param, tmp_path)
    helix.wait_for("● 4 ● 4")
    yield helix
    helix.close()


def test_a_finding_is_shown_explained_and_fixed(helix: Helix) -> None:
    """The marked words are right, hover explains the finding, and its quick fix makes one more question pass."""
    helix.command(f"{helix.desk.line}")
    helix.wait_for("0 / 1-2 images, 1 to go", "a link is not shown or counted as an image, and one is needed here")
    helix.press("]", "d")
    assert helix.selected() == desk.LINK

    helix.press("Space", "k")
    helix.wait_for("reportls rule image-not-embedded")
    helix.press("Escape")
    helix.wait_until_gone("reportls rule image-not-embedded")

    assert helix.desk.verdict() == desk.PASSED_BEFORE
    helix.press("Space", "a")
    helix.wait_for("Make it an image", "Insert figures/sketch.png")
    helix.press("Enter")
    helix.wait_for(f"!{desk.LINK}", "1 / 1-2 images ✓")
    helix.command("write")
    helix.desk.wait_until_saved(desk.LINE.replace("[", "!["))
    assert helix.desk.verdict() == desk.PASSED_AFTER
    assert helix.complaints() == []


def test_ignoring_a_rule_says_what_to_save(helix: Helix) -> None:
    """Ignoring a rule edits a file that is not shown; a message says to save it, and the next save applies it."""
    helix.command("50")
    helix.wait_for("19 of 40-80 words")
    helix.press("]", "d", "Space", "a")
    shown = helix.wait_for("Ignore answer-too-short for this report")
    assert shown.index("Fix everything") < shown.index("Ignore answer-too-short")
    # From the first of two, up leads to the last.
    helix.press("C-p", "Enter")
    helix.wait_for("save reportls.toml to ignore answer-too-short")
    helix.command("write-all")
    helix.command("write")
    helix.wait_until_gone("19 of 40-80 words")
    assert helix.complaints() == []


def test_a_figure_is_completed(helix: Helix) -> None:
    """The path of an image is completed while it is typed."""
    helix.write_below("![sketch](figures/sk")
    helix.wait_for("figures/sketch.png")
    helix.press("C-n")
    helix.press("Enter")
    helix.wait_for("![sketch](figures/sketch.png")
    helix.press("Escape")
    helix.wait_for("NOR")
    assert helix.complaints() == []


def test_a_figure_from_outside_is_noticed(helix: Helix) -> None:
    """A figure added while the report is open is noticed at the next save, although Helix watches no files."""
    helix.write_below("![new](figures/new.png")
    helix.press("Escape")
    helix.wait_for("no file figures/new.png")
    figures = helix.desk.report.parent / "figures"
    shutil.copyfile(figures / "sketch.png", figures / "new.png")
    helix.command("write")
    helix.wait_until_gone("no file figures/new.png")
    assert helix.complaints() == []


def test_other_markdown_is_left_alone(helix: Helix) -> None:
    """A Markdown file that is not a report has no findings."""
    helix.command(f"open {helix.desk.notes.name}")
    helix.wait_for("No report, and so this is right")
    helix.press("3", "G", "w", "Space", "k")
    helix.wait_for("o hover results")
    assert "a link is not shown" not in helix.text()
    assert helix.complaints() == []
