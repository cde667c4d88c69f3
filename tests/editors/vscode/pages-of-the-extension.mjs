// The walkthrough and the extension's own page. node pages-of-the-extension.mjs INSTALLED VSIX SCRATCH SCREENSHOTS
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { open, until, untilDone } from "./editor.mjs";
import { shown, step } from "./steps.mjs";

const [installed, vsix, above, screenshots] = process.argv.slice(2);
const scratch = join(above, "pages");
const workspace = join(scratch, "workspace");
const notes = join(workspace, "notes.md");
mkdirSync(workspace, { recursive: true });
writeFileSync(notes, "# Notes\n");

/** VS Code names the tab after what it shows only if it knows that when it draws the tab. */
const WALKTHROUGH = /Walkthrough|Welcome/;
const editor = await open({ installed, vsix, scratch, workspace, path: notes });
const { page } = editor;

/** How long VS Code says that the activation of an extension has taken, in milliseconds. */
async function activation(name) {
  const row = page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: name }).first();
  const text = await row.innerText();
  return Number(/(?:Activation|Startup Activation): (\d+)ms/.exec(text)?.[1]);
}

/** Puts the focus into the report: the walkthrough takes it back a moment after one of its steps was chosen. */
async function intoReport() {
  await editor.showTab("README.md");
}

try {
  await step(editor, "VS Code says how long its activation took", async () => {
    await until("the file is shown", () => editor.shows("# Notes"));
    const showAll = () => editor.command("Developer: Show Running Extensions");
    await untilDone("the list", showAll, () => page.locator(".runtime-extensions-editor .monaco-list-row").count());
    const done = async (name) =>
      (await until(`the activation of ${name}`, async () => (await activation(name)) + 1)) - 1;
    const [ours, theirs] = [await done("reportls: exam reports"), await done("Markdown Language Features")];
    console.log(`activation: ${ours} ms, of VS Code's own Markdown support ${theirs} ms`);
    await editor.screenshot(screenshots, "activation");
    await editor.press("Control+w");
  });

  await step(editor, "the walkthrough can be read, and its first button opens a sample", async () => {
    await editor.command("Welcome: Open Walkthrough...");
    await until("ours", () => page.locator(".quick-input-list .monaco-list-row", { hasText: "exam report" }).count());
    await page.locator(".quick-input-widget:visible input").first().fill("Write an exam report");
    await editor.press("Enter");
    await until("its first step", () => page.locator(".getting-started-step.expanded").count());
    await editor.screenshot(screenshots, "walkthrough");
    await page.locator(".getting-started-step.expanded").getByText("Try it on a sample report").last().click();
    await until("the report", () => page.locator(".tab", { hasText: "README.md" }).count(), 60_000);
    await untilDone("the verdict", intoReport, () => editor.inStatusBar("6/10"), 60_000);
  });

  await step(editor, "its buttons find the report also from its own tab", async () => {
    const pressed = async (title, label) => {
      await editor.showTab(WALKTHROUGH);
      await page.locator(".getting-started-step", { hasText: title }).click();
      await page.locator(".getting-started-step.expanded").getByText(label, { exact: true }).click();
    };
    const choice = (text) => page.locator(".quick-input-list .monaco-list-row", { hasText: text }).count();
    await untilDone("the list", () => pressed("See what is left", "Show questions"), () => choice("Failed"));
    await editor.press("Escape");
    await editor.screenshot(screenshots, "walkthrough-status");
    await pressed("See what is left", "Go to the next unanswered one");
    await untilDone("question 8", intoReport, () => editor.inStatusBar("Q8"));
    await pressed("Fix what can be fixed", "Fix all");
    await untilDone("the fixes", intoReport, () => editor.inStatusBar(/6\/10 ·\s+5/));
    await untilDone("the list", () => pressed("Insert images", "Insert an image"), () => choice("figures/"));
    await editor.press("Escape");
    await pressed("Check before you hand in", "Show the page");
    await until("the page", () => page.locator(".tab", { hasText: "To read" }).count());
    await editor.closeTab("To read");
    await pressed("Check before you hand in", "Check the hand-in");
    const result = page.locator(".notification-toast", { hasText: "1 report: " });
    await until("the result", () => result.count());
    await result.getByText("Open Report").click();
    await untilDone("the report", intoReport, () => editor.inStatusBar("6/10"));
    shown("its tabs", await page.locator(".tab", { hasText: "README.md" }).count(), 1);
    await editor.theme("Dark Modern");
    await editor.showTab(WALKTHROUGH);
    await editor.screenshot(screenshots, "walkthrough-dark");
  });

  await step(editor, "a list is edited in the settings page, and counts", async () => {
    await editor.theme("Light Modern");
    await untilDone("a finding", intoReport, () => editor.inStatusBar(/6\/10 ·\s+5/));
    await editor.command("Preferences: Open Settings (UI)");
    await until("the page", () => page.locator(".settings-editor .suggest-input-container").count());
    await page.locator(".settings-editor .suggest-input-container").click();
    await page.keyboard.type("@ext:reportls.reportls ignore");
    const setting = page.locator(".settings-editor .setting-item-contents", { hasText: "Rules whose findings" });
    await until("the setting", () => setting.count());
    await setting.getByText("Add Item").click();
    await editor.screenshot(screenshots, "settings");
    await setting.getByText("OK", { exact: true }).click();
    await untilDone("one less", intoReport, () => editor.inStatusBar(/6\/10 ·\s+4/));
  });

  await step(editor, "the extension's page shows its pictures", async () => {
    await editor.theme("Light Modern");
    // Its picture is a web view, too.
    await editor.closeTab(WALKTHROUGH);
    await editor.press("Control+Shift+x");
    await page.locator(".extensions-viewlet .monaco-list-row", { hasText: "reportls" }).first().click();
    const around = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await until("the page", () => around.getByText("For students who hand in").count());
    const images = around.locator("img");
    await until("the pictures", async () => (await images.count()) >= 3);
    const sizes = await images.evaluateAll((all) => all.map((image) => image.naturalWidth));
    shown("pictures that are not shown", sizes.filter((width) => width === 0).length, 0);
    await editor.screenshot(screenshots, "extension-page");
    await until("the changelog", () => page.locator(".extension-editor").getByText("Changelog").count());
  });
} catch (error) {
  await editor.screenshot(screenshots, "pages-failed");
  console.error(error, await editor.toasts(), editor.log());
  process.exitCode = 1;
} finally {
  await editor.close();
}
