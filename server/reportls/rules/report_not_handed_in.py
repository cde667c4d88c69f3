"""Reports that the course will not collect as they are here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.hand_in import Obstacle, obstacle
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.text import Span, end_of_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.findings.repository import Repository
    from reportls.report.report import Report

_GRAVE = (Obstacle.IGNORED, Obstacle.ELSEWHERE)


@report_rule(Severity.WARNING, of="frame")
def report_not_handed_in(ctx: ReportContext) -> Iterator[Problem]:
    """The course will not collect this report, or not as it is here.

    After the deadline the course takes `reports/README.md` from the root of the repository's default branch, with
    everything in that folder, and nothing else. A report at another path, or one that `.gitignore` leaves out, is not
    collected. A report that is not in git, has changed since the last commit, or is not on the default branch yet is
    still to be handed in. That is information and does not change the exit code:

        git add reports
        git commit -m "Write the report"
        git push

    The default branch is `origin/HEAD` as it was last fetched, because the network is never used: run `git fetch` to be
    sure. If `origin/HEAD` is not known, run `git remote set-head origin --auto` once. Nothing is reported outside git,
    on a detached HEAD, or if the variable `CI` is set. For editions that are not built in, it is not known where the
    course collects reports, so another path is not reported.

    If git refuses to answer, as it does in a folder of another user, that is always reported as information, with the
    remedy. Until then no figure or link is compared with what is in git.
    """
    mark = _first_line(ctx.report)
    if mark and (refusal := ctx.repository.refusal):
        yield Problem(mark, f"git cannot tell what is handed in: {refusal}", severity=Severity.INFORMATION)
        return
    found = obstacle(ctx.edition, ctx.repository)
    if mark and found:
        severity = None if found in _GRAVE else Severity.INFORMATION
        yield Problem(mark, _message(found, ctx.repository), severity=severity)


def _message(found: Obstacle, repository: Repository) -> str:
    if found is Obstacle.IGNORED:
        return "this report is excluded by .gitignore: git add -f it, commit and push"
    if found is Obstacle.ELSEWHERE:
        path = repository.report.path if repository.report else ""
        return f"the course collects {FORM.path} at the repository's root, not {path}: move the report there"
    if found is Obstacle.UNTRACKED:
        return "this report is not in git: git add it, commit and push"
    if found is Obstacle.CHANGED:
        return "this report has changed since the last commit: commit and push it"
    branch = repository.default_branch
    name, commit = (branch.name, branch.commit) if branch else ("the default branch", "")
    return f"this version of the report is not on {name}, last fetched at {commit}: push or merge it"


def _first_line(report: Report) -> Span | None:
    """The title, failing that the first line that is not blank."""
    title = report.introduction.title
    if title and title.start < title.end:
        return title
    text = report.text
    start = len(text) - len(text.lstrip())
    return Span(start, end_of_line(text, start)) if start < len(text) else None
