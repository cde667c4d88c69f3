"""Compares the groups that were found with the class list."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.cli.output import UsageError
from reportls.cli.overview.listing import read_list
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
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NOT_FOUND = "in the class list, but its folder was not found"
_NOT_LISTED = "not in the class list"


def class_list_of(file: str) -> ClassList:
    """Return the class list in the file.

    Raises:
        UsageError: it is no class list, or not UTF-8.
        HostError: it cannot be read.
    """
    name, text = read_list(file)
    try:
        return read_class_list(text)
    except NotAClassListError as error:
        message = f"{name}: {error}"
        raise UsageError(message) from None


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
    elsewhere = [f"the report is not at {FORM.path}"] if row.report and row.report != FORM.path else []
    return row._replace(remarks=(*row.remarks, *elsewhere, *remarks))


def _candidates(rows: Iterable[GroupRow]) -> Iterator[Candidate]:
    for row in rows:
        folder = Path(os.path.realpath(row.path))
        root = folder if os.path.lexists(folder / ".git") else None
        yield Candidate(row.name, Path(row.path).name, origin_address(root) if root else None)
