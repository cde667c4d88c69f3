"""Figures that an answer can show: the unused ones first, each with its size and its uses."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import figures_in, is_sample
from reportls.report.question import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.findings.context import QuestionContext
    from reportls.findings.files import FileInfo
    from reportls.report.question import Question
    from reportls.snapshot import JudgedReport

_MOST_NUMBERS = 2
_TIMES = "\N{MULTIPLICATION SIGN}"
_THOUSAND = 1000


class Figure(NamedTuple):
    """A figure to choose from, with its size and uses in words."""

    path: str
    detail: str


def unused_figures(snapshot: JudgedReport, ctx: QuestionContext, most: int) -> list[Figure]:
    """Return the first `most` figures that no answer shows, without those of the template."""
    return _described_figures(snapshot, ctx, ctx.surroundings.figure_use.unused, most)


def figures_like(snapshot: JudgedReport, ctx: QuestionContext, like: str, most: int) -> list[Figure]:
    """Return the unused figures, then the others.

    If there are more than `most`, only those whose paths contain `like`, which is in lower case.
    """
    unused = ctx.surroundings.figure_use.unused
    known = frozenset(unused)
    used = [path for path in figures_in(ctx.files, ctx.settings, ctx.formats) if path not in known]
    paths = [*unused, *used]
    if len(paths) > most:
        paths = [path for path in paths if like in path.lower()]
    return _described_figures(snapshot, ctx, paths, most)


def described(info: FileInfo) -> str:
    """Return width, height and file size in words."""
    size = size_in_words(info.size)
    return f"{info.pixels[0]} {_TIMES} {info.pixels[1]}, {size}" if info.pixels else size


def _described_figures(snapshot: JudgedReport, ctx: QuestionContext, paths: Iterable[str], most: int) -> list[Figure]:
    uses = _uses(snapshot)
    chosen = islice((path for path in paths if not is_sample(ctx, path)), most)
    return [Figure(path, _detail(ctx, path, uses.get(path, []))) for path in chosen]


def _uses(snapshot: JudgedReport) -> dict[str, list[Question]]:
    """Return the questions that show each path."""
    uses: defaultdict[str, list[Question]] = defaultdict(list)
    for ctx in snapshot.questions:
        for path in ctx.question.image_paths:
            uses[path].append(ctx.question)
    return uses


def _detail(ctx: QuestionContext, path: str, users: list[Question]) -> str:
    info = ctx.files.info(path)
    return ", ".join(filter(None, [described(info) if info else "", _used(users)]))


def _used(users: list[Question]) -> str:
    if not users:
        return "not used yet"
    names = [user.name for user in users if isinstance(user, Place)]
    if len(users) > _MOST_NUMBERS:
        return f"used in {len(users)} {'places' if names else 'questions'}"
    if names:
        return f"used in {' and '.join(names)}"
    return f"used in question{'s' if len(users) > 1 else ''} {' and '.join(str(user.number) for user in users)}"


def size_in_words(size: int) -> str:
    """Return a number of bytes in the unit that suits: `1 byte`, `20 kB`, `1.5 MB`."""
    if size < _THOUSAND:
        return f"{size} byte{'' if size == 1 else 's'}"
    unit, value = ("kB", size / _THOUSAND) if size < _THOUSAND**2 else ("MB", size / _THOUSAND**2)
    return f"{value:.1f}".removesuffix(".0") + f" {unit}"
