"""Asks the client to tell when a file changes that the findings of an open report depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportls.host.roots import repository_root
from reportls.lsp.uris import uri_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session

PICTURES = "png,jpg,jpeg,gif,svg,webp,bmp,tif,tiff,pdf"
"""The endings of what may be used as a figure, rightly or not; as in a pattern."""
_METHOD = "workspace/didChangeWatchedFiles"
_PICTURES = f"**/*.{{{PICTURES},PNG,JPG,JPEG}}"
_CONFIGURATION = "**/{reportls.toml,pyproject.toml,.gitignore}"
_GIT = ".git/{index,HEAD,FETCH_HEAD,info/exclude,logs/HEAD,refs/remotes/origin/*}"
"""What changes when a file is added or committed, and when the branches of others are fetched or pushed to."""


class Watching:
    """What the client was asked to watch."""

    def __init__(self, session: Session) -> None:
        """Watch nothing yet."""
        self._session = session
        self._folders: set[Path] = set()
        """The reports' folders that are watched."""
        self._is_everywhere = False

    def adapt(self) -> None:
        """Watch what the open reports depend on, and nothing else."""
        if not self._session.client.watches:
            return
        reports = [document for document in self._session.documents.values() if document.is_report and document.path]
        if not self._session.client.watches_below:
            self._watch_everywhere(is_wanted=bool(reports))
            return
        wanted = {document.path.parent: document for document in reports if document.path}
        for folder in wanted.keys() - self._folders:
            self._register(str(folder), [*_watchers(folder, wanted[folder])])
        for folder in self._folders - wanted.keys():
            self._unregister(str(folder))
        self._folders = set(wanted)

    def _watch_everywhere(self, *, is_wanted: bool) -> None:
        """Watch the folders that the editor has open: patterns cannot say any other."""
        if is_wanted and not self._is_everywhere:
            self._is_everywhere = True
            patterns = (_PICTURES, _CONFIGURATION, f"**/{_GIT}", "**/report.py", "**/figures")
            self._register("everywhere", [{"globPattern": pattern} for pattern in patterns])

    def _register(self, name: str, watchers: list[dict[str, Any]]) -> None:
        what = {"id": f"watch {name}", "method": _METHOD, "registerOptions": {"watchers": watchers}}
        self._session.endpoint.ask("client/registerCapability", {"registrations": [what]})

    def _unregister(self, name: str) -> None:
        what = {"id": f"watch {name}", "method": _METHOD}
        # The name is misspelt in the specification.
        self._session.endpoint.ask("client/unregisterCapability", {"unregisterations": [what]})


def _watchers(folder: Path, document: Document) -> Iterator[dict[str, Any]]:
    # A folder that is deleted may be told of by itself, without the files in it: hence the `*`.
    figures = document.surroundings.environment.settings.figures
    root = repository_root(folder) or folder.parent
    below = [(folder, "*"), (folder, f"{figures}/**"), (folder, _PICTURES), (root, _CONFIGURATION), (root, _GIT)]
    for base, pattern in below:
        yield {"globPattern": {"baseUri": uri_of(base), "pattern": pattern}}
