"""Paths for the brackets of images and links."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from reportls.analysis.image_paths import figures_folder, figures_in, fold
from reportls.features.completion.completion import Completion, CompletionKind
from reportls.features.completion.pictures import Picture, pictures
from reportls.features.completion.verify import becomes_target
from reportls.features.figures.renaming import path_as_written
from reportls.report.target import read_target
from reportls.text import Edit

if TYPE_CHECKING:
    from reportls.features.completion.cursor import Cursor
    from reportls.features.completion.typed_path import TypedPath

_MOST = 200
"""Paths in one list; of each picture the file is looked at."""


def path_completions(cursor: Cursor, typed: TypedPath) -> list[Completion]:
    """The paths that may be meant: for an image figures, those not used yet first; for a link all files."""
    written = cursor.question[typed.span]
    if written.startswith("#") or read_target(written).kind in ("url", "program", "data"):
        return []
    before = written[: cursor.at - typed.span.start].lstrip()
    here = "./" if before.startswith("./") else ""
    sought = unquote(before).removeprefix("./")
    offered = _figures(cursor, sought) if typed.is_image else _files(cursor, sought)
    found = [_completion(typed, here, picture) for picture in offered]
    if typed.is_image and not figures_in(cursor.ctx.files, cursor.ctx.settings):
        found = [_folder(cursor, typed, here)]
    if any(map(str.isspace, before)):  # is it a path with blanks in it, or are these the words behind open brackets?
        found = [completion for completion in found if _begins(sought, completion.label)]
    return found if found and _is_read(cursor, typed, found[0]) else []


def _figures(cursor: Cursor, sought: str) -> list[Picture]:
    return pictures(cursor, posixpath.basename(sought).lower(), _MOST)


def _files(cursor: Cursor, sought: str) -> list[Picture]:
    """Every file, and of the figures what they are."""
    like = posixpath.basename(sought).lower()
    known = {picture.path: picture for picture in _figures(cursor, sought)}
    paths = cursor.ctx.files.paths()
    if len(paths) > _MOST:
        paths = [path for path in paths if like in path.lower()][:_MOST]
    return [known.get(path) or Picture(path, "") for path in paths]


def _begins(sought: str, path: str) -> bool:
    """Whether the path, or the file's name, begins so."""
    begun = fold(sought)
    return fold(path).startswith(begun) or fold(posixpath.basename(path)).startswith(begun)


def _completion(typed: TypedPath, here: str, picture: Picture) -> Completion:
    return Completion(
        label=picture.path,
        kind=CompletionKind.FIGURE,
        replaced=typed.span,
        new_text=here + path_as_written(picture.path) + typed.closing,
        detail=picture.detail,
        figure=picture.path if picture.detail else None,
    )


def _folder(cursor: Cursor, typed: TypedPath, here: str) -> Completion:
    """Where pictures are to be put, as there are none yet."""
    folder = figures_folder(cursor.ctx.settings)
    detail = (
        "the folder for figures: no picture is in it yet" if cursor.ctx.files.is_known else "the folder for figures"
    )
    return Completion(folder, CompletionKind.FOLDER, typed.span, here + path_as_written(folder), detail=detail)


def _is_read(cursor: Cursor, typed: TypedPath, first: Completion) -> bool:
    """Whether the brackets are an image's or a link's once they hold a path."""
    is_closing = first.kind is CompletionKind.FIGURE
    path = first.new_text[: len(first.new_text) - is_closing * len(typed.closing)]
    return becomes_target(cursor, Edit(typed.span, path + typed.closing), len(path), is_image=typed.is_image)
