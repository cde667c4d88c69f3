"""Small reports for tests of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.report.kinds import IMAGES, WORDS
from tests.support.checkers import script_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportls.report.kinds import Constraints

PERFECT = """\
# Report on bees

### Question 1

> **What do bees eat?**
>
> Recommended answer length: 3-10 words.
>
> Answer:

They eat what flowers give them.

### Question 2

> **Where do they live?**
>
> Answer:

In a box in the garden.
"""
"""A report in which every question passes and nothing is found."""

SHORT = PERFECT.replace("They eat what flowers give them.", "Nectar.")
"""A report whose first answer is too short, which is an error."""

LEFT = PERFECT.replace("They eat", "--- question 1 fill here ---\n\nThey eat").replace("3-10", "3-20")
"""A report that passes with a warning: a placeholder is left beside the first answer, and a safe fix removes it."""

NO_REPORT = "# Shopping\n\n* honey\n* bread\n"
"""A Markdown file that is not a report."""


def meeting(limits: Sequence[Constraints]) -> str:
    """Return a report whose answers meet the limits, as its prompts name them, with figures from `figures/`."""
    title = "# Report on everything that there is to know about bees\n"
    return title + "".join(_answered(number, each) for number, each in enumerate(limits, start=1))


def _answered(number: int, limits: Constraints) -> str:
    words, images = limits[WORDS], limits[IMAGES]
    wanted = f">\n> Recommended answer length: {words} words.\n" if words else ""
    wanted += f">\n> Insert {images} images.\n" if images else ""
    shown = [f"![bees at work](figures/bees-{number}-{index}.png)" for index in range(images.low if images else 0)]
    said = " ".join(["bees"] * words.low) if words else "Group 7"
    answer = "\n\n".join([said, *shown])
    return f"\n### Question {number}\n\n> **What of thing {number}?**\n{wanted}>\n> Answer:\n\n{answer}\n"


def write(path: Path, text: str = PERFECT) -> Path:
    """Write the text without changing its line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def judged(path: Path, text: str = PERFECT) -> Path:
    """Write the text as `write` does, and beside it a script of its course that demands what its prompts say."""
    write(path.with_name("report.py"), script_of(text))
    return write(path, text)
