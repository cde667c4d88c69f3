"""Asks the client to report changes of files that the findings of open reports depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportls.host.paths import repository_root
from reportls.lsp.capabilities import FIGURES
from reportls.lsp.conversion import uri_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportls.lsp.capabilities import Client
    from reportls.lsp.documents import Document
    from reportls.lsp.rpc.endpoint import Endpoint

_METHOD = "workspace/didChangeWatchedFiles"
_FIGURES = f"**/*.{{{FIGURES},PNG,JPG,JPEG}}"
_CONFIGURATION = "**/{reportls.toml,pyproject.toml,.gitignore}"
_GIT = ".git/{index,HEAD,FETCH_HEAD,info/exclude,logs/HEAD,refs/remotes/origin/*}"
"""Files that change when a file is added to git or committed, and when branches are fetched or pushed."""


class WatchedFiles:
    """Keeps the client's file watchers in step with the open reports."""

    def __init__(self, endpoint: Endpoint, client: Client) -> None:
        """Start with no watchers."""
        self._endpoint = endpoint
        self._client = client
        self._watched: set[Path] = set()
        """Folders of reports, and templates."""
        self._is_everywhere = False

    def adapt(self, documents: Sequence[Document]) -> None:
        """Watch the files that the reports among the open documents depend on, and no others."""
        if not self._client.watches:
            return
        reports = [
            document
            for document in documents
            if document.path and (document.is_report or document.environment.has_bad_template)
        ]
        if not self._client.watches_below:
            self._watch_everywhere(is_wanted=bool(reports))
            return
        wanted = {
            document.path.parent: _watchers(document.path.parent, document) for document in reports if document.path
        }
        # A template may lie in any other folder, and another one may be named while the report is open.
        wanted |= {
            path: [_watcher(path.parent, path.name)] for each in reports if (path := each.environment.choice.path)
        }
        for path in wanted.keys() - self._watched:
            self._register(str(path), wanted[path])
        for path in self._watched - wanted.keys():
            self._unregister(str(path))
        self._watched = set(wanted)

    def _watch_everywhere(self, *, is_wanted: bool) -> None:
        """Watch all folders that the editor has open: patterns of this client are relative to them."""
        if is_wanted and not self._is_everywhere:
            self._is_everywhere = True
            patterns = (_FIGURES, _CONFIGURATION, f"**/{_GIT}", "**/report.py", "**/figures")
            self._register("everywhere", [{"globPattern": pattern} for pattern in patterns])

    def _register(self, name: str, watchers: list[dict[str, Any]]) -> None:
        what = {"id": f"watch {name}", "method": _METHOD, "registerOptions": {"watchers": watchers}}
        self._endpoint.ask("client/registerCapability", {"registrations": [what]})

    def _unregister(self, name: str) -> None:
        what = {"id": f"watch {name}", "method": _METHOD}
        # The name is misspelt in the specification.
        self._endpoint.ask("client/unregisterCapability", {"unregisterations": [what]})


def _watchers(folder: Path, document: Document) -> list[dict[str, Any]]:
    # For a deleted folder, a client may report the folder alone and not its files: hence the `*`.
    figures = document.environment.current.settings.figures
    root = repository_root(folder) or folder.parent
    below = [(folder, "*"), (folder, f"{figures}/**"), (folder, _FIGURES), (root, _CONFIGURATION), (root, _GIT)]
    return [_watcher(*each) for each in below]


def _watcher(base: Path, pattern: str) -> dict[str, Any]:
    return {"globPattern": {"baseUri": uri_of(base), "pattern": pattern}}
