"""Exit codes, and the error of a command that cannot be run as asked."""

from __future__ import annotations

FINE = 0
"""The check completes, every question passes and no warning or error is left."""
NOT_YET = 1
"""A question fails or is unanswered, or a warning or error is left."""
NOT_AS_ASKED = 2
"""The command cannot be run as asked: bad usage, a file that cannot be read, or a broken configuration."""
INTERRUPTED = 130
"""The command was interrupted with Ctrl-C."""
BROKEN_PIPE = 141
"""The reader of the output, such as `head`, has gone; shells report the signal SIGPIPE as this code."""


class UsageError(Exception):
    """A command cannot be run as asked; the message says why and, where not obvious, what to do."""
