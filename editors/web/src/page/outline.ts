import type { DocumentSymbol } from "vscode-languageserver-types";
import type { Workbench } from "./edits.js";
import { button, element } from "./html.js";
import { goTo } from "./questions.js";

/** Lists the title, the checklist, the sections and the questions in a dialog; one is chosen by letters of its name. */
export async function listPlaces({ view, client, desk, dialog }: Workbench): Promise<void> {
  client.sync();
  const textDocument = { uri: desk.uri };
  const symbols = await client.request<unknown, DocumentSymbol[] | null>("textDocument/documentSymbol", {
    textDocument,
  });
  const input = element("input", { type: "search", autocomplete: "off" });
  const list = listOf(symbols ?? [], (symbol) => {
    dialog.close();
    goTo(view, symbol.selectionRange.start.line);
  });
  const shown = () => [...list.querySelectorAll("button")].filter((button) => isFound(button, input.value));
  input.oninput = () => {
    for (const item of list.querySelectorAll("li")) {
      item.hidden = !isFound(item, input.value);
    }
  };
  dialog.replaceChildren(
    element("h2", {}, "Go to"),
    element("label", {}, "Part of its name", input),
    symbols?.length ? list : element("p", {}, "There are no questions yet."),
  );
  dialog.onkeydown = (event) => moveBy(event, [input, ...shown()], () => shown()[0]?.click());
  dialog.onclose = () => {
    dialog.onkeydown = null;
  };
  dialog.showModal();
}

function listOf(symbols: readonly DocumentSymbol[], go: (symbol: DocumentSymbol) => void): HTMLElement {
  const item = (symbol: DocumentSymbol) => {
    const { name, detail, children = [] } = symbol;
    const state = element("span", { class: "state" }, detail ?? "");
    const place = button(() => go(symbol), {}, name, " ", state);
    return element("li", {}, place, ...(children.length ? [listOf(children, go)] : []));
  };
  return element("ul", { class: "plain outline" }, ...symbols.map(item));
}

function isFound(place: HTMLElement, words: string): boolean {
  return (place.textContent ?? "").toLowerCase().includes(words.toLowerCase().trim());
}

/** Moves the focus with the arrow keys; Enter in the first of the elements does `enter`. */
function moveBy(event: KeyboardEvent, elements: readonly HTMLElement[], enter: () => void): void {
  const index = elements.indexOf(document.activeElement as HTMLElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    elements[index + step]?.focus();
  } else if (event.key === "Enter" && index === 0 && !event.isComposing) {
    event.preventDefault();
    enter();
  }
}
