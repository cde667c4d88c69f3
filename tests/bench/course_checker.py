"""A course's script, in our words: typer for its command line, pydantic for its constraints, loguru for its messages.

`tests.bench.check` starts it as a process: `python -m tests.bench.course_checker check FILE`.
"""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003  # typer looks it up

import markdown  # noqa: F401  # such a script renders with it, in its other command
import typer
from loguru import logger
from pydantic import BaseModel

from tests.support.reference import run

app = typer.Typer()


class Constraint(BaseModel):
    """The constraint on an answer."""

    words: tuple[int, int]
    images: tuple[int, int]


@app.command()
def check(path: Path) -> None:
    """Count and judge every answer of the report."""
    constraints = [Constraint(words=(50, 400), images=(0, 3)) for _ in range(31)]
    outcome = run(path.read_text("utf-8"), expected=len(constraints), old=False)
    passed = 0
    # The report of another year has fewer questions.
    judged = zip(outcome.answers, constraints, strict=False)
    for number, ((words, images), wanted) in enumerate(judged, start=1):
        if wanted.words[0] <= words <= wanted.words[1] and wanted.images[0] <= images <= wanted.images[1]:
            passed += 1
        else:
            logger.info(f"question {number}: {words} words, {images} images")
    logger.info(f"{passed} of {len(constraints)} passed")


@app.command()
def html(path: Path) -> None:
    """Stand in for the script's other command, which makes typer build a group."""
    logger.info(f"{path} would be rendered")


if __name__ == "__main__":
    logger.remove()
    logger.add(sys.stdout)
    app()
