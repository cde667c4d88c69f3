"""Renders the hand-in page as the course's script does, to the byte."""

from __future__ import annotations

from reportls.report.form import FORM


def checker_page(text: str) -> str:
    r"""Return the page of a report's text; like the script, it has no line end but `\n`.

    Raises:
        RecursionError: the text is nested too deep for Python-Markdown; the script would crash as well.
    """
    from markdown import markdown  # noqa: PLC0415  # only this page needs it

    universal = text.replace("\r\n", "\n").replace("\r", "\n")
    return markdown(universal[FORM.dropped :])
