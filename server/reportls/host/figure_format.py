"""What kind of picture a file is, told by its first bytes, and how large."""

from __future__ import annotations

import re
from io import BytesIO

HEAD = 8192
"""The bytes from a file's start that tell its kind."""
MEASURED = 500_000
"""The bytes from a file's start that hold its size, even behind a long description."""

_USUAL = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
"""What nearly every figure is; for these the library need not be loaded."""
_NAMES = {"jpg": "jpeg", "tif": "tiff"}
_MEASURABLE = frozenset({"png", "jpeg", "gif", "webp"})
_SVG = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:svg\b|(?:\?xml|!--|!DOCTYPE\s+svg)[\s\S]*?<svg\b)", re.IGNORECASE)
_LFS = b"version https://git-lfs.github.com/spec/"


def kind_of(head: bytes) -> str | None:
    """The kind of picture that begins like this, or `pdf`; None if it is something else."""
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
    """Width and height of a picture of that kind that begins like this; None if that cannot be told."""
    if kind not in _MEASURABLE:
        return None
    import imagesize  # type: ignore[import-untyped]  # noqa: PLC0415  # only editors show it, and it loads slowly

    try:
        width, height = imagesize.get(BytesIO(start))
    except Exception:  # noqa: BLE001  # a broken picture has no size
        return None
    return (width, height) if width > 0 and height > 0 else None


def is_lfs_pointer(head: bytes) -> bool:
    """Whether the file only says where Git LFS keeps the picture."""
    return head.startswith(_LFS)
