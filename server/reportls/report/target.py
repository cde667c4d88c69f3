"""Targets of images: the path between the brackets, as the hand-in page resolves it."""

from __future__ import annotations

import posixpath
import re
from typing import Literal, NamedTuple
from urllib.parse import unquote

from reportls.text import pattern

TargetKind = Literal["relative", "absolute", "url", "data", "program", "none"]
"""`program` is an address that one program alone understands, such as `attachment:` in a notebook."""

_SCHEME = pattern(r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]{1,20}):|[\\/]{2}")
_ON_THE_WEB = frozenset(("", "http", "https", "ftp"))
"""Schemes of the web; the empty one for `//host`."""
_ABSOLUTE = pattern(r"[\\/~]|[a-zA-Z]:[\\/]|file:", re.IGNORECASE)
_TO_ENCODE = pattern(r"""[\s%?#&()<>"'\[\]\\`*|]""")
_KEPT_ENCODED = pattern(r"%(?=2[35]|3[Ff])")
_EXTENSION = pattern(r"\.[a-zA-Z0-9]{1,5}\Z")


class Target(NamedTuple):
    """The resolved target of an image."""

    kind: TargetKind
    path: str
    """Normalised if relative: no `./`, `..` only at the start, percent signs decoded. Else as written."""
    bare: str
    """The path without what follows a `?` or `#`, which a server would take for a query."""


def read_target(written: str) -> Target:
    """Resolve a path as written, decoding its percent signs."""
    return target_of(address_of(written))


def address_of(written: str) -> str:
    """Decode the percent signs of a path or address, except those of `#`, `?` and `%`.

    A file's name may hold these three. Decoded too early, they would look like a query and like percent signs.
    """
    return unquote(_KEPT_ENCODED.sub("%25", written))


def target_of(address: str) -> Target:
    """Resolve an address as `address_of` returns it."""
    address = address.strip()
    kind = _kind(address)
    path, bare = (unquote(part) for part in (address, re.split("[?#]", address, maxsplit=1)[0]))
    if kind != "relative":
        return Target(kind, path, bare)
    return Target(kind, posixpath.normpath(path), posixpath.normpath(bare) if bare else "")


def _kind(path: str) -> TargetKind:
    if not path:
        return "none"
    scheme = _SCHEME.match(path)
    name = (scheme["scheme"] or "").lower() if scheme else "file"
    if name == "data":
        return "data"
    if name != "file":
        return "url" if name in _ON_THE_WEB else "program"
    return "absolute" if _ABSOLUTE.match(path) else "relative"


def encoded(file: str) -> str:
    """A file's path, escaped for the brackets of an image and for an HTML attribute, whatever its characters."""
    return _TO_ENCODE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), file)


def reencoded(address: str) -> str:
    """Return an address, as `address_of` returns it, escaped for the brackets of an image."""
    return re.sub(r"[^?#&%]+", lambda match: encoded(match[0]), address)


def name_of(path: str) -> str:
    """The file's name."""
    return path.replace("\\", "/").rpartition("/")[2]


def extension_of(path: str) -> str:
    """Return the extension of the file's name as written, without the full stop; empty if it has none."""
    stem, dot, extension = name_of(path).rpartition(".")
    return extension if dot and stem else ""


def words_of(path: str) -> str:
    """Return a text for an image from its file's name: no folder or extension, spaces for dashes and underscores."""
    name = _EXTENSION.sub("", name_of(path))
    return " ".join(re.sub(r"[-_\s\[\]`*<>\\]+", " ", name).split())
