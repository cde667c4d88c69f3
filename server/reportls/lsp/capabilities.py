"""What the server says that it can, in answer to `initialize`: plain data, for pygls and its types come later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportls.lsp.watched_files import PICTURES

if TYPE_CHECKING:
    from reportls.lsp.client import Client

NAME = "reportls"
FIX_ALL = "source.fixAll.reportls"
INSERT = "refactor.rewrite.reportls"
NEXT_UNANSWERED = "reportls.nextUnanswered"
TOGGLE_TASK = "reportls.toggleTask"
CHECK_ALL = "reportls.checkAll"

_INCREMENTAL = 2
_TRIGGERS = ("!", "[", "(", "/", "s")
"""After which letters completions are asked for: of an image, of a path, of a study number."""


def capabilities_for(client: Client) -> dict[str, Any]:
    """The server's capabilities; some mean something only to clients that can do their part."""
    pulling = {"interFileDependencies": False, "workspaceDiagnostics": False, "identifier": NAME}
    return {
        "positionEncoding": client.encoding,
        "textDocumentSync": {"openClose": True, "change": _INCREMENTAL, "save": {"includeText": False}},
        "hoverProvider": True,
        "completionProvider": {"triggerCharacters": [*_TRIGGERS]},
        "definitionProvider": True,
        "referencesProvider": True,
        "documentLinkProvider": {"resolveProvider": False},
        "documentSymbolProvider": {"label": NAME},
        "workspaceSymbolProvider": {"resolveProvider": False},
        "foldingRangeProvider": True,
        "selectionRangeProvider": True,
        "inlayHintProvider": {"resolveProvider": False},
        "codeActionProvider": {"codeActionKinds": ["quickfix", INSERT, FIX_ALL], "resolveProvider": True},
        "renameProvider": {"prepareProvider": True} if client.prepares_renames else True,
        "executeCommandProvider": {"commands": [NEXT_UNANSWERED, TOGGLE_TASK, CHECK_ALL]},
        **({"diagnosticProvider": pulling} if client.pulls else {}),
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": {"willRename": {"filters": _renamed()}} if client.asks_before_renames else {},
        },
        "experimental": {NAME: {"page": True}},
    }


def _renamed() -> list[dict[str, Any]]:
    """Which files, when renamed elsewhere, may be a report's: pictures, and folders that may hold some."""
    pictures = {"glob": f"**/*.{{{PICTURES}}}", "matches": "file", "options": {"ignoreCase": True}}
    folders = {"glob": "**/*", "matches": "folder"}
    return [{"pattern": pattern, "scheme": "file"} for pattern in (pictures, folders)]
