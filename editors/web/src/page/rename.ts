import type { Position, Range, WorkspaceEdit } from "vscode-languageserver-types";
import { apply, positionIn, type Workbench } from "./edits.js";
import { button, closing, element } from "./html.js";

interface Prepared {
  readonly range: Range;
  readonly placeholder: string;
}

/** The figure whose path is at the cursor; undefined if none is there. */
export async function renamedAt(bench: Workbench): Promise<string | undefined> {
  const { client } = bench;
  client.sync();
  return (await client.request<unknown, Prepared | null>("textDocument/prepareRename", cursor(bench)))?.placeholder;
}

/** Renames the figure at the cursor, if there is one. */
export async function renameFigure(bench: Workbench): Promise<void> {
  const figure = await renamedAt(bench);
  if (figure) {
    askForName(bench, figure);
  } else {
    bench.say("Put the cursor on the path of a figure to rename it.");
  }
}

/** Asks for a new name of the figure at the cursor, and renames its file and every use of it. */
export function askForName(bench: Workbench, old: string): void {
  const { view, client, dialog, say } = bench;
  const { doc } = view.state;
  const input = element("input", { value: old, spellcheck: "false", "aria-describedby": "name-wrong" });
  const wrong = element("p", { id: "name-wrong", class: "wrong", role: "alert" });
  const rename = async () => {
    try {
      const asked = { ...cursor(bench), newName: input.value };
      const edit = await client.request<unknown, WorkspaceEdit | null>("textDocument/rename", asked);
      await apply(bench, doc, edit ?? {});
      dialog.close();
      view.focus();
      say(`${old} has been renamed, in the report as well.`);
    } catch (error) {
      wrong.textContent = (error as { message?: string }).message ?? String(error);
      input.focus();
    }
  };
  input.onkeydown = ({ key, isComposing }) => void (key === "Enter" && !isComposing && rename());
  const label = element("label", {}, "New name", input);
  const buttons = [button(rename, {}, "Rename"), " ", closing(dialog, "Cancel")];
  dialog.replaceChildren(element("h2", {}, `Rename ${old}`), label, wrong, ...buttons);
  dialog.showModal();
  input.setSelectionRange(old.lastIndexOf("/") + 1, old.lastIndexOf("."));
}

function cursor({ view, desk }: Workbench): { textDocument: { uri: string }; position: Position } {
  const { doc, selection } = view.state;
  return { textDocument: { uri: desk.uri }, position: positionIn(doc, selection.main.head) };
}
