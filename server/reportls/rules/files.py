"""The files of a report: whether it can be read, is handed in, is merged, and what is beside it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from reportls.editions.edition import Source
from reportls.findings.files import GitState, Published
from reportls.findings.finding import Problem, Related, Severity
from reportls.findings.rule import file_rule, report_rule
from reportls.report.form import FORM
from reportls.text import Span, end_of_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.editions.edition import Edition
    from reportls.findings.context import ReportContext
    from reportls.findings.files import Repository
    from reportls.report.report import Report


_OPENING, _CLOSING = "<<<<<<<", ">>>>>>>"


@file_rule(Severity.WARNING)
def configuration() -> None:
    """Part of a configuration file, or of the `report.py` beside the report, cannot be understood.

    The configuration is `reportls.toml`, or the table `[tool.reportls]` in `pyproject.toml`, in the report's folder or
    in one above it, up to the root of the repository; the nearest file counts. An unknown setting, or a value that is
    not allowed, is ignored, so the report may be judged differently from what you intended. The finding is in that
    file, at the key or the value, and suggests what was probably meant or lists what is allowed:

        edtion = "dtu-02476-2026"      # did you mean `edition`?

        [questions.7]
        words = [50, 100]              # the fewest and the most, or false for no limit

    A `report.py` beside the report is the course's own checker. Its table of limits is read, never executed. If the
    table cannot be understood, the limits of the edition apply instead, and these may differ from those that your
    checker applies: restore the course's script, or write the limits into `reportls.toml`.

    A file that is not valid TOML is an error: then nothing is judged.
    """


@file_rule(Severity.INFORMATION)
def checked_in_part() -> None:
    """The report is so long, or has so many findings, that not all of it is checked or listed.

    No text should freeze an editor, so there are limits. If there are more than 1,000 findings, only the most severe
    are listed, and this finding is where the first of the others would be. In a report of more than two million
    characters only the limits of words and images are checked, and what makes the course's check crash. The verdict is
    right in both cases.

    A report that was written by hand is nowhere near either limit. Look for text that was pasted by accident, such as
    the output of a program, and remove it.
    """


@report_rule(Severity.ERROR, of="frame")
def conflict_marker(ctx: ReportContext) -> Iterator[Problem]:
    """A merge was not finished: both versions of the text are there, between git's conflict lines.

    The checker counts the words of both versions and of git's lines. A question or an `Answer:` that is in both
    versions counts twice, which may crash the check.

    Keep one version, or the best of both, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`. Many
    editors offer to do this above the first of these lines. A conflict that you show as an example in a code block may
    stay.
    """
    if not ctx.report.structure.conflicts:
        return
    for region in _regions(ctx.report):
        first, *others = region
        related = tuple(Related(span, "and this line") for span in others)
        severity = Severity.HINT if _is_example(ctx.report, first, region[-1]) else None
        message = "an unfinished merge: keep one version and delete git's lines"
        yield Problem(first, message, related=related, severity=severity)


def _is_example(report: Report, first: Span, last: Span) -> bool:
    """Return whether the conflict is inside one fence, where an answer shows it as an example."""
    block = report.block_at(first.start)
    if not block or not report.text.startswith(_CLOSING, last.start):
        return False
    whole = Span(first.start, last.end).shifted(-report.starts[block])
    elements = report.questions[block - 1].markup.elements
    return any(element.kind == "fence" and element.span.covers(whole) for element in elements)


def _regions(report: Report) -> Iterator[Sequence[Span]]:
    """Yield the conflict lines of each conflict, from the opening to the closing one."""
    region: list[Span] = []
    for span in _lines(report):
        if region and report.text.startswith(_OPENING, span.start):
            yield region
            region = []
        region.append(span)
        if report.text.startswith(_CLOSING, span.start):
            yield region
            region = []
    if region:
        yield region


def _lines(report: Report) -> Iterator[Span]:
    for index in report.structure.conflicts:
        for span in report.blocks[index].conflicts:
            yield span.shifted(report.starts[index])


@report_rule(Severity.HINT, of="answers")
def not_readable_on_windows(ctx: ReportContext) -> Iterator[Problem]:
    """On Windows, the course's script stops at a character in the report.

    The script opens the report without an encoding. Python before 3.15 then uses the system's, which on Windows is
    cp1252 and not UTF-8. Some bytes are undefined in it, among them those of a closing quotation mark ”, of many
    letters of other languages and of most emoji. `python report.py check` ends with a `UnicodeDecodeError`. The report
    itself is fine: on macOS, on Linux and in continuous integration the script reads it.

    To run the script on Windows, let Python read UTF-8, in PowerShell with

        $env:PYTHONUTF8 = 1

    or write plain characters, such as `"` for ”. Only the first such character is marked. Where your `report.py` opens
    the report with `encoding="utf-8"`, nothing is reported.
    """
    if not _is_opened_without_encoding(ctx.edition):
        return
    for start, block in zip(ctx.report.starts[:-1], ctx.report.blocks, strict=True):
        if block.undecodable is not None:
            at = start + block.undecodable
            code = f"U+{ord(ctx.report.text[at]):04X}"
            yield Problem(
                Span(at, at + 1), f"on Windows the course's script stops here, at {code}: set PYTHONUTF8=1 there"
            )
            return


def _is_opened_without_encoding(edition: Edition) -> bool:
    has_script = edition.id is not None or Source.SCRIPT in edition.sources
    return has_script and not edition.variant.names_encoding


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
        severity = None if found in (Obstacle.IGNORED, Obstacle.ELSEWHERE) else Severity.INFORMATION
        yield Problem(mark, _message(found, ctx.repository), severity=severity)


def _message(found: Obstacle, repository: Repository) -> str:
    if found is Obstacle.IGNORED:
        return "this report is excluded by .gitignore: `git add -f` it, commit and push"
    if found is Obstacle.ELSEWHERE:
        path = repository.report.path if repository.report else ""
        return f"the course collects {FORM.path} at the repository's root, not {path}: move the report there"
    if found is Obstacle.UNTRACKED:
        return "this report is not in git: `git add` it, commit and push"
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
    # A newer version was pushed from elsewhere, and has all that is here.
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
