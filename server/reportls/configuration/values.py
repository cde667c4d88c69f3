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


class Given(NamedTuple):
    """A value as the configuration has it, the way to it, and the complaints so far."""

    value: object
    path: Path
    complaints: list[Complaint]

    def complain(self, message: str, *, of_key: bool = False) -> None:
        """Add a complaint about the value or, with `of_key`, about its key."""
        self.complaints.append(Complaint(self.path, message, of_key))

    def must_be(self, wanted: str) -> None:
        """Complain that the value is not what is wanted."""
        self.complain(f"`{self.path[-1]}` must be {wanted}")

    def one_of(self, known: Iterable[str], what: str, otherwise: str) -> str | None:
        """Return the value if it is a known name; `otherwise` is the complaint about what is no text."""
        names = [*known]
        if isinstance(self.value, str) and self.value in names:
            return self.value
        self.complain(unknown(what, self.value, names) if isinstance(self.value, str) else otherwise)
        return None

    def strings(self, wanted: str) -> list[tuple[Given, str]] | None:
        """Return each string in a list; None if the value is no list."""
        if not isinstance(self.value, list):
            self.must_be(wanted)
            return None
        items = [Given(item, (*self.path, at), self.complaints) for at, item in enumerate(self.value[:_MOST_ITEMS])]
        for item in items:
            if not isinstance(item.value, str):
                item.complain(f"`{self.path[-1]}` must be {wanted}; {shown(item.value)} is not text")
        return [(item, item.value) for item in items if isinstance(item.value, str)]

    def entries(self, example: str) -> Iterator[tuple[str, Given]]:
        """Yield each key of a table with its value, but not after very many complaints."""
        if not isinstance(self.value, dict):
            name = shown(".".join(map(str, self.path)))
            self.complain(f"`{name}` must be a table: write `[{name}]`, and below it {example}")
            return
        before = len(self.complaints)
        for key, value in islice(self.value.items(), _MOST_ITEMS):
            if len(self.complaints) > before + MOST_COMPLAINTS:
                return
            yield key, Given(value, (*self.path, key), self.complaints)


def read_edition(given: Given) -> str | None:
    """Read the id of a built-in edition."""
    return given.one_of(IDS, "edition", f'`edition` must be the name of an edition, such as "{IDS[-1]}"')


def read_rules(given: Given) -> frozenset[str] | None:
    """Read names of rules; unknown names are left out."""
    names = given.strings('a list of rules, such as ["image-without-text"]')
    if names is None:
        return None
    rules = frozenset(name for item, name in names if _is_rule(name, item))
    # A `select` with only unknown names would hide every finding.
    return None if names and not rules else rules


def _is_rule(name: str, given: Given, *, of_key: bool = False) -> bool:
    if name not in BY_NAME:
        given.complain(unknown_rule(name), of_key=of_key)
    return name in BY_NAME


def read_folder(given: Given) -> str | None:
    """Read a folder below the report's; the result has `/` between its parts and none at the end."""
    if isinstance(given.value, str) and (folder := _inside(given.value)):
        return folder
    given.must_be(f'a folder below the report\'s own, such as "figures", not {_quoted(given.value)}')
    return None


def _inside(value: str) -> str | None:
    """Normalise a relative path; return None if it is no path or leads out of its folder."""
    parts = [part for part in value.replace("\\", "/").split("/") if part not in ("", ".")]
    # A colon follows the letter of a drive, or names a stream of a file on Windows.
    is_elsewhere = value.startswith(("/", "\\")) or ".." in parts or ":" in value or not value.isprintable()
    return None if is_elsewhere or not parts else "/".join(parts)


def read_formats(given: Given) -> tuple[str, ...] | None:
    """Read file name extensions; the result is in lower case and without dots."""
    formats = []
    for item, name in given.strings('a list of file name extensions, such as ["png", "jpg"]') or ():
        extension = name.strip().removeprefix(".").lower()
        if extension.isalnum():
            formats.append(extension)
        else:
            item.complain(f'a file name extension is letters and digits, such as "png", not {_quoted(name)}')
    return tuple(dict.fromkeys(formats)) or None


def read_patterns(given: Given) -> tuple[str, ...] | None:
    """Read path patterns relative to the configuration file's folder."""
    names = given.strings('a list of paths, such as ["exam.md", "drafts/*.md"]')
    if names is None:
        return None
    patterns = []
    for item, name in names:
        if len(name) > _LONGEST_PATTERN:
            item.complain(f"at most {_LONGEST_PATTERN} characters may name a report")
        elif pattern := _inside(name):
            patterns.append(pattern)
        else:
            item.complain(f"a report must be in this file's folder or below it, and {_quoted(name)} does not")
    return tuple(patterns)


def read_template(given: Given) -> str | None:
    """Read where the template is: a path, of which the result has `/` between its parts, or `FIRST_VERSION`."""
    return _place(given, f'the path of a blank file, such as "template.md", or "{FIRST_VERSION}"')


def read_newest(given: Given) -> str | None:
    """Read where the course's newest texts are."""
    return _place(given, 'a folder, such as "template", or one in a commit, such as "@course/main"')


def _place(given: Given, wanted: str) -> str | None:
    if isinstance(given.value, str) and given.value.strip() and given.value.isprintable():
        return given.value.replace("\\", "/")
    given.must_be(f"{wanted}, not {_quoted(given.value)}")
    return None


def read_counting(given: Given) -> Counting | None:
    """Read the way of counting."""
    way = given.one_of(COUNTING, "way of counting", f"`count` must be one of {_words(COUNTING)}")
    return cast("Counting | None", way)


def read_flag(given: Given) -> bool | None:
    """Read true or false."""
    if isinstance(given.value, bool):
        return given.value
    given.must_be(f"true or false, not {_quoted(given.value)}")
    return None


def read_severities(given: Given) -> dict[str, Severity | None] | None:
    """Read the severity of each named rule; None stands for `off`."""
    severities: dict[str, Severity | None] = {}
    for name, entry in given.entries('image-without-text = "off"'):
        if _is_rule(name, entry, of_key=True):
            word = entry.one_of(SEVERITIES, "severity", f"a severity is one of {_words(SEVERITIES)}")
            severities |= {name: SEVERITIES[word]} if word else {}
    return severities


def read_questions(given: Given) -> Questions | None:
    """Read the limits of each question, by position or by the name of a place to answer in the template."""
    overrides: dict[int, Override] = {}
    slots: dict[str, Mapping[str, Limit | None]] = {}
    for name, entry in given.entries("7.words = [50, 100]"):
        if not (name.isascii() and name.isdigit()):
            if name.strip():
                slots[name], _ = _question(entry, has_role=False)
            else:
                entry.complain("a question without a name: write its number or name", of_key=True)
        elif len(name) <= _LONGEST and 1 <= int(name) <= _MOST_QUESTIONS:
            limits, role = _question(entry, has_role=True)
            overrides[int(name)] = Override({kind: limits[kind.key] for kind in KINDS if kind.key in limits}, role)
            slots[str(int(name))] = limits
        else:
            message = f"`{shown(name)}` is not a question: write its number, such as `[questions.7]`"
            entry.complain(message, of_key=True)
    return Questions(overrides, slots)


def _question(given: Given, *, has_role: bool) -> tuple[dict[str, Limit | None], Role | None]:
    """Read the settings of one question: its limits by unit, and its role if it may have one."""
    limits: dict[str, Limit | None] = {}
    role: Role | None = None
    for key, setting in given.entries("words = [50, 100]"):
        if key in UNITS:
            limit = _limit(setting, _EXAMPLES.get(key, "[1, 3]"))
            if limit is not None:
                limits[key] = Limit(*limit) if limit else None
        elif key == ROLE and has_role:
            name = setting.one_of(ROLES, "role", f"`role` must be one of {_words(ROLES)}")
            role = ROLES[name] if name else None
        else:
            setting.complain(unknown("setting", key, (*UNITS, ROLE) if has_role else UNITS), of_key=True)
    return limits, role


def _limit(given: Given, example: str) -> tuple[int, int | None] | tuple[()] | None:
    """Read a limit: both ends, the upper one None for `inf`; empty for `false`; None if the value is invalid."""
    value = given.value
    if value is False:
        return ()
    wanted = f"the fewest and the most, such as {example}, or false for no limit"
    if not isinstance(value, list) or len(value) != len(("low", "high")) or not all(map(_is_number, value)):
        given.must_be(wanted)
        return None
    low, high = value
    if any(_LARGEST < abs(end) < math.inf for end in value):
        given.must_be(f"{wanted}; a number is too large")
        return None
    if not 0 <= low <= high or low == math.inf:
        given.must_be(f"{wanted}; {shown(low)} to {shown(high)} allows nothing")
        return None
    return low, None if high == math.inf else high


def _is_number(value: object) -> bool:
    # In Python, true and false are numbers.
    return (isinstance(value, int) and not isinstance(value, bool)) or value == math.inf


def _quoted(value: object) -> str:
    return f'"{shown(value)}"' if isinstance(value, str) else shown(value)


def _words(known: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in known)
