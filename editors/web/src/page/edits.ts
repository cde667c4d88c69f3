import type { LSPClient } from "@codemirror/lsp-client";
import { Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { CodeAction, Diagnostic, Position, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { Desk } from "./desk.js";
import { SHOW_RULE } from "./rules.js";

/** What the commands of the page work with. */
export interface Workbench {
  readonly view: EditorView;
  readonly client: LSPClient;
  readonly desk: Desk;
  /** For what is asked of the user; empty and closed. */
  readonly dialog: HTMLDialogElement;
  /** Tells the user something. */
  readonly say: (words: string) => void;
}

/** The offset of a position of the protocol in a text. */
export function offsetIn(text: Text, { line, character }: Position): number {
  if (line >= text.lines) {
    return text.length;
  }
  const found = text.line(line + 1);
  return Math.min(found.from + character, found.to);
}

/** The position of an offset, for the protocol. */
export function positionIn(text: Text, offset: number): Position {
  const line = text.lineAt(offset);
  return { line: line.number - 1, character: offset - line.from };
}

/** The code actions for a range of the text as it stands. */
export async function actionsAt(
  { client, desk }: Workbench,
  range: Range,
  context: { diagnostics?: readonly Diagnostic[]; only?: readonly string[] },
): Promise<CodeAction[]> {
  client.sync();
  const found = await client.request<unknown, CodeAction[] | null>("textDocument/codeAction", {
    textDocument: { uri: desk.uri },
    range,
    context: { diagnostics: [], triggerKind: 1, ...context },
  });
  return (found ?? []).filter(({ edit, command }) => edit ?? command?.command === SHOW_RULE);
}

/** Makes the edits of an action, unless the text has changed since it was asked for. */
export async function apply({ view, desk }: Workbench, asked: Text, edit: WorkspaceEdit): Promise<boolean> {
  const byUri = editsIn(edit);
  if (byUri.has(desk.uri) && !view.state.doc.eq(asked)) {
    return false;
  }
  for (const change of edit.documentChanges ?? []) {
    if ("kind" in change && change.kind === "rename") {
      await desk.rename(inFolder(change.oldUri), inFolder(change.newUri));
    }
  }
  for (const [uri, edits] of byUri) {
    if (uri === desk.uri) {
      view.dispatch({ changes: changesOf(asked, edits), userEvent: "input.fix", scrollIntoView: true });
    } else {
      const path = inFolder(uri);
      const old = Text.of(new TextDecoder().decode(desk.files.get(path)).split(/\r\n?|\n/));
      await desk.write(path, new TextEncoder().encode(edited(old, edits)));
    }
  }
  return true;
}

/** Makes the text of the editor another one, by an edit of no more than what differs. */
export function replaceText(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  const wanted = view.state.toText(text).toString();
  const most = Math.min(old.length, wanted.length);
  let from = 0;
  while (from < most && old[from] === wanted[from]) {
    from += 1;
  }
  let same = 0;
  while (same < most - from && old.at(-1 - same) === wanted.at(-1 - same)) {
    same += 1;
  }
  view.dispatch({ changes: { from, to: old.length - same, insert: wanted.slice(from, wanted.length - same) } });
}

function inFolder(uri: string): string {
  const path = Desk.pathOf(uri);
  if (!path) {
    throw new Error(`${uri} is outside of the folder`);
  }
  return path;
}

/** The edits of each file; one that is only to be made has none. */
function editsIn(edit: WorkspaceEdit): Map<string, TextEdit[]> {
  const found = new Map<string, TextEdit[]>(Object.entries(edit.changes ?? {}));
  for (const change of edit.documentChanges ?? []) {
    if ("edits" in change) {
      const edits = change.edits.filter((each): each is TextEdit => "newText" in each);
      found.set(change.textDocument.uri, [...(found.get(change.textDocument.uri) ?? []), ...edits]);
    } else if (change.kind === "create" && !found.has(change.uri)) {
      found.set(change.uri, []);
    }
  }
  return found;
}

function changesOf(text: Text, edits: readonly TextEdit[]): { from: number; to: number; insert: string }[] {
  return edits.map(({ range, newText }) => ({
    from: offsetIn(text, range.start),
    to: offsetIn(text, range.end),
    insert: newText,
  }));
}

function edited(old: Text, edits: readonly TextEdit[]): string {
  let text = old.toString();
  for (const { from, to, insert } of changesOf(old, edits).sort((one, other) => other.from - one.from)) {
    text = text.slice(0, from) + insert + text.slice(to);
  }
  return text;
}
