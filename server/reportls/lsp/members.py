"""Reads plain data, as JSON gives it: what is there must be what is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from reportls.lsp.rpc.messages import NotPlainError
from reportls.lsp.uris import path_of

if TYPE_CHECKING:
    from pathlib import Path


class Place(NamedTuple):
    """Where a change begins and ends: lines, and columns in the client's unit."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


class PlainChange(NamedTuple):
    """What one edit puts in which place; None for the whole document."""

    place: Place | None
    text: str


def member(value: object, name: str, kind: type[Any]) -> Any:  # noqa: ANN401  # of that type
    """What an object has under that name.

    Raises:
        NotPlainError: it is no object, or there is nothing of exactly that type. So for all here.
    """
    found = value.get(name) if isinstance(value, dict) else None
    if type(found) is not kind:
        raise NotPlainError
    return found


def optional(value: object, name: str, kind: type[Any]) -> Any:  # noqa: ANN401  # of that type
    """The same; None if there is none, or null."""
    is_there = not isinstance(value, dict) or value.get(name) is not None
    return member(value, name, kind) if is_there else None


def inner(value: object, *names: str) -> dict[str, Any]:
    """The object within objects of these names."""
    found = value
    for name in names:
        found = member(found, name, dict)
    if not isinstance(found, dict):
        raise NotPlainError
    return found


def change_from(value: object) -> PlainChange:
    """One change of a document."""
    text = member(value, "text", str)
    if isinstance(value, dict) and value.get("range") is None:
        return PlainChange(None, text)
    return PlainChange(
        Place(*_position(inner(value, "range", "start")), *_position(inner(value, "range", "end"))), text
    )


def paths(folders: list[Any]) -> list[Path]:
    """Where the folders are that have a place on the disk."""
    found = (path_of(member(folder, "uri", str)) for folder in folders)
    return [path for path in found if path]


def _position(position: dict[str, Any]) -> tuple[int, int]:
    line, column = member(position, "line", int), member(position, "character", int)
    if line < 0 or column < 0:
        raise NotPlainError
    return line, column
