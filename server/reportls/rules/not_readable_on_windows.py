"""Characters at which the course's script stops on Windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Source
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import report_rule
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.editions.edition import Edition
    from reportls.findings.context import ReportContext


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
