"""Reports that are checked or listed in part; `rules/__init__.py` makes the finding."""

from __future__ import annotations

from reportls.findings.finding import Severity
from reportls.findings.rule import file_rule


@file_rule(Severity.INFORMATION)
def checked_in_part() -> None:
    """The report is so long, or has so many findings, that not all of it is checked or listed.

    No text should freeze an editor, so there are limits. If there are more than 1,000 findings, only the most severe
    are listed, and this finding is where the first of the others would be. In a report of more than two million
    characters only the limits of words and images are checked, and what makes the course's check crash. The verdict is
    right in both cases.

    A report that was written by hand is nowhere near either limit. Look for text that was pasted by accident, such as
    the output of a program, and remove it.
    """
