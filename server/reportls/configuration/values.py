"""Reads and validates the value of each setting. A reader adds complaints and returns None or the valid part."""

from __future__ import annotations

import math
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, cast

from reportls.configuration.complaint import MOST_COMPLAINTS, Complaint, Path, shown, unknown, unknown_rule
from reportls.editions.edition import IDS, Override, Role
from reportls.findings.finding import Severity
from reportls.findings.settings import FIRST_VERSION, Counting
from reportls.report.kinds import KINDS, Limit
from reportls.report.limit_words import SINGULARS
from reportls.rules import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SEVERITIES: Mapping[str, Severity | None] = {**{severity.word: severity for severity in Severity}, "off": None}
COUNTING: Mapping[Counting, str] = {
    "visible": "what a reader sees, without markup and the template's own words",
    "source": "the text of the file, as a script counts it",
}
"""The ways of counting, each with what it counts."""
ROLES: Mapping[str, Role] = {role.value: role for role in Role}

UNITS = tuple(SINGULARS)
"""The names that the configuration has for the units of limits."""
ROLE = "role"
_EXAMPLES = {kind.key: kind.example for kind in KINDS}

_MOST_QUESTIONS = 9999
"""The number in a heading has at most four digits."""
_LONGEST = 9
"""Digits of a question's number, with zeros before it."""
_LARGEST = 2**63 - 1
"""The largest integer that TOML promises to hold; Python does not even write a much larger one."""
_LONGEST_PATTERN = 500
"""Characters of a path pattern: Python takes time that is quadratic in the number of `[` that do not close."""
_MOST_ITEMS = 1000
"""Further items are ignored: nobody sets more, and a suggestion for each of many wrong names takes long."""


class Questions(NamedTuple):
    """The settings of single questions."""

    overrides: Mapping[int, Override] = MappingProxyType({})
    """By position."""
    slots: Mapping[str, Mapping[str, Limit | None]] = MappingProxyType({})
    """See `Settings.slots`."""


def read_edition(value: object, path: Path, complaints: list[Complaint]) -> str | None:
    """Read the id of a built-in edition."""
    must = f'`edition` must be the name of an edition, such as "{IDS[-1]}"'
    return _one_of(IDS, value, path, complaints, "edition", must)


def _one_of(  # noqa: PLR0913, PLR0917  # a value with its path and complaints, and what it may be
    known: Iterable[str], value: object, path: Path, complaints: list[Complaint], what: str, must: str
) -> str | None:
    """Read a name; `must` is the complaint about a value that is no text."""
    names = [*known]
    if isinstance(value, str) and value in names:
        return value
    complaints.append(Complaint(path, unknown(what, value, names) if isinstance(value, str) else must))
    return None


def read_rules(value: object, path: Path, complaints: list[Complaint]) -> frozenset[str] | None:
    """Read names of rules; unknown names are left out."""
    names = _strings(value, path, complaints, 'a list of rules, such as ["image-without-text"]')
    if names is None:
        return None
    rules = frozenset(name for at, name in names if _is_rule(name, at, complaints))
    # A `select` with only unknown names would hide every finding.
    return None if names and not rules else rules


def _is_rule(name: str, path: Path, complaints: list[Complaint], *, of_key: bool = False) -> bool:
    if name in BY_NAME:
        return True
    complaints.append(Complaint(path, unknown_rule(name), of_key))
    return False


def read_folder(value: object, path: Path, complaints: list[Complaint]) -> str | None:
    """Read a folder below the report's; the result has `/` between its parts and none at the end."""
    if isinstance(value, str) and (folder := _inside(value)):
        return folder
    complaints.append(
        Complaint(
            path, f'`{path[-1]}` must be a folder below the report\'s own, such as "figures", not {_quoted(value)}'
        )
    )
    return None


def _inside(value: str) -> str | None:
    """Normalise a relative path; return None if it is no path or leads out of its folder."""
    parts = [part for part in value.replace("\\", "/").split("/") if part not in ("", ".")]
    is_elsewhere = value.startswith(("/", "\\")) or ".." in parts or ":" in value or not value.isprintable()
    return None if is_elsewhere or not parts else "/".join(parts)


def read_formats(value: object, path: Path, complaints: list[Complaint]) -> tuple[str, ...] | None:
    """Read file name extensions; the result is in lower case and without dots."""
    names = _strings(value, path, complaints, 'a list of file name extensions, such as ["png", "jpg"]')
    if names is None:
        return None
    formats = []
    for at, name in names:
        extension = name.strip().removeprefix(".").lower()
        if extension.isalnum():
            formats.append(extension)
        else:
            complaints.append(
                Complaint(at, f'a file name extension is letters and digits, such as "png", not {_quoted(name)}')
            )
    return tuple(dict.fromkeys(formats)) or None


def read_patterns(value: object, path: Path, complaints: list[Complaint]) -> tuple[str, ...] | None:
    """Read path patterns relative to the configuration file's folder."""
    names = _strings(value, path, complaints, 'a list of paths, such as ["exam.md", "drafts/*.md"]')
    if names is None:
        return None
    patterns = []
    for at, name in names:
        if len(name) > _LONGEST_PATTERN:
            complaints.append(Complaint(at, f"at most {_LONGEST_PATTERN} characters may name a report"))
        elif pattern := _inside(name):
            patterns.append(pattern)
        else:
            complaints.append(
                Complaint(at, f"a report must be in this file's folder or below it, and {_quoted(name)} does not")
            )
    return tuple(patterns)


def read_template(value: object, path: Path, complaints: list[Complaint]) -> str | None:
    """Read where the template is: a path, of which the result has `/` between its parts, or `FIRST_VERSION`."""
    return _place(value, path, complaints, f'the path of a blank file, such as "template.md", or "{FIRST_VERSION}"')


def read_newest(value: object, path: Path, complaints: list[Complaint]) -> str | None:
    """Read where the course's newest texts are."""
    return _place(value, path, complaints, 'a folder, such as "template", or one in a commit, such as "@course/main"')


def _place(value: object, path: Path, complaints: list[Complaint], wanted: str) -> str | None:
    if isinstance(value, str) and value.strip() and value.isprintable():
        return value.replace("\\", "/")
    complaints.append(Complaint(path, f"`{path[-1]}` must be {wanted}, not {_quoted(value)}"))
    return None


def read_counting(value: object, path: Path, complaints: list[Complaint]) -> Counting | None:
    """Read the way of counting."""
    must = f"`count` must be one of {_words(COUNTING)}"
    return cast("Counting | None", _one_of(COUNTING, value, path, complaints, "way of counting", must))


def read_flag(value: object, path: Path, complaints: list[Complaint]) -> bool | None:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    complaints.append(Complaint(path, f"`{path[-1]}` must be true or false, not {_quoted(value)}"))
    return None


def read_severities(value: object, path: Path, complaints: list[Complaint]) -> dict[str, Severity | None] | None:
    """Read the severity of each named rule; None stands for `off`."""
    severities: dict[str, Severity | None] = {}
    for name, word in _entries(value, path, complaints, 'image-without-text = "off"'):
        at = (*path, name)
        if not _is_rule(name, at, complaints, of_key=True):
            continue
        must = f"a severity is one of {_words(SEVERITIES)}"
        if severity := _one_of(SEVERITIES, word, at, complaints, "severity", must):
            severities[name] = SEVERITIES[severity]
    return severities


def read_questions(value: object, path: Path, complaints: list[Complaint]) -> Questions | None:
    """Read the limits of each question, by position or by the name of a place to answer in the template."""
    overrides: dict[int, Override] = {}
    slots: dict[str, Mapping[str, Limit | None]] = {}
    for name, settings in _entries(value, path, complaints, "7.words = [50, 100]"):
        at = (*path, name)
        if not (name.isascii() and name.isdigit()):
            if name.strip():
                slots[name], _ = _question(settings, at, complaints, has_role=False)
            else:
                complaints.append(Complaint(at, "a question without a name: write its number or name", of_key=True))
        elif len(name) <= _LONGEST and 1 <= int(name) <= _MOST_QUESTIONS:
            limits, role = _question(settings, at, complaints, has_role=True)
            overrides[int(name)] = Override({kind: limits[kind.key] for kind in KINDS if kind.key in limits}, role)
            slots[str(int(name))] = limits
        else:
            message = f"`{shown(name)}` is not a question: write its number, such as `[questions.7]`"
            complaints.append(Complaint(at, message, of_key=True))
    return Questions(overrides, slots)


def _question(
    value: object, path: Path, complaints: list[Complaint], *, has_role: bool
) -> tuple[dict[str, Limit | None], Role | None]:
    """Read the settings of one question: its limits by unit, and its role if it may have one."""
    limits: dict[str, Limit | None] = {}
    role: Role | None = None
    for key, setting in _entries(value, path, complaints, "words = [50, 100]"):
        at = (*path, key)
        if key in UNITS:
            limit = _limit(setting, at, complaints, _EXAMPLES.get(key, "[1, 3]"))
            if limit is not None:
                limits[key] = Limit(*limit) if limit else None
        elif key == ROLE and has_role:
            name = _one_of(ROLES, setting, at, complaints, "role", f"`role` must be one of {_words(ROLES)}")
            role = ROLES[name] if name else None
        else:
            complaints.append(
                Complaint(at, unknown("setting", key, (*UNITS, ROLE) if has_role else UNITS), of_key=True)
            )
    return limits, role


def _limit(
    value: object, path: Path, complaints: list[Complaint], example: str
) -> tuple[int, int | None] | tuple[()] | None:
    """Read a limit: both ends, the upper one None for `inf`; empty for `false`; None if the value is invalid."""
    if value is False:
        return ()
    what = f"`{path[-1]}` must be the fewest and the most, such as {example}, or false for no limit"
    if not isinstance(value, list) or len(value) != len(("low", "high")) or not all(map(_is_number, value)):
        complaints.append(Complaint(path, what))
        return None
    low, high = value
    if any(_LARGEST < abs(end) < math.inf for end in value):
        complaints.append(Complaint(path, f"{what}; a number is too large"))
        return None
    if not 0 <= low <= high or low == math.inf:
        complaints.append(Complaint(path, f"{what}; {shown(low)} to {shown(high)} allows nothing"))
        return None
    return low, None if high == math.inf else high


def _is_number(value: object) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or value == math.inf


def _strings(value: object, path: Path, complaints: list[Complaint], wanted: str) -> list[tuple[Path, str]] | None:
    """Return each string in a list with its path; None if the value is not a list."""
    if not isinstance(value, list):
        complaints.append(Complaint(path, f"`{path[-1]}` must be {wanted}"))
        return None
    items = value[:_MOST_ITEMS]
    for index, item in enumerate(items):
        if not isinstance(item, str):
            complaints.append(Complaint((*path, index), f"`{path[-1]}` must be {wanted}; {shown(item)} is not text"))
    return [((*path, index), item) for index, item in enumerate(items) if isinstance(item, str)]


def _entries(value: object, path: Path, complaints: list[Complaint], example: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        before = len(complaints)
        for entry in islice(value.items(), _MOST_ITEMS):
            if len(complaints) > before + MOST_COMPLAINTS:
                return
            yield entry
    else:
        name = ".".join(map(str, path))
        complaints.append(
            Complaint(path, f"`{shown(name)}` must be a table: write `[{shown(name)}]`, and below it {example}")
        )


def _quoted(value: object) -> str:
    return f'"{shown(value)}"' if isinstance(value, str) else shown(value)


def _words(known: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in known)
