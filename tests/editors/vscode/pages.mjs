// The pages of a report, beside it. VS Code shows them in a frame within a frame, and the page lies in one of its own.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { until } from "./editor.mjs";
import { shown, step } from "./steps.mjs";

/** Opens the page of a report that is open, and does to the report what its author may do. */
export async function followPage(editor, report, screenshots) {
  const { page } = editor;
  const tabs = page.locator(".tab", { hasText: "To read: reports/README.md" });
  const button = page.locator(".editor-actions [aria-label*='Show Page Beside the Report']");
  const inner = inFrame(page);

  await step(editor, "a report without an edition has only a page to read, which opens at the cursor", async () => {
    await editor.press("Control+End");
    await button.click();
    await until("the page", () => inner.reads("Question 1"));
    shown("its look", await inner.look(), "light");
    shown("buttons", await inner.around.locator("button:visible").count(), 0);
    await until("its pictures", inner.hasPictures);
    await until("the end", async () => (await inner.place()) > 300);
    await editor.screenshot(screenshots, "page-to-read");
  });

  await step(editor, "the page follows what is typed and stays near its place", async () => {
    const before = await inner.place();
    await page.keyboard.type("Typed beside the page é ☁️.");
    await until("what is typed", () => inner.reads("Typed beside the page é ☁️."));
    shown("whether it is near that place", Math.abs((await inner.place()) - before) < 300, true);
  });

  await step(editor, "page and text scroll together, in both directions", async () => {
    const top = () => editor.shows("What do you call your group");
    await editor.press("Control+Home");
    await until("the start of the page", async () => (await inner.place()) < 200);
    await until("the start of the text", top);
    const { x, y, width, height } = await page.locator("iframe.webview.ready").boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.wheel(0, 4000);
    await until("the text is elsewhere", async () => !(await top()));
    await editor.press("Control+End");
  });

  await step(editor, "a figure that is drawn anew is shown anew", async () => {
    const before = await inner.pictures();
    const figures = join(dirname(report), "figures");
    copyFileSync(join(figures, "temperature.png"), join(figures, "sketch.png"));
    await until("another picture", async () => (await inner.pictures()) !== before);
  });

  await step(editor, "there is one tab for a report, however often it is asked for", async () => {
    await editor.command("reportls: Show Page Beside the Report");
    shown("pages", await tabs.count(), 1);
  });

  await step(editor, "the page follows the theme", async () => {
    await editor.theme("Dark Modern");
    await until("dark", async () => (await inner.look()) === "dark");
    await editor.screenshot(screenshots, "page-to-read-dark");
    await editor.theme("Light Modern");
    await until("light", async () => (await inner.look()) === "light");
  });

  await step(editor, "the page is gone with its report", async () => {
    await editor.press("Control+s");
    await until("it is saved", async () => !(await page.locator(".tab.dirty").count()));
    await page.locator(".tab[data-resource-name='README.md'] .codicon-close").click();
    await until("no page", async () => !(await tabs.count()));
    await editor.openFile(report);
  });
}

/** Opens a report of an edition, with one figure, in a folder of its own: its page is the course's, to the byte. */
export async function comparePage(editor, folder, figure, start, screenshots) {
  const { page } = editor;
  const inner = inFrame(page);
  const report = join(folder, "2026.md");
  mkdirSync(join(folder, "figures"), { recursive: true });
  copyFileSync(figure, join(folder, "figures", "sketch.png"));
  writeFileSync(join(folder, "reportls.toml"), 'edition = "dtu-02476-2026"\n');
  writeFileSync(report, wholeReport());
  await step(editor, "the page of an edition is what the course's script makes, to the byte", async () => {
    await editor.openFile(report);
    await until("a verdict", () => editor.inStatusBar("/31"));
    await editor.command("reportls: Show Page Beside the Report");
    await until("its name", () => page.locator(".tab", { hasText: "As handed in: edition/2026.md" }).count());
    await until("the page", () => inner.reads("Question 1"));
    const command = ["-I", "-S", start, "html", report, "--checker", "-o", "-"];
    const made = execFileSync("python3", command, { encoding: "utf-8" });
    shown("the page", await inner.source(), made);
    shown("our own words", made.includes("At a glance") || (await inner.reads("At a glance")), false);
    await until("its picture", inner.hasPictures);
    await editor.screenshot(screenshots, "page-as-handed-in");
  });
  await step(editor, "the other page is one click away", async () => {
    await inner.around.getByRole("button", { name: "To read" }).click();
    await until("our page", () => inner.reads("At a glance"));
    await until("its name", () => page.locator(".tab", { hasText: "To read: edition/2026.md" }).count());
    await editor.closeTab("To read");
  });
  await step(editor, "the status bar says that the check crashes, and a click goes to the cause", async () => {
    const lines = wholeReport().split("\n");
    const line = lines.indexOf("> Answer:", lines.indexOf("### Question 7")) + 1;
    await editor.goTo(line);
    await editor.press("End", "ArrowLeft", "Backspace");
    const status = page.locator(".statusbar-item.error-kind", { hasText: "Check crashes" });
    await until("the crash", () => status.count());
    await editor.screenshot(screenshots, "check-crashes");
    await editor.goTo(1);
    await status.click();
    await until("the cause", () => editor.inStatusBar(`Ln ${line}, Col 1`));
    await editor.press("Control+z");
    await until("a verdict", () => editor.inStatusBar("/31"));
    await editor.press("Control+s");
    await editor.closeTab("2026.md");
  });
}

/** A report with as many questions as the newest edition, and one figure. */
function wholeReport() {
  const question = (_, index) =>
    `### Question ${index + 1}\n\n> **What is it?**\n>\n> Recommended answer length: 5-60 words.\n>\n> Answer:\n\n` +
    `A <b>thing</b> & é ☁️, ${index} of them.\n\n* [ ] no box\n\n`;
  const questions = Array.from({ length: 31 }, question);
  return `# A report on many things, below a title that is long\n\n![a sketch](figures/sketch.png)\n\n${questions.join("")}`;
}

function inFrame(page) {
  const around = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  const frame = around.locator("main iframe:not(.arriving)");
  return {
    around,
    reads: (text) => frame.evaluate((it, text) => it.contentDocument.body.innerText.includes(text), text),
    look: () => frame.evaluate((it) => it.contentDocument.documentElement.dataset.theme),
    place: () => frame.evaluate((it) => it.contentWindow.scrollY),
    source: () => frame.evaluate((it) => it.srcdoc),
    pictures: () => frame.evaluate((it) => [...it.contentDocument.images].map((image) => image.src).join()),
    hasPictures: () =>
      frame.evaluate((it) => {
        const images = [...it.contentDocument.images];
        return images.length > 0 && images.every((image) => image.naturalWidth > 0);
      }),
  };
}
