"""`reportls demo`: writes a sample report with its figures and judges it."""

from __future__ import annotations

import shlex
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.cli.check import check
from reportls.cli.judge import Options
from reportls.cli.output import FINE, UsageError, write_out
from reportls.cli.terminal import Styled, cut, terminal_of
from reportls.host.paths import failure, shown
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments import Parser

SAMPLE = Path(__file__).parents[1] / "demo"
"""The folder of the sample in the package."""
REPORT = Path(FORM.path)


def declare(parser: Parser) -> None:
    """Add the arguments of `demo`."""
    where = "a new or empty folder to write to (default: reportls-demo)"
    parser.description = "Writes a small report with some mistakes and a few figures, and checks it."
    parser.add_argument("folder", nargs="?", default="reportls-demo", metavar="FOLDER", help=where)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the sample unless it exists already, and judge it; the exit code is 0 whatever the verdict.

    Raises:
        UsageError: the folder is not empty.
        HostError: it cannot be written.
    """
    folder = parser.parse(arguments).folder
    target = Path(folder)
    try:
        is_there = (target / REPORT).is_file()
        if not is_there:
            _write(target)
    except (OSError, ValueError) as error:
        raise failure(target, error) from None
    left = " already and was left as it is" if is_there else ""
    said = f"A sample report is in {shown(target / REPORT)}{left}; `reportls check` prints this:"
    write_out("\n".join([*cut([Styled(said)], terminal_of(sys.stdout)), "", ""]))
    check(Options(paths=(folder,)))
    write_out(_next_steps(target))
    return FINE


def _write(target: Path) -> None:
    """Copy the sample; on failure, remove what was written."""
    _refuse_to_overwrite(target)
    made: list[Path] = []
    try:
        for file in sorted(path for path in SAMPLE.rglob("*") if path.is_file()):
            _copy(file, target / file.relative_to(SAMPLE), made)
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _refuse_to_overwrite(target: Path) -> None:
    if target.is_dir() and not any(target.iterdir()):
        return
    if target.is_file():
        raise UsageError(f"{shown(target)}: this is a file: name a new or empty folder")
    if target.exists() or target.is_symlink():
        raise UsageError(
            f"{shown(target)}: it is not empty, so nothing was written: name a new or empty folder "
            f"(`reportls check {shlex.quote(shown(target))}` judges the reports that are there)"
        )


def _copy(source: Path, target: Path, made: list[Path]) -> None:
    """Copy a file; append the file, and each folder created for it, to `made`."""
    for folder in reversed(target.parents):
        if not folder.exists():
            folder.mkdir()
            made.append(folder)
    # `x` refuses a file that somebody else has made in the meantime.
    with target.open("xb") as file:
        made.append(target)
        file.write(source.read_bytes())


def _next_steps(target: Path) -> str:
    folder, report = shlex.quote(shown(target)), shlex.quote(shown(target / REPORT))
    steps = {
        f"reportls check --diff {folder}": "what could be fixed without losing a word",
        f"reportls check --fix {folder}": "fix it",
        f"reportls check --watch {folder}": f"edit {report} and see the verdict change",
    }
    width = max(map(len, steps))
    terminal = terminal_of(sys.stdout)
    lines = [cut([Styled(f"  {step:{width}}   {what}")], terminal, hanging="    ") for step, what in steps.items()]
    return "\n".join(["", "Now try:", *(part for line in lines for part in line), ""])
