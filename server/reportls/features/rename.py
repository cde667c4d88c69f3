"""Renaming a figure: the edits to the report, and whether the new name is a good one."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from reportls.analysis.embedding import PATH_SIGN
from reportls.analysis.image_paths import is_picture, spelled_otherwise
from reportls.features.references import all_places
from reportls.report.target import encoded, read_target
from reportls.text import Edit, pattern

if TYPE_CHECKING:
    import re

    from reportls.features.references import Form
    from reportls.findings.files import Files
    from reportls.snapshot import JudgedReport

_BREAKING = pattern(r"[\x00-\x1f\x7f:]")
"""Encoded in addition to the usual characters: `Answer:` in a path would start an answer."""
_FORBIDDEN = pattern(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff<>:"\\|?*]')
_DEVICE = pattern(r"(?i:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])")
"""Names that Windows keeps for devices, whatever the extension."""
_LONGEST = 255
_HERE = "./"
_ABOVE = ".."


def rename_edits(snapshot: JudgedReport, old: str, new: str) -> tuple[Edit, ...]:
    """Return the edits after which every use of `old` leads to `new`; offsets count from the start of the report.

    Both are decoded paths from the report's folder. If `old` ends with `/`, all files below that folder move. Text
    around a path stays: `./`, `<>`, quotes, a title, a query.
    """
    if old == new or not new.strip("/"):
        return ()
    moved = ((place, _moved(place.path, old, new)) for place in all_places(snapshot))
    text = snapshot.report.text
    return tuple(
        Edit(place.span, _written(path, place.form, text[place.span.start : place.span.end]))
        for place, path in moved
        if path
    )


def path_as_written(path: str) -> str:
    """Encode a path from the report's folder for the brackets of an image or link."""
    written = _BREAKING.sub(_percent, encoded(path))
    return written if read_target(written).kind == "relative" else _HERE + written


def full_name(old: str, new: str) -> str:
    """Return the path that `new` means as a name for `old`: by default in the same folder and with the same extension.

    Both are decoded paths from the report's folder; a folder ends with `/`. A file keeps its name in a new folder.
    """
    new, is_folder = new.strip(), old.endswith("/")
    name = new.rstrip("/") if is_folder else new + posixpath.basename(old) * new.endswith("/")
    if "/" not in name:
        name = posixpath.join(posixpath.dirname(old.rstrip("/")), name)
    if is_folder:
        return posixpath.normpath(name) + "/"
    stem, extension = posixpath.splitext(name)
    return posixpath.normpath(stem + (extension or posixpath.splitext(old)[1]))


def check_new_name(snapshot: JudgedReport, old: str, new: str) -> str | None:
    """Return why `new` is not a valid name for `old`; None if it is. Both are paths as in `full_name`."""
    if not new.strip(" /"):
        return "the new name is empty"
    if sign := _FORBIDDEN.search(new):
        return f"a file name cannot contain {sign[0] if sign[0].isprintable() else 'control characters'}"
    path = full_name(old, new)
    if path.startswith("/") or path.split("/", 1)[0] == _ABOVE:
        return f"{path} is not in the report's folder"
    if reason := next(filter(None, map(_why_no_name, path.rstrip("/").split("/"))), None):
        return reason
    if is_picture(old) and not is_picture(path):
        return f"{path} is not an image file: end the name with {_endings(snapshot)}"
    return _clash(snapshot.environment.files, old, path)


def _why_no_name(part: str) -> str | None:
    """Return why no file or folder can have that name on the systems of a group; None if it can."""
    if part.strip() != part or part.endswith("."):
        return "a name cannot begin or end with a space, or end with a full stop"
    if len(part.encode()) > _LONGEST:
        return f"a name has at most {_LONGEST} bytes"
    stem = part.partition(".")[0].rstrip()
    return f"Windows has no file of the name {stem}" if _DEVICE.fullmatch(stem) else None


def _endings(snapshot: JudgedReport) -> str:
    *first, last = (f".{extension}" for extension in snapshot.environment.formats)
    return " or ".join(filter(None, [", ".join(first), last]))


def _clash(files: Files, old: str, path: str) -> str | None:
    if path == old:
        return None
    if path.endswith("/"):
        if path.startswith(old):
            return "a folder cannot be moved into itself"
        below = next((file for file in files.paths() if f"{file}/".startswith(path)), None)
        return f"{below} already exists" if below else None
    other = path if files.info(path) else spelled_otherwise(files, path)
    if other and other != old:
        return f"{other} already exists"
    return None


def _moved(path: str, old: str, new: str) -> str | None:
    if path == old:
        return new
    if not old.endswith("/") or not path.startswith(old):
        return None
    return f"{new.rstrip('/')}/{path[len(old) :]}"


def _written(path: str, form: Form, before: str) -> str:
    """Return the path in the form that `before` has."""
    written = path_as_written(path)
    if form in ("text", "tag"):
        written = PATH_SIGN.sub(_percent, written)
    return _HERE + written if before.startswith(_HERE) and not written.startswith(_HERE) else written


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
