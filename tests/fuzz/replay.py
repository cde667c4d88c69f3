"""Runs a stored failure again and shrinks it: `python -m tests.fuzz.replay TARGET FOLDER`. Fails if it still fails."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from unittest import SkipTest

from hypothesis import Phase

from tests.fuzz.guided import use_database
from tests.fuzz.targets import property_of


def main() -> None:
    """Run the stored examples."""
    target, folder = sys.argv[1], Path(sys.argv[2])
    use_database(folder, (Phase.reuse, Phase.shrink))
    with suppress(SkipTest):  # nothing is kept that could still fail
        property_of(target)()


if __name__ == "__main__":
    main()
