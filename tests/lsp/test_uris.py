"""URIs and paths, also in the forms of systems other than the one that the tests run on."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from reportls.lsp.conversion import file_of, path_in, path_of, uri_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///C:/group/reports/README.md", r"C:\group\reports\README.md"),
        ("file:///c%3A/group/reports/README.md", r"c:\group\reports\README.md"),
        ("file:///c%3a/a%20b/%C3%A9%F0%9F%90%9D.md", r"c:\a b\é🐝.md"),
        ("file:///C:/50%25%20%23done.md", r"C:\50% #done.md"),
        ("file://localhost/C:/x.md", r"C:\x.md"),
        ("file://server/share/x.md", r"\\server\share\x.md"),
        ("file://wsl.localhost/Debian/home/x.md", r"\\wsl.localhost\Debian\home\x.md"),
        ("file://wsl%24/Debian/home/x.md", r"\\wsl$\Debian\home\x.md"),
    ],
)
def test_windows(uri: str, path: str) -> None:
    """Windows URIs with drives in either case, encoded colons, shares and percent signs have a path, and lead back."""
    found = path_in(uri, PureWindowsPath)
    assert str(found) == path
    assert found
    assert path_in(uri_of(found), PureWindowsPath) == found


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/a%20b/x.md", "/home/a b/x.md"),
        ("file:/home/x.md", "/home/x.md"),
        ("file://localhost/home/x.md", "/home/x.md"),
        ("FILE:///home/x.md", "/home/x.md"),
        ("file:///home/100%25%23%3F.md", "/home/100%#?.md"),
        ("file:///home/e%CC%81.md", "/home/e\u0301.md"),
        ("file:///home/a;b[1]+&@.md", "/home/a;b[1]+&@.md"),
        ("file:///home/a%5Cb.md", "/home/a\\b.md"),
    ],
)
def test_elsewhere(uri: str, path: str) -> None:
    """A letter keeps the form of its accent, for Linux tells them apart."""
    found = path_in(uri, PurePosixPath)
    assert str(found) == path
    assert found
    assert path_in(uri_of(found), PurePosixPath) == found


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath("C:/50% #done/é🐝 ?.md"), "file:///C:/50%25%20%23done/%C3%A9%F0%9F%90%9D%20%3F.md"),
        (PureWindowsPath(r"\\server\share\a b.md"), "file://server/share/a%20b.md"),
        (PureWindowsPath(r"\\wsl$\Debian\x.md"), "file://wsl%24/Debian/x.md"),
        (PureWindowsPath("c:/"), "file:///c:/"),
        (PurePosixPath("/home/50% #done/C:\\é.md"), "file:///home/50%25%20%23done/C%3A%5C%C3%A9.md"),
        (PurePosixPath("/"), "file:///"),
    ],
)
def test_uri(path: PureWindowsPath | PurePosixPath, uri: str) -> None:
    """Paths with drives, shares, percent signs and reserved characters have the right URI."""
    assert uri_of(path) == uri


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_name_that_is_no_text() -> None:
    """File names that are not UTF-8, which Linux allows, survive in both directions."""
    path = PurePosixPath(os.fsdecode(b"/home/\xff.md"))
    assert uri_of(path) == "file:///home/%FF.md"
    assert path_in("file:///home/%FF.md", PurePosixPath) == path


@pytest.mark.parametrize("kind", [PureWindowsPath, PurePosixPath])
@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "vscode-remote://ssh-remote+host/home/x.md",
        "git:/home/x.md?%7B%22ref%22%3A%22HEAD%22%7D",
        "vscode-notebook-cell:/home/x.ipynb#W0",
        "file:",
        "file://",
        "file://server",
        "file:///C:/\ud800.md",
        "file:x.md",
        "file://[::1/x.md",
        "file:///C:%00/x.md",
        "C:\\x.md",
        "",
    ],
)
def test_no_path(uri: str, kind: type[PureWindowsPath | PurePosixPath]) -> None:
    """A URI that is not a file here has no path."""
    assert path_in(uri, kind) is None


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("file://server/share/x.md", PurePosixPath),
        ("file:///home/x.md", PureWindowsPath),
        ("file:///c:", PureWindowsPath),
    ],
)
def test_path_of_another_system(uri: str, kind: type[PureWindowsPath | PurePosixPath]) -> None:
    """A path of another system is not taken for one of this system that looks alike."""
    assert path_in(uri, kind) is None


@pytest.mark.skipif(os.name == "nt", reason="it is no path of one there")
def test_whole_disk() -> None:
    """A root can be an open folder but not a document, whose neighbours would be the whole disk."""
    assert path_of("file:///") == Path("/")
    assert file_of("file:///") is None
    assert file_of("file:///x.md") == Path("/x.md")
