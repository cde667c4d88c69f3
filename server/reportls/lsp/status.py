"""The parameters of `reportls/status`, which `docs/editors.md` describes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportls.features.status import OpenQuestion, Status


def plain_status(uri: str, status: Status) -> dict[str, Any]:
    """What is sent of a report."""
    return {
        "uri": uri,
        "passed": status.passed,
        "total": status.total,
        "completed": status.completed,
        "error": status.error,
        "edition": status.edition,
        "unanswered": [_question(question) for question in status.unanswered],
        "failing": [_question(question) for question in status.failing],
        "handIn": status.hand_in,
    }


def no_status(uri: str) -> dict[str, Any]:
    """What is sent of a document that is closed, or no report any more."""
    return {
        "uri": uri,
        "passed": None,
        "total": None,
        "completed": None,
        "error": None,
        "edition": None,
        "unanswered": [],
        "failing": [],
        "handIn": None,
    }


def _question(question: OpenQuestion) -> dict[str, Any]:
    return {"number": question.number, "line": question.line, "missing": [*question.missing]}
