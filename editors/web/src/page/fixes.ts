import type { LSPClient } from "@codemirror/lsp-client";
import type { Command, EditorView } from "@codemirror/view";
import type { CodeAction } from "vscode-languageserver-types";
import type { Desk } from "./desk.js";
import { actionsAt, apply, positionIn } from "./edits.js";
import { element } from "./html.js";

/** A command that lists what can be done at the cursor, in a dialog that closes with Escape. */
export function listFixes(client: LSPClient, desk: Desk, dialog: HTMLDialogElement): Command {
  return (view) => {
    void offer(view, client, desk, dialog);
    return true;
  };
}

async function offer(view: EditorView, client: LSPClient, desk: Desk, dialog: HTMLDialogElement): Promise<void> {
  const { doc, selection } = view.state;
  const line = doc.lineAt(selection.main.head);
  const range = { start: positionIn(doc, line.from), end: positionIn(doc, line.to) };
  const actions = await actionsAt(view, client, range, {});
  const button = (action: CodeAction) => {
    const made = element("button", { type: "button" }, action.title);
    made.onclick = () => {
      dialog.close();
      view.focus();
      void apply(view, desk, doc, action.edit ?? {});
    };
    return element("li", {}, made);
  };
  const close = element("button", { type: "button", class: "quiet" }, "Close");
  close.onclick = () => dialog.close();
  const nothing = element("p", {}, "Nothing is offered for this line.");
  const list = actions.length ? element("ul", { class: "plain" }, ...actions.map(button)) : nothing;
  dialog.replaceChildren(element("h2", {}, "What can be done in this line"), list, close);
  dialog.showModal();
}
