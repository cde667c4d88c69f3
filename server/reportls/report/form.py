"""The words of a report: what a heading, a marker and a placeholder look like, and where the file lies.

Everything else asks `FORM` for them. Trying another form, such as headings like `## Q3:`, means another value here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reportls.lazy import cached_property
from reportls.text import LINE_START


class _Words(NamedTuple):
    """The words as the author of the form writes them; `{number}` stands for the number of a question."""

    heading: str = "### Question {number}"
    marker: str = "Answer:"
    placeholder: str = "--- question {number} fill here ---"
    cut: str = "##"
    """The characters in an answer at which the course's script stops reading."""
    kept: str = "###"
    """The script drops an answer that is not followed by it."""
    path: str = "reports/README.md"
    """Path of the report in a group's repository."""
    dropped: int = 43
    """The script drops so many characters from the start of the file before it makes the hand-in page."""


# Not a dataclass: importing what makes one takes longer than all other modules of this package.
class Form(_Words):
    """The form of a report: its words, and the expressions that find them in a text."""

    @property
    def marks(self) -> str:
        """The `#` of a heading."""
        return self.heading.partition(" ")[0]

    @property
    def word(self) -> str:
        """The word before the number in a heading."""
        return self.heading.removeprefix(self.marks).partition("{number}")[0].strip()

    def heading_of(self, number: int | str) -> str:
        """Return the heading of a question as the course writes it."""
        return self.heading.format(number=number)

    def name_of(self, number: int | str) -> str:
        """Return the name of a question: its heading without `#`."""
        return self.heading_of(number).removeprefix(self.marks).strip(" :.")

    def placeholder_of(self, number: int | str) -> str:
        """Return the placeholder of a question as the course writes it."""
        return self.placeholder.format(number=number)

    @property
    def word_pattern(self) -> str:
        """An expression for the word in a heading, with a capital or without."""
        first, rest = self.word[0], self.word[1:]
        return f"[{first.upper()}{first.lower()}]{re.escape(rest)}"

    @property
    def heading_pattern(self) -> str:
        """An expression for a line that opens a question, with its `#` or, if those got lost, nothing else on it.

        Students change headings: it takes any number of `#`, emphasis around the word, and words after the number.
        """
        gap = r"[ \t]" if " {number}" in self.heading else ""
        return (
            rf"\ufeff?[ ]{{0,3}}(?P<marks>\#{{1,6}})[ \t]{{0,8}}[*_]{{0,3}}{self.word_pattern}"
            r"[ \t\u00a0]*(?P<number>[0-9]{1,4})(?![0-9])[^\r\n]*"
            rf"|(?:\*\*|__)?{self.word_pattern}{gap}(?P<bare>[0-9]{{1,4}})[ \t]*[:.]?(?:\*\*|__)?[ \t]*(?=[\r\n]|\Z)"
        )

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Matches `heading_pattern` at the start of a line, to be used where a line starts."""
        return re.compile(self.heading_pattern)

    @cached_property
    def later_openings(self) -> re.Pattern[str]:
        """Matches `heading_pattern` after a line break, which is part of the match."""
        return re.compile(rf"[\r\n](?:{self.heading_pattern})")

    @cached_property
    def as_written(self) -> re.Pattern[str]:
        """Matches a heading's line that is as the course writes it."""
        before, after = map(re.escape, self.heading.split("{number}"))
        return re.compile(rf"\ufeff?{before}[0-9]+{after}\Z")

    @cached_property
    def fill_here(self) -> re.Pattern[str]:
        """Matches a placeholder anywhere; alone on its line, its dashes may be gone. The text must start a line."""
        words = r"[ \t]+".join(map(re.escape, self.placeholder_words)).replace(re.escape("{number}"), "[0-9]+")
        return re.compile(
            rf"(?<!-)-{{2,}}[ \t]*{words}[ \t]*-{{2,}}"
            rf"|{LINE_START}[ \t]*(?P<alone>(?:-+[ \t]*)?{words}(?:[ \t]*-+)?)[ \t]*(?=[\r\n]|\Z)",
            re.ASCII | re.IGNORECASE | re.MULTILINE,
        )

    @property
    def placeholder_sign(self) -> str:
        """A word that every placeholder has, in lower case: where it is missing, there is none."""
        return self.placeholder.partition("{number}")[2].split()[0].lower()

    @property
    def placeholder_words(self) -> list[str]:
        """The words of a placeholder without its dashes."""
        return self.placeholder.strip("- ").split()


FEWEST_HEADINGS = 2
"""Number of question headings that make a text with a marker a report."""
MOST_OF_A_COURSE = 14
"""Number of different question headings that make a text without a marker a report: over half of any edition's."""

FORM = Form()
"""The form of the course's reports."""
