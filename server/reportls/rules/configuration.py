"""Problems in a configuration file or a `report.py`; the code that reads these files makes the findings."""

from __future__ import annotations

from reportls.findings.finding import Severity
from reportls.findings.rule import file_rule


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
