"""Prepares a copy of the repository for release: puts the project's public address where it belongs.

`python server/publishing/address.py [ADDRESS]` changes the files of the current folder, a clone that is thrown away.
ADDRESS is that of a repository, such as https://github.com/someone/reportls. Without it, only the text is left of links
that would be dead.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_INSTALLATION = re.compile(r"<!-- from a clone -->\n.*?<!-- released:\n\n?(.*?)-->\n\n?", re.DOTALL)
"""What to type in a clone, and in a comment below it what to type once the package is published."""
_PICTURE = re.compile(r"<picture>.*?</picture>", re.DOTALL)
"""A picture that has a twin for dark themes."""
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>(?![a-z]+:)[^)\s]+)\)")

_BESIDE_FILES = "../../"
"""How a file at the top of the repository links to the repository's other pages on GitHub, such as its releases."""


def main(address: str) -> None:
    """Fill in the address; "" for none."""
    if address and not re.fullmatch(r"https://[\w.-]+(?:/[\w.-]+)+", address):
        sys.exit(
            f"address.py: {address}: this is no address of a repository such as https://github.com/someone/reportls"
        )
    version = _version()
    _change("README.md", lambda text: with_addresses(text, address, version))
    if not address:
        return
    _change("server/reportls/__init__.py", lambda text: _replaced(text, "= None", f'= "{address}"'))
    _change("pyproject.toml", lambda text: _replaced(text, "[project.scripts]", f"{_urls(address)}\n[project.scripts]"))
    _change("editors/vscode/package.json", lambda text: _package(text, address))
    _change(
        "editors/neovim/doc/reportls.txt", lambda text: _replaced(text, "install PATH_OF_THE_CLONE", "install reportls")
    )
    _change("server/docs/pushes.md", lambda text: _pushes(text, address, version))
    for page in _pages():
        _change(page, released)


def with_addresses(text: str, address: str, version: str) -> str:
    """Return a page with absolute links to files of the repository, or only their text if there is no address."""

    def link(found: re.Match[str]) -> str:
        target = found["target"]
        if not address:
            return "" if found["image"] else found["text"]
        if target.startswith(_BESIDE_FILES):
            return f"[{found['text']}]({address}/{target.removeprefix(_BESIDE_FILES)})"
        if target.startswith("#"):
            return f"[{found['text']}]({address}{target})"
        kind = "raw" if found["image"] else "blob"
        return f"{found['image']}[{found['text']}]({address}/{kind}/v{version}/{target})"

    def picture(found: re.Match[str]) -> str:
        return re.sub(r'\b(src|srcset)="', rf"\g<0>{address}/raw/v{version}/", found[0]) if address else ""

    return re.sub(r"\n{3,}", "\n\n", _PICTURE.sub(picture, _LINK.sub(link, text)))


def released(text: str) -> str:
    """Return a page with the commands that install the published package instead of those for a clone."""
    return _INSTALLATION.sub(r"\1", text)


def _pages() -> list[str]:
    folders = (Path(), Path("server", "docs"), *sorted(Path("editors").glob("*")))
    return [path.as_posix() for folder in folders for path in sorted(folder.glob("*.md"))]


def _version() -> str:
    found = re.search(r'^__version__ = "(.+)"$', Path("server/reportls/__init__.py").read_text("utf-8"), re.MULTILINE)
    return (
        found[1] if found else sys.exit("address.py: there is no version here: run this in a clone of the repository")
    )


def _change(path: str, change: Callable[[str], str]) -> None:
    file = Path(path)
    file.write_text(change(file.read_text("utf-8")), "utf-8")


def _replaced(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        sys.exit(f"address.py: not once in the text: {old}")
    return text.replace(old, new)


def _urls(address: str) -> str:
    urls = {
        "Homepage": address,
        "Documentation": f"{address}/tree/main/server/docs",
        "Issues": f"{address}/issues",
        "Changelog": f"{address}/blob/main/CHANGELOG.md",
    }
    return "[project.urls]\n" + "".join(f'{name} = "{url}"\n' for name, url in urls.items())


def _package(text: str, address: str) -> str:
    package = json.loads(text)
    package["homepage"] = address
    package["bugs"] = {"url": f"{address}/issues"}
    package["repository"] = {"type": "git", "url": f"{address}.git", "directory": "editors/vscode"}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _pushes(text: str, address: str, version: str) -> str:
    name = "/".join(address.split("/")[-2:])
    text = re.sub(r"^`account/reportls` stands for .*?\n\n", "", text, flags=re.DOTALL | re.MULTILINE)
    text = text.replace("https://github.com/account/reportls", address).replace("account/reportls", name)
    return re.sub(r"(@v|: v)\d+\.\d+\.\d+", rf"\g<1>{version}", text)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
