"""The table of all settings (schema, description, reader), and the conversion from plain data to `Settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from reportls.configuration.complaint import MOST_COMPLAINTS, Complaint, unknown
from reportls.configuration.values import (
    COUNTING,
    ROLE,
    ROLES,
    SEVERITIES,
    UNITS,
    Given,
    Questions,
    read_counting,
    read_edition,
    read_flag,
    read_folder,
    read_formats,
    read_newest,
    read_patterns,
    read_questions,
    read_rules,
    read_severities,
    read_template,
)
from reportls.editions.edition import IDS
from reportls.findings.settings import COURSE_FORMATS, FIRST_VERSION, IMAGE_FORMATS, Settings
from reportls.report.form import FORM
from reportls.report.kinds import KINDS
from reportls.rules import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportls.findings.finding import Severity

_DEFAULTS = Settings()
_KINDS = (*(kind.key for kind in KINDS), "links")
_OTHER_UNITS = ", ".join(f"`{unit}`" for unit in UNITS if unit not in _KINDS)
_RULES = {"type": "array", "items": {"enum": list(BY_NAME)}, "uniqueItems": True}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_LIMIT = {
    "oneOf": [
        {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
        {"const": False},
    ]
}


class Setting(NamedTuple):
    """One setting."""

    schema: Mapping[str, Any]
    """The setting's type as JSON Schema."""
    default: object
    """The default value as JSON."""
    description: str
    """One paragraph of Markdown."""
    example: str
    """An example as lines of `reportls.toml`."""
    read: Callable[[Given], Any]
    """Returns the value for `Settings`; complains and returns None if it is invalid."""


SETTINGS: Mapping[str, Setting] = {
    "template": Setting(
        {"type": "string"},
        _DEFAULTS.template,
        "The blank file that reports start from: a path relative to the configuration file (in an editor's settings, "
        "to the root of the repository). It must be in the repository. `reportls template` prints what is read from "
        f'it. `"{FIRST_VERSION}"` stands for the report\'s own first version in git, if that was blank.',
        'template = "template.md"',
        read_template,
    ),
    "newest": Setting(
        {"type": "string"},
        _DEFAULTS.newest,
        "The course's newest template and `report.py`, which the report is compared with (`course-text-outdated`): "
        "a folder, as a path relative to the configuration file (in an editor's settings, to the root of the "
        "repository), or `FOLDER@REF` for that folder in a branch, tag or commit. It must be in the repository; "
        "the option `--newest` of `reportls check` accepts any path. Nothing is fetched.",
        'newest = "@course/main"',
        read_newest,
    ),
    "count": Setting(
        {"enum": list(COUNTING)},
        _DEFAULTS.counting,
        "The text that limits apply to: "
        + "; ".join(f"`{way}`, {what}" for way, what in COUNTING.items())
        + ". By default it is what a reader sees, except where a course's script decides.",
        'count = "source"',
        read_counting,
    ),
    "strict": Setting(
        {"type": "boolean"},
        _DEFAULTS.strict,
        "Whether a missed limit is an error rather than a warning where no course's script decides.",
        "strict = true",
        read_flag,
    ),
    "history": Setting(
        {"type": "boolean"},
        _DEFAULTS.history,
        "Whether an editor's hover on a question says since which commit it has passed or failed, if git knows.",
        "history = false",
        read_flag,
    ),
    "edition": Setting(
        {"enum": list(IDS)},
        _DEFAULTS.edition,
        "The edition whose questions and limits apply. If it is not set, the `report.py` beside the report decides, "
        "then the edition that the report's own texts belong to.",
        f'edition = "{IDS[-1]}"',
        read_edition,
    ),
    "select": Setting(
        _RULES,
        _DEFAULTS.select,
        "The rules whose findings are listed; by default all of them. The verdict does not depend on it.",
        'select = ["answer-too-short", "answer-too-long"]',
        read_rules,
    ),
    "ignore": Setting(
        _RULES,
        [],
        "The rules whose findings are not listed. The verdict does not depend on it.",
        'ignore = ["image-without-text"]',
        read_rules,
    ),
    "severity": Setting(
        {
            "type": "object",
            "propertyNames": {"enum": list(BY_NAME)},
            "additionalProperties": {"enum": list(SEVERITIES)},
        },
        {},
        "Severities that replace the rules' own; `off` is the same as an entry in `ignore`.",
        '[severity]\nprompt-changed = "warning"\nchecklist-mark = "off"',
        read_severities,
    ),
    "figures": Setting(
        {"type": "string"},
        _DEFAULTS.figures,
        "The folder where figures belong, relative to the report's folder.",
        'figures = "figures"',
        read_folder,
    ),
    "formats": Setting(
        _STRINGS,
        _DEFAULTS.formats,
        f"The file name extensions that a figure may have. By default they are {', '.join(COURSE_FORMATS)}, and with a "
        f"template also {', '.join(IMAGE_FORMATS[len(COURSE_FORMATS) :])}.",
        'formats = ["png", "jpg", "jpeg"]',
        read_formats,
    ),
    "reports": Setting(
        _STRINGS,
        list(_DEFAULTS.reports),
        "Files that are always treated as reports, relative to the folder of the configuration file; "
        "`*` stands for any part of a name, `**` for any folders. Without it, a Markdown file is a report if it has at "
        f"least two `{FORM.name_of('N')}` headings and one `{FORM.marker}`.",
        'reports = ["exam.md", "drafts/*.md"]',
        read_patterns,
    ),
    "questions": Setting(
        {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {**dict.fromkeys(UNITS, _LIMIT), ROLE: {"enum": list(ROLES)}},
                "additionalProperties": False,
            },
        },
        {},
        "Limits and roles of individual questions, by position, or by name where there is a template. "
        f"{', '.join(f'`{key}`' for key in _KINDS)} take the fewest and the most that are allowed (`inf` for no upper "
        f"end), or `false` for no limit; where there is a template, so do {_OTHER_UNITS}. "
        "`role` marks a question that only some courses ask: `group-number`, `study-numbers` or `contributions`.",
        '[questions.7]\nwords = [50, 100]\nimages = false\n\n[questions."Data and methods"]\ncharacters = [0, 800]\n\n'
        '[questions.1]\nrole = "group-number"',
        read_questions,
    ),
}
"""All settings by name, in the order of the documentation."""


def settings_from(data: Mapping[str, object], base: Settings = Settings()) -> tuple[Settings, list[Complaint]]:
    """Return `base` updated with the data, and complaints about invalid values, which count as not set.

    After `MOST_COMPLAINTS`, one says that there are more. Rules in the data's `ignore` are added to those of `base`.
    Rules in its `select` or `severity` are listed even if `base` ignores them.
    """
    complaints: list[Complaint] = []
    values: dict[str, Any] = {}
    for name, value in data.items():
        setting = SETTINGS.get(name)
        if not setting:
            if len(complaints) <= MOST_COMPLAINTS:
                complaints.append(Complaint((name,), _unknown(name), of_key=True))
        elif (read := setting.read(Given(value, (name,), complaints))) is not None:
            values[name] = read
    questions: Questions = values.pop("questions", Questions())
    severities = values.pop("severity", {})
    ignored = values.pop("ignore", frozenset())
    wanted = values.get("select", frozenset()).union(_listed(severities))
    settings = base._replace(
        questions={**base.questions, **questions.overrides},
        slots={**base.slots, **questions.slots},
        ignore=(base.ignore - wanted) | ignored | (severities.keys() - _listed(severities)),
        counting=values.pop("count", base.counting),
        severities={**base.severities, **_listed(severities)},
        **values,
    )
    return settings, [_reworded(complaint) for complaint in _within_budget(complaints)]


def _unknown(name: str) -> str:
    if name == "tool":
        return "`[tool.reportls]` belongs in pyproject.toml: here, write the settings without it"
    return unknown("setting", name, SETTINGS)


def _within_budget(complaints: list[Complaint]) -> list[Complaint]:
    """Return the complaints, or the first of too many and one that says so."""
    if len(complaints) <= MOST_COMPLAINTS:
        return complaints
    message = f"more than {MOST_COMPLAINTS} problems: the rest is not shown"
    return [*complaints[:MOST_COMPLAINTS], complaints[MOST_COMPLAINTS]._replace(message=message)]


def _listed(severities: Mapping[str, Severity | None]) -> dict[str, Severity]:
    """Drop the rules with severity `off`, which are ignored."""
    return {name: severity for name, severity in severities.items() if severity is not None}


def _reworded(complaint: Complaint) -> Complaint:
    """Explain a top-level setting below a table's heading: in TOML it belongs to that table, which few users know."""
    name = complaint.path[-1]
    if complaint.of_key and len(complaint.path) > 1 and name in SETTINGS:
        return complaint._replace(message=f"`{name}` must come before the first `[...]`: here it belongs to that table")
    return complaint
