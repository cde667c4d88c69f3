"""Tests of the page in a real browser without a network; `checks` has the steps.

(cd editors/web && npm install && npm run build)
tests/browser/install DIR
REPORTLS_WEB=editors/web/dist REPORTLS_BROWSER=DIR [REPORTLS_SCREENSHOTS=FOLDER] pytest tests/web
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NEEDED = ("REPORTLS_WEB", "REPORTLS_BROWSER")


@pytest.mark.skipif(not os.environ.keys() >= set(NEEDED), reason=f"needs {' and '.join(NEEDED)}")
@pytest.mark.timeout(600)
def test_page(tmp_path: Path) -> None:
    """Every step of the check succeeds."""
    paths = {name: str(Path(os.environ[name]).absolute()) for name in NEEDED}
    without_network = HERE.parent / "support" / "without-network"
    command = map(str, (without_network, "node", HERE / "checks" / "page.mjs", tmp_path))
    done = subprocess.run([*command], capture_output=True, text=True, check=False, env={**os.environ, **paths})
    assert done.returncode == 0, done.stdout + done.stderr
