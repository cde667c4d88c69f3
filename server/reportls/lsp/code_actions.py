"""Code actions in the protocol's types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from reportls.features.actions import (
    FIX_ALL_TITLE,
    Action,
    ActionKind,
    findings_at,
    fix_all,
    ignorable,
    insert_image,
    quick_fixes,
)
from reportls.lsp.capabilities import FIX_ALL, INSERT
from reportls.lsp.ignoring import ignoring_edits
from reportls.lsp.workspace_edits import in_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.finding import Finding
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session
    from reportls.lsp.workspace_edits import AnyEdit
    from reportls.snapshot import Snapshot

_KINDS = {
    ActionKind.QUICK_FIX: types.CodeActionKind.QuickFix.value,
    ActionKind.IGNORE: types.CodeActionKind.QuickFix.value,
    ActionKind.REFACTOR: INSERT,
    ActionKind.FIX_ALL: FIX_ALL,
}


def actions(
    session: Session, document: Document, range_: types.Range, context: types.CodeActionContext
) -> list[types.CodeAction | types.Command]:
    """All that can be done there, of the kinds that are asked for."""
    snapshot = document.snapshot
    if not snapshot or not session.client.takes_literals:
        return []
    return [*_actions(session, document, snapshot, range_, context)]


def resolved(session: Session, action: types.CodeAction) -> types.CodeAction:
    """The action with its edit, which was left out when it was offered; as it is if the document has changed since."""
    data: Any = action.data if isinstance(action.data, dict) else {}
    document = session.documents.get(data["uri"]) if isinstance(data.get("uri"), str) else None
    snapshot = document.snapshot if document else None
    if document and snapshot and data.get("version") == document.version and (found := fix_all(snapshot)):
        action.edit = in_document(document, _edits(session, document, found), session.client)
    return action


def _actions(
    session: Session,
    document: Document,
    snapshot: Snapshot,
    range_: types.Range,
    context: types.CodeActionContext,
) -> Iterator[types.CodeAction]:
    wanted = [str(getattr(kind, "value", kind)) for kind in context.only or ("",)]
    kinds = {kind for kind, name in _KINDS.items() if any(_is_below(name, it) for it in wanted)}
    span = document.converter.span(range_)
    findings = findings_at(snapshot, span)
    fixes = quick_fixes(findings) if ActionKind.QUICK_FIX in kinds else ()
    for action in fixes:
        yield _code_action(session, document, action, context.diagnostics)
    if ActionKind.REFACTOR in kinds:
        offered = {action.title for action in fixes}
        for action in insert_image(snapshot, span.start):
            if action.title not in offered:
                yield _code_action(session, document, action, ())
    if ActionKind.FIX_ALL in kinds and (all_fixed := _fix_all(session, document, snapshot, context)):
        yield all_fixed
    if ActionKind.IGNORE in kinds:
        yield from _ignoring(session, document, findings, context.diagnostics)


def _ignoring(
    session: Session, document: Document, findings: Sequence[Finding], diagnostics: Sequence[types.Diagnostic]
) -> Iterator[types.CodeAction]:
    for rule, edit in ignoring_edits(session, document, ignorable(findings)):
        yield types.CodeAction(
            f"ignore the rule {rule} in {edit.name}",
            types.CodeActionKind.QuickFix,
            [it for it in diagnostics if it.code == rule],
            edit=edit.edit,
        )


def _is_below(kind: str, wanted: str) -> bool:
    return wanted in ("", kind) or kind.startswith(f"{wanted}.")


def _fix_all(
    session: Session, document: Document, snapshot: Snapshot, context: types.CodeActionContext
) -> types.CodeAction | None:
    """To find out what all fixes together do takes a while: it is done when it is asked for, if the client can wait."""
    is_possible = any(fix.safe for finding in snapshot.findings for fix in finding.fixes)
    if not is_possible:
        return None
    if session.client.resolves_edits:
        return types.CodeAction(FIX_ALL_TITLE, FIX_ALL, data={"uri": document.uri, "version": document.version})
    if not context.only and context.trigger_kind is types.CodeActionTriggerKind.Automatic:
        return None
    found = fix_all(snapshot)
    return _code_action(session, document, found, ()) if found else None


def _code_action(
    session: Session, document: Document, action: Action, diagnostics: Sequence[types.Diagnostic]
) -> types.CodeAction:
    return types.CodeAction(
        action.title,
        _KINDS[action.kind],
        _of_finding(document, action.finding, diagnostics),
        is_preferred=action.is_preferred or None,
        edit=in_document(document, _edits(session, document, action), session.client),
    )


def _of_finding(
    document: Document, finding: Finding | None, diagnostics: Sequence[types.Diagnostic]
) -> list[types.Diagnostic] | None:
    """The client's own diagnostic of the finding, so that it can show the action beside it."""
    if not finding:
        return None
    same = [it for it in diagnostics if it.code == finding.rule and it.message == finding.message]
    here = document.converter.range(finding.span)
    return [it for it in same if it.range == here] or same or None


def _edits(session: Session, document: Document, action: Action) -> list[AnyEdit]:
    converter, client = document.converter, session.client
    if action.snippet and client.takes_snippet_edits and client.takes_document_changes:
        return [
            types.SnippetTextEdit(converter.range(edit.span), types.StringValue(edit.snippet))
            for edit in action.snippet
        ]
    return [*converter.edits(action.edits)]
