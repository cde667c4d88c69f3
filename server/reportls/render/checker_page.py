"""Renders the hand-in page as the course's script does, to the byte."""

from __future__ import annotations

from reportls.report.form import FORM

_CRASHES = "There will be no page: the course's script crashes, for lists or quotes are nested too deep."
_TAKES_LONG = "The page is not made here: the course's script would take minutes for the report's {} brackets."
_MOST_BRACKETS = 10_000
"""For each opening bracket Python-Markdown searches the closing one; without it, time grows by the square."""


def checker_page_or_problem(text: str) -> tuple[str, str | None]:
    """Return the page of a report's text and None, or an empty page and why there is none."""
    brackets = text.count("[") + text.count("<")
    if brackets > _MOST_BRACKETS:
        return "", _TAKES_LONG.format(brackets)
    try:
        return checker_page(text), None
    except RecursionError:
        return "", _CRASHES


def checker_page(text: str) -> str:
    r"""Return the page of a report's text; like the script, it has no line end but `\n`.

    Raises:
        RecursionError: the text is nested too deep for Python-Markdown; the script would crash as well.
    """
    from markdown import markdown  # noqa: PLC0415  # only this page needs it

    universal = text.replace("\r\n", "\n").replace("\r", "\n")
    return markdown(universal[FORM.dropped :])
