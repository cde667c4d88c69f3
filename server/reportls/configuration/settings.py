"""Plain data, as TOML or an editor gives it, to settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportls.configuration.complaint import Complaint, unknown
from reportls.configuration.table import SETTINGS
from reportls.findings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.findings.finding import Severity


def settings_from(data: Mapping[str, object], base: Settings = Settings()) -> tuple[Settings, list[Complaint]]:
    """What the data sets, on top of `base`, and what is wrong with it; what is wrong counts as not set.

    Rules that it ignores are ignored besides those of `base`. Those that it selects, or gives a severity, are listed
    even if `base` ignores them.
    """
    complaints: list[Complaint] = []
    values: dict[str, Any] = {}
    for name, value in data.items():
        setting = SETTINGS.get(name)
        if not setting:
            complaints.append(Complaint((name,), unknown("setting", name, SETTINGS), of_key=True))
        elif (read := setting.read(value, (name,), complaints)) is not None:
            values[name] = read
    questions = {**base.questions, **values.pop("questions", {})}
    severities = values.pop("severity", {})
    ignored = values.pop("ignore", frozenset())
    wanted = values.get("select", frozenset()).union(_listed(severities))
    settings = base._replace(
        questions=questions,
        ignore=(base.ignore - wanted) | ignored | (severities.keys() - _listed(severities)),
        severities={**base.severities, **_listed(severities)},
        **values,
    )
    return settings, [_reworded(complaint) for complaint in complaints]


def _listed(severities: Mapping[str, Severity | None]) -> dict[str, Severity]:
    """Without the rules that have no severity: those are ignored."""
    return {name: severity for name, severity in severities.items() if severity is not None}


def _reworded(complaint: Complaint) -> Complaint:
    """What is written below a table's heading belongs to that table, which not everybody knows."""
    name = complaint.path[-1]
    if complaint.of_key and len(complaint.path) > 1 and name in SETTINGS:
        return complaint._replace(message=f"`{name}` must stand above the first `[...]`: here it belongs to that table")
    return complaint
