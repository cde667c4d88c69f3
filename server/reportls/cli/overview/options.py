"""What `overview` can be asked to do."""

from __future__ import annotations

from typing import NamedTuple

FORMATS = ("text", "csv", "json", "html")
SECONDS = 60.0
"""How long one group may take."""


class Options(NamedTuple):
    """What `overview` was asked to do."""

    folders: tuple[str, ...] = ()
    listed: str | None = None
    """The file that lists the groups; `-` for standard input."""
    form: str | None = None
    """One of `FORMATS`; None for text, or with `pages` for a summary alone."""
    out: str | None = None
    """The file to write; None or `-` for standard output."""
    pages: str | None = None
    """The folder for the pages of all groups."""
    edition: str | None = None
    shared: int | None = None
    """How many words an answer that groups share must have to be listed; None to compare none."""
    fresh: bool = False
    """Whether to do everything again."""
    jobs: int | None = None
    """How many processes judge; None for as many as there are processors."""
    seconds: float = SECONDS
