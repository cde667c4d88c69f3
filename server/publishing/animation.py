"""Makes the animation of the README: runs real commands in a terminal and draws its screens as an animated SVG.

`python server/publishing/animation.py OUT.svg` needs a POSIX system and an environment with `reportls`. The picture
follows the reader's light or dark theme. Readers who prefer reduced motion see only the last screen.
"""

from __future__ import annotations

import fcntl
import os
import re
import struct
import subprocess
import sys
import termios
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLUMNS, _ROWS = 96, 27
_REPORT = Path("sample", "reports", "README.md")
_ANSWER = "They agreed within half a degree."
_WORDS_ADDED = (
    " On the third day",
    " we put both into ice water, which should be at zero, and read",
    " 0.2 and 0.4 degrees; we now subtract the difference.",
)
"""What is typed into an answer that is too short, piece by piece."""

_LINE_HEIGHT, _MARGIN, _TITLE_HEIGHT = 18, 14, 34
_CHARACTER = 7.83
"""Width of a character in pixels; each run of text is stretched to it, whatever the reader's font."""
_COLOURS = {
    "31": ("#b3261e", "#ff8a80"),
    "32": ("#1a7f37", "#7ee787"),
    "33": ("#8a5a00", "#f2cc60"),
    "34": ("#0b57d0", "#8ab4f8"),
    "36": ("#00687a", "#76e3ea"),
}
"""Colours of the terminal by their codes, in the light and in the dark theme."""
_ESCAPE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])")
_TYPING, _SHORT, _LONG = 0.12, 1.4, 3.2
"""Seconds that a screen is shown."""


class Screen(NamedTuple):
    """What the terminal shows for some seconds."""

    caption: str
    lines: tuple[str, ...]
    """Lines with escape sequences for colours."""
    seconds: float


class Session:
    """A shell that runs commands one after the other, on a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: list[str] = []

    def run(self, caption: str, command: str) -> Iterator[Screen]:
        """Type a command and run it."""
        yield from self._type(caption, command)
        self._lines += [f"$ {command}", *_output_of(command, self._folder)]
        yield self._screen(caption, self._lines, _LONG)

    def run_and_scroll(self, caption: str, command: str) -> Iterator[Screen]:
        """Type a command, run it, and show its output from the first line to the last."""
        top = len(self._lines)
        *typing, end = self.run(caption, command)
        yield from typing
        for first in range(top, len(self._lines) - _ROWS, _ROWS // 3):
            yield Screen(caption, tuple(self._lines[first : first + _ROWS]), _SHORT)
        yield end

    def watch(self, caption: str, command: str) -> Iterator[Screen]:
        """Type a command with `--watch` and edit the report.

        `--watch` prints what a check prints, so each edit is followed by a check instead.
        """
        yield from self._type(caption, command)
        report = self._folder / _REPORT
        answer = _ANSWER
        for words in ("", *_WORDS_ADDED):
            report.write_text(report.read_text("utf-8").replace(answer, answer + words), "utf-8")
            answer += words
            shown = f"Write: “… {answer[-60:].split(' ', 1)[1]}”" if words else caption
            yield self._screen(shown, _output_of(command.replace(" --watch", ""), self._folder), _SHORT * 1.3)

    def _type(self, caption: str, command: str) -> Iterator[Screen]:
        for end in range(0, len(command) + 1, 4):
            yield self._screen(caption, [*self._lines, f"$ {command[:end]}█"], _TYPING)

    def _screen(self, caption: str, lines: list[str], seconds: float) -> Screen:
        return Screen(caption, tuple(lines[-_ROWS:]), seconds)


def _output_of(command: str, folder: Path) -> list[str]:
    """Run a command on a terminal and return the lines that it prints."""
    ours, its = os.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(  # noqa: S603  # our own commands, above
        [sys.executable, "-m", *command.split()],
        cwd=folder,
        stdin=its,
        stdout=its,
        stderr=its,
        env={**environment, "TERM": "xterm-256color"},
    )
    os.close(its)
    read = bytearray()
    while True:
        try:
            some = os.read(ours, 65536)
        except OSError:  # how Linux reports that the other end of a terminal is closed
            break
        if not some:
            break
        read += some
    process.wait()
    os.close(ours)
    return read.decode().replace("\r\n", "\n").rstrip("\n").split("\n")


def record(folder: Path) -> list[Screen]:
    """Return the screens of the first minute with the sample."""
    session = Session(folder)
    return [
        *session.run_and_scroll("See what is wrong", "reportls demo sample"),
        *session.run("Fix what can be fixed without losing a word", "reportls check --fix sample"),
        *session.watch("Write, and watch the verdict", "reportls check --watch sample"),
    ]


def drawn(screens: list[Screen]) -> str:
    """Return an animated SVG of the screens."""
    width = round(_COLUMNS * _CHARACTER) + 2 * _MARGIN
    height = _TITLE_HEIGHT + _ROWS * _LINE_HEIGHT + 2 * _MARGIN
    total = sum(screen.seconds for screen in screens)
    groups, rules, start = [], [], 0.0
    for number, screen in enumerate(screens):
        end = start + screen.seconds
        first, last = 100 * start / total, 100 * end / total
        is_last = number == len(screens) - 1
        rules.append(
            f"@keyframes k{number}{{0%{{visibility:{'visible' if not number else 'hidden'}}}"
            f"{first:.3f}%{{visibility:visible}}"
            + ("" if is_last else f"{last:.3f}%,to{{visibility:hidden}}")
            + f"}}#s{number}{{animation:k{number} {total:.1f}s step-end infinite}}"
        )
        groups.append(f'<g id="s{number}" class="s{" last" if is_last else ""}">{_screen(screen, width)}</g>')
        start = end
    return _SVG.format(
        width=width,
        height=height,
        inner_width=width - 1,
        inner_height=height - 1,
        style=_style("".join(rules)),
        groups="\n".join(groups),
    )


_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"
 aria-label="A terminal: a check lists the mistakes of a report, fixes two, and passes an answer as it grows">
<style>{style}</style>
<rect class="window" x=".5" y=".5" width="{inner_width}" height="{inner_height}" rx="10"/>
{groups}
</svg>
"""


def _style(animation: str) -> str:
    themes = ("", "")
    for code, (light, dark) in _COLOURS.items():
        themes = (f"{themes[0]}.c{code}{{fill:{light}}}", f"{themes[1]}.c{code}{{fill:{dark}}}")
    return (
        "text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre;"
        "fill:#1f2328}.b{font-weight:700}.d{opacity:.65}.caption{font:600 14px system-ui,sans-serif}"
        f".window{{fill:#f6f8fa;stroke:#d0d7de}}{themes[0]}.s{{visibility:hidden}}.last{{visibility:visible}}"
        f"@media(prefers-color-scheme:dark){{text{{fill:#e6edf3}}.window{{fill:#0d1117;stroke:#30363d}}{themes[1]}}}"
        f"@media(prefers-reduced-motion:no-preference){{.last{{visibility:hidden}}{animation}}}"
    )


def _screen(screen: Screen, width: int) -> str:
    parts = [f'<text class="caption" x="{width / 2:.0f}" y="23" text-anchor="middle">{escape(screen.caption)}</text>']
    for row, line in enumerate(screen.lines):
        y = _TITLE_HEIGHT + _MARGIN + row * _LINE_HEIGHT + 12
        column = 0
        for style, text in _runs(line):
            blanks = len(text) - len(text.lstrip())
            words = text.strip()
            if words:
                x = _MARGIN + (column + blanks) * _CHARACTER
                length = len(words) * _CHARACTER
                of_class = f' class="{style}"' if style else ""
                parts.append(
                    f'<text{of_class} x="{x:.1f}" y="{y}" textLength="{length:.1f}" '
                    f'lengthAdjust="spacingAndGlyphs">{escape(words, quote=False)}</text>'
                )
            column += len(text)
    return "".join(parts)


def _runs(line: str) -> Iterator[tuple[str, str]]:
    """Split a line into pieces of one style; a style is the names of classes."""
    style, at = "", 0
    for found in _ESCAPE.finditer(line):
        if found.start() > at:
            yield style, line[at : found.start()]
        at = found.end()
        if found[2] == "m":
            codes = found[1].split(";")
            classes = {"1": "b", "2": "d", **{code: f"c{code}" for code in _COLOURS}}
            style = " ".join(classes[code] for code in codes if code in classes)
    if at < len(line):
        yield style, line[at:]


def main(out: str) -> None:
    """Record the session and write the picture."""
    with TemporaryDirectory() as folder:
        Path(out).write_text(drawn(record(Path(folder))), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
