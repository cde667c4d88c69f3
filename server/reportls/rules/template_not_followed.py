"""Reports that do not follow their template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.form_limits import first_line
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import form_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import FormContext


@form_rule(Severity.WARNING)
def template_not_followed(ctx: FormContext) -> Iterator[Problem]:
    """The report does not follow its template.

    It has fewer than half of the template's headings and questions. Either the template belongs to something else, or
    the report was started from another file. Other findings on its structure would make no sense and are left out.

    Start from the template, or correct the setting `template`.
    """
    alignment = ctx.form.alignment
    place = first_line(ctx.text)
    if not alignment.follows and place.end > place.start:
        total = len(alignment.found) + len(alignment.missing)
        yield Problem(
            place, f"this report does not follow its template: it has {len(alignment.found)} of {total} headings"
        )
