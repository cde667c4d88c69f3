"""The server's capabilities, as JSON: `initialize` is answered before lsprotocol is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportls.lsp.watched_files import FIGURES

if TYPE_CHECKING:
    from reportls.lsp.client import Client

NAME = "reportls"
FIX_ALL = "source.fixAll.reportls"
INSERT = "refactor.rewrite.reportls"
NEXT_UNANSWERED = "reportls.nextUnanswered"
TOGGLE_TASK = "reportls.toggleTask"
CHECK_ALL = "reportls.checkAll"
CONFIGURATION_EDITED = "reportls.configurationEdited"
SHOW_RULE = "reportls.showRule"
"""A command of clients that show the pages of rules themselves."""

_INCREMENTAL = 2
_TRIGGERS = ("!", "[", "(", "/", "s")
"""Characters that start a completion: of an image, a path, a study number."""


def capabilities_for(client: Client) -> dict[str, Any]:
    """Return the server's capabilities; some depend on the client's."""
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
        "executeCommandProvider": {"commands": [NEXT_UNANSWERED, TOGGLE_TASK, CHECK_ALL, CONFIGURATION_EDITED]},
        **({"diagnosticProvider": pulling} if client.pulls else {}),
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": {"willRename": {"filters": _renamed()}} if client.asks_before_renames else {},
        },
        "experimental": {NAME: {"page": True, "questions": True, "rule": True}},
    }


def _renamed() -> list[dict[str, Any]]:
    """Return the files whose renaming may concern a report: figures, and folders that may hold some."""
    figures = {"glob": f"**/*.{{{FIGURES}}}", "matches": "file", "options": {"ignoreCase": True}}
    folders = {"glob": "**/*", "matches": "folder"}
    return [{"pattern": pattern, "scheme": "file"} for pattern in (figures, folders)]
