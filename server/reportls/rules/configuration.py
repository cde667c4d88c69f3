"""What is wrong with a configuration file or a `report.py`: found where they are read, and shown in those files."""

from __future__ import annotations

from reportls.findings.finding import Severity
from reportls.findings.rule import file_rule


@file_rule(Severity.WARNING)
def configuration() -> None:
    """A configuration file, or the `report.py` beside the report, has something that is not understood.

    The configuration is `reportls.toml`, or the table `[tool.reportls]` in `pyproject.toml`, in the report's folder or
    in one above it, up to the repository's root; the nearest counts. A setting that does not exist, or a value that is
    not allowed, counts as not set, so the report may be judged in another way than was meant. The finding stands in
    that file, at the key or the value, and names what was probably meant or what is allowed:

        edtion = "dtu-02476-2026"      # did you mean `edition`?

        [questions.7]
        words = [50, 100]              # the fewest and the most, or false for no limit

    A `report.py` beside the report is the course's own checker. Its table of limits is read, never run: from the
    function `check`, failing that from any function, failing that from the module. Numbers may be edited and have
    names; a table that is computed, changed later, or has entries of your own making is not understood. Then the limits
    of the built-in edition count instead, failing that those in the prompts, and they may not be the ones that your
    checker applies: put the course's script back, or write the limits into `reportls.toml`.

    A file that is no valid TOML at all is an error: then nothing is judged.
    """
