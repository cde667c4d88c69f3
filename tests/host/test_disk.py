"""Tests of the files beside a report on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha1
from pathlib import Path

import pytest

from reportls.findings.files import Files, GitState
from reportls.host import disk
from reportls.host.disk import MOST_BYTES, DiskFiles, kind_of, pixels_of
from tests.host.repositories import PNG, git, repository


def files_in(folder: Path, root: Path | None = None, figures: str = "figures") -> Files:
    """Return the files of that folder."""
    return DiskFiles(folder, root, figures)


def make(folder: Path, *names: str) -> Path:
    """Create the folder with these files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PNG)
    return folder


def test_listing(tmp_path: Path) -> None:
    """The listing has files down to some depth, all files in the figures folder, and no hidden or third-party files."""
    shown = [
        "Figures/B.PNG",
        "README.md",
        "a/b/c/three.png",
        "figures/a/b/c/d/five.png",
        "figures/é 😋.png",
    ]
    hidden = [".git/config", ".hidden.png", "a/b/c/d/four.png", "node_modules/x.png", "a/.venv/x.png", "venv/x.png"]
    files = files_in(make(tmp_path, *shown, *hidden))
    assert files.is_known
    assert list(files.paths()) == shown


def test_names_with_unusual_blanks(tmp_path: Path) -> None:
    """Screenshots of macOS and names with joined emoji are listed; a name that turns the line around is not."""
    shown = ["figures/a\u00a0b.png", "figures/at 4.42\u202fPM.png", "figures/\U0001f469\u200d\U0001f4bb.png"]
    files = files_in(make(tmp_path, *shown, "figures/a\u202eb.png", "figures/a\nb.png"))
    assert list(files.paths()) == sorted(shown)


def test_last_change(tmp_path: Path) -> None:
    """The time of a file's last change is known, and 0 once the file is gone."""
    files = files_in(make(tmp_path, "a.png", "b.png"))
    os.utime(tmp_path / "a.png", (1000, 1000))
    found = [files.info(name) for name in ("a.png", "b.png")]
    (tmp_path / "b.png").unlink()
    assert [info and info.modified for info in found] == [1000, 0]


def test_folder_for_figures_elsewhere(tmp_path: Path) -> None:
    """The configured figures folder is listed completely, whatever its depth and the case of its name."""
    files = files_in(make(tmp_path, "a/b/c/D/e/f/x.png", "figures/1/2/3/4/x.png"), figures="a/b/c/d/e")
    assert list(files.paths()) == ["a/b/c/D/e/f/x.png"]


def test_empty_and_missing_folder(tmp_path: Path) -> None:
    """A folder that is empty or missing has no files."""
    assert files_in(tmp_path).paths() == ()
    assert files_in(tmp_path / "gone").paths() == ()
    assert files_in(tmp_path / "gone").info("x.png") is None


def test_figures_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among very many files, the figures are still listed, and the others are found if asked for."""
    monkeypatch.setattr(disk, "MOST_ENTRIES", 20)
    many = [f"a/{number:03}.png" for number in range(100)]
    files = files_in(make(tmp_path, *many, "a/z/deep.png", "figures/a/x.png", "figures/y.png"))
    assert {"figures/a/x.png", "figures/y.png"} <= set(files.paths())
    assert "a/z/deep.png" not in files.paths()
    assert files.info("a/z/deep.png")


def _may_not_be_read(link: str) -> bool:
    try:
        Path(link).readlink()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


@pytest.mark.skipif(not _may_not_be_read("/proc/1/cwd"), reason="there is no such link here")
def test_a_link_that_may_not_be_read(tmp_path: Path) -> None:
    """A link that cannot be read is ignored and affects nothing else."""
    folder = make(tmp_path, "figures/a.png")
    (folder / "figures" / "b.png").symlink_to("/proc/1/cwd/b.png")
    files = files_in(folder)
    assert files.paths() == ("figures/a.png",)
    assert files.info("figures/b.png") is None


def test_links(tmp_path: Path) -> None:
    """Links inside the repository are followed, even circular ones; other links are not files."""
    root = repository(tmp_path / "group")
    folder = make(root / "reports", "figures/a.png")
    make(root, "shared/b.png")
    make(tmp_path, "outside/c.png")
    links: dict[str, str | Path] = {
        "figures/circle": "..",
        "figures/self": "self",
        "figures/nowhere.png": "nothing",
        "figures/out.png": tmp_path / "outside" / "c.png",
        "out": tmp_path / "outside",
        "shared": "../shared",
        "figures/inner.png": "../../shared/b.png",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    files = files_in(folder, root)
    assert list(files.paths()) == ["figures/a.png", "figures/inner.png", "shared/b.png"]
    assert files.info("figures/inner.png")
    for path in ("figures/out.png", "out/c.png", "figures/nowhere.png", "figures/self", "../shared/b.png"):
        assert files.info(path) is None
        assert files.blob(path) is None
    assert files_in(folder).info("figures/inner.png") is None, "without a repository, the folder is the border"


def test_no_regular_files(tmp_path: Path) -> None:
    """Pipes and folders are not files, whatever their names."""
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    files = files_in(tmp_path)
    assert files.paths() == ()
    assert files.info("pipe.png") is None
    assert files.info("folder.png") is None


def test_names_that_are_no_text(tmp_path: Path) -> None:
    """Names with control characters are left out, as nobody can write them in a report."""
    for name in (b"a\nb.png", b"\xff.png", b"\x1b[31m.png"):
        (tmp_path / os.fsdecode(name)).touch()
    assert files_in(tmp_path).paths() == ()


def test_exact_names(tmp_path: Path) -> None:
    """Hidden and deep files exist although they are not listed; case counts, and a path has only one spelling."""
    files = files_in(make(tmp_path, ".assets/a.png", "a/b/c/d/e/f.png", "figures/x.png"))
    assert files.info(".assets/a.png")
    assert files.info("a/b/c/d/e/f.png")
    for path in ("Figures/x.png", "figures/X.png", "./figures/x.png", "figures//x.png", "", "/", ".", "a", "figures/"):
        assert files.info(path) is None
    assert files.info(f"{tmp_path}/figures/x.png") is None
    assert files.info("figures/x\0.png") is None


def test_info(tmp_path: Path) -> None:
    """A file's size, format and size in pixels are known."""
    make(tmp_path, "a.png")
    info = files_in(tmp_path).info("a.png")
    assert info
    assert (info.size, info.kind, info.pixels, info.is_lfs_pointer) == (len(PNG), "png", (640, 360), False)
    assert info.git is GitState.UNKNOWN
    (tmp_path / "empty.png").touch()
    empty = files_in(tmp_path).info("empty.png")
    assert empty
    assert (empty.size, empty.kind, empty.pixels) == (0, None, None)


def test_info_of_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be read exists, with nothing but its size known."""
    files = files_in(make(tmp_path, "a.png"))
    known = files.info("a.png")

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    info = files_in(tmp_path).info("a.png")
    assert info
    assert (info.size, info.kind, info.pixels) == (len(PNG), None, None)
    assert files.blob("a.png") is None
    assert known
    assert known.pixels is None


def test_lfs_pointer(tmp_path: Path) -> None:
    """A Git LFS pointer is recognised."""
    (tmp_path / "a.png").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    info = files_in(tmp_path).info("a.png")
    assert info
    assert info.is_lfs_pointer
    assert info.kind is None


def test_blob(tmp_path: Path) -> None:
    """The blob id is git's; a file that is too large has none."""
    files = files_in(make(tmp_path, "a.png"))
    assert files.blob("a.png") == sha1(b"blob %d\0" % len(PNG) + PNG, usedforsecurity=False).hexdigest()
    git(tmp_path, "init", "--quiet")
    assert files.blob("a.png") == git(tmp_path, "hash-object", "a.png").strip()
    with (tmp_path / "large.png").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert files.blob("large.png") is None
    assert files.blob("none.png") is None


def test_git_states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are tracked, untracked, ignored, or unknown if they belong to a nested repository; git runs once."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    root = repository(tmp_path)
    folder = make(root / "reports", "figures/a.png", "figures/b.png", "figures/c.png", "figures/sub/d.png")
    make(root, "shared/e.png")
    (folder / "shared").symlink_to("../shared")
    (root / ".gitignore").write_text("c.png\n")
    git(folder / "figures" / "sub", "init", "--quiet")
    git(root, "add", "reports/figures/a.png")
    files = files_in(folder, root)
    wanted = {
        "figures/a.png": GitState.TRACKED,
        "figures/b.png": GitState.UNTRACKED,
        "figures/c.png": GitState.IGNORED,
        "figures/sub/d.png": GitState.UNKNOWN,
        "shared/e.png": GitState.UNKNOWN,
    }
    infos = {path: files.info(path) for path in wanted}
    assert {path: info and info.git for path, info in infos.items()} == wanted
    monkeypatch.setenv("PATH", "")
    again = files.info("figures/a.png")
    assert again
    assert again.git is GitState.TRACKED


def test_nothing_is_asked_in_vain(tmp_path: Path) -> None:
    """Neither git nor the image library is loaded unless it is needed."""
    make(repository(tmp_path) / "reports", "figures/a.png")
    program = f"""if True:
        import sys
        from pathlib import Path
        from reportls.host.disk import DiskFiles
        root = Path({str(tmp_path)!r})
        files = DiskFiles(root / "reports", root, "figures")
        assert files.paths() == ("figures/a.png",)
        assert files.info("figures/a.png").kind == "png"
        print([name for name in ("subprocess", "filetype", "imagesize") if name in sys.modules])
    """
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg"),
        (b"GIF89a\1\0\1\0", "gif"),
        (b"RIFF\x1a\0\0\0WEBPVP8L", "webp"),
        (b"BM\x1e\0\0\0", "bmp"),
        (b"II*\0\x08\0\0\0" + b"\0" * 20, "tiff"),
        (b"%PDF-1.7\n", "pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- made -->\n<svg>", "svg"),
        (b"<!DOCTYPE html><html><svg></svg></html>", None),
        (b"PK\x03\x04" + b"\0" * 30, None),
        (b"not a picture", None),
        (b"", None),
        (b"\0" * 8192, None),
        (b"<?xml" * 1600, None),
    ],
)
def test_kinds(head: bytes, kind: str | None) -> None:
    """The format of a file is told by its first bytes."""
    assert kind_of(head) == kind


@pytest.mark.parametrize(
    ("start", "kind", "pixels"),
    [
        (PNG, "png", (640, 360)),
        (PNG[:20], "png", None),
        (b"GIF89a\x40\1\xf0\0", "gif", (320, 240)),
        (b"GIF89a\xff\xff\xff\xff", "gif", (65_535, 65_535)),
        (b"GIF89a\xff", "gif", None),
        (PNG[:16] + b"\xff" * 8, "png", None),
        (b"\xff\xd8\xff\xc0\0\x11\x08" + b"\xff" * 5, "jpeg", (65_535, 65_535)),
        (b"RIFF\x24\0\0\0WEBPVP8X\x0a" + bytes(7) + b"\xff\x3f\0" * 2, "webp", (16_384, 16_384)),
        (b"\xff\xd8" + b"\xff\xe0\0\2" * 100_000, "jpeg", None),
        (b"\xff\xd8\xff\xe0", "jpeg", None),
        (b"<svg width='1'>", "svg", None),
        (b"", None, None),
    ],
)
def test_pixels(start: bytes, kind: str | None, pixels: tuple[int, int] | None) -> None:
    """Width and height are known if enough of the picture is there."""
    assert pixels_of(start, kind) == pixels


def test_library_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the image library fails on a hostile picture, the file is not a picture."""

    def fail(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("filetype.guess", fail)
    monkeypatch.setattr("imagesize.get", fail)
    assert kind_of(b"GIF89a") is None
    assert pixels_of(PNG, "png") is None


def test_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be read has no files."""
    make(tmp_path, "figures/a.png", "b.png")
    scandir = os.scandir

    def denied(path: str | Path) -> object:
        if str(path).endswith("figures"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    assert list(files_in(tmp_path).paths()) == ["b.png"]
