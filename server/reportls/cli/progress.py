"""A progress bar on standard error for slow loops."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PATIENCE = 0.7
"""Seconds before the bar appears; importing the library that draws it takes a sixth of that."""

T = TypeVar("T")


def with_progress(reports: Sequence[T]) -> Iterator[T]:
    """Yield the reports; show a bar if the loop takes long, there are several, and standard error is a terminal."""
    return progress_of(reports, len(reports), "reports")


def progress_of(items: Iterable[T], total: int, things: str) -> Iterator[T]:
    """Yield the items; show a bar if the loop takes long, `total` is above 1, and standard error is a terminal."""
    if total < len(("one", "another")) or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    start = time.monotonic()
    left = iter(items)
    for done, item in enumerate(left, start=1):
        yield item
        if time.monotonic() - start > _PATIENCE:
            yield from _with_bar(left, done, total, things)


def _with_bar(items: Iterator[T], done: int, total: int, things: str) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(things), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(things, total=total, completed=done)
        for item in items:
            progress.advance(task)
            yield item
