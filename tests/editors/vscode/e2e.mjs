// What a student sees, step by step: node e2e.mjs INSTALLED VSIX SCRATCH SCREENSHOTS
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makesPages } from "./announced.mjs";
import { open, until, untilDone } from "./editor.mjs";
import { comparePage, followPage } from "./pages.mjs";
import { sample } from "./sample.mjs";
import { copyPicture, dropPicture, ignoreRule, shown, step } from "./steps.mjs";

const [installed, vsix, scratch, screenshots] = process.argv.slice(2);
const workspace = sample(vsix, scratch);
const figures = join(workspace, "reports", "figures");
const report = join(workspace, "reports", "README.md");
const notes = join(scratch, "elsewhere", "notes.md");

const LIMIT = "40-80 words";
const LINK = "[a first sketch](figures/sketch.png)";
const EMOJI = "look 🌡️👩‍🔬 é: ";

writeFileSync(report, readFileSync(report, "utf-8").replace(`look: ${LINK}`, EMOJI + LINK));
mkdirSync(join(scratch, "elsewhere"));
const diary = join(scratch, "elsewhere", "monday.md");
const blank = "# Diary\n\n**Name:**\n\n## The day\n\n> What happened? Write 5-20 words.\n\n## Weather (optional)\n";
writeFileSync(join(scratch, "elsewhere", "blank.md"), blank);
writeFileSync(join(scratch, "elsewhere", "reportls.toml"), 'template = "blank.md"\n');
writeFileSync(diary, blank.replace("words.\n", "words.\n\nIt rained ☔.\n"));
writeFileSync(
  notes,
  "# Notes ☁️\n\n### Question 1\n\n> Recommended answer length: 5-9 words.\n\n![x](figures/nothing.png)\n",
);
const lines = readFileSync(report, "utf-8").split("\n");
const lineOf = (words) => lines.findIndex((line) => line.includes(words)) + 1;

const editor = await open({ installed, vsix, scratch, workspace, path: notes });
const { page } = editor;
const rows = (list, text) => page.locator(`${list} .monaco-list-row`, { hasText: text });
const problem = (text) => rows(".markers-panel", text).count();

try {
  await step(editor, "a Markdown file that is no report starts nothing and shows nothing", async () => {
    await until("the file is shown", () => editor.shows("# Notes"));
    const ask = async () => {
      await editor.press("Escape", "F1");
      await page.locator(".quick-input-widget:visible input").first().fill(">reportls: ");
    };
    const offered = () => rows(".quick-input-list", "Try It on a Sample Report").count();
    await untilDone("the command for the sample", ask, offered);
    shown("commands for a report", await rows(".quick-input-list", "Show Log").count(), 0);
    await editor.press("Escape");
    shown("a server", editor.log(), "");
    shown("a status", await editor.inStatusBar("/10"), 0);
  });

  await step(editor, "a report starts the server, and the status bar shows its verdict", async () => {
    await editor.openFile(report);
    await editor.press("Control+b");
    await until("6/10", () => editor.inStatusBar("6/10"));
    await until("the log names the bundled server", () => /that of this extension/.test(editor.log()));
  });

  await step(editor, "squiggles stand under the right words, also behind emoji", async () => {
    await editor.goTo(lineOf(LINK));
    await until("the link is marked", () => editor.isMarked(LINK, "warning"));
    await until("the limit of images is marked", () => editor.isMarked("a figure", "error"));
    await editor.goTo(lineOf(LIMIT));
    await until("the limit of words is marked", () => editor.isMarked(LIMIT, "error"));
  });

  await step(editor, "counts stand beside the questions", async () => {
    await until("a count", () => editor.shows("19 / 40-80 words, 21 to go"));
  });

  await step(editor, "the list of problems has them all", async () => {
    await editor.press("Control+Shift+m");
    await until("eight problems", async () => (await problem("reportls")) === 8);
    await until("one of them", () => problem("Question 4: 19 of 40-80 words: add 21"));
    await editor.screenshot(screenshots, "report");
    await editor.press("Control+j");
  });

  await step(editor, "a hover says more, and shows a picture", async () => {
    await editor.goTo(lineOf(LIMIT));
    await editor.point(LIMIT, { last: true });
    const hover = page.locator(".monaco-hover:visible");
    await until("the counts", async () => /19 of 40-80 /.test(await hover.innerText()));
    const text = await hover.innerText();
    shown("messages", text.split("19 of 40-80 words: add 21").length - 1, 1);
    await editor.screenshot(screenshots, "hover", { keepPointer: true });
    await hover.getByText("answer-too-short").last().click();
    await until("the page of the rule", () => page.locator(".tab", { hasText: "answer-too-short" }).count());
    const rule = page.frameLocator("iframe.webview.ready").frameLocator("iframe");
    await until("its text", () => rule.getByText("The answer has fewer words").count());
    await editor.screenshot(screenshots, "rule-page");
    await editor.closeTab("answer-too-short");
    const pictures = page.locator(".monaco-hover:visible img");
    for (const place of ["figures/wiring.png", "the board in the middle"]) {
      await editor.point(place);
      await until(`a picture at ${place}`, () => pictures.count());
      await until("all of it", () => pictures.first().evaluate((it) => it.complete && it.naturalWidth > 0));
      await until("its question", () => page.locator(".monaco-hover:visible", { hasText: "wiring.png" }).count());
      shown("pictures", await pictures.count(), 1);
    }
    await editor.screenshot(screenshots, "hover-picture", { keepPointer: true });
    await page.mouse.move(0, 0);
  });

  await step(editor, "prompts can be folded", async () => {
    await editor.goTo(1);
    await until("a prompt", () => editor.shows("> Recommended answer length: 5-40 words."));
    await editor.command("Fold All Block Comments");
    await until("no prompt", async () => !(await editor.shows("> Recommended answer length: 5-40 words.")));
    await editor.screenshot(screenshots, "folded");
    await editor.command("Unfold All");
    await until("a prompt", () => editor.shows("> Recommended answer length: 5-40 words."));
  });

  await step(editor, "the outline is one tree", async () => {
    await editor.command("Explorer: Focus on Outline View");
    const tree = page.locator(".outline-pane .monaco-list-row");
    await until("a question", () => tree.filter({ hasText: "Question 1" }).count());
    shown("roots", await tree.and(page.locator("[aria-level='1']")).count(), 1);
    shown("a question", await tree.filter({ hasText: "Question 2" }).count(), 1);
    await editor.screenshot(screenshots, "outline");
    await editor.press("Control+b");
    await editor.openFile(report);
  });

  await step(editor, "typing makes a finding go away, at the right word", async () => {
    await editor.goTo(lineOf("We compared it with the thermometer"));
    await editor.press("End");
    await until("the question and its count", () => editor.inStatusBar("Q4  19/40–80"));
    shown("its colour", await editor.hasStatusColour("Q4", "warning"), true);
    await page.keyboard.type(" word".repeat(20));
    await until("one is missing", () => editor.shows("39 / 40-80 words, 1 to go"));
    await until("the status counts, too", () => editor.inStatusBar("Q4  39/40–80"));
    await editor.screenshot(screenshots, "live-number");
    shown("the mark", await editor.isMarked(LIMIT, "error"), true);
    await page.keyboard.type(" more");
    await until("no mark", async () => !(await editor.isMarked(LIMIT, "error")));
    await until("7/10", () => editor.inStatusBar("Q4  40/40–80 · 7/10"));
    await until("no colour", async () => !(await editor.hasStatusColour("Q4", "warning")));
  });

  await step(editor, "all questions are listed, the failed ones first, and lead there", async () => {
    await page.locator(".statusbar-item", { hasText: "7/10" }).click();
    await until("the first that fails", () => rows(".quick-input-list", "Failed").count());
    await until("the passing ones, too", () => rows(".quick-input-list", "Passed").count());
    await editor.screenshot(screenshots, "questions");
    await page.locator(".quick-input-widget:visible input").first().fill("9");
    await until("question 9", () => page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "9" }).count());
    await editor.press("Enter");
    await until("question 9", () => editor.inStatusBar(`Ln ${lineOf("### Question 9")}, Col 1`));
  });

  await step(editor, "the side bar lists them, with what is left as a badge", async () => {
    const tree = (text) => rows(".pane-body .customview-tree", text);
    // Not a click on the icon: its badge may lie over it.
    const show = () => editor.command("Exam report: Focus on Questions View");
    await untilDone("question 4", show, () => tree("40/40–80").count());
    await until("the badge", () => page.locator(".activitybar .badge-content", { hasText: "3" }).count());
    await editor.screenshot(screenshots, "side-bar");
    await tree("40/40–80").click();
    await until("question 4", () => editor.inStatusBar(`Ln ${lineOf("### Question 4")}, Col 1`));
    const selected = page.locator(".customview-tree .monaco-list-row.selected");
    await until("the question at the cursor", async () => (await selected.innerText()).includes("40/40–80"));
    await editor.press("Control+b");
  });

  await step(editor, "the next unanswered question is found", async () => {
    await editor.command("reportls: Go to Next Unanswered Question");
    await until("question 8", () => editor.inStatusBar(`Ln ${lineOf("--- question 8")}`));
  });

  await step(editor, "a quick fix adds a figure, and the verdict changes", async () => {
    await editor.goTo(lineOf("Include a figure"), lines[lineOf("Include a figure") - 1].indexOf("a figure") + 2);
    await until("the mark", () => editor.isMarked("a figure", "error"));
    const ask = () => editor.press("Escape", "Control+.");
    await untilDone("the fix", ask, () => rows(".action-widget", "Insert figures/sketch.png").count());
    await editor.screenshot(screenshots, "quick-fix");
    await editor.press("Enter");
    await until("the image", () => editor.shows("](figures/sketch.png)"));
    await until("8/10", () => editor.inStatusBar("8/10"));
    await editor.press("Escape");
    await until("no mark", async () => !(await editor.isMarked("a figure", "error")));
  });

  await step(editor, "a file that appears on the disk makes its warning vanish", async () => {
    await editor.goTo(lineOf("figures/Temperature.png"));
    await until("the mark", () => editor.isMarked("figures/Temperature.png", "warning"));
    copyFileSync(join(figures, "temperature.png"), join(figures, "Temperature.png"));
    await until("no mark", async () => !(await editor.isMarked("figures/Temperature.png", "warning")));
  });

  await step(editor, "a figure is renamed, in the text and on the disk", async () => {
    const line = lineOf("figures/wiring.png");
    await editor.goTo(line, lines[line - 1].indexOf("figures/wiring.png") + 12);
    await editor.press("F2");
    await until("the box", () => page.locator(".rename-box input:visible").count());
    await page.locator(".rename-box input").fill("figures/cables.png");
    await editor.press("Enter");
    await until("the text", () => editor.shows("(figures/cables.png)"));
    await until("the file", () => existsSync(join(figures, "cables.png")) && !existsSync(join(figures, "wiring.png")));
  });

  await step(editor, "a rule is ignored by a quick fix that comes last, says so, and is undone by one click", async () => {
    const line = lineOf("20-40 words");
    await editor.goTo(line, lines[line - 1].indexOf("20-40 words") + 2);
    await until("the mark", () => editor.isMarked("20-40 words", "error"));
    const takePicture = () => editor.screenshot(screenshots, "ignore");
    const { titles, notice } = await ignoreRule(editor, "answer-too-long", takePicture);
    shown("one that explains", titles.includes("Explain answer-too-long"), true);
    shown("the last", titles.at(-1), "Ignore answer-too-long for this report (edits reportls.toml)");
    await until("no mark", async () => !(await editor.isMarked("20-40 words", "error")));
    const file = join(workspace, "reportls.toml");
    shown("the file", readFileSync(file, "utf-8").includes("answer-too-long"), true);
    await notice.getByText("Undo").click();
    await until("the mark again", () => editor.isMarked("20-40 words", "error"));
    shown("the file", existsSync(file) && readFileSync(file, "utf-8").includes("answer-too-long"), false);
  });

  await step(editor, "all that can be fixed is fixed from the palette, and undone at once", async () => {
    const placeholder = "--- question 7 fill here ---";
    await editor.goTo(lineOf(placeholder));
    await editor.command("reportls: Apply All Safe Fixes");
    await until("no placeholder", async () => !(await editor.shows(placeholder)));
    await editor.press("Control+z");
    await until("it again", () => editor.shows(placeholder));
  });

  await step(editor, "there is no lamp beside plain prose", async () => {
    await editor.goTo(lineOf("The board keeps up to four days"), 12);
    await page.waitForTimeout(700);
    shown("lamps", await page.locator(".contentWidgets .lightBulbWidget:visible, .codicon-light-bulb:visible").count(), 0);
  });

  await step(editor, "an image is chosen among previews", async () => {
    await editor.goTo(lineOf("The board keeps up to four days"));
    await editor.command("reportls: Insert Image");
    await until("a picture", () => rows(".quick-input-list", "figures/").count());
    const preview = page.frameLocator("iframe.webview").frameLocator("iframe").locator("img");
    await until("its preview", () => preview.evaluate((image) => image.complete && image.naturalWidth > 0));
    await editor.screenshot(screenshots, "insert-image");
    const offered = await page.locator(".quick-input-list .monaco-list-row.focused").first().innerText();
    const [chosen] = /figures\/[\w.-]+/.exec(offered);
    await editor.press("Enter");
    await until(`the image ${chosen}`, () => editor.shows(`](${chosen})`));
    await until("no preview", async () => !(await page.locator(".tab", { hasText: ".png" }).count()));
    await editor.press("Escape");
  });

  await step(editor, "an image from anywhere on the disk is copied into the figures", async () => {
    const elsewhere = join(scratch, "elsewhere", "from afar.png");
    copyFileSync(join(figures, "temperature.png"), elsewhere);
    await editor.goTo(lineOf("The board keeps up to four days"));
    await editor.command("reportls: Insert Image");
    await until("the choice", () => rows(".quick-input-list", "Choose a file").count());
    await page.locator(".quick-input-widget:visible input").first().fill("Choose");
    await editor.press("Enter");
    const box = page.locator(".quick-input-widget:visible input").first();
    await until("the dialog", () => page.locator(".quick-input-action:visible", { hasText: "Insert" }).count());
    const typePath = async () => {
      await box.click();
      await editor.press("Control+a");
      await page.keyboard.type(elsewhere);
    };
    await untilDone("the path", typePath, async () => (await box.inputValue()) === elsewhere);
    await until("its file", () => rows(".quick-input-list", "from afar.png").count());
    await editor.press("Enter");
    await until("the file", () => existsSync(join(figures, "from afar.png")));
    await until("the image", () => editor.shows("](figures/from%20afar.png)"));
    await editor.press("Escape");
    await editor.press("Control+z");
  });

  await step(editor, "a picture that is pasted goes to the figures", async () => {
    await editor.press("Control+End");
    await copyPicture(editor);
    await editor.press("Control+v");
    await until("the image", () => editor.shows("](figures/image.png)"));
    await until("the file", () => existsSync(join(figures, "image.png")));
    await editor.press("Escape");
  });

  await step(editor, "a picture that is dropped with Shift held goes to the figures", async () => {
    await editor.goTo(lineOf("gets lost or counted twice"));
    await dropPicture(editor, "gets lost or counted twice.");
    await until("the image", () => editor.shows("](figures/dropped.png)"));
    await until("the file", () => existsSync(join(figures, "dropped.png")));
    await editor.press("Escape");
  });

  await step(editor, "paths of figures are completed, with previews", async () => {
    await editor.goTo(lineOf("gets lost or counted twice"));
    await editor.press("End", "Enter", "Enter");
    await page.keyboard.type("![wires](");
    const suggestions = page.locator(".suggest-widget .monaco-list-row", { hasText: "cables.png" });
    await until("a suggestion with the whole path", () => suggestions.filter({ hasText: "figures/" }).count());
    await editor.screenshot(screenshots, "completion");
    await page.keyboard.type("figures/");
    await until("a suggestion", () => suggestions.count());
    await page.waitForTimeout(300);
    shown("how often it is listed", await suggestions.count(), 1);
    await editor.press("Escape");
  });

  if (await makesPages(scratch)) {
    await followPage(editor, report, screenshots);
  }

  await step(editor, "the server is restarted", async () => {
    const starts = () => editor.log().split("the server is that of").length - 1;
    const before = starts();
    await editor.command("reportls: Restart Server");
    await until("another start", () => starts() > before);
    await until("the status", () => editor.inStatusBar("/10"));
    await editor.goTo(lineOf("20-40 words"));
    await until("a mark", () => editor.isMarked("20-40 words", "error"));
  });

  await step(editor, "the hand-in is checked", async () => {
    await editor.command("reportls: Check the Hand-in");
    await until("the summary", async () => (await editor.toasts()).some((toast) => /1 report: /.test(toast)));
    shown("messages", (await editor.toasts()).length, 1);
    await page.locator(".notification-toast").getByText("Show Problems").click();
    await until("the problems", () => page.locator(".markers-panel:visible").count());
    await editor.press("Control+j");
  });

  const start = join(scratch, "unpacked", "extension", "start.py");
  await comparePage(editor, join(workspace, "edition"), join(figures, "sketch.png"), start, screenshots);

  await step(editor, "the places of a template are listed by their names, and the badge leaves out optional ones", async () => {
    await editor.openFile(diary);
    await editor.goTo(9);
    await until("the place and its count", () => editor.inStatusBar("The day  2/5–20 · 1/2 answered"));
    const tree = (text) => rows(".pane-body .customview-tree", text);
    const show = () => editor.command("Exam report: Focus on Questions View");
    await untilDone("the place", show, () => tree("The day  2/5–20").count());
    for (const name of ["Name", "Weather (optional)"]) {
      await until(name, () => tree(name).count());
    }
    await until("the badge", () => page.locator(".activitybar .badge-content", { hasText: /^2$/ }).count());
    await editor.screenshot(screenshots, "side-bar-template");
    await tree("Weather").click();
    await until("it", () => editor.inStatusBar("Weather (optional)  unanswered"));
    await editor.press("Control+b");
    await editor.openFile(report);
  });

  await step(editor, "a file that is no report shows nothing, also while the server runs", async () => {
    await editor.openFile(notes);
    await until("no status", async () => !(await editor.inStatusBar("/10")));
    await editor.press("Control+Shift+m");
    await until("the list", () => page.locator(".markers-panel").count());
    shown("its problems", await problem("notes.md"), 0);
    await editor.press("Control+j");
    shown("squiggles", await page.locator(".view-overlays [class*=squiggly-]").count(), 0);
  });

  await step(editor, "it can be read in every theme, and in a narrow window", async () => {
    await editor.openFile(report);
    await editor.goTo(lineOf("20-40 words"));
    for (const [theme, name] of [
      ["Dark Modern", "vs-dark"],
      ["Dark High Contrast", "hc-black"],
    ]) {
      await editor.theme(theme);
      await until(theme, () => page.locator(`.monaco-workbench.${name}`).count());
      await editor.screenshot(screenshots, name);
    }
    await page.setViewportSize({ width: 520, height: 800 });
    await until("the status", () => editor.inStatusBar("/10"));
    await editor.screenshot(screenshots, "narrow");
  });

  await step(editor, "nothing has been complained of", () => shown("complaints", editor.complaints().join("\n"), ""));

  const killServer = () => {
    const found = execFileSync("pgrep", ["-f", join(scratch, "extensions", "reportls")], { encoding: "utf-8" });
    process.kill(Number(found.split("\n")[0]), "SIGKILL");
  };
  await step(editor, "a server that dies is started again, without a word", async () => {
    killServer();
    await until("no status", async () => !(await editor.inStatusBar("/10")));
    await until("the status", () => editor.inStatusBar("/10"));
  });

  const dieForGood = async () => {
    for (let deaths = 1; deaths < 5; deaths++) {
      await until("a verdict", () => editor.inStatusBar("/10"));
      killServer();
      await until("no verdict", async () => !(await editor.inStatusBar("/10")));
    }
    const stopped = page.locator(".statusbar-item", { hasText: "server stopped" });
    await until("it says so", () => stopped.count());
    await editor.screenshot(screenshots, "server-stopped");
    await editor.command("Notifications: Clear All Notifications");
    await stopped.click();
    await until("the verdict", () => editor.inStatusBar("/10"));
  };
  await step(editor, "one that keeps dying is said to be gone, and a click starts it", dieForGood, { mayComplain: true });
} catch (error) {
  await editor.screenshot(screenshots, "failed");
  console.error(error, editor.log());
  process.exitCode = 1;
} finally {
  await editor.close();
}
