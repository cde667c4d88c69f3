"""Fixtures for built packages; `REPORTLS_DIST` names the folder into which `.ci/release` has put them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportls import __version__


def _built(name: str) -> Path:
    if "REPORTLS_DIST" not in os.environ:
        pytest.skip("REPORTLS_DIST names no folder of built packages")
    path = Path(os.environ["REPORTLS_DIST"]).resolve() / name
    assert path.is_file(), path
    return path


@pytest.fixture(scope="session")
def wheel() -> Path:
    """Return the path of the wheel."""
    return _built(f"reportls-{__version__}-py3-none-any.whl")


@pytest.fixture(scope="session")
def sdist() -> Path:
    """Return the path of the source distribution."""
    return _built(f"reportls-{__version__}.tar.gz")


@pytest.fixture(scope="session")
def vsix() -> Path:
    """Return the path of the extension for VS Code."""
    return _built(f"reportls-{__version__}.vsix")


@pytest.fixture(scope="session")
def page() -> Path:
    """Return the path of the page that is one file."""
    return _built(f"reportls-{__version__}.html")
