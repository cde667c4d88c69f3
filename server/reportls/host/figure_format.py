"""Tells the format and the size in pixels of a picture from the first bytes of its file."""

from __future__ import annotations

import re
from io import BytesIO

HEAD = 8192
"""Number of leading bytes that tell a file's format."""
MEASURED = 500_000
"""Number of leading bytes that hold the size in pixels, even after long metadata."""

_USUAL = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
"""Signatures of the formats that nearly all figures have; for these the library need not be loaded."""
_NAMES = {"jpg": "jpeg", "tif": "tiff"}
_MEASURABLE = frozenset({"png", "jpeg", "gif", "webp"})
_SVG = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:svg\b|(?:\?xml|!--|!DOCTYPE\s+svg)[\s\S]*?<svg\b)", re.IGNORECASE)
_LFS = b"version https://git-lfs.github.com/spec/"


def kind_of(head: bytes) -> str | None:
    """Return the format of a file that begins with these bytes: an image format or `pdf`; None for anything else."""
    for start, kind in _USUAL:
        if head.startswith(start):
            return kind
    return "svg" if _SVG.match(head) else _guessed(head)


def _guessed(head: bytes) -> str | None:
    import filetype  # type: ignore[import-untyped]  # noqa: PLC0415  # few figures need it

    try:
        guess = filetype.guess(head)
    except Exception:  # noqa: BLE001  # whatever the library stumbles over is no picture
        return None
    if guess is None or not (guess.mime.startswith("image/") or guess.extension == "pdf"):
        return None
    name = str(guess.extension)
    return _NAMES.get(name, name)


def pixels_of(start: bytes, kind: str | None) -> tuple[int, int] | None:
    """Return width and height of a picture of that format; None if they cannot be told from its first bytes."""
    if kind not in _MEASURABLE:
        return None
    import imagesize  # type: ignore[import-untyped]  # noqa: PLC0415  # only editors show it, and it loads slowly

    try:
        width, height = imagesize.get(BytesIO(start))
    except Exception:  # noqa: BLE001  # a broken picture has no size
        return None
    return (width, height) if width > 0 and height > 0 else None


def is_lfs_pointer(head: bytes) -> bool:
    """Return whether the file is only a Git LFS pointer to the picture."""
    return head.startswith(_LFS)
