"""Wheel, sdist and extension contain the right files and nothing else."""

from __future__ import annotations

import json
import re
import runpy
import tarfile
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from packaging.licenses import canonicalize_license_expression

from reportls import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "server" / "reportls"
ADDRESS: str | None = runpy.run_path(str(PACKAGE / "__init__.py"))["ADDRESS"]
"""The address that the release was built with; the installed package may be of another build."""
DATA = {".py", ".json", ".md", ".png", ".toml", ".css", ".html", ".js", ".typed"}
"""Kinds of files that belong to the package."""
INFO = f"reportls-{__version__}.dist-info"
METADATA = {f"{INFO}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")}
BESIDE_BUNDLED = {
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/changelog.md",
    "extension/package.json",
    "extension/readme.md",
    "extension/start.py",
    "extension/dist/extension.js",
    "extension/dist/desktop.js",
    "extension/dist/web.js",
    "extension/images/icon.png",
}
MOST_BYTES = 8_000_000
"""The largest that the extension may be."""
LARGE = 10_000
"""Bytes; smaller files may be alike, such as licences."""
STRAY = re.compile(
    r"(^|/)(tests?|node_modules|__pycache__|\.[^/]+)(/|$)|\.(orig|rej|pyc|pyo|bak|tmp|map|ts|so|pyd)$|~$"
)
"""Files that must not be in any package."""
NOTES_OF_PIP = {"INSTALLER", "RECORD", "REQUESTED", "direct_url.json"}


def source_files() -> set[str]:
    """Return every file of the package in the repository, by its path relative to `server/`."""
    return {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def files_in(path: Path) -> dict[str, bytes]:
    """Return the files in a zip archive by name; no name may occur twice."""
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        assert len({name.lower() for name in names}) == len(names)
        return {name: archive.read(name) for name in names}


def stray(names: Iterable[str]) -> list[str]:
    """Return the names that should not be there."""
    return [name for name in names if STRAY.search(name)]


def test_wheel(wheel: Path) -> None:
    """The wheel has the package's files, identical to the repository's, and its own metadata."""
    files = files_in(wheel)
    package = {name: data for name, data in files.items() if name not in METADATA}
    assert set(files) - set(package) == METADATA
    assert set(package) == source_files()
    assert not stray(package)
    assert {PurePosixPath(name).suffix for name in package} <= DATA
    for name, data in package.items():
        assert data == (PACKAGE.parent / name).read_bytes(), name


def test_wheel_says_what_it_is(wheel: Path) -> None:
    """The wheel states version, licence and command, and has the mark for type checkers if it says that it is typed."""
    files = files_in(wheel)
    said = HeaderParser().parsestr(files[f"{INFO}/METADATA"].decode())
    assert said["Version"] == __version__
    assert said["License-Expression"] == "MIT"
    assert canonicalize_license_expression("MIT") == "MIT"
    assert files[f"{INFO}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert "reportls = reportls.__main__:main" in files[f"{INFO}/entry_points.txt"].decode()
    assert ("Typing :: Typed" in said.get_all("Classifier", [])) == ("reportls/py.typed" in files)


@pytest.mark.filterwarnings("ignore:Use `header_id_prefix`:FutureWarning")  # in readme_renderer itself
def test_long_description(wheel: Path) -> None:
    """What package indexes show renders, and all its links and pictures are absolute."""
    from readme_renderer.markdown import render  # noqa: PLC0415  # of the extra `release`

    said = HeaderParser().parsestr(files_in(wheel)[f"{INFO}/METADATA"].decode())
    assert said["Description-Content-Type"] == "text/markdown"
    page = render(str(said.get_payload()))
    assert page
    assert '<h1 id="user-content-reportls">' in page
    linked = re.findall(r'(?:href|src)="(?!#user-content-)([^"]*)"', page)
    assert linked
    assert not [target for target in linked if not target.startswith("https://")]
    addresses = said.get_all("Project-URL", [])
    assert bool(addresses) == bool(ADDRESS)
    assert all(ADDRESS and f", {ADDRESS}" in address for address in addresses)


def test_extension_says_where_it_comes_from(vsix: Path) -> None:
    """The extension names the project's address if it has one, and no other."""
    package = json.loads(files_in(vsix)["extension/package.json"])
    assert package.get("homepage") == ADDRESS
    assert ("repository" in package, "bugs" in package) == (bool(ADDRESS), bool(ADDRESS))


def test_sdist(sdist: Path) -> None:
    """The sdist has the sources of the wheel, the pages that the README links to, and nothing else."""
    top = f"reportls-{__version__}"
    with tarfile.open(sdist) as archive:
        members = archive.getmembers()
        names = {member.name.removeprefix(f"{top}/") for member in members}
        assert all(member.name.startswith(f"{top}/") and member.isfile() for member in members)
    pages = [*(ROOT / "server").glob("*.md"), *(ROOT / "server" / "docs").rglob("*.*")]
    documents = {path.relative_to(ROOT).as_posix() for path in pages}
    at_the_top = {"PKG-INFO", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore"}
    package = {f"server/{name}" for name in source_files()}
    assert names == at_the_top | package | documents


def test_extension(vsix: Path) -> None:
    """The extension has its bundled code, its drawings, the server, and no paths of the build machine."""
    files = files_in(vsix)
    folder = ROOT / "editors" / "vscode"
    # The icon's source is for us; the pictures of the page are in the page itself.
    shown = [path for path in folder.glob("images/*.svg") if path.name != "icon.svg"]
    pictures = {f"extension/{path.relative_to(folder).as_posix()}" for path in (*shown, *folder.glob("media/*"))}
    bundled = {name for name in files if name.startswith(("extension/bundled/", "extension/python/"))}
    assert vsix.stat().st_size < MOST_BYTES
    assert set(files) - bundled == BESIDE_BUNDLED | pictures
    assert not stray(files)
    assert not [name for name in bundled if PurePosixPath(name).name in NOTES_OF_PIP]
    assert json.loads(files["extension/package.json"])["version"] == __version__
    assert files["extension/LICENSE.txt"] == (ROOT / "LICENSE").read_bytes()


def test_bundled_server_is_this_one(vsix: Path, wheel: Path) -> None:
    """The extension bundles exactly the files of the wheel."""
    start = "extension/bundled/"
    bundled = {name.removeprefix(start): data for name, data in files_in(vsix).items() if name.startswith(start)}
    ours = {name: data for name, data in bundled.items() if name.startswith("reportls/")}
    assert ours == {name: data for name, data in files_in(wheel).items() if name.startswith("reportls/")}


def test_bundled_packages(vsix: Path) -> None:
    """The extension bundles the listed packages in the listed versions, each with its licence."""
    found: dict[str, list[str]] = {}
    for name in files_in(vsix):
        if match := re.match(r"extension/bundled/([^/]+)\.dist-info/(.*)", name):
            found.setdefault(match[1].replace("_", "-").lower(), []).append(match[2])
    lines = (ROOT / "editors" / "vscode" / "server-requirements.txt").read_text("utf-8").splitlines()
    listed = {line.replace("==", "-").replace("_", "-").lower() for line in lines if not line.startswith("#")}
    assert set(found) == listed | {f"reportls-{__version__}"}
    for package, files in found.items():
        assert any(re.search(r"(^|/)(LICEN[CS]E|COPYING)", name) for name in files), package


def test_extension_has_the_licences(vsix: Path) -> None:
    """The extension has the licence of everything in its programs and in its Python, and of nothing twice."""
    text = files_in(vsix)["extension/python/licences.txt"].decode()
    found = re.findall(r"^(\S+) [0-9][\w.]* \(\S+\)$", text, re.MULTILINE)
    assert len(found) == len(set(found))
    assert set(found) >= {
        "pyodide",
        "minimatch",
        "vscode-jsonrpc",
        "vscode-languageclient",
        "vscode-languageserver-protocol",
        "vscode-languageserver-types",
    }
    assert "CPython, in Pyodide" in text
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in text
    for name in (
        "attrs",
        "cattrs",
        "justhtml",
        "lsprotocol",
        "markdown",
        "markdown_it_py",
        "pygls",
        "tomlkit",
        "uniseg",
    ):
        assert re.search(rf"^{name} [0-9.]+$", text, re.MULTILINE), name


def test_extension_has_nothing_twice(vsix: Path) -> None:
    """No two large files of the extension have the same content; Python and the language client are in it once."""
    files = files_in(vsix)
    large = [data for data in files.values() if len(data) > LARGE]
    assert len(large) == len(set(large))
    assert sum("wasm" in name for name in files) == 1
    assert sum("server.cjs" in name for name in files) == 1
    programs = [data for name, data in files.items() if name.endswith(".js")]
    assert sum(b"textDocument/semanticTokens" in program for program in programs) == 1


def test_browser_part_needs_no_other_module(vsix: Path) -> None:
    """A browser gives the extension no module but `vscode`, and none of Node.js."""
    program = files_in(vsix)["extension/dist/web.js"].decode()
    assert set(re.findall(r"\brequire\([\"']([^\"']+)", program)) == {"vscode"}
