import type { CodeAction } from "vscode-languageserver-types";
import { actionsAt, apply, positionIn, type Workbench } from "./edits.js";
import { button, closing, element } from "./html.js";
import { askForName, renamedAt } from "./rename.js";
import { showRule } from "./rules.js";

/** Lists what can be done at the cursor, in a dialog that closes with Escape. */
export async function listFixes(bench: Workbench): Promise<void> {
  const { view, dialog } = bench;
  const { doc, selection } = view.state;
  const line = doc.lineAt(selection.main.head);
  const range = { start: positionIn(doc, line.from), end: positionIn(doc, line.to) };
  const [actions, figure] = await Promise.all([actionsAt(bench, range, {}), renamedAt(bench)]);
  const item = (title: string, act: () => unknown) => {
    const choose = () => {
      dialog.close();
      view.focus();
      act();
    };
    return element("li", {}, button(choose, {}, title));
  };
  const doIt = ({ edit, command }: CodeAction) =>
    edit ? apply(bench, doc, edit) : showRule(bench, String(command?.arguments?.[0]));
  const items = actions.map((action) => item(action.title, () => doIt(action)));
  if (figure) {
    items.push(item(`Rename ${figure} …`, () => askForName(bench, figure)));
  }
  const nothing = element("p", {}, "There are no actions for this line.");
  const list = items.length ? element("ul", { class: "plain" }, ...items) : nothing;
  dialog.replaceChildren(element("h2", {}, "Actions for this line"), list, closing(dialog));
  dialog.showModal();
}
