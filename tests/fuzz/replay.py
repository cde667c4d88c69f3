"""Tries what was found once more and makes it small: `python -m tests.fuzz.replay TARGET FOLDER`; fails if it fails."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from unittest import SkipTest

from hypothesis import Phase

from tests.fuzz.guided import use_database
from tests.fuzz.targets import property_of


def main() -> None:
    """Run it."""
    target, folder = sys.argv[1], Path(sys.argv[2])
    use_database(folder, (Phase.reuse, Phase.shrink))
    with suppress(SkipTest):  # nothing is kept that could still fail
        property_of(target)()


if __name__ == "__main__":
    main()
