"""Random damage to reports: each function takes a text and a source of randomness and returns a damaged text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_QUESTION = re.compile(r"(?=^### Question)", re.MULTILINE)


def bend(text: str, rng: Random) -> str:
    """Damage the text in a randomly chosen way."""
    return BENDS[rng.choice(sorted(BENDS))](text, rng)


def _at_one(pattern: str, replacement: str) -> Callable[[str, Random], str]:
    """Replace one random match of the pattern."""

    def bent(text: str, rng: Random) -> str:
        matches = list(re.finditer(pattern, text, re.MULTILINE))
        if not matches:
            return text
        match = rng.choice(matches)
        return text[: match.start()] + match.expand(replacement) + text[match.end() :]

    return bent


def _insert(*pieces: str) -> Callable[[str, Random], str]:
    """Insert one of the pieces at a random place."""

    def bent(text: str, rng: Random) -> str:
        place = rng.randint(0, len(text))
        return text[:place] + rng.choice(pieces) + text[place:]

    return bent


def _questions(change: Callable[[list[str], int, Random], None]) -> Callable[[str, Random], str]:
    """Change the list of blocks at one of its questions."""

    def bent(text: str, rng: Random) -> str:
        blocks = _QUESTION.split(text)
        if len(blocks) > 2:
            change(blocks, rng.randrange(1, len(blocks) - 1), rng)
        return "".join(blocks)

    return bent


def _swap(blocks: list[str], index: int, _: Random) -> None:
    blocks[index], blocks[index + 1] = blocks[index + 1], blocks[index]


def _double(blocks: list[str], index: int, _: Random) -> None:
    blocks.insert(index, blocks[index])


def _drop(blocks: list[str], index: int, _: Random) -> None:
    del blocks[index]


def _cut(text: str, rng: Random) -> str:
    start, end = sorted(rng.randint(0, len(text)) for _ in range(2))
    return text[:start] + text[min(end, start + 400) :]


BENDS: dict[str, Callable[[str, Random], str]] = {
    "marker removed": _at_one("Answer:", ""),
    "marker damaged": _at_one("Answer:", "nswer:"),
    "marker doubled": _at_one("Answer:", r"\g<0> \g<0>"),
    "marker in an answer": _insert("\nAnswer: ", "Answer:", " the Answer:\n"),
    "heading in an answer": _insert("\n## More\n", "\n### More\n", "\n# More\n", "##", "###", "#", "# # #"),
    "heading's level": _at_one("^### Question", r"## Question"),
    "heading's marks lost": _at_one("^### Question", r"Question"),
    "heading deeper": _at_one("^### Question", r"#### Question"),
    "swapped": _questions(_swap),
    "doubled": _questions(_double),
    "dropped": _questions(_drop),
    "stretch cut out": _cut,
    "odd white space": _insert("\u00a0", "\u200b", "\u2028", "\x0c", "\x0b", "\t", "\x1c", "\x85", "\u3000"),
    "byte order mark": lambda text, _: "\ufeff" + text,
    "CRLF": lambda text, _: re.sub(r"\r\n|\r|\n", "\r\n", text),
    "CR": lambda text, _: re.sub(r"\r\n|\r|\n", "\r", text),
    "one line end": _at_one(r"\n", "\r\n"),
    "image": _insert("![a](b)", "![a\n](b)", "![a](b\n)", "![](", "`![a](b)`", "<img src=x>"),
    "start cut off": lambda text, rng: text[rng.randint(0, 120) :],
    "start pushed": lambda text, rng: "x" * rng.randint(0, 60) + "\n" + text,
    "end appended": lambda text, rng: text + rng.choice(["\n### Sources\n", "\n## End\n", "###", "\n\n\n", "Answer:"]),
}
"""Every kind of damage by name."""
