"""The course's newest texts, and the parts of them that a report lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.findings.finding import FileEdit
    from reportls.report.question import Question
    from reportls.report.report import Report


class Newest(NamedTuple):
    """The course's newest template and script, to compare with those that a report was begun with."""

    name: str
    """The place of the texts, as the user named it."""
    questions: Mapping[int, Question]
    """The template's, by number; empty without a template."""
    files: tuple[FileEdit, ...] = ()
    """The script beside the report, and the template that it fills in, where they differ from the newest."""

    def outdated_in(self, report: Report) -> list[tuple[int, Question]]:
        """Return the report's questions whose prompt is not the newest, each with its block; white space may differ."""
        return [
            (block, question)
            for block, question in enumerate(report.questions, start=1)
            if (newest := self.questions.get(question.number))
            and newest.layout.prompt
            and newest.prompt_print != question.prompt_print
        ]

    def missing_in(self, report: Report) -> list[int]:
        """Return the numbers of the template's questions that the report does not have."""
        return sorted(self.questions.keys() - report.numbers)
