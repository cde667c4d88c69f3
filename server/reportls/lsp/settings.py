"""The editor's own settings, which go on top of the configuration files; what is wrong with them is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from reportls.configuration.settings import settings_from

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTION = "reportls"
_OF_CLIENTS = frozenset({"server", "trace"})
"""What editors keep under our name for themselves."""
_OF_FILES = "reports"


def read_settings(data: object) -> tuple[Mapping[str, object], str | None]:
    """What the editor has set, of what it sent, and what is wrong with it, in words.

    It may be sent as it is or under our name, and editors send null for what is not set.
    """
    if isinstance(data, dict) and isinstance(data.get(SECTION), dict):
        data = data[SECTION]
    if data is None:
        return {}, None
    if not isinstance(data, dict):
        return {}, f"the editor's settings for reportls must be an object, not {type(data).__name__}"
    given = cast("Mapping[str, object]", data)
    wanted = {name: value for name, value in given.items() if value is not None and name not in _OF_CLIENTS}
    _, complaints = settings_from(wanted)
    messages = [complaint.message for complaint in complaints]
    if wanted.pop(_OF_FILES, None) is not None:
        messages.append(f"`{_OF_FILES}` counts in a `reportls.toml` only, for its patterns start from there")
    return wanted, f"in the editor's settings for reportls: {'; '.join(messages)}" if messages else None
