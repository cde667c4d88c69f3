"""Computes edits that add a rule to the list `ignore` of a configuration file, without access to the disk."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from reportls.configuration import BrokenError, read_configuration
from reportls.text import Edit, apply_edits, difference

_KEY = "ignore"
_BYTE_ORDER_MARK = "\ufeff"
_LONGEST = 50_000
"""Most characters of a file that is edited. tomlkit takes quadratic time: a second for twice as many."""


# Cached because editors ask for code actions at every move of the cursor, with the same few rules.
@lru_cache(maxsize=16)
def ignoring(text: str | None, table: tuple[str, ...], rule: str) -> tuple[Edit, ...] | None:
    """Return the edits that add the rule to `ignore` in the table of the file; none if it is ignored already.

    The file belongs to the user: comments, order and line ends stay. If there is no file yet, `text` is None and the
    edits apply to an empty text. The result is None if the file is very long or not valid TOML, if the list or its
    table is something else, which only the user can correct, or if a `[[table]]` goes on below another one.
    """
    text = text or ""
    if len(text) > _LONGEST:
        return None
    try:
        settings, _ = read_configuration(text, table)
    except BrokenError:
        return None
    if rule in settings.ignore:
        return ()
    after = _with_rule(text, table, rule)
    edits = (_with_line_ends(difference(text, after), text),) if after else ()
    wanted = settings._replace(ignore=settings.ignore | {rule})
    # Read the result again: tomlkit writes some unusual files differently from how they were meant.
    return edits if edits and _settings_after(text, edits, table) == wanted else None


def _settings_after(text: str, edits: tuple[Edit, ...], table: tuple[str, ...]) -> object:
    try:
        return read_configuration(apply_edits(text, edits), table)[0]
    except BrokenError:
        return None


def _with_rule(text: str, table: tuple[str, ...], rule: str) -> str | None:
    import tomlkit  # noqa: PLC0415  # it is seldom needed

    mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
    try:
        document = tomlkit.parse(text.removeprefix(mark))
        if mark + document.as_string() != text:
            return None  # tomlkit moves a `[[table]]` to the others of its name, away from the comments around it
        place: Any = document
        for name in table:
            if name not in place:
                place[name] = tomlkit.table(is_super_table=name != table[-1])
            place = place[name]
        if _KEY in place:
            place[_KEY].append(rule)
        else:
            place[_KEY] = [rule]
            _move_above_comments(place)
        return mark + document.as_string()
    except Exception:  # noqa: BLE001  # something else is in the place of the list or the table
        return None


def _move_above_comments(place: Any) -> None:  # noqa: ANN401  # what tomlkit has for a table
    """Move the new key above the comments on the next table: tomlkit inserts it between them and the table."""
    from tomlkit import TOMLDocument  # noqa: PLC0415  # it is seldom needed
    from tomlkit.items import Comment, Table, Whitespace  # noqa: PLC0415  # it is seldom needed

    if not isinstance(place, (TOMLDocument, Table)):
        return
    body = place.body if isinstance(place, TOMLDocument) else place.value.body
    start = at = next(at for at, (key, _) in enumerate(body) if key and key.key == _KEY)
    while start and isinstance(body[start - 1][1], Comment):
        start -= 1
    if not start and at == len(body) - 1:
        return  # the comments are on the whole file or table
    if 1 < start < at and isinstance(body[start - 1][1], Whitespace) and body[start - 2][0]:
        start -= 1
    if start < at < len(body) - 1 and isinstance(body[at + 1][1], Table):
        # tomlkit keeps the empty line above the next table with that table; it now belongs after the new key.
        body[at][1].trivia.trail += body[at + 1][1].trivia.indent
        body[at + 1][1].trivia.indent = ""
    body.insert(start, body.pop(at))


def _with_line_ends(edit: Edit, text: str) -> Edit:
    r"""Return the edit with the line ends of the text's first line; tomlkit writes `\n`."""
    if not re.match(r"[^\n]*\r\n", text):
        return edit
    before = "\r" if text[: edit.span.start].endswith("\r") else ""
    return Edit(edit.span, re.sub(r"(?<!\r)\n", "\r\n", before + edit.new_text).removeprefix(before))
