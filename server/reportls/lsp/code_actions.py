"""Code actions in the protocol's types: quick fixes, fix all, insert an image, restore a prompt, ignore a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

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


class _Asked(NamedTuple):
    """A request for actions, with what its answers need."""

    session: Session
    document: Document
    snapshot: AnySnapshot
    diagnostics: Sequence[types.Diagnostic]
    """The client's own, of the range."""

    def of_rule(self, rule: str) -> list[types.Diagnostic]:
        """Return the client's diagnostics of a rule, so that it can show an action beside them."""
        return [it for it in self.diagnostics if it.code == rule]

    def of_finding(self, finding: Finding | None) -> list[types.Diagnostic] | None:
        """Return the client's diagnostics of a finding; None if there are none."""
        if not finding:
            return None
        same = [it for it in self.of_rule(finding.rule) if it.message == finding.message]
        here = self.document.converter.range(finding.span)
        return [it for it in same if it.range == here] or same or None

    def later(self, title: str, kind: str, rule: str | None = None) -> types.CodeAction:
        """Return an action that fixes all findings, or all of a rule; the client asks for its edit later."""
        data = {"uri": self.document.uri, "version": self.document.version}
        if rule is None:
            return types.CodeAction(title, kind, data=data)
        return types.CodeAction(title, kind, self.of_rule(rule), data={**data, "rule": rule})


def actions(session: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Return the actions for the range, of the kinds that the client asks for."""
    document = session.document(params.text_document.uri)
    session.look_again([document], is_sure=False)
    snapshot = document.snapshot
    if not snapshot or not session.client.takes_literals:
        return []
    asked = _Asked(session, document, snapshot, params.context.diagnostics)
    return document.within_budget(_actions(asked, params.range, params.context), "actions")


def resolved(session: Session, action: types.CodeAction) -> types.CodeAction:
    """Add the edit that was left out when the action was offered; none if the document has changed since."""
    data: Any = action.data if isinstance(action.data, dict) else {}
    document = session.documents.get(data["uri"]) if isinstance(data.get("uri"), str) else None
    snapshot = document.snapshot if document else None
    rule = data.get("rule") if isinstance(data.get("rule"), str) else None
    # The client may have edited the text since it was offered the action, and then the edits would be misplaced.
    if document and snapshot and data.get("version") == document.version:
        found = fix_all(snapshot, rule, session.endpoint.pause)
        if found:
            action.edit = in_document(document, _edits(session, document, found), session.client)
    return action


def _actions(asked: _Asked, range_: types.Range, context: types.CodeActionContext) -> Iterator[types.CodeAction]:
    wanted = [str(getattr(kind, "value", kind)) for kind in context.only or ("",)]
    kinds = {kind for kind, name in _KINDS.items() if any(_is_below(name, it) for it in wanted)}
    snapshot, span = asked.snapshot, asked.document.converter.span(range_)
    # Clients ask at every move of the cursor, to show a light bulb; there is none beside plain prose.
    is_asked = context.trigger_kind is not types.CodeActionTriggerKind.Automatic or bool(context.only)
    findings = findings_at(snapshot, span) if is_asked else findings_touching(snapshot, span)
    fixes = quick_fixes(findings) if ActionKind.QUICK_FIX in kinds else ()
    for action in fixes:
        yield _code_action(asked, action)
    if ActionKind.QUICK_FIX in kinds:
        yield from _fix_rules(asked, findings)
        yield from _explaining(asked, findings)
    if ActionKind.REFACTOR in kinds and is_asked:
        offered = {action.title for action in fixes}
        for action in (*insert_image(snapshot, span.start), *restore_prompt(snapshot, span.start)):
            if action.title not in offered:
                yield _code_action(asked, action)
    if ActionKind.FIX_ALL in kinds and is_asked:
        yield from _fix_all(asked)
    if ActionKind.IGNORE in kinds:
        # Helix sorts by kind and selects the first action; without a kind, this one is last. Where the client explains
        # rules, the explanation comes before it.
        is_quick_fix = asked.session.client.rule_page or context.only
        yield from _ignoring(asked, findings, types.CodeActionKind.QuickFix if is_quick_fix else None)


def _is_below(kind: str, wanted: str) -> bool:
    return wanted in ("", kind) or kind.startswith(f"{wanted}.")


def _fix_all(asked: _Asked) -> Iterator[types.CodeAction]:
    """Yield the action for all safe fixes; without its edit, which takes long, if the client can ask for it."""
    if not any(fix.safe for finding in asked.snapshot.findings for fix in finding.fixes):
        return
    if asked.session.client.resolves_edits:
        yield asked.later(in_sentence_case(FIX_ALL_TITLE), FIX_ALL)
    elif found := fix_all(asked.snapshot, pause=asked.session.endpoint.pause):
        yield _code_action(asked, found)


def _fix_rules(asked: _Asked, findings: Sequence[Finding]) -> Iterator[types.CodeAction]:
    """Yield for each rule the action that fixes all its findings; only for clients that ask for the edit later."""
    if asked.session.client.resolves_edits:
        for rule, number in fixable_rules(asked.snapshot, findings).items():
            yield asked.later(f"Fix all {rule} ({number})", types.CodeActionKind.QuickFix, rule)


def _explaining(asked: _Asked, findings: Sequence[Finding]) -> Iterator[types.CodeAction]:
    """Yield for each rule the action that shows its page, for clients that can: ignoring is never all there is."""
    for rule in ignorable(findings) if asked.session.client.rule_page else ():
        command = types.Command(f"Explain {rule}", SHOW_RULE, arguments=[rule])
        yield types.CodeAction(command.title, types.CodeActionKind.QuickFix, asked.of_rule(rule), command=command)


def _code_action(asked: _Asked, action: Action) -> types.CodeAction:
    return types.CodeAction(
        in_sentence_case(action.title),
        _KINDS[action.kind],
        asked.of_finding(action.finding),
        is_preferred=action.is_preferred or None,
        edit=_edit(asked.session, asked.document, action),
    )


def _edit(session: Session, document: Document, action: Action) -> types.WorkspaceEdit | None:
    if not action.file:
        return in_document(document, _edits(session, document, action), session.client)
    if not document.path:
        return None
    whole = Edit(Span(0, len(action.file.text)), action.file.new_text)
    return _in_file(session, absolute(document.path.parent / action.file.path), action.file.text, [whole])


def _edits(session: Session, document: Document, action: Action) -> list[AnyEdit]:
    converter, client = document.converter, session.client
    if action.snippet and client.takes_snippet_edits and client.takes_document_changes:
        return [
            types.SnippetTextEdit(converter.range(edit.span), types.StringValue(edit.snippet))
            for edit in action.snippet
        ]
    return [*converter.edits(action.edits)]


def _in_file(
    session: Session, path: Path, text: str, edits: Sequence[Edit], before: Sequence[types.CreateFile] = ()
) -> types.WorkspaceEdit:
    """Return the edits of a file that has this text."""
    written = Converter(parse(text), session.client.encoding).edits(edits)
    return in_files([(uri_of(path), None, written)], session.client, before)


def _ignoring(
    asked: _Asked, findings: Sequence[Finding], kind: types.CodeActionKind | None
) -> Iterator[types.CodeAction]:
    """Yield for each rule the edit of the configuration file that ignores it; none if that file is broken."""
    document = asked.document
    if not document.path or not (rules := ignorable(findings)):
        return
    try:
        found = configuration_for(document.path.parent)
    except HostError:
        return
    path = found.path or document.path.parent / OWN
    for rule in rules:
        edit = _ignoring_in(asked.session, path, found.text if found.path else None, rule)
        if edit:
            title = f"Ignore {rule} for this report (edits {path.name})"
            # Editors apply the edit to a file that is not shown, and do not save it.
            told = types.Command(title, CONFIGURATION_EDITED, arguments=[uri_of(path), rule])
            yield types.CodeAction(title, kind, asked.of_rule(rule), edit=edit, command=told)


def _ignoring_in(session: Session, path: Path, text: str | None, rule: str) -> types.WorkspaceEdit | None:
    """Return the edit of a configuration file, or of a new one if there is no text; None if it is not possible."""
    edits, client = ignoring(text, () if text is None else table_in(path), rule), session.client
    if not edits or (text is None and not (client.creates_files and client.takes_document_changes)):
        return None
    created = types.CreateFile(uri_of(path), options=types.CreateFileOptions(ignore_if_exists=True))
    return _in_file(session, path, text or "", edits, [created] if text is None else ())
