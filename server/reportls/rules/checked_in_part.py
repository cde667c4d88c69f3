"""Reports of which not all is checked or listed, which is found where the rules are run."""

from __future__ import annotations

from reportls.findings.finding import Severity
from reportls.findings.rule import file_rule


@file_rule(Severity.INFORMATION)
def checked_in_part() -> None:
    """The report is so long, or has so many findings, that not all of it is checked or listed.

    No check may freeze an editor, whatever the text. Of more than 1,000 findings the gravest are listed, and this one
    stands where the first other would. In a report of more than two million characters only the limits of words and
    images are checked, and what makes the course's check crash. The verdict is right in both cases.

    A report that was filled in by hand is far from either. Look for text that was pasted by accident, such as the
    output of a program, and remove it.
    """
