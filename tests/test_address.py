"""A release has the project's public address everywhere, or no dead link anywhere."""

from __future__ import annotations

import json
import re
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

from reportls import __version__

ROOT = Path(__file__).parents[1]
_SCRIPT = ROOT / "server" / "publishing" / "address.py"
_FILES = (
    "README.md",
    "pyproject.toml",
    "server/reportls/__init__.py",
    "server/docs/first-check.md",
    "server/docs/pushes.md",
    "editors/neovim/doc/reportls.txt",
    "editors/vscode/package.json",
)
_ADDRESS = "https://github.com/someone/reportls"
_RELATIVE = re.compile(r"\]\((?![a-z]+:)[^)]+\)")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with copies of the files that are prepared, as the current folder."""
    for name in _FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def prepare(address: str) -> None:
    """Prepare the current folder."""
    main: Any = runpy.run_path(str(_SCRIPT))["main"]
    main(address)


def test_with_an_address(copy: Path) -> None:
    """Every place has the address, links and pictures of the README are absolute, and examples name the repository."""
    prepare(_ADDRESS)
    readme = (copy / "README.md").read_text("utf-8")
    assert not _RELATIVE.findall(readme)
    for picture in ("preview.png", "preview-dark.png"):
        assert f'="{_ADDRESS}/raw/v{__version__}/server/docs/images/{picture}"' in readme
    assert f"]({_ADDRESS}/blob/v{__version__}/server/docs/rules.md)" in readme
    assert f"[every release]({_ADDRESS}/releases)" in readme
    assert "    pipx install reportls\n" in (copy / "editors/neovim/doc/reportls.txt").read_text("utf-8")
    assert runpy.run_path(str(copy / "server/reportls/__init__.py"))["ADDRESS"] == _ADDRESS
    assert f'Issues = "{_ADDRESS}/issues"' in (copy / "pyproject.toml").read_text("utf-8")
    package = json.loads((copy / "editors/vscode/package.json").read_text("utf-8"))
    assert package["homepage"] == _ADDRESS
    assert package["repository"]["url"] == f"{_ADDRESS}.git"
    pushes = (copy / "server/docs/pushes.md").read_text("utf-8")
    assert f"uses: someone/reportls@v{__version__}" in pushes
    assert f"repo: {_ADDRESS}\n    rev: v{__version__}" in pushes
    assert "account/" not in pushes


def test_installation(copy: Path) -> None:
    """A release is installed by name, from the package index; before that, from a clone."""
    page = copy / "server/docs/first-check.md"
    before = re.sub(r"<!-- released:.*?-->", "", page.read_text("utf-8"), flags=re.DOTALL)
    assert "pipx install .\n" in before.replace("          # in a clone of the repository", "")
    assert "install reportls" not in before
    prepare(_ADDRESS)
    for name in ("README.md", "server/docs/first-check.md"):
        after = (copy / name).read_text("utf-8")
        assert "\n    uvx reportls check" in after
        assert "<!--" not in after
        assert not re.search(r"^ {4}.*(?:install .*\.|--from.*)$", after.partition("### From a clone")[0], re.MULTILINE)


def test_without_an_address(copy: Path) -> None:
    """Without an address, links to files give way to their text, and nothing else changes."""
    prepare("")
    readme = (copy / "README.md").read_text("utf-8")
    assert not _RELATIVE.findall(readme)
    assert "<img" not in readme
    assert "See [" not in readme
    assert "https://docs.astral.sh/uv/" in readme
    assert "All rules are on one page" in readme.replace("\n", " ")
    for name in _FILES[1:]:
        assert (copy / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_no_address_yet() -> None:
    """No file of the repository has an address that would have to be kept, or a name to be filled in by hand."""
    for name in _FILES:
        text = (ROOT / name).read_text("utf-8")
        assert "OWNER" not in text
        assert not re.search(r"https://github\.com/(?!account/)[\w-]+/reportls\b", text)


@pytest.mark.parametrize(
    "address", ["github.com/a/b", "http://example.org/a", "https://example.org/a/", 'https://a"/b']
)
def test_bad_address(copy: Path, address: str) -> None:
    """An address of another form is refused, and nothing is changed."""
    with pytest.raises(SystemExit, match="this is no address of a repository"):
        prepare(address)
    assert (copy / "README.md").read_bytes() == (ROOT / "README.md").read_bytes()
