"""Embeds the figures of a report in its page; an image that cannot be shown becomes its path and the reason."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import RASTER, existing, is_huge, shown, spelled_otherwise
from reportls.render.html import Safe, tag
from reportls.report.target import read_target, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.findings.files import FileInfo, Files
    from reportls.report.target import Target

    ReadFile = Callable[[str], bytes | None]
    """Returns the content of a file in the report's folder; None if it cannot be read."""

LARGEST = 5_000_000
"""Most bytes of a figure that is embedded."""
MOST = 40_000_000
"""Most bytes of all figures in one page."""

_ELSEWHERE = {
    "none": "no path is given",
    "url": "it lies elsewhere, and this page loads nothing",
    "program": "its address means something to one program alone",
    "absolute": "an absolute path leads to a file on one machine only",
    "data": "it is written into the text, and only files are shown",
}


class _Found(NamedTuple):
    data: bytes
    info: FileInfo


class Pictures:
    """Shows the images of one report."""

    def __init__(self, files: Files, read: ReadFile) -> None:
        """Take the files beside the report and a function that reads one."""
        self._files = files
        self._read = read
        self._used = 0

    def shown(self, path: str, words: str) -> Safe:
        """Return HTML for the image with that path, as written in the report; `words` is its text."""
        target = read_target(path)
        found = self._found(target)
        if isinstance(found, str):
            return _missing(target.path, words, found)
        return _picture(found, words.strip(), words_of(target.bare))

    def address(self, path: str) -> str | None:
        """Return the figure as a `data:` address; None if it cannot be shown."""
        found = self._found(read_target(path))
        return None if isinstance(found, str) else _address(found)

    def _found(self, target: Target) -> _Found | str:
        """Return the figure, or the reason why it cannot be shown."""
        file = existing(self._files, target) if target.kind == "relative" else None
        info = self._files.info(file) if file else None
        reason = self._why_not(target, info)
        data = self._read(file) if file and not reason else None
        if data is None or info is None or len(data) > LARGEST:
            return reason or "the file cannot be read"
        self._used += len(data)
        return _Found(data, info)

    def _why_not(self, target: Target, info: FileInfo | None) -> str | None:
        if info is None:
            return _ELSEWHERE.get(target.kind) or self._not_found(target)
        if info.is_lfs_pointer:
            return "Git LFS has the picture, and here is only a pointer to it"
        if info.kind not in RASTER:
            return f"it is not a picture that can be shown here{f' ({info.kind})' if info.kind else ''}"
        return self._too_large(info)

    def _too_large(self, info: FileInfo) -> str | None:
        if info.size > LARGEST:
            return f"it has {info.size / 1_000_000:.1f} MB, and at most {LARGEST // 1_000_000} MB are shown"
        if is_huge(info):
            return "it has too many pixels to be shown" if info.pixels else "its size in pixels cannot be told"
        if self._used + info.size > MOST:
            return f"the page has {MOST // 1_000_000} MB of pictures already"
        return None

    def _not_found(self, target: Target) -> str:
        if target.path.startswith("../"):
            return "it lies outside the report's folder"
        if not self._files.is_known:
            return "the files beside the report are not known"
        other = spelled_otherwise(self._files, target.bare)
        return f"there is no such file, but there is {other}" if other else "there is no such file"


def _address(picture: _Found) -> str:
    return f"data:image/{picture.info.kind};base64,{b64encode(picture.data).decode()}"


def _picture(picture: _Found, words: str, name: str) -> Safe:
    width, height = picture.info.pixels or (None, None)
    size = {"width": str(width), "height": str(height)} if width else {}
    image = tag("img", src=_address(picture), alt=words or name, **size)
    # The caption repeats the text that screen readers have read already.
    caption = tag("span", words, class_="caption", aria_hidden="true") if words else ""
    return tag("span", image, caption, class_="picture")


def _missing(path: str, words: str, reason: str) -> Safe:
    return tag(
        "span",
        tag("strong", "Image not shown"),
        tag("code", shown(path) or "no path"),
        tag("span", reason, class_="reason"),
        tag("span", words.strip(), class_="caption") if words.strip() else "",
        class_="picture missing",
    )
