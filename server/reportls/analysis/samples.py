"""The pictures that come with the course's template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.builtin import sample_figures

if TYPE_CHECKING:
    from reportls.findings.context import QuestionContext


def is_sample(ctx: QuestionContext, path: str) -> bool:
    """Whether the file is one of the template's own pictures, unchanged; False where the course is not known."""
    return bool(ctx.edition.id) and ctx.files.blob(path) in sample_figures()
