"""The instructions for Emacs work in real Emacsen on a terminal, with both clients."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.editors import desk, page
from tests.editors.desk import installed, set_up
from tests.editors.terminal import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not desk.FOLDER, reason=desk.REASON)


class Client(NamedTuple):
    """The differences between Emacs's clients."""

    start: str
    """The command that starts it, according to the instructions."""
    hover: str
    actions: str
    asks: str
    """The prompt with which it asks for an action."""


_CLIENTS = {
    "eglot": Client("(eglot-ensure)", "eldoc-doc-buffer", "eglot-code-actions", "Make it an image"),
    "lsp-mode": Client(
        "(lsp-deferred)", "lsp-describe-thing-at-point", "lsp-execute-code-action", "Select code action:"
    ),
}
_SEE = Path(__file__).with_name("see.el")
_EARLY = """
(setq package-directory-list '("{packages}"))
; Unpacked packages are not compiled, and compiling them here would take longer than the tests.
(setq native-comp-jit-compilation nil native-comp-deferred-compilation nil)
(setq native-comp-enable-subr-trampolines nil comp-enable-subr-trampolines nil)
"""


class Emacs(Screen):
    """An Emacs with one of its clients, configured by the instructions, with the report open."""

    def __init__(self, program: Path, client: Client, home: Path) -> None:
        """Open the report, in which one line has emoji before a mistake."""
        self.desk = set_up(home)
        self.client = client
        packages = program.parent / "usr/share/emacs/site-lisp/elpa-src"
        self.desk.write(".emacs.d/early-init.el", _EARLY.format(packages=packages))
        self.desk.write(".emacs.d/init.el", page.snippet("emacs", client.start))
        command: list[str | Path] = [program, "-nw", "-l", _SEE, self.desk.report.name]
        super().__init__(command, self.desk.report.parent, self.desk.environment)

    def run(self, command: str) -> None:
        """Run a command by its name; keys sent before Emacs asks for them may get lost."""
        self.press("M-x")
        self.wait_for("M-x")
        self.write(command)
        self.press("Enter")

    def go_to_the_link(self) -> None:
        """Move the cursor into the words of the finding."""
        self.press("C-s")
        self.wait_for("I-search")
        self.write(desk.LINK[:10])
        self.press("Enter")
        self.press("C-f")

    def findings(self) -> dict[str, str]:
        """The findings at the cursor and the marked words."""
        self.run("see-findings")
        return dict(json.loads(self.desk.wait_for_file("findings.json")))

    def complaints(self) -> list[str]:
        """Error messages of Emacs and the server."""
        self.run("see-findings")
        messages = self.desk.wait_for_file("messages").split("\n")
        return [line for line in messages if "rror" in line or "arning" in line] + self.desk.complaints()


@pytest.fixture(params=_CLIENTS)
def client(request: pytest.FixtureRequest) -> Client:
    """Return each of Emacs's clients in turn."""
    return _CLIENTS[request.param]


@pytest.fixture(params=installed("emacs-*/emacs"), ids=lambda program: program.parent.name)
def emacs(request: pytest.FixtureRequest, client: Client, tmp_path: Path) -> Iterator[Emacs]:
    """Start an Emacs and wait until it shows the verdict."""
    emacs = Emacs(request.param, client, tmp_path)
    if client == _CLIENTS["lsp-mode"]:
        emacs.wait_for("Import project root")
        emacs.press("i")
    emacs.wait_for("Flymake[4 4 1]")
    yield emacs
    emacs.close()


def test_a_finding_is_shown_explained_and_fixed(emacs: Emacs) -> None:
    """The marked words are right, hover explains the finding, and its quick fix makes one more question pass."""
    (words,) = [words for text, words in emacs.findings().items() if "![the temperature" in text]
    assert words == desk.LINK

    emacs.go_to_the_link()
    if emacs.client == _CLIENTS["eglot"]:
        shown = emacs.wait_for("Question 5: a link is not shown")
        assert shown.count("a link is not") == 1
    emacs.run(emacs.client.hover)
    emacs.wait_for("reportls rule image-not-embedded")
    emacs.press("C-x", "1")
    emacs.wait_until_gone("reportls rule image-not-embedded")

    assert emacs.desk.verdict() == desk.PASSED_BEFORE
    emacs.run(emacs.client.actions)
    emacs.wait_for(emacs.client.asks)
    emacs.write("Make it an image")
    emacs.press("Enter")
    emacs.wait_for(f"!{desk.LINK}", "Flymake[3 3 1]")
    emacs.press("C-x", "C-s")
    emacs.desk.wait_until_saved(desk.LINE.replace("[", "!["))
    assert emacs.desk.verdict() == desk.PASSED_AFTER
    assert emacs.complaints() == []
