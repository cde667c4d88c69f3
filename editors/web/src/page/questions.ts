import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import { button, element } from "./html.js";
import { mayStayEmpty, type Row } from "./protocol.js";

const SIGNS: Record<Row["state"], string> = {
  passed: "✓",
  failed: "✗",
  unanswered: "○",
  "not judged": "–",
  answered: "✓",
  "within limits": "✓",
  "outside limits": "✗",
  missing: "○",
};

const setRows = StateEffect.define<readonly Row[]>();

class Count extends WidgetType {
  constructor(
    private readonly text: string,
    private readonly state: Row["state"],
  ) {
    super();
  }

  override eq(other: Count): boolean {
    return other.text === this.text && other.state === this.state;
  }

  toDOM(): HTMLElement {
    return element("span", { class: `count ${this.state.replace(" ", "-")}` }, this.text);
  }
}

/** Shows the counts beside the headings of the questions. */
export const counts = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { effects, changes, state }) {
    for (const effect of effects) {
      if (effect.is(setRows)) {
        const counted = effect.value.filter(({ count, line }) => count && line < state.doc.lines);
        return Decoration.set(
          counted.map(({ count, state: stands, line }) =>
            Decoration.widget({ widget: new Count(count, stands), side: 1 }).range(state.doc.line(line + 1).to),
          ),
        );
      }
    }
    return shown.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Shows the questions in a list and their counts in the text. */
export function showQuestions(list: HTMLElement, view: EditorView, rows: readonly Row[]): void {
  view.dispatch({ effects: setRows.of(rows) });
  const focused = [...list.children].findIndex((item) => item.contains(document.activeElement));
  list.replaceChildren(...rows.map((row) => item(row, view)));
  list.children[focused]?.querySelector("button")?.focus({ preventScroll: true });
  markCurrent(list, view);
}

/** Marks the question that the cursor is in. */
export function markCurrent(list: HTMLElement, view: EditorView): void {
  const line = view.state.doc.lineAt(view.state.selection.main.head).number - 1;
  for (const button of list.querySelectorAll("button")) {
    const isIn = Number(button.dataset.line) <= line && line < Number(button.dataset.end);
    button.ariaCurrent = isIn ? "true" : null;
  }
}

function item(row: Row, view: EditorView): HTMLElement {
  const made = button(
    () => goTo(view, row.line),
    { class: row.state.replace(" ", "-"), "data-line": row.line, "data-end": row.end },
    element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[row.state]),
    element("span", { class: "name" }, row.name),
    element("span", { class: "state" }, stateOf(row)),
  );
  if (row.topic) {
    made.title = row.topic;
  }
  return element("li", {}, made);
}

function stateOf(row: Row): string {
  if (mayStayEmpty(row)) {
    return "optional";
  }
  return row.state === "passed" ? "passed" : row.missing.join("; ") || row.state;
}

/** Puts the cursor behind the heading on a line, counted from 0, and that line to the top of the window. */
export function goTo(view: EditorView, line: number): void {
  const heading = view.state.doc.line(Math.min(line + 1, view.state.doc.lines));
  view.dispatch({
    selection: { anchor: heading.to },
    effects: EditorView.scrollIntoView(heading.from, { y: "start", yMargin: 8 }),
  });
  view.focus();
}
