"""The second step: judges the reports, writes annotations, summary, files and outputs, and may fail."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from command import reportls, template_options
from comment import base_commit, keep_comment
from pages import hand_in_pages
from runner import add_summary, annotate, new_folder, set_outputs
from summary import summary

if TYPE_CHECKING:
    from command import Ran

_JUDGED = (0, 1)
_NEVER, _ERROR, _WARNING = "never", "error", "warning"
_NOTHING: dict[str, Any] = {"reports": [], "summary": {"errors": 0, "warnings": 0}}


class Judgement(NamedTuple):
    """The result of `reportls check`."""

    code: int
    document: dict[str, Any]

    @property
    def is_as_asked(self) -> bool:
        """Whether everything could be judged."""
        return self.code in _JUDGED

    @property
    def is_complete(self) -> bool:
        """Whether there is a report and the course's check completes on all that have one."""
        return bool(self.document["reports"]) and all(verdict["completed"] for verdict in self.verdicts)

    @property
    def passes(self) -> bool:
        """Whether every question of every report passes, or is answered within its limits if it has a template."""
        are_passed = all(verdict["passed"] == verdict["total"] for verdict in self.verdicts)
        are_filled_in = all(form["complete"] and not form["outside_limits"] for form in self.forms)
        return self.is_complete and are_passed and are_filled_in

    @property
    def verdicts(self) -> list[dict[str, Any]]:
        """The checker's result for each report that has a checker."""
        return [report["checker"] for report in self.document["reports"] if report["checker"]]

    @property
    def forms(self) -> list[dict[str, Any]]:
        """How each report stands that has a template."""
        return [report["summary"] for report in self.document["reports"] if not report["checker"]]

    def fails(self, fail_on: str) -> bool:
        """Return whether the step must fail."""
        errors = self.document["summary"]["errors"] or not self.passes
        return not self.is_as_asked or {_NEVER: False, _ERROR: bool(errors), _WARNING: self.code != 0}[fail_on]


def check() -> int:
    """Judge the reports that the variables name; return 1 if the step must fail."""
    fail_on = os.environ["FAIL_ON"]
    if fail_on not in (_NEVER, _ERROR, _WARNING):
        annotate(f"`fail-on` is {fail_on!r}, and can be `error`, `warning` or `never`")
        return 1
    ran = _run("json")
    judgement = Judgement(ran.code, json.loads(ran.out or "null") or _NOTHING)
    _annotate(ran)
    reports = judgement.document["reports"]
    wants_page = os.environ["UPLOAD_PAGE"] == "true"
    page = hand_in_pages(reports) if wants_page else None
    _set_outputs(judgement, page=page or "", sarif=_write_sarif() if reports else "")
    told = summary(_compared(judgement).document, ran.err)
    add_summary(told)
    if os.environ["COMMENT"] == "true":
        keep_comment(told, os.environ["REPORT_PATH"])
    return int(judgement.fails(fail_on))


def _compared(judgement: Judgement) -> Judgement:
    """Return the judgement with what changed since a pull request's base, if the base is in the clone."""
    base = base_commit()
    ran = _run("json", "--against", base) if base and judgement.is_as_asked else None
    return Judgement(judgement.code, json.loads(ran.out)) if ran and ran.code in _JUDGED else judgement


def _run(form: str, *options: str) -> Ran:
    edition = os.environ["REPORT_EDITION"].strip()
    paths = [line.strip() for line in os.environ["REPORT_PATH"].splitlines() if line.strip()]
    sources = [*(["--edition", edition] if edition else []), *template_options()]
    return reportls("check", "--format", form, *options, *sources, "--", *paths)


def _annotate(judged: Ran) -> None:
    """Print the annotations to the log, where the runner finds them."""
    ran = _run("github")
    sys.stderr.write(ran.err)
    sys.stderr.flush()
    sys.stdout.buffer.write(ran.out)
    sys.stdout.flush()
    if not judged.out:  # Bad usage, and no commands.
        annotate(judged.err.strip())


def _set_outputs(judgement: Judgement, **files: object) -> None:
    verdicts, forms, counts = judgement.verdicts, judgement.forms, judgement.document["summary"]
    answered = sum(form["answered"] for form in forms)
    set_outputs(
        passed=sum(verdict["passed"] for verdict in verdicts) + answered if judgement.is_complete else "",
        total=sum(verdict["total"] for verdict in verdicts) + sum(form["slots"] for form in forms),
        completed=judgement.is_complete,
        verdict=("passed" if judgement.passes else "failed") if verdicts or forms else "none",
        errors=counts["errors"],
        warnings=counts["warnings"],
        **files,
    )


def _write_sarif() -> str:
    path = new_folder("sarif") / "reportls.sarif"
    path.write_bytes(_run("sarif").out)
    return str(path)
