"""Small reports to try the command line on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

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
"""Everything passes and nothing is found."""

SHORT = PERFECT.replace("They eat what flowers give them.", "Nectar.")
"""The first answer is too short: an error."""

LEFT = PERFECT.replace("They eat", "--- question 1 fill here ---\n\nThey eat").replace("3-10", "3-20")
"""The placeholder stands beside the first answer: everything passes, but there is a warning, and a safe fix."""

NO_REPORT = "# Shopping\n\n* honey\n* bread\n"
"""Markdown, but no report."""


def write(path: Path, text: str = PERFECT) -> Path:
    """Put the text there, line ends as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path
