// The steps of the test: each is printed, and none may leave a message behind. What several tests do is here as well.
import { until, untilDone } from "./editor.mjs";

const began = Date.now();

/** Does one step, and sees that nothing has popped up, unless something may. */
export async function step(editor, what, act, { mayComplain = false } = {}) {
  try {
    await act();
  } catch (error) {
    console.error(`not seen: ${what}\n${await editor.seen()}`);
    throw error;
  }
  shown("messages", mayComplain ? "" : (await editor.toasts()).join("\n"), "");
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${what}`);
}

/** Insists that something is as it should be. */
export function shown(what, found, wanted) {
  if (found !== wanted) {
    throw new Error(`${what}: ${found}, not ${wanted}`);
  }
}

/** Chooses among the quick fixes at the cursor; returns the titles of all. `look` is called while they are offered. */
export async function chooseFix(editor, wanted, look = async () => {}) {
  const rows = editor.page.locator(".action-widget .monaco-list-row.action");
  const ask = () => editor.press("Escape", "Control+.");
  await untilDone(`the quick fix: ${wanted}`, ask, () => rows.filter({ hasText: wanted }).count());
  const titles = await rows.allInnerTexts();
  await look();
  const before = titles.slice(0, titles.findIndex((title) => title.includes(wanted)));
  await editor.press(...before.map(() => "ArrowDown"), "Enter");
  return titles;
}

/** Ignores a rule by the quick fix at the cursor; returns the titles of all, and the notice. */
export async function ignoreRule(editor, rule, look) {
  const titles = await chooseFix(editor, `Ignore ${rule}`, look);
  const notice = editor.page.locator(".notification-toast", { hasText: `ignores ${rule}` });
  await until("the notice", () => notice.count());
  return { titles, notice };
}

/** Puts a picture onto the clipboard. */
export async function copyPicture({ page }) {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext("2d").fillRect(0, 0, 8, 8);
    const blob = await canvas.convertToBlob({ type: "image/png" });
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
  });
}

/** Drops a picture, with Shift held, behind words that are seen. */
export async function dropPicture(editor, words) {
  const { page } = editor;
  const [{ x, y, width, height }] = await editor.places(words);
  const dataTransfer = await page.evaluateHandle(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext("2d").fillRect(0, 0, 8, 8);
    const transfer = new DataTransfer();
    const type = "image/png";
    transfer.items.add(new File([await canvas.convertToBlob({ type })], "dropped.png", { type }));
    return transfer;
  });
  const there = { dataTransfer, clientX: x + width, clientY: y + height / 2, shiftKey: true };
  const text = page.locator(".editor-instance .view-lines").first();
  for (const event of ["dragenter", "dragover", "drop"]) {
    await text.dispatchEvent(event, there);
  }
}
