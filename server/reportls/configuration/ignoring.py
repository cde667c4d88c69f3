"""How a configuration file is changed so that a rule's findings are no longer listed. No disk here.

The file belongs to the user: comments, order and style stay. Where the rule can be written depends on how the table was
written, and TOML has many ways; so each place that may do is tried, and what comes of it is read again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportls.configuration import BrokenError, read_configuration
from reportls.text import Edit, Span, apply_edits, end_of_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.configuration.complaint import Path
    from reportls.configuration.places import Place, Places

_KEY = "ignore"
_INDENT = "    "
_BLANKS = pattern(r"[ \t]*")
_COMMA = pattern(r"(?:[ \t\r\n]|#[^\n]*\n)*,")
_HEADER = pattern(r"^[ \t]*\[", re.MULTILINE)
_BYTE_ORDER_MARK = "\ufeff"

_Edits = tuple[Edit, ...]


def ignoring(text: str | None, table: tuple[str, ...], rule: str) -> tuple[Edit, ...] | None:
    """The edits that add the rule of that name to the list `ignore` in the table of the file; none if it is ignored.

    `text` is None if there is no file yet: the edits then make one of the empty text. The result is None if the file is
    no TOML, or if it cannot be done, as when `ignore` is no list: what is wrong is then for the user to mend.
    """
    text = text or ""
    mark = len(text) - len(text.removeprefix(_BYTE_ORDER_MARK))
    text = text[mark:]
    try:
        settings, _ = read_configuration(text, table)
    except BrokenError:
        return None
    if rule in settings.ignore:
        return ()
    wanted = settings._replace(ignore=settings.ignore | {rule})
    for edits in _attempts(text, table, rule):
        if _settings_after(text, edits, table) == wanted:
            return tuple(edit.shifted(mark) for edit in edits)
    return None


def _settings_after(text: str, edits: _Edits, table: tuple[str, ...]) -> object:
    try:
        return read_configuration(apply_edits(text, edits), table)[0]
    except BrokenError:
        return None


def _attempts(text: str, table: tuple[str, ...], rule: str) -> Iterator[_Edits]:
    from reportls.configuration.places import places_in  # noqa: PLC0415  # it is seldom needed

    file = _File(text, places_in(text), f'{_KEY} = ["{rule}"]')
    if (*table, _KEY) in file.found:
        if text.startswith("[", file.found[(*table, _KEY)].value.start):
            yield _into_list(file, (*table, _KEY), rule)
    elif table:
        yield from _into_table(file, table)
    else:
        yield _above_tables(file)


class _File(NamedTuple):
    text: str
    places: Places
    line: str
    """What is written where there is no list yet."""

    @property
    def found(self) -> dict[Path, Place]:
        return self.places.found

    @property
    def newline(self) -> str:
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"

    def header(self, pattern: re.Pattern[str]) -> int | None:
        """Where the first line stands that matches and is not within a value."""
        match = pattern.search(self._without_values())
        return match.start() if match else None

    def _without_values(self) -> str:
        """The text with something else of the same length in the place of each value."""
        parts, position = [], 0
        for key, value in sorted(self.found.values(), key=lambda place: place.value):
            if key != value and value.start >= position:
                parts += [self.text[position : value.start], "x" * (value.end - value.start)]
                position = value.end
        return "".join([*parts, self.text[position:]])


def _into_list(file: _File, path: Path, rule: str) -> _Edits:
    count = next(index for index in range(len(file.found)) if (*path, index) not in file.found)
    start, end = file.found[path].value
    if not count:
        return (_insertion(start + 1, f'"{rule}"'),)
    last = file.found[(*path, count - 1)].value
    quote = "'" if file.text.startswith("'", last.start) else '"'
    comma = _COMMA.match(file.text, last.end, end)
    line_end = end_of_line(file.text, comma.end() if comma else last.end)
    new = f"{quote}{rule}{quote}"
    if line_end >= end:  # the list ends on the line
        return (_insertion(last.end, f", {new}"),)
    below = f"{file.newline}{_indent(file.text, start, last)}{new}"
    if comma:
        return (_insertion(line_end, f"{below},"),)
    return (_insertion(last.end, ","), _insertion(line_end, below))


def _indent(text: str, opening: int, item: Span) -> str:
    """The white space before the item's line, or, if the list opens on that line, some more."""
    start = text.rfind("\n", 0, item.start) + 1
    blanks = _BLANKS.match(text, start)
    found = blanks[0] if blanks else ""
    return found + _INDENT if start <= opening else found


def _into_table(file: _File, table: tuple[str, ...]) -> Iterator[_Edits]:
    """Into `{...}`, below `[table]`, beside a key `table.x`, or as a new table at the end."""
    found = file.found.get(table)
    if found and found.key != found.value and file.text.startswith("{", found.value.start):
        yield _into_braces(file, found.value)
    header = file.header(_header_of(table))
    if header is not None:
        yield (_insertion(end_of_line(file.text, header), f"{file.newline}{file.line}"),)
    if beside := _beside(file, table):
        yield beside
    yield _at_end(file, f"[{'.'.join(table)}]{file.newline}{file.line}", blank_lines=1)


def _into_braces(file: _File, braces: Span) -> _Edits:
    inner = file.text[braces.start + 1 : braces.end - 1]
    blanks = _BLANKS.match(inner)
    before = blanks[0] if blanks and inner.strip() else ""
    return (_insertion(braces.start + 1, f"{before}{file.line}{',' if inner.strip() else ''}"),)


def _header_of(table: tuple[str, ...]) -> re.Pattern[str]:
    names = r"[ \t]*\.[ \t]*".join(f"[\"']?{re.escape(name)}[\"']?" for name in table)
    return pattern(rf"^[ \t]*\[[ \t]*{names}[ \t]*\]", re.MULTILINE)


def _beside(file: _File, table: tuple[str, ...]) -> _Edits:
    """Above the first line with a key of the table, with what stands there before it: `tool.reportls.` or nothing."""
    depth = len(table)
    keys = (place.key.start for path, place in file.found.items() if path[:depth] == table and len(path) == depth + 1)
    for at in sorted(keys):
        start = file.text.rfind("\n", 0, at) + 1
        before = file.text[start:at].rstrip("\"'")
        if not before.lstrip().startswith("["):
            return (_insertion(start, f"{before}{file.line}{file.newline}"),)
    return ()


def _above_tables(file: _File) -> _Edits:
    """Below the last key that belongs to no table, or above the first table and what is said of it."""
    header = file.header(_HEADER)
    before = len(file.text) if header is None else header
    ends = [value.end for key, value in file.found.values() if key != value and value.end <= before]
    if ends:
        return (_insertion(end_of_line(file.text, max(ends)), f"{file.newline}{file.line}"),)
    if header is None:
        return _at_end(file, file.line)
    return (_insertion(_start_with_comments(file.text, header), f"{file.line}{file.newline * 2}"),)


def _start_with_comments(text: str, start: int) -> int:
    """Where the lines of comments begin that stand right above the line at `start`."""
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip(" \t").startswith("#"):
            break
        start = above
    return start


def _at_end(file: _File, lines: str, blank_lines: int = 0) -> _Edits:
    is_open = bool(file.text) and not file.text.endswith("\n")
    before = file.newline * (is_open + (blank_lines if file.text.strip() else 0))
    return (_insertion(len(file.text), f"{before}{lines}{file.newline}"),)


def _insertion(at: int, new_text: str) -> Edit:
    return Edit(Span(at, at), new_text)
