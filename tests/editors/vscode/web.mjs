// The extension on vscode.dev, as far as can be without its net: node web.mjs INSTALLED VSIX SCRATCH SCREENSHOTS
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until, untilDone } from "./editor.mjs";
import { sample } from "./sample.mjs";
import { chooseFix, copyPicture, dropPicture, ignoreRule, shown, step } from "./steps.mjs";
import { openInBrowser } from "./web-editor.mjs";

const [installed, vsix, above, screenshots] = process.argv.slice(2);
const scratch = join(above, "web");
const workspace = sample(vsix, scratch);
const unpacked = join(scratch, "unpacked", "extension");
const lines = readFileSync(join(workspace, "reports/README.md"), "utf-8").split("\n");
const lineOf = (words) => lines.findIndex((line) => line.includes(words)) + 1;
const LIMIT = "40-80 words";
const BLANK = "# Diary\n\n**Name:**\n\n## The day\n\n> What happened? Write 5-20 words.\n\n[Write your answer here]\n";
/** Python starts, on a machine that may have much to do. */
const START_IN_MS = 180_000;

mkdirSync(join(workspace, "diary"));
writeFileSync(join(workspace, "diary", "blank.md"), BLANK);
writeFileSync(join(workspace, "diary", "reportls.toml"), 'template = "blank.md"\n');
writeFileSync(join(workspace, "diary", "monday.md"), BLANK.replace("Name:**", "Name:** Kim"));

const opened = await openInBrowser({ installed, unpacked, scratch, workspace, path: "reports/README.md" });
const { editor, written, foreign } = opened;
const { page } = editor;
const rows = (list, text) => page.locator(`${list} .monaco-list-row`, { hasText: text });

/** Has the dialog for files of this machine answered: a browser gives it to nobody but its user. */
async function prepareDialog(name) {
  await page.evaluate(async (name) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle(name, { create: true });
    const stream = await handle.createWritable();
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext("2d").fillRect(0, 0, 8, 8);
    await stream.write(await canvas.convertToBlob({ type: "image/png" }));
    await stream.close();
    window.showOpenFilePicker = async () => [handle];
  }, name);
}

/** Runs a command of the test's own file system with paths in it. */
async function inMemory(command, paths) {
  await editor.command(command);
  const box = page.locator(".quick-input-widget:visible input").first();
  await until("the box", async () => (await box.inputValue()) === "");
  await box.fill(paths);
  await editor.press("Enter");
}

try {
  await step(editor, "a report in a virtual folder is judged, with its figures and its configuration", async () => {
    await until("6/10", () => editor.inStatusBar("6/10"), START_IN_MS);
    await until("counts", () => editor.shows("13 / 5-40 words"));
    await editor.screenshot(screenshots, "web-report");
  });

  await step(editor, "the log says where the server runs, and that git cannot be asked", async () => {
    await editor.command("reportls: Show Log");
    await until("where it runs", () => editor.shows("that of this extension"));
    await until("what it cannot know", () => editor.shows("has no access to git"));
    shown("how often", (await editor.lines()).filter((line) => line.includes("has no access to git")).length, 1);
    await editor.press("Control+j");
  });

  await step(editor, "typing makes a finding go away", async () => {
    await editor.openFile("reports/README.md");
    await editor.goTo(lineOf(LIMIT));
    await until("the mark", () => editor.isMarked(LIMIT, "error"));
    const answer = lineOf("We compared it with the thermometer");
    await editor.goTo(answer, lines[answer - 1].length + 1);
    await editor.type(" word".repeat(20));
    await until("one is missing", () => editor.inStatusBar("Q4  39/40–80"));
    await editor.type(" more");
    await until("7/10", () => editor.inStatusBar("Q4  40/40–80 · 7/10"));
    await until("no mark", async () => !(await editor.isMarked(LIMIT, "error")));
  });

  await step(editor, "a hover says more, and shows a figure", async () => {
    await editor.goTo(lineOf("the board in the middle"));
    await editor.point("the board in the middle");
    const picture = page.locator(".monaco-hover:visible img").first();
    await until("all of the figure", () => picture.evaluate((it) => it.complete && it.naturalWidth > 0));
    await editor.screenshot(screenshots, "web-hover", { keepPointer: true });
    await page.mouse.move(0, 0);
  });

  await step(editor, "the page of a rule is shown", async () => {
    await editor.goTo(lineOf("20-40 words"), lines[lineOf("20-40 words") - 1].indexOf("20-40 words") + 2);
    await chooseFix(editor, "Explain answer-too-long");
    await until("the page of the rule", () => page.locator(".tab", { hasText: "answer-too-long" }).count());
    const rule = page.frameLocator("iframe.webview.ready").frameLocator("iframe");
    await until("its text", () => rule.getByText("The answer has more words").first().count());
    await editor.screenshot(screenshots, "web-rule-page");
    await editor.closeTab("answer-too-long");
  });

  await step(editor, "a quick fix adds a figure", async () => {
    await editor.goTo(lineOf("Include a figure"), lines[lineOf("Include a figure") - 1].indexOf("a figure") + 2);
    await until("the mark", () => editor.isMarked("a figure", "error"));
    const ask = () => editor.press("Escape", "Control+.");
    await untilDone("the fix", ask, () => rows(".action-widget", "Insert figures/sketch.png").count());
    await editor.press("Enter");
    await until("the image", () => editor.shows("](figures/sketch.png)"));
    await until("8/10", () => editor.inStatusBar("8/10"));
    await editor.press("Escape");
  });

  await step(editor, "a file that appears in the folder makes its warning vanish", async () => {
    await editor.goTo(lineOf("figures/Temperature.png"));
    await until("the mark", () => editor.isMarked("figures/Temperature.png", "warning"));
    await inMemory("Copy in Memory", "/reports/figures/temperature.png /reports/figures/Temperature.png");
    await until("no mark", async () => !(await editor.isMarked("figures/Temperature.png", "warning")));
  });

  await step(editor, "a rule is ignored in the folder's configuration, and the finding is gone", async () => {
    const line = lineOf("20-40 words");
    await editor.goTo(line, lines[line - 1].indexOf("20-40 words") + 2);
    await until("the mark", () => editor.isMarked("20-40 words", "error"));
    await ignoreRule(editor, "answer-too-long");
    await until("no mark", async () => !(await editor.isMarked("20-40 words", "error")));
    shown("the file", String(written.get("/reportls.toml")).includes("answer-too-long"), true);
    await editor.command("Notifications: Clear All Notifications");
  });

  await step(editor, "an image from this machine is copied into the figures", async () => {
    await prepareDialog("from afar.png");
    await editor.goTo(lineOf("The board keeps up to four days"));
    await editor.command("reportls: Insert Image");
    await until("the choice", () => rows(".quick-input-list", "Choose a file").count());
    await page.locator(".quick-input-widget:visible input").first().fill("Choose");
    await editor.press("Enter");
    await until("the file", () => written.get("/reports/figures/from afar.png")?.length > 8);
    await until("the image", () => editor.shows("](figures/from%20afar.png)"));
    await editor.press("Escape");
  });

  await step(editor, "a picture that is pasted, or dropped with Shift held, goes to the figures", async () => {
    await editor.press("Control+End");
    await copyPicture(editor);
    await editor.press("Control+v");
    await until("the file", () => written.get("/reports/figures/image.png")?.length > 8);
    await until("the image", () => editor.shows("](figures/image.png)"));
    await editor.press("Escape");
    await editor.goTo(lineOf("gets lost or counted twice"));
    await dropPicture(editor, "gets lost or counted twice.");
    await until("the other file", () => written.get("/reports/figures/dropped.png")?.length > 8);
    // A line may break before it.
    await until("the other image", () => editor.shows("(figures/dropped.png)"));
    await editor.press("Escape", "Control+z");
  });

  await step(editor, "the side bar lists the questions", async () => {
    const show = () => editor.command("Exam report: Focus on Questions View");
    await untilDone("question 4", show, () => rows(".pane-body .customview-tree", "40/40–80").count());
    await editor.screenshot(screenshots, "web-questions");
    await rows(".pane-body .customview-tree", "40/40–80").click();
    await until("its line", () => editor.inStatusBar(`Ln ${lineOf("### Question 4")}, Col 1`));
    await editor.press("Control+b");
  });

  await step(editor, "the page is shown beside the report, with its figures", async () => {
    await editor.command("reportls: Show Page Beside the Report");
    const shownPage = page.frameLocator("iframe.webview.ready").frameLocator("iframe").frameLocator("iframe");
    await until("its text", () => shownPage.getByText("Question 4").first().count());
    const figure = shownPage.locator("img").first();
    await until("a figure", () => figure.evaluate((it) => it.complete && it.naturalWidth > 0));
    await editor.screenshot(screenshots, "web-page");
  });

  await step(editor, "a report is judged by its template in the virtual folder", async () => {
    await inMemory("Open from Memory", "/diary/monday.md");
    await until("its verdict", () => editor.inStatusBar("1/2 answered"));
    const placeholder = "[Write your answer here]";
    await editor.goTo(9, placeholder.length + 1);
    await until("the mark", () => editor.isMarked(placeholder, "info"));
    await editor.press("Shift+Home");
    await editor.type("It rained all of the day.");
    await until("the other verdict", () => editor.inStatusBar("2/2 answered"));
    await editor.openFile("reports/README.md");
  });

  await step(
    editor,
    "the hand-in is checked",
    async () => {
      await editor.command("reportls: Check the Hand-in");
      const summary = "2 reports, of which 1 passes";
      await until(summary, async () => (await editor.toasts()).some((toast) => toast.includes(summary)));
    },
    { mayComplain: true },
  );

  await step(
    editor,
    "the sample can be opened",
    async () => {
      await editor.command("Notifications: Clear All Notifications");
      await editor.command("reportls: Try It on a Sample Report");
      await until("its verdict", () => editor.inStatusBar("6/10"));
    },
    { mayComplain: true },
  );

  shown("requests to other places", foreign.join("\n"), "");
} catch (error) {
  await editor.screenshot(screenshots, "web-failed");
  console.error(error, await editor.toasts());
  process.exitCode = 1;
} finally {
  await editor.close();
}
