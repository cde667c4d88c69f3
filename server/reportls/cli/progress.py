"""A progress bar on standard error, for when many reports take long."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PATIENCE = 0.7
"""Seconds before there is a bar: importing what draws it takes a sixth of that."""

T = TypeVar("T")


def with_progress(items: Sequence[T]) -> Iterator[T]:
    """The items, with a bar once the first of several have taken long, if standard error is a terminal."""
    if len(items) < len(("one", "another")) or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    start = time.monotonic()
    for done, item in enumerate(items):
        if time.monotonic() - start > _PATIENCE:
            yield from _with_bar(items, done)
            return
        yield item


def _with_bar(items: Sequence[T], done: int) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reports"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reports", total=len(items), completed=done)
        for item in items[done:]:
            yield item
            progress.advance(task)
