import type { Desk } from "./desk.js";
import { actionsAt, apply, positionIn, type Workbench } from "./edits.js";
import { bytesOf } from "./opening.js";

const INSERT = "refactor.rewrite.reportls";
const FIGURES = "figures";
/** The formats that the course takes. */
const SUFFIXES: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg" };

/** The pictures among pasted or dropped files. */
export function picturesIn(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
}

/**
 * Puts a picture into the figures and an image of it into the answer at the cursor, as the server would. Returns what the
 * user should know.
 */
export async function insertPicture(bench: Workbench, file: File): Promise<string> {
  const { view, desk } = bench;
  const suffix = SUFFIXES[file.type];
  if (!suffix) {
    return `${file.name} is not a PNG or JPEG: convert it first`;
  }
  const relative = `${FIGURES}/${await freeName(desk, file.name, suffix)}`;
  await desk.write(desk.beside(relative), await bytesOf(file));
  const { doc, selection } = view.state;
  const cursor = positionIn(doc, selection.main.head);
  const offered = await actionsAt(bench, { start: cursor, end: cursor }, { only: [INSERT] });
  const action = offered.find(({ title }) => title.includes(relative));
  if (action?.edit && (await apply(bench, doc, action.edit))) {
    return `${relative} was added and put into the answer`;
  }
  view.dispatch(view.state.replaceSelection(`![](${relative})`), { userEvent: "input.paste" });
  return `${relative} was added`;
}

async function freeName(desk: Desk, name: string, suffix: string): Promise<string> {
  const stem = name.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}_-]+/gu, "-") || "figure";
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? `${stem}.${suffix}` : `${stem}-${number}.${suffix}`;
    if (!(await desk.has(desk.beside(`${FIGURES}/${free}`)))) {
      return free;
    }
  }
}
