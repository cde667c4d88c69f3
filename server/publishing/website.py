"""Builds the documentation site: collects the pages of the repository, adapts their links and runs MkDocs on them.

`python server/publishing/website.py OUT` writes the site into the folder OUT; it takes the extra `docs`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "server"))

from reportls import ADDRESS  # noqa: E402  # the package need not be installed

_DOCS = "server/docs"
_OTHERS = {
    ".github/CONTRIBUTING.md": "contributors/contributing.md",
    "CHANGELOG.md": "changelog.md",
    "README.md": "index.md",
    "server/README.md": "contributors/architecture.md",
    "server/SECURITY.md": "contributors/security.md",
}
"""Pages from elsewhere, with their paths on the site. The start page stands for the README."""
_PLAYGROUND = ROOT / "editors" / "web" / "dist" / "page" / "reportls.html"
"""The editor as one page; it is on the site if it has been built."""
_STYLE = ".md-grid { max-width: 70rem } .md-typeset pre > code { font-size: .75em }\n"
"""Room for a hundred columns of what a terminal prints."""
_FIRST = "  - Start: index.md\n"
_LINK_OR_CODE = re.compile(
    r"^(?P<fence>`{3,}).*?^(?P=fence)$"
    r"|^(?: {4}[^\n]*\n|\n)+"
    r"|(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^)\s#:]+)(?P<anchor>#[^)\s]*)?\)"
    r"|`[^`\n]+`",
    re.DOTALL | re.MULTILINE,
)
"""A fence, indented code, a link or image to a file, or code in a line."""


def pages() -> dict[str, str]:
    """Return the path of each page and figure in the repository, with its path on the site."""
    docs = {path.relative_to(ROOT).as_posix() for path in (ROOT / _DOCS).rglob("*") if path.is_file()}
    editors = {path.relative_to(ROOT).as_posix() for path in (ROOT / "editors").glob("*/README.md")}
    figures = {path.relative_to(ROOT).as_posix() for path in (ROOT / "editors").glob("*/images/*.png")}
    return {
        **_OTHERS,
        **{path: path.removeprefix(f"{_DOCS}/") for path in sorted(docs)},
        **{path: f"editors/{PurePosixPath(path).parts[1]}.md" for path in sorted(editors)},
        **{path: f"editors/{PurePosixPath(path).name}" for path in sorted(figures)},
    }


def adapted(text: str, path: str, sites: dict[str, str]) -> str:
    """Return a page's text with links as they are on the site; `path` is its path in the repository.

    A picture `a.png` that has a twin `a-dark.png` is shown as the reader's theme asks for.
    A link to a file outside the site leads to the project's address. Without an address only its text is left.
    """
    return _LINK_OR_CODE.sub(lambda match: _link(match, path, sites) if match["target"] else match[0], text)


def _link(link: re.Match[str], path: str, sites: dict[str, str]) -> str:
    anchor = link["anchor"] or ""
    there = os.path.normpath(f"{PurePosixPath(path).parent}/{link['target']}").replace(os.sep, "/")
    if there == "README.md":
        anchor = ""  # the start page has other headings
    if there in sites:
        seen = os.path.relpath(sites[there], PurePosixPath(sites[path]).parent).replace(os.sep, "/")
        if link["image"] and _dark(there) in sites:
            return _in_both_themes(link["text"], seen)
        return f"{link['image']}[{link['text']}]({seen}{anchor})"
    return f"[{link['text']}]({ADDRESS}/blob/main/{there}{anchor})" if ADDRESS else link["text"]


def _dark(picture: str) -> str:
    """Return the path of the picture's twin for the dark theme, if it has one."""
    path = PurePosixPath(picture)
    return str(path.with_stem(f"{path.stem}-dark"))


def _in_both_themes(text: str, picture: str) -> str:
    return f"![{text}]({picture}#only-light)![{text}]({_dark(picture)}#only-dark)"


def collect(folder: Path) -> None:
    """Write all pages and figures of the site into a folder."""
    sites = pages()
    for path, place in sites.items():
        if path == "README.md":
            continue
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        source = ROOT / path
        if source.suffix == ".md":
            target.write_text(adapted(source.read_text("utf-8"), path, sites), "utf-8")
        else:
            target.write_bytes(source.read_bytes())


def main(out: str) -> int:
    """Build the site; any link or anchor that leads nowhere is an error."""
    with TemporaryDirectory() as scratch:
        collect(Path(scratch, "docs"))
        Path(scratch, "docs", "style.css").write_text(_STYLE, "utf-8")
        settings = (Path(__file__).parent / "mkdocs.yml").read_text("utf-8")
        if _PLAYGROUND.is_file():
            shutil.copy(_PLAYGROUND, Path(scratch, "docs", "playground.html"))
            settings = settings.replace(_FIRST, f"{_FIRST}  - Try it here: playground.html\n")
        if ADDRESS:
            settings += f"\nrepo_url: {ADDRESS}\n"
        Path(scratch, "mkdocs.yml").write_text(settings, "utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(Path(out).absolute())]
        return subprocess.run(command, cwd=scratch, check=False).returncode  # noqa: S603  # MkDocs, by its own name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
