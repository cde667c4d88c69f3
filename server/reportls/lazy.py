"""Properties that are computed on first access and then cached."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if sys.version_info >= (3, 12) or TYPE_CHECKING:
    from functools import cached_property
else:

    class cached_property:  # noqa: N801  # it stands in for the standard library's
        """The class of Python 3.12: without the lock of earlier ones, which costs as much as most values."""

        def __init__(self, function: Any) -> None:  # noqa: ANN401  # typed by the other branch
            """Take the function that computes the value; it keeps its name and docstring."""
            self._function = function
            self._name = function.__name__
            self.__doc__ = function.__doc__

        def __get__(self, instance: Any, owner: Any = None) -> Any:  # noqa: ANN401  # typed by the other branch
            """Return the value; it is stored in the instance, so that later accesses do not come here."""
            if instance is None:
                return self
            value = instance.__dict__[self._name] = self._function(instance)
            return value


__all__ = ["cached_property"]
