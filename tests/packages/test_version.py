"""Everything that is released has the same version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.version import Version

from reportls import __version__

ROOT = Path(__file__).parents[2]


def test_python_version_is_in_its_normal_form() -> None:
    """The version is in Python's normal form and has at most three numbers, as the extension's must."""
    assert str(Version(__version__)) == __version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("editors/vscode/package.json", r'^  "version": "(.+)"'),
        ("editors/web/package.json", r'^  "version": "(.+)"'),
        ("editors/neovim/upstream/mason-registry/packages/reportls/package.yaml", r"pkg:pypi/reportls@(.+)$"),
        ("server/docs/pushes.md", r"uses: account/reportls@v(.+)$"),
        ("server/docs/pushes.md", r"rev: v(.+)$"),
        ("server/docs/pushes.md", r"`v([\d.]+)` for its newest tag"),
    ],
)
def test_other_places(path: str, pattern: str) -> None:
    """Every other place that names the version names this one."""
    found = re.findall(pattern, (ROOT / path).read_text("utf-8"), re.MULTILINE)
    assert set(found) == {__version__}


def test_newest_entry_in_the_list_of_changes() -> None:
    """The first heading of the changelog is this version, with its date or as unreleased."""
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert re.fullmatch(rf"{re.escape(__version__)}, (\d{{4}}-\d\d-\d\d|not released yet)", headings[0])


def test_versions_in_the_list_of_changes() -> None:
    """Versions in the changelog are unique and sorted, the newest first."""
    headings = re.findall(r"^## ([^,\n]*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    versions = [*map(Version, headings)]
    assert versions == sorted(set(versions), reverse=True)


def test_no_other_place_has_a_version() -> None:
    """The plugin for Neovim has no version of its own, because it is always used from the same repository."""
    plugin = (ROOT / "editors" / "neovim").rglob("*")
    texts = [path.read_text("utf-8") for path in plugin if path.suffix in {".lua", ".txt", ".md"}]
    assert texts
    assert not [text for text in texts if __version__ in text]
