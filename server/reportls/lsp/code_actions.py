"""Code actions in the protocol's types: quick fixes, fix all, insert an image, ignore a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from reportls.configuration.ignoring import ignoring
from reportls.features.actions import (
    FIX_ALL_TITLE,
    Action,
    ActionKind,
    findings_at,
    findings_touching,
    fix_all,
    fixable_rules,
    ignorable,
    insert_image,
    quick_fixes,
    restore_prompt,
)
from reportls.findings.finding import in_sentence_case
from reportls.host.configuration import OWN, configuration_for, table_in
from reportls.host.paths import HostError, absolute
from reportls.lsp.capabilities import CONFIGURATION_EDITED, FIX_ALL, INSERT, SHOW_RULE
from reportls.lsp.conversion import Converter, uri_of
from reportls.lsp.workspace import in_document, in_files
from reportls.report.report import parse
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportls.findings.finding import Finding
    from reportls.form_snapshot import AnySnapshot
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session
    from reportls.lsp.workspace import AnyEdit

_KINDS = {
    ActionKind.QUICK_FIX: types.CodeActionKind.QuickFix.value,
    ActionKind.IGNORE: types.CodeActionKind.QuickFix.value,
    ActionKind.REFACTOR: INSERT,
    ActionKind.FIX_ALL: FIX_ALL,
}


def actions(
    session: Session, document: Document, range_: types.Range, context: types.CodeActionContext
) -> list[types.CodeAction | types.Command]:
    """Return the actions for the range, of the kinds that the client asks for."""
    snapshot = document.snapshot
    if not snapshot or not session.client.takes_literals:
        return []
    return [*document.within_budget(_actions(session, document, snapshot, range_, context), "actions")]


def resolved(session: Session, action: types.CodeAction) -> types.CodeAction:
    """Add the edit that was left out when the action was offered; none if the document has changed since."""
    data: Any = action.data if isinstance(action.data, dict) else {}
    document = session.documents.get(data["uri"]) if isinstance(data.get("uri"), str) else None
    snapshot = document.snapshot if document else None
    rule = data.get("rule") if isinstance(data.get("rule"), str) else None
    if document and snapshot and data.get("version") == document.version and (found := fix_all(snapshot, rule)):
        action.edit = in_document(document, _edits(session, document, found), session.client)
    return action


def _actions(
    session: Session,
    document: Document,
    snapshot: AnySnapshot,
    range_: types.Range,
    context: types.CodeActionContext,
) -> Iterator[types.CodeAction]:
    wanted = [str(getattr(kind, "value", kind)) for kind in context.only or ("",)]
    kinds = {kind for kind, name in _KINDS.items() if any(_is_below(name, it) for it in wanted)}
    span = document.converter.span(range_)
    # Clients ask at every move of the cursor, to show a light bulb; there is none beside plain prose.
    is_asked = context.trigger_kind is not types.CodeActionTriggerKind.Automatic or bool(context.only)
    findings = findings_at(snapshot, span) if is_asked else findings_touching(snapshot, span)
    fixes = quick_fixes(findings) if ActionKind.QUICK_FIX in kinds else ()
    for action in fixes:
        yield _code_action(session, document, action, context.diagnostics)
    if ActionKind.QUICK_FIX in kinds:
        yield from _fix_rules(session, document, snapshot, findings, context.diagnostics)
        yield from _explaining(session, findings, context.diagnostics)
    if ActionKind.REFACTOR in kinds and is_asked:
        offered = {action.title for action in fixes}
        for action in (*insert_image(snapshot, span.start), *restore_prompt(snapshot, span.start)):
            if action.title not in offered:
                yield _code_action(session, document, action, ())
    if ActionKind.FIX_ALL in kinds and is_asked and (all_fixed := _fix_all(session, document, snapshot)):
        yield all_fixed
    if ActionKind.IGNORE in kinds:
        # Helix sorts by kind and selects the first action; without a kind, this one is last. Where the client explains
        # rules, the explanation comes before it.
        is_quick_fix = session.client.rule_page or context.only
        kind = types.CodeActionKind.QuickFix if is_quick_fix else None
        yield from _ignoring(session, document, findings, context.diagnostics, kind)


def _is_below(kind: str, wanted: str) -> bool:
    return wanted in ("", kind) or kind.startswith(f"{wanted}.")


def _fix_all(session: Session, document: Document, snapshot: AnySnapshot) -> types.CodeAction | None:
    """Return the action for all safe fixes; without its edit, which takes long, if the client can ask for it."""
    is_possible = any(fix.safe for finding in snapshot.findings for fix in finding.fixes)
    if not is_possible:
        return None
    if session.client.resolves_edits:
        return types.CodeAction(
            in_sentence_case(FIX_ALL_TITLE), FIX_ALL, data={"uri": document.uri, "version": document.version}
        )
    found = fix_all(snapshot)
    return _code_action(session, document, found, ()) if found else None


def _fix_rules(
    session: Session,
    document: Document,
    snapshot: AnySnapshot,
    findings: Sequence[Finding],
    diagnostics: Sequence[types.Diagnostic],
) -> Iterator[types.CodeAction]:
    """Yield for each rule the action that fixes all its findings; only for clients that ask for the edit later."""
    for rule, number in fixable_rules(snapshot, findings).items() if session.client.resolves_edits else ():
        yield types.CodeAction(
            f"Fix all {rule} ({number})",
            types.CodeActionKind.QuickFix,
            [it for it in diagnostics if it.code == rule],
            data={"uri": document.uri, "version": document.version, "rule": rule},
        )


def _explaining(
    session: Session, findings: Sequence[Finding], diagnostics: Sequence[types.Diagnostic]
) -> Iterator[types.CodeAction]:
    """Yield for each rule the action that shows its page, for clients that can: ignoring is never all there is."""
    for rule in ignorable(findings) if session.client.rule_page else ():
        command = types.Command(f"Explain {rule}", SHOW_RULE, arguments=[rule])
        of_rule = [it for it in diagnostics if it.code == rule]
        yield types.CodeAction(command.title, types.CodeActionKind.QuickFix, of_rule, command=command)


def _code_action(
    session: Session, document: Document, action: Action, diagnostics: Sequence[types.Diagnostic]
) -> types.CodeAction:
    return types.CodeAction(
        in_sentence_case(action.title),
        _KINDS[action.kind],
        _of_finding(document, action.finding, diagnostics),
        is_preferred=action.is_preferred or None,
        edit=_edit(session, document, action),
    )


def _edit(session: Session, document: Document, action: Action) -> types.WorkspaceEdit | None:
    if not action.file:
        return in_document(document, _edits(session, document, action), session.client)
    if not document.path:
        return None
    path = absolute(document.path.parent / action.file.path)
    whole = Edit(Span(0, len(action.file.text)), action.file.new_text)
    edits = Converter(parse(action.file.text), session.client.encoding).edits([whole])
    return in_files([(uri_of(path), None, edits)], session.client)


def _of_finding(
    document: Document, finding: Finding | None, diagnostics: Sequence[types.Diagnostic]
) -> list[types.Diagnostic] | None:
    """Return the client's own diagnostics of the finding, so that it can show the action beside them."""
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


def _ignoring(
    session: Session,
    document: Document,
    findings: Sequence[Finding],
    diagnostics: Sequence[types.Diagnostic],
    kind: types.CodeActionKind | None,
) -> Iterator[types.CodeAction]:
    """Yield for each rule the edit of the configuration file that ignores it; none if that file is broken."""
    if not document.path or not (rules := ignorable(findings)):
        return
    try:
        found = configuration_for(document.path.parent)
    except HostError:
        return
    path = found.path or document.path.parent / OWN
    for rule in rules:
        edit = _in_file(session, path, found.text, rule) if found.path else _in_new_file(session, path, rule)
        if edit:
            title = f"Ignore {rule} for this report (edits {path.name})"
            of_rule = [it for it in diagnostics if it.code == rule]
            # Editors apply the edit to a file that is not shown, and do not save it.
            told = types.Command(title, CONFIGURATION_EDITED, arguments=[uri_of(path), rule])
            yield types.CodeAction(title, kind, of_rule, edit=edit, command=told)


def _in_file(session: Session, path: Path, text: str, rule: str) -> types.WorkspaceEdit | None:
    edits = ignoring(text, table_in(path), rule)
    if not edits:
        return None
    return in_files(
        [(uri_of(path), None, Converter(parse(text), session.client.encoding).edits(edits))], session.client
    )


def _in_new_file(session: Session, path: Path, rule: str) -> types.WorkspaceEdit | None:
    edits = ignoring(None, (), rule)
    if not edits or not session.client.creates_files or not session.client.takes_document_changes:
        return None
    created = types.CreateFile(uri_of(path), options=types.CreateFileOptions(ignore_if_exists=True))
    written = Converter(parse(""), session.client.encoding).edits(edits)
    return in_files([(uri_of(path), None, written)], session.client, [created])
