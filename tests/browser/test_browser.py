"""Tests of our pages in a real browser without a network.

Each file in `checks` is a test; `browser.mjs` provides it with a browser:

    tests/browser/install DIR
    REPORTLS_BROWSER=DIR [REPORTLS_SCREENSHOTS=FOLDER] pytest tests/browser [-k NAME]
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHECKS = sorted((HERE / "checks").glob("*.mjs"))


@pytest.mark.skipif("REPORTLS_BROWSER" not in os.environ, reason="REPORTLS_BROWSER names no installation of a browser")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("check", CHECKS, ids=[path.stem for path in CHECKS])
def test_in_browser(check: Path, tmp_path: Path) -> None:
    """Every step of the check succeeds."""
    environment = {
        **os.environ,
        "REPORTLS_BROWSER": str(Path(os.environ["REPORTLS_BROWSER"]).absolute()),
        "PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "server"), str(ROOT))),
    }
    command = map(str, (ROOT / "tests" / "support" / "without-network", "node", check, tmp_path))
    done = subprocess.run([*command], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
