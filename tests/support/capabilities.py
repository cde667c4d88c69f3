"""Capabilities of the clients in tests."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, Any]

ENCODINGS = ("utf-8", "utf-16", "utf-32")

_EVERYTHING: Json = {
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {
            "documentChanges": True,
            "snippetEditSupport": True,
            "resourceOperations": ["create", "rename", "delete"],
        },
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
        "configuration": True,
        "workspaceFolders": True,
        "fileOperations": {"willRename": True},
        "inlayHint": {"refreshSupport": True},
        "symbol": {},
        "executeCommand": {},
    },
    "textDocument": {
        "synchronization": {"didSave": True},
        "publishDiagnostics": {
            "relatedInformation": True,
            "tagSupport": {"valueSet": [1, 2]},
            "versionSupport": True,
            "codeDescriptionSupport": True,
            "dataSupport": True,
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "definition": {},
        "references": {},
        "documentLink": {"tooltipSupport": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True, "labelSupport": True},
        "foldingRange": {"foldingRange": {"collapsedText": True}},
        "selectionRange": {},
        "inlayHint": {"resolveSupport": {"properties": []}},
        "rename": {"prepareSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor", "source"]}},
            "isPreferredSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
    },
    "window": {"showDocument": {"support": True}, "workDoneProgress": True},
}
"""All capabilities that matter to the server, except pull diagnostics."""


def capabilities(
    *,
    without: Sequence[str] = (),
    pulls: bool = False,
    encodings: Sequence[str] | None = ("utf-16",),
    experimental: Json | None = None,
) -> Json:
    """Return a client's capabilities without those at the given dotted paths, with experimental ones of its own."""
    found = deepcopy(_EVERYTHING)
    if experimental:
        found["experimental"] = experimental
    if encodings is not None:
        found["general"] = {"positionEncodings": [*encodings]}
    if pulls:
        found["textDocument"]["diagnostic"] = {"relatedDocumentSupport": True}
        found["workspace"]["diagnostics"] = {"refreshSupport": True}
    for path in without:
        *parents, name = path.split(".")
        inner = found
        for parent in parents:
            inner = inner[parent]
        del inner[name]
    return found
