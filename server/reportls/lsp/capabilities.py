"""Capabilities: the client's, as far as we use them, and the server's.

Both are plain JSON: `initialize` is answered before lsprotocol is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import reportls
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.text import Encoding

RULE = "{rule}"
_ENDS_LINK = pattern(r"[\s()<>]")
_ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
NAME = "reportls"
FIX_ALL = "source.fixAll.reportls"
INSERT = "refactor.rewrite.reportls"
NEXT_UNANSWERED = "reportls.nextUnanswered"
TOGGLE_TASK = "reportls.toggleTask"
CHECK_ALL = "reportls.checkAll"
CONFIGURATION_EDITED = "reportls.configurationEdited"
SHOW_RULE = "reportls.showRule"
"""A command of clients that show the pages of rules themselves."""

FIGURES = "png,jpg,jpeg,gif,svg,webp,bmp,tif,tiff,pdf"
"""Extensions of files that a report may use as figures, rightly or not, as a glob pattern has them."""
_INCREMENTAL = 2
_TRIGGERS = ("!", "[", "(", "/", "s")
"""Characters that start a completion: of an image, a path, a study number."""


class Client(NamedTuple):
    """A digest of the client's capabilities."""

    encoding: Encoding = "utf-16"
    """The unit of columns."""
    reads_markdown: bool = False
    """Whether hovers and documentation may be Markdown."""
    pulls: bool = False
    """Whether it requests diagnostics itself, and can be asked to do so again."""
    takes_related: bool = False
    """Whether a diagnostic may refer to other places."""
    takes_tags: bool = False
    takes_code_description: bool = False
    takes_document_changes: bool = False
    takes_snippet_edits: bool = False
    creates_files: bool = False
    renames_files: bool = False
    prepares_renames: bool = False
    """Whether it sends `prepareRename` before a rename."""
    asks_before_renames: bool = False
    """Whether it sends `willRenameFiles` when a file is renamed."""
    resolves_edits: bool = False
    """Whether it can resolve the edits of a code action later."""
    takes_literals: bool = False
    """Whether code actions may be more than commands."""
    takes_snippets: bool = False
    """Whether a completion may be a snippet."""
    nests_symbols: bool = False
    watches: bool = False
    """Whether it can be asked to watch files."""
    watches_below: bool = False
    """Whether patterns may be relative to a folder."""
    configures: bool = False
    """Whether it can be asked for its settings."""
    notifies_of_settings: bool = False
    """Whether it can be asked to report changes of its settings."""
    shows_documents: bool = False
    shows_progress: bool = False
    refreshes_hints: bool = False
    applies_edits: bool = False
    rule_page: str | None = None
    """The address at which the client itself shows the page of the rule that is put in place of `{rule}`."""
    saves_configuration: bool = False
    """Whether it saves a configuration file that a code action has edited, and says so."""

    @classmethod
    def of(cls, capabilities: Mapping[str, Any], columns: Encoding | None = None) -> Client:
        """Read the capabilities from JSON; one that has the wrong type counts as missing.

        `columns` is the unit of columns of a client that does not name any.
        """

        def can(path: str) -> bool:
            return _at(capabilities, path) not in (None, False)

        def lists(path: str) -> list[Any]:
            found = _at(capabilities, path)
            return found if isinstance(found, list) else []

        diagnostics = "textDocument.publishDiagnostics"
        pulls = can("textDocument.diagnostic") and can("workspace.diagnostics.refreshSupport")
        if pulls and _at(capabilities, "textDocument.diagnostic.relatedInformation") is not None:
            diagnostics = "textDocument.diagnostic"
        operations = lists("workspace.workspaceEdit.resourceOperations")
        return cls(
            encoding=_encoding(lists("general.positionEncodings") or [columns or "utf-16"]),
            reads_markdown=next(iter(lists("textDocument.hover.contentFormat")), None) == "markdown",
            pulls=pulls,
            takes_related=can(f"{diagnostics}.relatedInformation"),
            takes_tags=can(f"{diagnostics}.tagSupport"),
            takes_code_description=can(f"{diagnostics}.codeDescriptionSupport"),
            takes_document_changes=can("workspace.workspaceEdit.documentChanges"),
            takes_snippet_edits=can("workspace.workspaceEdit.snippetEditSupport"),
            creates_files="create" in operations,
            renames_files="rename" in operations,
            prepares_renames=can("textDocument.rename.prepareSupport"),
            asks_before_renames=can("workspace.fileOperations.willRename"),
            resolves_edits="edit" in lists("textDocument.codeAction.resolveSupport.properties")
            and can("textDocument.codeAction.dataSupport"),
            takes_literals=can("textDocument.codeAction.codeActionLiteralSupport"),
            takes_snippets=can("textDocument.completion.completionItem.snippetSupport"),
            nests_symbols=can("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"),
            watches=can("workspace.didChangeWatchedFiles.dynamicRegistration"),
            watches_below=can("workspace.didChangeWatchedFiles.relativePatternSupport"),
            configures=can("workspace.configuration"),
            notifies_of_settings=can("workspace.didChangeConfiguration.dynamicRegistration"),
            shows_documents=can("window.showDocument.support"),
            shows_progress=can("window.workDoneProgress"),
            refreshes_hints=can("workspace.inlayHint.refreshSupport"),
            applies_edits=can("workspace.applyEdit"),
            rule_page=_address(_at(capabilities, "experimental.reportls.rulePage")),
            saves_configuration=can("experimental.reportls.savesConfiguration"),
        )

    def page_of_rule(self, rule: str) -> str | None:
        """Return the address of a rule's page: the client's own, else that on the web; None if there is neither."""
        if self.rule_page:
            return self.rule_page.replace(RULE, quote(rule))
        return reportls.rule_page(rule)


def _address(template: object) -> str | None:
    """Return the template of an address if it has a place for the rule, and nothing that would end a link."""
    is_template = isinstance(template, str) and RULE in template and not _ENDS_LINK.search(template)
    return str(template) if is_template else None


def _at(capabilities: object, path: str) -> Any:  # noqa: ANN401  # whatever JSON has there
    """Return the value at a path with dots; None if there is none."""
    found = capabilities
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _encoding(listed: list[Any]) -> Encoding:
    """Return UTF-16 if it is listed, because every client gets it right; else the first that we know."""
    if "utf-16" in listed:
        return "utf-16"
    return next((encoding for name in listed for encoding in _ENCODINGS if name == encoding), "utf-16")


def capabilities_for(client: Client) -> dict[str, Any]:
    """Return the server's capabilities; some depend on the client's."""
    # Findings of one report never depend on another report.
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
