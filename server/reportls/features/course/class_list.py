"""The class list: which groups there should be, where they are, and who their members are.

A class list is a table with a line for each group or for each student. Its columns are known by their headings, so that
exports of other programs will do.
"""

from __future__ import annotations

import csv
import re
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportls.features.course.records import Judgement

_GROUP = re.compile(
    r"(?:project )?(?:group|team|hold|(?:projekt)?gruppe[nr]?|groupe|équipe|grupo|equipo)s?"
    r"(?: ?(?:name|navn|number|nummer|numéro|número|nb|nr|no|id|code))?"
)
_PLACE = re.compile(
    r".*\b(?:repo|repository|repositorium|repositorio|dépôt|github|gitlab|url|folder|path|mappe|sti|ordner|pfad|dossier"
    r"|chemin|carpeta|ruta)\b.*"
)
_MEMBER = re.compile(
    r".*\b(?:(?:student|member|study number|user ?name|login|e ?mail|membre|étudiant|miembro|estudiante)s?"
    r"|medlem(?:mer)?|studerende|studienummer|studienr|mitglied(?:er)?|matrikelnummer|matrikelnr)\b.*"
)
_DATA = re.compile(r".*[/@\\].*|\W*s?\d+\W*", re.DOTALL)
"""A cell that is no heading: an address, a path or a number."""
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?')
"""The first line of a file in which Excel names its separator."""
_GIT_ADDRESS = re.compile(r"(?:ssh://)?git@(?P<host>[^/:]+)[/:](?P<path>.+)")
_WORDS = re.compile(r"[^\W_]+")
_STUDY_NUMBER = re.compile(r"\bs?(\d{6})\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ZEROS = re.compile(r"(?<=\d)\.0+(?!\d)")
_SEPARATORS = re.compile(r"[;,\s]+")
_DELIMITERS = ",;\t"


class NotAClassListError(Exception):
    """The table cannot be read as a class list. The message says why, and what to do."""


class Expected(NamedTuple):
    """A group of the class list."""

    group: str
    """The number or name, as it is written there."""
    places: tuple[str, ...]
    """Addresses of repositories, or folders."""
    members: tuple[str, ...]
    """The study numbers, with their `s`, that the list has."""
    lines: tuple[Mapping[str, str], ...]
    """The lines of the table that are about this group, by heading."""


class ClassList(NamedTuple):
    """All groups of a class list, in its order."""

    headings: tuple[str, ...]
    groups: tuple[Expected, ...]


class Candidate(NamedTuple):
    """A group that was found on disk."""

    name: str
    folder: str
    """The name of its folder."""
    origin: str | None
    """The web address of its repository, such as `github.com/owner/name`."""


def read_class_list(text: str) -> ClassList:
    """Read a table whose first line has headings, separated by commas, semicolons or tabs.

    Raises:
        NotAClassListError: there is no column for the group or for its repository or folder, or no group.
    """
    # Excel on a Mac ends lines with `\r`, at which `csv` raises.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n").split("\n")
    if named := _SEPARATOR_LINE.fullmatch(lines[0]):
        del lines[0]
    delimiter = named[1] if named else max(_DELIMITERS, key=(lines or [""])[0].count)
    rows = csv.DictReader((f"{line}\n" for line in lines), delimiter=delimiter, restval="")
    headings = _unique(heading.strip() for heading in rows.fieldnames or ())
    rows.fieldnames = list(headings)
    group, places, members = _columns(headings)
    if any(map(_DATA.fullmatch, headings)):
        raise NotAClassListError("the first line has no headings: put some there, such as `group,repository,student`")
    if group is None and not places:
        raise NotAClassListError(
            "no column for the group, the repository or the folder: name it in the first line, such as `group`"
        )
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        line = {heading: (row.get(heading) or "").strip() for heading in headings}
        if any(line.values()):
            key = (line[group] if group else "") or " ".join(line[place] for place in places)
            found.setdefault(key, []).append(line)
    if not found:
        raise NotAClassListError("no line below the headings: add one for each group or each student")
    return ClassList(headings, tuple(_expected(key, lines, places, members) for key, lines in found.items()))


def _unique(headings: Iterable[str]) -> tuple[str, ...]:
    """Return the headings with a number after each that was there before, such as `Member 2`."""
    found: dict[str, None] = {}
    for heading in headings:
        names = chain([heading], (f"{heading} {number}" for number in count(2)))
        found[next(name for name in names if name not in found)] = None
    return tuple(found)


def _columns(headings: Sequence[str]) -> tuple[str | None, list[str], list[str]]:
    plain = {heading: " ".join(_WORDS.findall(heading.replace("_", " "))).lower() for heading in headings}
    group = next((heading for heading, words in plain.items() if _GROUP.fullmatch(words)), None)
    places = [heading for heading, words in plain.items() if heading != group and _PLACE.fullmatch(words)]
    members = [heading for heading, words in plain.items() if heading not in (group, *places)]
    return group, places, [heading for heading in members if _MEMBER.fullmatch(plain[heading])]


def _expected(key: str, lines: list[Mapping[str, str]], places: Sequence[str], members: Sequence[str]) -> Expected:
    where = [line[place] for line in lines for place in places if line[place]]
    cells = [part for line in lines for member in members for part in _SEPARATORS.split(line[member])]
    numbers = [match[1] for cell in cells for match in [_STUDY_NUMBER.search(cell)] if match]
    return Expected(
        key, tuple(dict.fromkeys(where)), tuple(f"s{number}" for number in dict.fromkeys(numbers)), tuple(lines)
    )


def matched(class_list: ClassList, candidates: Sequence[Candidate]) -> dict[int, int]:
    """Return the index of the group on disk for each group of the list, by its index there.

    The address of the repository decides, then the name of the folder, then the number in it.
    """
    found: dict[int, int] = {}
    for is_alike in (_has_origin, _has_name, _has_number):
        for index, expected in enumerate(class_list.groups):
            if index in found:
                continue
            alike = [
                place
                for place, candidate in enumerate(candidates)
                if place not in found.values() and is_alike(expected, candidate)
            ]
            if len(alike) == 1:
                found[index] = alike[0]
    return found


def _has_origin(expected: Expected, candidate: Candidate) -> bool:
    return candidate.origin is not None and any(
        _address(place) == candidate.origin.lower() for place in expected.places
    )


def _has_name(expected: Expected, candidate: Candidate) -> bool:
    names = {candidate.name.lower(), candidate.folder.lower()}
    ends = (_address(place).rpartition("/")[2] for place in expected.places)
    return expected.group.lower() in names or any(end in names for end in ends if end)


def _has_number(expected: Expected, candidate: Candidate) -> bool:
    numbers = _numbers(expected.group)
    return len(numbers) == 1 and _numbers(candidate.name) == numbers


def _numbers(text: str) -> list[int]:
    """Return the whole numbers in a text; spreadsheets write them as `7.0`."""
    return [int(number) for number in _DIGITS.findall(_ZEROS.sub("", text))]


def _address(place: str) -> str:
    """Return host and path of an address, or a path, in lower case and without what may be left out."""
    plain = place.strip().lower().rstrip("/").removesuffix(".git").rstrip("/")
    if git := _GIT_ADDRESS.fullmatch(plain):
        return f"{git['host']}/{git['path']}"
    return plain.partition("://")[2].removeprefix("www.") if "://" in plain else plain.replace("\\", "/")


def differences(expected: Expected, judgement: Judgement) -> Iterator[str]:
    """Yield how the report differs from the class list, in the group's number and its members."""
    listed, written = _numbers(expected.group), _numbers(judgement.group or "")
    if len(listed) == 1 and written and listed[0] not in written:
        yield f"the report says group {written[0]}, the class list {listed[0]}"
    if expected.members and judgement.study_numbers:
        yield from _missing(expected.members, judgement.study_numbers, "in the class list but not in the report")
        yield from _missing(judgement.study_numbers, expected.members, "in the report but not in the class list")


def _missing(some: Iterable[str], others: Iterable[str], words: str) -> Iterator[str]:
    known = {each.lower() for each in others}
    if missing := [each for each in some if each.lower() not in known]:
        yield f"{', '.join(missing)}: {words}"
