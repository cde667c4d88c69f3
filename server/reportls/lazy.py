"""Values that are computed when first asked for, and kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if sys.version_info >= (3, 12) or TYPE_CHECKING:
    from functools import cached_property
else:

    class cached_property:  # noqa: N801  # it stands in for the standard library's
        """As in the standard library from Python 3.12 on: without the lock, which takes as long as what is computed."""

        def __init__(self, function: Any) -> None:  # noqa: ANN401  # typed by the other branch
            """Take the function that computes the value; it keeps its name and docstring."""
            self._function = function
            self._name = function.__name__
            self.__doc__ = function.__doc__

        def __get__(self, instance: Any, owner: Any = None) -> Any:  # noqa: ANN401  # likewise
            """The value; from then on it is found in the instance, without coming here."""
            if instance is None:
                return self
            value = instance.__dict__[self._name] = self._function(instance)
            return value


__all__ = ["cached_property"]
