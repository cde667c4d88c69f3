"""What a user may set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.editions.edition import Override
    from reportls.findings.finding import Severity


@dataclass(frozen=True)
class Settings:
    """Settings after all sources have been put together."""

    edition: str | None = None
    """The id of the edition to judge by; None to recognise it."""
    questions: Mapping[int, Override] = field(default_factory=dict)
    """By position, from 1."""
    select: frozenset[str] | None = None
    """The only rules to list; None for all."""
    ignore: frozenset[str] = frozenset()
    """Rules not to list."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Other severities than the rules' own."""
    figures: str = "figures"
    """The folder of figures, relative to the report's."""
    formats: tuple[str, ...] = ("png", "jpg", "jpeg")
    """The file name extensions that a figure may have, in lower case."""

    def lists(self, rule: str) -> bool:
        """Whether findings of that rule are to be listed."""
        return rule not in self.ignore and (self.select is None or rule in self.select)
