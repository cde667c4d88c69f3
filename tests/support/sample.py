"""Whole reports in our own words, long enough for each family of editions."""

from __future__ import annotations

_FRONT_MATTER = "---\nkind: a page\nsidebar: not here\n---------\n"


def whole_report(questions: int) -> str:
    """Return a report with that many questions, all answered at some length, with emoji, code and figures."""
    parts = [
        _FRONT_MATTER if questions < 30 else "",
        "# Our report on a machine that sorts apples\n\nWritten by four people.\n\n## Tasks\n\n",
        "* [x] Buy apples (A1)\n* [ ] Sort them (A2)\n    by colour\n\n## First things\n",
    ]
    for number in range(1, questions + 1):
        if number == 4:
            parts.append("\n## The machine\n> What follows is about the machine.\n")
        parts.append(
            f"\n### Question {number}\n\n> **What is thing {number} 🍎?**\n>\n> Recommended answer length: 5-60 words."
            "\n>\n> Example:\n> *It is ...*\n>\n> Answer:\n\n"
            f"Thing {number} is é an apple 😋 that `sort --by colour` sees,\n"
            f"and then some. ![thing](figures/thing{number}.png)\n\n- one\n- two\n\n```python\nprint({number})\n```\n"
        )
    return "".join(parts)


SAMPLE = {27: whole_report(27), 31: whole_report(31)}
