"""Finds the groups that the arguments name: those in the folders and those in the list."""

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
from reportls.host.error import failure, shown
from reportls.host.groups import Group, groups_in, name_of
from reportls.host.read import MOST_BYTES, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.cli.overview.options import Options

_NONE = "no groups there: name a folder with a folder for each group, or a list with --list"
_MOST_FIELDS = 2


def groups_of(options: Options) -> list[Group]:
    """Return every group once, in the order given.

    Raises:
        UsageError: there is no group, or a line of the list is invalid.
        HostError: a folder or the list cannot be read.
    """
    pages = os.path.realpath(options.pages) if options.pages else None
    listed = _listed(options.listed) if options.listed is not None else ()
    found: dict[str, Group] = {}
    for group in chain(_in_folders(options.folders), listed):
        place = os.path.realpath(group.path)
        if place != pages:
            found.setdefault(place, group)
    if not found:
        raise UsageError(_NONE)
    return [*found.values()]


def _in_folders(folders: Iterable[str]) -> Iterator[Group]:
    for folder in folders:
        if not folder:
            message = "an empty path: name a folder"
            raise UsageError(message)
        yield from groups_in(Path(folder))


def _listed(file: str) -> Iterator[Group]:
    """Yield the groups of a list, where each line is a path, or a name, a comma and a path."""
    name, text = read_list(file)
    lines = csv.reader(StringIO(text, newline=""))
    for fields in lines:
        *names, path = [field.strip() for field in fields] or [""]
        if len(fields) > _MOST_FIELDS or (names and not path):
            way_out = "write `path` or `name,path`; put values that have a comma in double quotes"
            message = f"{name}, line {lines.line_num}: {way_out}"
            raise UsageError(message)
        if path:
            yield Group(names[0] if names and names[0] else name_of(_without_end(Path(path))), Path(path))


def _without_end(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() in (".md", ".markdown") else path


def read_list(file: str) -> tuple[str, str]:
    """Return the list's name for messages, and its text."""
    name = "standard input" if file == "-" else shown(Path(file))
    try:
        data = sys.stdin.buffer.read(MOST_BYTES) if file == "-" else read_bytes(Path(file), MOST_BYTES)
        text = data.decode("utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
        if "\0" not in text:  # UTF-16 that does not say so has one beside each letter
            return name, text
    except UnicodeDecodeError:
        pass
    except OSError as error:
        raise failure(Path(name), error) from None
    message = f"{name}: not UTF-8: save the list with the encoding UTF-8, in Excel as `CSV UTF-8`"
    raise UsageError(message)
