"""What a user may set."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.editions.edition import Override
    from reportls.findings.finding import Severity


class Settings(NamedTuple):
    """Settings after all sources have been put together."""

    edition: str | None = None
    """The id of the edition to judge by; None to recognise it."""
    questions: Mapping[int, Override] = MappingProxyType({})
    """By position, from 1."""
    select: frozenset[str] | None = None
    """The only rules to list; None for all."""
    ignore: frozenset[str] = frozenset()
    """Rules not to list."""
    severities: Mapping[str, Severity] = MappingProxyType({})
    """Other severities than the rules' own."""
    figures: str = "figures"
    """The folder of figures, relative to the report's."""
    formats: tuple[str, ...] = ("png", "jpg", "jpeg")
    """The file name extensions that a figure may have, in lower case."""
    reports: tuple[str, ...] = ()
    """Patterns of files that are reports whatever they hold, relative to the configuration file's folder."""

    def lists(self, rule: str) -> bool:
        """Whether findings of that rule are to be listed."""
        return rule not in self.ignore and (self.select is None or rule in self.select)
