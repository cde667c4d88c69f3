"""Text that the hand-in page loses because the course's title is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.fingerprint import fingerprint
from reportls.report.form import FORM
from reportls.report.handin_page.dropped import lost, most_dropped
from reportls.text import Span, end_of_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.report import Report

_TITLE = pattern(r"#[ \t]+(?P<words>[^\r\n]+)")


@report_rule(Severity.WARNING, tags={Tag.EDITION}, of="frame")
def title_changed(ctx: ReportContext) -> Iterator[Problem]:
    """The hand-in page drops the beginning of the report, and with it more than the course's title.

    The script that makes the page drops the first 43 characters of the file, whatever they are. They are meant to be
    the template's title, of which only the last word reaches the page. If the title is missing or was replaced, the
    group's own text is dropped instead.

    Put the course's title back as the first line, and write your own below it. If your own title is longer than 43
    characters, only its beginning is lost, and the finding is a hint.
    """
    if ctx.edition.id is None:
        return
    text = _beginning(ctx.report)
    span = lost(text)
    if span.start == span.end:
        return
    title = _TITLE.match(text, span.start)
    line_end = end_of_line(text, span.start)
    mark = Span(span.start, min(line_end, span.end))
    drops = f"the hand-in page drops the first {FORM.dropped} characters of the file"
    if not title or line_end <= span.end:
        words = " ".join(text[span.start : span.end].split())
        yield Problem(mark, f'{drops}, here "{words}": restore the template\'s first lines')
    elif fingerprint(title["words"]) not in ctx.edition.prints.titles:
        rest = text[span.end : line_end].strip()
        yield Problem(mark, f'{drops}: only "{rest}" is left of this title', severity=Severity.HINT)


def _beginning(report: Report) -> str:
    """Return the text of all blocks with dropped characters, which ends where a line ends."""
    last = report.block_at(most_dropped(FORM.dropped))
    return "".join(block.text for block in report.blocks[: last + 1])
