"""The user's settings."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.editions.edition import Override
    from reportls.findings.finding import Severity
    from reportls.report.kinds import Limit


FIRST_VERSION = "first-version"
"""The template is the report's own first version in git."""

COURSE_FORMATS = ("png", "jpg", "jpeg")
"""The extensions of figures that the course accepts."""
IMAGE_FORMATS = (*COURSE_FORMATS, "gif", "svg", "webp")
"""The extensions of all image files that web pages show."""

Counting = Literal["visible", "source"]
"""The text that limits apply to: what a reader sees, or the file's text as a script counts it."""


class Settings(NamedTuple):
    """The settings, merged from all sources."""

    edition: str | None = None
    """The id of the edition to judge by; None to recognise it."""
    questions: Mapping[int, Override] = MappingProxyType({})
    """Overridden limits by position, from 1."""
    select: frozenset[str] | None = None
    """The only rules to list; None for all."""
    ignore: frozenset[str] = frozenset()
    """Rules not to list."""
    severities: Mapping[str, Severity] = MappingProxyType({})
    """Severities that replace the rules' own, by rule."""
    figures: str = "figures"
    """The folder of figures, relative to the report's."""
    formats: tuple[str, ...] | None = None
    """The file name extensions that a figure may have, in lower case; None for those that come with the form."""
    reports: tuple[str, ...] = ()
    """Patterns of files that are reports whatever their content, relative to the configuration file's folder."""
    slots: Mapping[str, Mapping[str, Limit | None]] = MappingProxyType({})
    """Overridden limits where there is a template: by the name of a slot, or its position in digits, and then by the
    plural name of the unit, such as `words`. None removes the limit."""
    template: str | None = None
    """The blank file that reports begin from: a path, seen from the configuration file, or `FIRST_VERSION`."""
    counting: Counting | None = None
    """The way of counting; None for the one that comes with the report's form."""
    strict: bool = False
    """Whether a limit that is not met is an error where no checker decides."""

    newest: str | None = None
    """Where the course's newest template and script are: a folder, or `FOLDER@REF` for one in a commit."""
    history: bool = True
    """Whether a hover says since when a question has had its state, if git knows."""

    def figure_formats(self, *, has_form: bool) -> tuple[str, ...]:
        """Return the extensions that a figure may have; without a setting, a template leaves more than the course."""
        return self.formats or (IMAGE_FORMATS if has_form else COURSE_FORMATS)

    def lists(self, rule: str) -> bool:
        """Return whether findings of that rule are listed."""
        return rule not in self.ignore and (self.select is None or rule in self.select)
