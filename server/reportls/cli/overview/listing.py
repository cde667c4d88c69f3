"""Finds the groups that the arguments name, in folders and in lists, and compares them with the class list."""

from __future__ import annotations

import csv
import os
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.cli.output import UsageError
from reportls.features.course.class_list import (
    Candidate,
    ClassList,
    NotAClassListError,
    differences,
    matched,
    read_class_list,
)
from reportls.features.course.records import GroupRow
from reportls.host.git import origin_address
from reportls.host.groups import Group, groups_in, name_of
from reportls.host.paths import SUFFIXES, failure, shown
from reportls.host.read import MOST_BYTES, read_bytes
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.cli.overview.options import Options

_NONE = (
    "no groups there: name a folder with a folder for each group, a list with --list, or the template that its files"
    " fill in with --template"
)
_MOST_FIELDS = 2
_NOT_FOUND = "in the class list, but its folder was not found"
_NOT_LISTED = "not in the class list"


def groups_of(options: Options) -> list[Group]:
    """Return every group once, in the order given.

    Raises:
        UsageError: there is no group, or a line of the list is invalid.
        HostError: a folder or the list cannot be read.
    """
    pages = os.path.realpath(options.pages) if options.pages else None
    listed = _listed(options.listed) if options.listed is not None else ()
    found: dict[str, Group] = {}
    for group in chain(_in_folders(options), listed):
        place = os.path.realpath(group.path)
        if place != pages:
            found.setdefault(place, group)
    if not found:
        raise UsageError(_NONE)
    return [*found.values()]


def _in_folders(options: Options) -> Iterator[Group]:
    for folder in options.folders:
        if not folder:
            raise UsageError("an empty path: name a folder")
        yield from groups_in(Path(folder), options.template)


def _listed(file: str) -> Iterator[Group]:
    """Yield the groups of a list, where each line is a path, or a name, a comma and a path."""
    name, text = read_list(file)
    lines = csv.reader(StringIO(text, newline=""))
    for fields in _readable(lines, name):
        *names, path = [field.strip() for field in fields] or [""]
        if len(fields) > _MOST_FIELDS or (names and not path):
            way_out = "write `path` or `name,path`; put values that have a comma in double quotes"
            raise UsageError(f"{name}, line {lines.line_num}: {way_out}")
        if path:
            yield Group(names[0] if names and names[0] else name_of(_without_end(Path(path))), Path(path))


def _readable(lines: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    try:
        yield from lines
    except csv.Error as error:  # a value that is as long as a book
        raise UsageError(f"{name}: {error}") from None


def _without_end(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


def read_list(file: str) -> tuple[str, str]:
    """Return the list's name for messages, and its text."""
    name = "standard input" if file == "-" else shown(Path(file))
    try:
        data = sys.stdin.buffer.read(MOST_BYTES) if file == "-" else read_bytes(Path(file), MOST_BYTES)
        # Excel writes a byte order mark before UTF-8, and UTF-16 as "Unicode text".
        text = data.decode("utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
        if "\0" not in text:  # UTF-16 that does not say so has one beside each letter
            return name, text
    except UnicodeDecodeError:
        pass
    except OSError as error:
        raise failure(Path(name), error) from None
    raise UsageError(f"{name}: not UTF-8: save the list with the encoding UTF-8, in Excel as `CSV UTF-8`")


def class_list_of(file: str) -> ClassList:
    """Return the class list in the file.

    Raises:
        UsageError: it is no class list, or not UTF-8.
        HostError: it cannot be read.
    """
    name, text = read_list(file)
    try:
        return read_class_list(text)
    except (NotAClassListError, csv.Error) as error:
        raise UsageError(f"{name}: {error}") from None


def compared(rows: Sequence[GroupRow], class_list: ClassList) -> tuple[GroupRow, ...]:
    """Return the rows in the order of the class list, with what differs from it; groups without a folder get a row."""
    places = matched(class_list, [*_candidates(rows)])
    listed = []
    for index, expected in enumerate(class_list.groups):
        if index not in places:
            listed.append(GroupRow(expected.group, "", problem=_NOT_FOUND, lines=expected.lines))
            continue
        row = rows[places[index]]
        remarks = differences(expected, row.judgement) if row.judgement else ()
        listed.append(_with(row, remarks)._replace(lines=expected.lines))
    others = [_with(row, [_NOT_LISTED]) for place, row in enumerate(rows) if place not in places.values()]
    return (*listed, *others)


def _with(row: GroupRow, remarks: Iterable[str]) -> GroupRow:
    # Only the course with the script looks in that place; a template may be filled in anywhere.
    has_place = row.judgement is None or row.judgement.has_checker
    elsewhere = [f"the report is not at {FORM.path}"] if has_place and row.report not in (None, FORM.path) else []
    return row._replace(remarks=(*row.remarks, *elsewhere, *remarks))


def _candidates(rows: Iterable[GroupRow]) -> Iterator[Candidate]:
    for row in rows:
        folder = Path(os.path.realpath(row.path))
        root = folder if os.path.lexists(folder / ".git") else None
        yield Candidate(row.name, Path(row.path).name, origin_address(root) if root else None)
