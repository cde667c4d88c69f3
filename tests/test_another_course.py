"""The pages for other courses are right: what they show is run from the first file to the last output."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import environment
from tests.support.pages import assert_parts_current

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[1] / "server" / "docs"
PICTURE = Path(__file__).parents[1] / "server" / "reportls" / "demo" / "reports" / "figures" / "sketch.png"
OTHERS = (DOCS / "other-forms.md").read_text("utf-8")
_STEP = re.compile(
    r"^`(?P<file>[\w./-]+)`:\n\n```[a-z]+\n(?P<content>.*?)^```$"
    r"|^This writes `(?P<written>[\w.]+)`:$"
    r"|^<!-- made from the code: (?P<part>[a-z ]+) -->.*?^<!-- end -->$"
    r"|^```[a-z]+\n.*?^```$"  # what is only shown
    r"|^    (?P<command>\S[^\n]*)$",
    re.DOTALL | re.MULTILINE,
)


class Shell:
    """Follows a page in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Make a folder with the command `reportls`."""
        self.folder = folder / "course"
        self.folder.mkdir()
        program = folder / "bin" / "reportls"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reportls "$@"\n', "utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self._environment = environment(PATH=f"{program.parent}{os.pathsep}{os.environ['PATH']}", COLUMNS="100")

    def write(self, name: str, content: str) -> None:
        """Write a file of the page."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")

    def run(self, command: str) -> str:
        """Run a command of the page; return what it prints."""
        done = subprocess.run(  # noqa: S602  # a shell, as the reader has
            command,
            shell=True,
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in {0, 1}, f"{command}: {done.stderr}"
        return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())

    def follow(self, page: str) -> Iterator[tuple[str, str]]:
        """Do everything on the page in turn; yield each part with what its command printed."""
        output = ""
        for step in _STEP.finditer(page):
            if step["file"]:
                self.write(step["file"], step["content"])
            elif step["command"]:
                output = self.run(step["command"])
            elif step["written"]:
                output = (self.folder / step["written"]).read_text("utf-8")
            elif step["part"]:
                language = "toml" if step["part"] == "configuration" else "text"
                yield step["part"], f"```{language}\n{output}```"


WORDS = "This is what we did in these weeks and why it took us longer than we had thought. "
FILLED = {
    "lab-report": {
        "**Name:**": "**Name:** Ada",
        "**Partner:**": "**Partner:** Ben",
        "## Method\n": f"## Method\n\n{WORDS * 6}\n\n![The set-up](setup.png)\n",
        "## Aim\n": "## Aim\n\nWe measure how the period of a pendulum depends on its length.\n",
        "|  |  |": "| 0.5 | 1.42 |",
        "## Discussion\n": "## Discussion\n\nIt agrees with theory.\n\nThe last digit does not.\n",
    },
    "proposal": {
        "{{ Title of your talk }}": "Reports that check themselves",
        "{{ Abstract }}": "Nobody counts words by hand any more.",
        "{{ Outline }}": "First the problem.\n\nThen what we did.\n\nAnd what came of it.",
        "{{ Biography }}": "Ada teaches.",
    },
    "paper": {
        "# Summary\n": f"# Summary\n\n{WORDS * 8}\n",
        "# Statement of need\n": f"# Statement of need\n\n{WORDS * 8}\n",
        "# Acknowledgements\n": "# Acknowledgements\n\nWe thank our students.\n",
        "# References\n": "# References\n\n1. A. Author: A book. 2020.\n",
    },
    "design": {
        "TODO: what is there today, in at most 150 words": "There are two queues today.",
        "TODO: at least two paragraphs, one for each option": "We keep both.\n\nWe keep one.",
        "TODO: name the option and who agreed, in one paragraph": "One queue; all agreed.",
    },
    "reflection": {
        "(at least 3 sentences)**\n\nTODO": "(at least 3 sentences)**\n\nI wrote. I read. I tested.",
        "(3-5 sentences)**\n\nTODO": "(3-5 sentences)**\n\nI would begin early. I would ask. I would sleep.",
        "(at least 2 sentences)**\n\nTODO": "(at least 2 sentences)**\n\nTo read the question. Then to answer it.",
    },
    "milestones": {"### Done\n": f"### Done\n\n{WORDS * 2}\n", "### Next": f"### Next\n\n{WORDS * 2}\n"},
}
"""For each form of the second page, what an author replaces in the blank file."""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Return a shell in an empty folder."""
    return Shell(tmp_path)


@pytest.mark.parametrize("name", ["another-course.md", "other-forms.md"])
def test_page(name: str, shell: Shell, request: pytest.FixtureRequest) -> None:
    """A reader who does what the page says gets what the page shows."""
    page = DOCS / name
    photo = shell.folder / "groups" / "1" / "plot.png"
    photo.parent.mkdir(parents=True)
    copyfile(PICTURE, photo)
    assert_parts_current(page, dict(shell.follow(page.read_text("utf-8"))), request)


def test_good_group_has_nothing_left_to_do(shell: Shell) -> None:
    """The first group of the page passes, and the second has what the page says it has."""
    photo = shell.folder / "groups" / "1" / "plot.png"
    photo.parent.mkdir(parents=True)
    copyfile(PICTURE, photo)
    for _ in shell.follow((DOCS / "another-course.md").read_text("utf-8")):
        pass
    assert shell.run("reportls check groups/1 --quiet; echo $?") == "0\n"
    assert shell.run("reportls check groups/2 --quiet > found; echo $?") == "1\n"
    said = (shell.folder / "found").read_text("utf-8")
    for words in ("Members", "The plot", "What grows in it", "The work"):
        assert words in said


def test_every_setting_shown_is_one(shell: Shell) -> None:
    """The settings on the page, added to the configuration, have no problem and count."""
    page = (DOCS / "another-course.md").read_text("utf-8")
    (settings,) = re.findall(r"^```toml\n(strict.*?)^```$", page, re.DOTALL | re.MULTILINE)
    for _ in shell.follow(page):
        pass
    shell.write("reportls.toml", f'template = "template.md"\n{settings}')
    shell.write("report.md", (shell.folder / "groups" / "2" / "report.md").read_text("utf-8"))
    printed = shell.run("reportls check report.md --format concise")
    assert "reportls.toml" not in printed
    assert re.search(r"error .*The plot: 3 of 30-60 words", printed)


@pytest.mark.parametrize("name", FILLED)
def test_other_form(name: str, shell: Shell) -> None:
    """A copy with every place answered has nothing left to do; the blank file itself has each place left."""
    blanks = dict(re.findall(r"^`([a-z-]+)\.md`:\n\n```markdown\n(.*?)^```$", OTHERS, re.DOTALL | re.MULTILINE))
    assert [*blanks] == [*FILLED]
    text = blanks[name]
    for old, new in FILLED[name].items():
        assert old in text
        text = text.replace(old, new)
    shell.write("blank.md", blanks[name])
    shell.write("copy.md", text)
    shell.write("untouched.md", blanks[name])
    copyfile(PICTURE, shell.folder / "setup.png")
    check = "reportls check --template blank.md --format concise"
    done = shell.run(f"{check} copy.md; echo $?")
    assert re.fullmatch(r"complete(, within limits)?\n0\n", done), done
    left = shell.run(f"{check} untouched.md; echo $?")
    assert left.endswith("\n1\n")
    assert re.search(r"^0 of [0-9]+ answered", left, re.MULTILINE), left
