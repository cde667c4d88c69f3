"""How a command ends."""

from __future__ import annotations

FINE = 0
"""The check completes, every question passes and no warning or error is left."""
NOT_YET = 1
"""Something is wrong with a report."""
NOT_AS_ASKED = 2
"""Nothing could be judged as asked."""
INTERRUPTED = 130
"""Ctrl-C."""
BROKEN_PIPE = 141
"""Whoever read the output went away, as `head` does; what a program gets that the signal ends."""


class UsageError(Exception):
    """What was asked for cannot be done; the message says why and, where not obvious, the way out."""
