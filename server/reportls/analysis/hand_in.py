"""Compares the report on disk with what the course collects, as far as git on this machine can tell."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from reportls.findings.files import GitState, Published
from reportls.report.form import FORM

if TYPE_CHECKING:
    from reportls.editions.edition import Edition
    from reportls.findings.files import Repository


class Obstacle(Enum):
    """Why the report is not handed in, the worst first; each finishes the sentence "this report is ..."."""

    IGNORED = "excluded by .gitignore"
    ELSEWHERE = f"not {FORM.path} at the repository's root"
    UNTRACKED = "not in git"
    CHANGED = "changed since the last commit"
    NOT_PUBLISHED = "not on the default branch"


_VERSIONS = {
    Published.SAME: "this version is handed in",
    Published.NEWER: "a newer version is handed in",
    Published.OLDER: "another version is handed in",
    Published.MISSING: "the report is not handed in",
}


def obstacle(edition: Edition, repository: Repository) -> Obstacle | None:
    """Return what prevents it; None if nothing does, and for courses without a built-in edition."""
    report = repository.report
    if not report or report.state is GitState.UNKNOWN:
        return None
    if report.state is GitState.IGNORED:
        return Obstacle.IGNORED
    if edition.id and report.path != FORM.path:
        return Obstacle.ELSEWHERE
    if report.state is GitState.UNTRACKED:
        return Obstacle.UNTRACKED
    if report.is_committed is False:
        return Obstacle.CHANGED
    branch = repository.default_branch if edition.id else None
    is_behind = branch and branch.report in (Published.OLDER, Published.MISSING)
    return Obstacle.NOT_PUBLISHED if is_behind else None


def hand_in_in_words(edition: Edition, repository: Repository) -> str | None:
    """Return what is handed in now, for a status or a summary; None if nobody can tell."""
    found = obstacle(edition, repository)
    if found in (Obstacle.IGNORED, Obstacle.ELSEWHERE, Obstacle.UNTRACKED):
        return f"not handed in: {found.value}"
    branch = repository.default_branch if edition.id else None
    if not branch:
        return f"not handed in as it is here: {found.value}" if found else None
    return f"as of {branch.name}, last fetched at {branch.commit}: {_VERSIONS[branch.report]}"
