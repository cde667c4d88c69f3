# ruff: noqa: T201  # it prints what it measures
"""A soak test of 100,000 edits: `python -m tests.soak`, or fewer with `--edits`. Linux only.

Twenty reports are open on a real server. They are edited, closed and opened, requests are sent, and figures,
configuration files and settings change beside them. A second implementation makes the same edits, and the server's
diagnostics are compared again and again with `reportls check`. Prints what the server uses over time. Exits with 1 if
an answer is wrong, if memory grows by more than `MOST_MEGABYTES` after the first quarter, or if threads or open files
grow at all.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.soak.session import WrongAnswerError
from tests.soak.soak import Growth, Look, Plan, growth, session
from tests.support.capabilities import ENCODINGS

MOST_MEGABYTES = 10


def main() -> int:
    """Run the soak; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=100_000)
    parser.add_argument("--checks", type=int, default=1000)
    parser.add_argument("--compared", type=int, default=3, help="reports at each check")
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--encoding", choices=ENCODINGS, default="utf-16")
    plan = Plan(**vars(parser.parse_args()))
    with tempfile.TemporaryDirectory() as folder:
        try:
            return _run(Path(folder), plan)
        except WrongAnswerError as error:
            print(f"wrong answer: {error}", file=sys.stderr)
            return 1


def _run(folder: Path, plan: Plan) -> int:
    looks: list[Look] = []
    print(
        "| edits | seconds | reports compared | memory, MB | threads | open files | objects |"
        "\n|---|---|---|---|---|---|---|"
    )
    with session(folder, plan) as (soaked, steps):
        for look in steps:
            looks.append(look)
            print(_row(look), flush=True)
        grown = growth(looks)
        print("\n" + ", ".join(f"{number} {what}" for what, number in soaked.done.most_common()))
    print(f"growth after warming up: {grown}")
    return 1 if is_too_much(grown) else 0


def is_too_much(grown: Growth, megabytes: int = MOST_MEGABYTES) -> bool:
    """Return whether the growth counts as a leak."""
    return grown.kilobytes > megabytes * 1000 or grown.threads > 0 or grown.files > 0


def _row(look: Look) -> str:
    kilobytes, *others = look.usage
    numbers = [look.edits, round(look.seconds), look.compared, round(kilobytes / 1000, 1), *others]
    return f"| {' | '.join(f'{number:,}' for number in numbers)} |"


if __name__ == "__main__":
    sys.exit(main())
