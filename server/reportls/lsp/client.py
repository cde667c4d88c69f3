"""What the client can do, as far as it makes a difference to us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types
from pygls.capabilities import get_capability

if TYPE_CHECKING:
    from reportls.text import Encoding


class Client(NamedTuple):
    """A digest of the client's capabilities."""

    encoding: Encoding = "utf-16"
    """The unit of columns."""
    reads_markdown: bool = False
    """Whether hovers and documentation may be Markdown."""
    pulls: bool = False
    """Whether it asks for diagnostics itself, and can be told to ask again."""
    takes_related: bool = False
    """Whether a diagnostic may name other places."""
    takes_tags: bool = False
    takes_code_description: bool = False
    takes_document_changes: bool = False
    takes_snippet_edits: bool = False
    creates_files: bool = False
    renames_files: bool = False
    resolves_edits: bool = False
    """Whether the edits of a code action may be asked for later."""
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
    """Whether it can be asked to tell when its settings change."""
    shows_documents: bool = False
    shows_progress: bool = False
    refreshes_hints: bool = False
    applies_edits: bool = False

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities) -> Client:
        """The digest."""

        def can(path: str) -> bool:
            return bool(get_capability(capabilities, path, default=False))

        diagnostics = "text_document.publish_diagnostics"
        pulls = capabilities.text_document is not None and capabilities.text_document.diagnostic is not None
        pulls = pulls and can("workspace.diagnostics.refresh_support")
        if pulls and get_capability(capabilities, "text_document.diagnostic.related_information") is not None:
            diagnostics = "text_document.diagnostic"
        operations: Any = get_capability(capabilities, "workspace.workspace_edit.resource_operations", default=())
        resolved: Any = get_capability(capabilities, "text_document.code_action.resolve_support.properties", default=())
        contents: Any = get_capability(capabilities, "text_document.hover.content_format", default=())
        return cls(
            encoding=encoding_of(capabilities),
            reads_markdown=next(iter(contents), None) == types.MarkupKind.Markdown,
            pulls=pulls,
            takes_related=can(f"{diagnostics}.related_information"),
            takes_tags=can(f"{diagnostics}.tag_support"),
            takes_code_description=can(f"{diagnostics}.code_description_support"),
            takes_document_changes=can("workspace.workspace_edit.document_changes"),
            takes_snippet_edits=can("workspace.workspace_edit.snippet_edit_support"),
            creates_files=types.ResourceOperationKind.Create in operations,
            renames_files=types.ResourceOperationKind.Rename in operations,
            resolves_edits="edit" in resolved and can("text_document.code_action.data_support"),
            takes_literals=can("text_document.code_action.code_action_literal_support"),
            takes_snippets=can("text_document.completion.completion_item.snippet_support"),
            nests_symbols=can("text_document.document_symbol.hierarchical_document_symbol_support"),
            watches=can("workspace.did_change_watched_files.dynamic_registration"),
            watches_below=can("workspace.did_change_watched_files.relative_pattern_support"),
            configures=can("workspace.configuration"),
            notifies_of_settings=can("workspace.did_change_configuration.dynamic_registration"),
            shows_documents=can("window.show_document.support"),
            shows_progress=can("window.work_done_progress"),
            refreshes_hints=can("workspace.inlay_hint.refresh_support"),
            applies_edits=can("workspace.apply_edit"),
        )


def encoding_of(capabilities: types.ClientCapabilities) -> Encoding:
    """UTF-16 if the client lists it or lists nothing, else its first choice among those that we know."""
    listed = (capabilities.general and capabilities.general.position_encodings) or ()
    names = [str(getattr(encoding, "value", encoding)) for encoding in listed]
    known: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
    if not names or "utf-16" in names:
        return "utf-16"
    return next((encoding for name in names for encoding in known if name == encoding), "utf-16")
