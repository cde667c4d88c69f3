"""`check --checker`: the verdict alone. No rule runs, and the exit code is the verdict's: findings do not count."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.check import finished
from reportls.cli.exits import FINE, NOT_AS_ASKED, NOT_YET
from reportls.cli.output import without_commands, write_out
from reportls.cli.text_width import printable
from reportls.features.verdicts import in_words, passes, rows_of, unmet
from reportls.snapshot import assess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.cli.options import Options
    from reportls.cli.sources import Opened, Sources


class _Said(NamedTuple):
    path: str
    lines: tuple[str, ...]
    passes: bool


def ask_checker(sources: Sources, options: Options) -> int:
    """Print the verdict on each report, under its path if there are several."""
    answers = [_ask(opened) for opened in sources.opened()]
    outcome = finished(sources, (), options)
    lines = (line for said in answers for line in _lines(said, has_path=len(answers) > 1))
    write_out(without_commands("".join(f"{printable(line)}\n" for line in lines)))
    if outcome.failures:
        return NOT_AS_ASKED
    return FINE if all(said.passes for said in answers) else NOT_YET


def _ask(opened: Opened) -> _Said:
    """A line for each constraint that is not met, then how many questions passed; or the crash."""
    edition, verdict = assess(opened.report, opened.loaded.environment)
    rows = rows_of(opened.report, edition, verdict)
    unmet_lines = [f"question {row.number}: {words}" for row in rows for words in unmet(row)]
    return _Said(opened.path, (*unmet_lines, in_words(verdict)), passes(verdict))


def _lines(said: _Said, *, has_path: bool) -> Iterator[str]:
    if has_path:
        yield f"{said.path}:"
    yield from said.lines
