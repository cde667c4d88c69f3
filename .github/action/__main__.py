"""The steps of `action.yml`: `python -I .github/action STEP`, where a step is a function that gives an exit code.

With `-I`, Python looks for modules neither in the checked out repository nor where the job's variables say.
"""

from __future__ import annotations

import sys

from check import check
from install import install

_STEPS = {"install": install, "check": check}

if __name__ == "__main__":
    sys.exit(_STEPS[sys.argv[1]]())
