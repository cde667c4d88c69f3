// The page that graders will see, beside the report. VS Code shows it in a frame within a frame and runs nothing in it.
import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { until } from "./editor.mjs";
import { shown, step } from "./steps.mjs";

/** Opens the page of a report that is open, and does to the report what its author may do. */
export async function followPage(editor, report, screenshots) {
  const { page } = editor;
  const tabs = page.locator(".tab", { hasText: "Hand-in: reports/README.md" });
  const button = page.locator(".editor-actions [aria-label*='Show the Hand-in Page']");
  const frame = page.frameLocator("iframe.webview").locator("#active-frame");
  const reads = (text) => frame.evaluate((it, text) => it.contentDocument.body.innerText.includes(text), text);
  const look = () => frame.evaluate((it) => it.contentDocument.documentElement.dataset.theme);
  const colour = (name) =>
    frame.evaluate((it, name) => {
      const found = it.contentDocument.querySelector(name);
      return it.contentWindow.getComputedStyle(found).backgroundColor;
    }, name);
  const place = () => frame.evaluate((it) => it.contentWindow.scrollY);

  await step(editor, "the page for the graders is shown beside the report", async () => {
    await editor.press("Control+End");
    await button.click();
    await until("the page", () => reads("Question 1"));
    shown("its look", await look(), "light");
    const pictures = () =>
      frame.evaluate((it) => [...it.contentDocument.images].every((image) => image.naturalWidth > 0));
    await until("its pictures", pictures);
    await editor.screenshot(screenshots, "hand-in-page");
  });

  await step(editor, "the page follows what is typed, stays where it is scrolled, and takes no focus", async () => {
    const { x, y, width, height } = await page.locator("iframe.webview").boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.wheel(0, 700);
    await until("it is scrolled", async () => (await place()) === 700);
    await page.keyboard.type("Typed beside the page é ☁️.");
    await until("what is typed", () => reads("Typed beside the page é ☁️."));
    shown("the place", await place(), 700);
  });

  await step(editor, "a figure that is drawn anew is shown anew", async () => {
    const pictures = () => frame.evaluate((it) => [...it.contentDocument.images].map((image) => image.src).join());
    const before = await pictures();
    const figures = join(dirname(report), "figures");
    copyFileSync(join(figures, "temperature.png"), join(figures, "sketch.png"));
    await until("another picture", async () => (await pictures()) !== before);
    shown("the place", await place(), 700);
  });

  await step(editor, "there is one page for a report, however often it is asked for", async () => {
    await editor.command("Report: Show the Hand-in Page");
    await editor.press("Control+End");
    await page.keyboard.type(" And more.");
    await until("what is typed", () => reads("☁️. And more."));
    shown("pages", await tabs.count(), 1);
  });

  await step(editor, "the page follows the theme", async () => {
    const inLight = await colour("body");
    await editor.theme("Dark Modern");
    await until("dark", async () => (await look()) === "dark");
    shown("whether it is as light as before", (await colour("body")) === inLight, false);
    shown("the editor's colour in it", await colour("blockquote"), "rgba(0, 0, 0, 0)");
    shown("the place", await place(), 700);
    await editor.screenshot(screenshots, "hand-in-page-dark");
    await editor.theme("Light Modern");
    await until("light", async () => (await look()) === "light");
  });

  await step(editor, "the page is gone with its report", async () => {
    await editor.press("Control+s");
    await until("it is saved", async () => !(await page.locator(".tab.dirty").count()));
    await page.locator(".tab[data-resource-name='README.md'] .codicon-close").click();
    await until("no page", async () => !(await tabs.count()));
    await editor.openFile(report);
  });
}
