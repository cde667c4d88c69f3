"""Tests of the page in a real browser without a network; `checks` has the steps.

(cd editors/web && npm install && npm run build)
tests/browser/install DIR
REPORTLS_WEB=editors/web/dist REPORTLS_BROWSER=DIR [REPORTLS_SCREENSHOTS=FOLDER] pytest tests/web
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NEEDED = ("REPORTLS_WEB", "REPORTLS_BROWSER")
CHECKS = sorted((HERE / "checks").glob("*.mjs"))


@pytest.mark.skipif(not os.environ.keys() >= set(NEEDED), reason=f"needs {' and '.join(NEEDED)}")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("check", CHECKS, ids=[path.stem for path in CHECKS])
def test_page(check: Path, tmp_path: Path) -> None:
    """Every step of the check succeeds."""
    environment = {
        **os.environ,
        **{name: str(Path(os.environ[name]).absolute()) for name in NEEDED},
        "PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "server"), str(ROOT))),
    }
    command = map(str, (ROOT / "tests" / "support" / "without-network", "node", check, tmp_path))
    done = subprocess.run([*command], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
