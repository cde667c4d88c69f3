"""Counts the steps of a computation, which are the same on every machine and at every load."""

from __future__ import annotations

import gc
import sys
from functools import _lru_cache_wrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def steps_of(work: Callable[[], object]) -> int:
    """Return the number of calls of functions, in Python and in C, that the work makes."""
    number = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    gc.disable()  # finalizers would be counted wherever they happen to run
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return number


def steps_anew(work: Callable[[], object]) -> int:
    """Return the number of calls that the work makes if nothing of an earlier text is remembered.

    A cache of limited size may hold one text from an earlier test and not another: they could not be compared.
    """
    for name, module in [*sys.modules.items()]:
        for cache in vars(module).values() if name.startswith("reportls.") else ():
            if isinstance(cache, _lru_cache_wrapper) and cache.cache_parameters()["maxsize"] is not None:
                cache.cache_clear()
    return steps_of(work)
