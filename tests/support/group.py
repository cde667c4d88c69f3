"""A group's repository on disk, with a report in which every feature has something to do."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

from tests.host.repositories import git, repository

if TYPE_CHECKING:
    from pathlib import Path

REPORT = """\
# Our garden 🌱

* [ ] Dig the be\u0301d (A1)
* [x] Sow 🌻 (A2)

## Spring

### Question 1

> **Who digs 👩\u200d🌾?**
>
> Recommended answer length: 5-20 words.
>
> Answer:

😋 s123456 alone

### Question 2

> **What does it look like?**
>
> Recommended answer length: 3-30 words + 1 to 3 screenshots.
>
> Answer:

Cafe\u0301 👩\u200d🌾 \u2028 ![the bed 😋](figures/bed.png) and ![a tree](figures/Tree.png) in it.

### Question 3

> **What is left 🥕?**
>
> Recommended answer length: 5-20 words.
>
> Answer:

--- question 3 fill here ---
""".replace("\n", "\r\n")
"""The report has emoji of several code points, combining marks, U+2028, which ends no line, and CRLF line ends."""

SCRIPT = """\
question_constraints = {
    "question_1": LengthConstraints(min_length=5, max_length=20),
    "question_2": MultiConstraints(
        constrains=[LengthConstraints(min_length=3, max_length=30), ImageConstraints(min_images=1, max_images=3)]
    ),
    "question_3": LengthConstraints(min_length=5, max_length=20),
}
report = open("README.md", encoding="utf-8").read()
"""


class Group(NamedTuple):
    """The paths of a group's repository."""

    folder: Path
    """The root of the repository."""

    @property
    def report(self) -> Path:
        """The path of the report."""
        return self.folder / "reports" / "README.md"

    @property
    def figures(self) -> Path:
        """The path of the figures folder."""
        return self.folder / "reports" / "figures"

    @property
    def uri(self) -> str:
        """The URI of the report."""
        return self.report.as_uri()

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file relative to the repository."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def commit(self) -> None:
        """Commit all files."""
        git(self.folder, "add", "--all")
        author = ["-c", "user.name=a", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false"]
        git(self.folder, *author, "commit", "--quiet", "--allow-empty", "--message", "x")


def group_in(folder: Path) -> Group:
    """Create a committed repository with a report, three figures, `report.py` and `reportls.toml`."""
    group = Group(repository(folder))
    group.write("reports/README.md", REPORT)
    for name in ("bed", "tree", "spare 🍐"):
        group.write(f"reports/figures/{name}.png", png())
    group.write("reports/report.py", SCRIPT)
    group.write("reportls.toml", "# ours\n")
    group.commit()
    return group


def png(width: int = 1, height: int = 1) -> bytes:
    """Return a complete picture, all black."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + width) * height)
    chunks = [_chunk(b"IHDR", header), _chunk(b"IDAT", rows), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
