"""A second implementation of positions and edits, which works differently from the server's."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""The codec of each encoding, and the number of bytes of its unit."""
_SNIPPET_PLACE = re.compile(r"(?<!\\)\$(?:\{\d+:((?:[^\\}]|\\.)*)\}|\{\d+\}|\d+)")


class Line(NamedTuple):
    """A line of a text."""

    start: int
    content: str
    """The text of the line without its line break."""


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text; the last one may be empty."""
    pieces = re.split(r"(\r\n|\n|\r)", text)
    starts = [0, *accumulate(map(len, pieces))]
    return [Line(start, content) for start, content in zip(starts[::2], pieces[::2], strict=False)]


def offset_of(text: str, position: Json, encoding: str) -> int:
    """Return the offset of a position; past the end of its line or of the text, that end."""
    lines = lines_of(text)
    if position["line"] >= len(lines):
        return len(text)
    line = lines[position["line"]]
    codec, width = _CODECS[encoding]
    before = line.content.encode(codec, "surrogatepass")[: position["character"] * width]
    return line.start + len(before.decode(codec, "ignore"))


def position_of(text: str, offset: int, encoding: str) -> Json:
    """Return the position of an offset."""
    lines = lines_of(text)
    number = max(index for index, line in enumerate(lines) if line.start <= offset)
    codec, width = _CODECS[encoding]
    before = lines[number].content[: offset - lines[number].start]
    return {"line": number, "character": len(before.encode(codec, "surrogatepass")) // width}


def range_of(text: str, start: int, end: int, encoding: str) -> Json:
    """Return the range between two offsets."""
    return {"start": position_of(text, start, encoding), "end": position_of(text, end, encoding)}


def shown_in(text: str, range_: Json, encoding: str) -> str:
    """Return the text in a range."""
    return text[offset_of(text, range_["start"], encoding) : offset_of(text, range_["end"], encoding)]


def applied(text: str, edits: list[Json], encoding: str) -> str:
    """Apply all edits at once, as the specification says; they may not overlap."""
    spans = sorted((*_span(text, edit, encoding), index) for index, edit in enumerate(edits))
    parts, end = [], 0
    for start, stop, index in spans:
        assert start >= end, f"edits overlap: {edits}"
        parts += [text[end:start], _new_text(edits[index])]
        end = stop
    return "".join(parts) + text[end:]


def changed(text: str, changes: list[Json], encoding: str) -> str:
    """Apply the changes of a `didChange` one after another."""
    for change in changes:
        text = applied(text, [change], encoding) if "range" in change else change["text"]
    return text


def workspace_after(edit: Json, files: dict[str, str], encoding: str) -> dict[str, str]:
    """Return the texts of files by URI after a `WorkspaceEdit`; a renamed file keeps its text."""
    files = dict(files)
    for uri, edits in edit.get("changes", {}).items():
        files[uri] = applied(files[uri], edits, encoding)
    for change in edit.get("documentChanges", []):
        match change.get("kind"):
            case "create":
                files.setdefault(change["uri"], "")
            case "rename":
                files[change["newUri"]] = files.pop(change["oldUri"])
            case _:
                uri = change["textDocument"]["uri"]
                files[uri] = applied(files[uri], change["edits"], encoding)
    return files


def filled_in(snippet: str) -> str:
    """Return the text of a snippet if nothing is typed at its tab stops."""
    found = _SNIPPET_PLACE.sub(lambda place: place[1] or "", snippet)
    return re.sub(r"\\([$}\\])", r"\1", found)


def _span(text: str, edit: Json, encoding: str) -> tuple[int, int]:
    return offset_of(text, edit["range"]["start"], encoding), offset_of(text, edit["range"]["end"], encoding)


def _new_text(edit: Json) -> str:
    if "snippet" in edit:
        return filled_in(edit["snippet"]["value"])
    return str(edit["newText"] if "newText" in edit else edit["text"])


def differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield replacements of lines that turn one text into another, the first lines first."""
    (olds, starts), (news, _) = _with_starts(old), _with_starts(new)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag != "equal":
            yield starts[start], starts[end], "".join(news[new_start:new_end])


def _with_starts(text: str) -> tuple[list[str], list[int]]:
    """Return the lines with their ends, and the offset of each and of the end of the text."""
    starts = [*(line.start for line in lines_of(text)), len(text)]
    return [text[start:end] for start, end in pairwise(starts)], starts
