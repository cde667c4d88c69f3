"""The figures that are offered, the unused ones first, and what is said of each."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import figures_in, is_sample
from reportls.features.sizes import size_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.features.completion.cursor import Cursor
    from reportls.findings.files import FileInfo
    from reportls.snapshot import Snapshot

_MOST_NUMBERS = 2
_TIMES = "\N{MULTIPLICATION SIGN}"


class Picture(NamedTuple):
    """A figure to choose."""

    path: str
    detail: str


def unused_pictures(cursor: Cursor, most: int) -> list[Picture]:
    """The first `most` figures that no answer shows, without the template's own."""
    return _pictures(cursor, cursor.ctx.surroundings.unused, most)


def pictures(cursor: Cursor, like: str, most: int) -> list[Picture]:
    """The unused figures, then the others; of more than `most` those whose paths have `like`, in lower case."""
    unused = cursor.ctx.surroundings.unused
    known = frozenset(unused)
    used = [path for path in figures_in(cursor.ctx.files, cursor.ctx.settings) if path not in known]
    paths = [*unused, *used]
    if len(paths) > most:
        paths = [path for path in paths if like in path.lower()]
    return _pictures(cursor, paths, most)


def described(info: FileInfo) -> str:
    """Width, height and size of a picture, in words."""
    size = size_in_words(info.size)
    return f"{info.pixels[0]} {_TIMES} {info.pixels[1]}, {size}" if info.pixels else size


def _pictures(cursor: Cursor, paths: Iterable[str], most: int) -> list[Picture]:
    uses = _uses(cursor.snapshot)
    chosen = islice((path for path in paths if not is_sample(cursor.ctx, path)), most)
    return [Picture(path, _detail(cursor, path, uses.get(path, []))) for path in chosen]


def _uses(snapshot: Snapshot) -> dict[str, list[int]]:
    """The numbers of the questions that show each path."""
    uses: defaultdict[str, list[int]] = defaultdict(list)
    for ctx in snapshot.questions:
        for path in ctx.question.image_paths:
            uses[path].append(ctx.question.number)
    return uses


def _detail(cursor: Cursor, path: str, numbers: list[int]) -> str:
    info = cursor.ctx.files.info(path)
    return ", ".join(filter(None, [described(info) if info else "", _used(numbers)]))


def _used(numbers: list[int]) -> str:
    if not numbers:
        return "not used yet"
    if len(numbers) > _MOST_NUMBERS:
        return f"used in {len(numbers)} questions"
    return f"used in question{'s' if len(numbers) > 1 else ''} {' and '.join(map(str, numbers))}"
