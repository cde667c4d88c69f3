r"""Case files: Markdown in which a heading is a test, a fence is a report, and carets mark the expected findings.

    ## A heading

    Prose that gives the reason.

    ````report
    ### Question 1
    > Answer:

    --- question 1 fill here ---
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not answered yet
    ````

    ````safe diff remove the placeholder
    ---- question 1 fill here ---
    +
    ````

A line whose first visible character is `^` marks the line above it and is not part of the report. Carets count code
points. They are followed by the whole message, after the severity in brackets if it is not the rule's own; what a
related place says is in parentheses. Marks and findings must match one to one. For every title of a fix, a fence `diff
TITLE` shows the effect of applying it, or `safe diff TITLE` if it may be applied in bulk. Further fences: `files` (see
`files_from`), `repository` (see `repository_from`), `toml` (a `reportls.toml`), `template` (the blank file), `newest`
(the course's newest template). Words after `report`: `edition=ID` (`own` for the course in `course.py`), `crlf`, and
`escaped` if `\u00a0` and the like are decoded as in Python.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportls.configuration import read_configuration
from reportls.findings.context import Newest
from reportls.findings.files import NoRepository
from reportls.findings.settings import Settings
from reportls.form_snapshot import snapshot_of
from reportls.forms.template import read_template
from reportls.report.report import parse
from reportls.rules import BY_NAME
from reportls.snapshot import Environment, take
from reportls.text import apply_edits
from tests.support.course import own_course
from tests.support.files import files_from
from tests.support.repository import repository_from

if TYPE_CHECKING:
    from pathlib import Path

    from reportls.findings.finding import Finding, Fix
    from reportls.report.report import Report

_FENCE = re.compile(r"^(?P<ticks>`{4,})(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=ticks)$\n?", re.MULTILINE | re.DOTALL)
_IS_DIFF = re.compile(r"(?:safe )?diff ")


@dataclass
class Case:
    """A heading of a case file with everything below it."""

    path: Path
    title: str
    text: str
    """The text below the heading."""
    fences: dict[str, str] = field(default_factory=dict)
    """The body of each fence by its info string."""

    @property
    def rule(self) -> str:
        """The rule that the file is about."""
        return self.path.stem

    @property
    def diffs(self) -> dict[str, str]:
        """The fences that show fixes."""
        return {info: body for info, body in self.fences.items() if _IS_DIFF.match(info)}

    @property
    def report_info(self) -> list[str]:
        """The words after `report`."""
        return next(info for info in self.fences if info.split()[:1] == ["report"]).split()[1:]

    @property
    def marked(self) -> str:
        """The report with its marks."""
        return next(body for info, body in self.fences.items() if info.split()[:1] == ["report"])

    @property
    def report(self) -> str:
        """The report without its marks."""
        lines = [line for line in self.marked.splitlines(keepends=True) if not line.lstrip().startswith("^")]
        text = "".join(lines)
        if "escaped" in self.report_info:
            text = re.sub(r"\\(u[0-9a-f]{4}|[rt])", lambda match: match[0].encode().decode("unicode_escape"), text)
        return text.replace("\n", "\r\n") if "crlf" in self.report_info else text

    def environment(self) -> Environment:
        """The environment that the other fences describe."""
        settings, problems = read_configuration(self.fences["toml"]) if "toml" in self.fences else (Settings(), ())
        assert not problems
        named = next((word.partition("=")[2] for word in self.report_info if word.startswith("edition=")), None)
        files = files_from(self.fences.get("files", ""))
        repository = repository_from(self.fences["repository"]) if "repository" in self.fences else NoRepository()
        template = read_template(self.fences["template"]) if "template" in self.fences else None
        return Environment(
            settings, files, named=named, repository=repository, template=template, newest=self._newest()
        )

    def _newest(self) -> Newest | None:
        if "newest" not in self.fences:
            return None
        return Newest("template", {each.number: each for each in parse(self.fences["newest"]).questions})

    def findings(self, text: str | None = None) -> tuple[Report, list[Finding]]:
        """The report, and the findings of the rule in it."""
        environment = self.environment()
        with own_course():
            # Without a template, a case is judged as if a script of the course demanded what the prompts do.
            judge = snapshot_of if environment.template else take
            snapshot = judge(self.report if text is None else text, environment)
        return snapshot.report, [finding for finding in snapshot.findings if finding.rule == self.rule]


def read_cases(path: Path) -> list[Case]:
    """Return every case of a file."""
    return [Case(path, title, text, _fences(text)) for title, text in _sections(path.read_text("utf-8"))]


def _sections(text: str) -> list[tuple[str, str]]:
    # Headings inside fences are reports', so the fences are hidden while the text is split.
    hidden = _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    starts = [(match.start(), match.end(), match[1]) for match in re.finditer(r"^## (.+)\n", hidden, re.MULTILINE)]
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    return [(title, text[body:end]) for (_, body, title), end in zip(starts, ends, strict=True)]


def _fences(text: str) -> dict[str, str]:
    return {match["info"].strip(): match["body"] for match in _FENCE.finditer(text)}


def marked_report(case: Case) -> str:
    """Return the case's report as it should be written, with a mark for each finding."""
    report, findings = case.findings()
    marks: dict[int, list[str]] = {}
    for finding in findings:
        own = "" if finding.severity == BY_NAME[finding.rule].severity else f"[{finding.severity.word}] "
        for span, said in [
            (finding.span, own + finding.said),
            *((each.span, f"({each.message})") for each in finding.related),
        ]:
            start, end = report.line_col(span.start), report.line_col(span.end)
            assert start.line == end.line, f"{finding} reaches over a line"
            assert start.column < end.column, f"{finding} is empty"
            marks.setdefault(start.line, []).append(" " * start.column + "^" * (end.column - start.column) + " " + said)
    plain = [line for line in case.marked.splitlines() if not line.lstrip().startswith("^")]
    return "".join("".join(f"{text}\n" for text in [line, *marks.get(number, [])]) for number, line in enumerate(plain))


def diffs(case: Case) -> dict[str, str]:
    """Return, by the words of its fence, the diff from applying each fix to every finding that has it."""
    _, findings = case.findings()
    said = dict.fromkeys(said_of(fix) for finding in findings for fix in finding.fixes)
    return {words: _diff(case.report, fixed(case, words)) for words in said}


def said_of(fix: Fix) -> str:
    """Return the words of the fence that shows a fix."""
    return f"{'safe ' if fix.safe else ''}diff {fix.title}"


def fixed(case: Case, said: str) -> str:
    """Return the report after applying the fix with these words to every finding that has it."""
    _, findings = case.findings()
    edits = {edit for finding in findings for fix in finding.fixes if said_of(fix) == said for edit in fix.edits}
    return apply_edits(case.report, edits)


def _diff(before: str, after: str) -> str:
    lines = difflib.ndiff(re.split(r"\r\n|[\r\n]", before), re.split(r"\r\n|[\r\n]", after))
    return "".join(f"{line[0]}{line[2:]}\n" for line in lines if line[0] in "+-")


def updated(case: Case) -> str:
    """Return the text of the case with all expectations updated to the current results."""
    text = _FENCE.sub(lambda match: "" if _IS_DIFF.match(match["info"]) else match[0], case.text).rstrip("\n") + "\n"
    text = text.replace(case.marked, marked_report(case))
    for said, diff in diffs(case).items():
        text += f"\n````{said}\n{diff}````\n"
    return text + "\n"
