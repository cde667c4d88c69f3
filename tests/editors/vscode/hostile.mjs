// A hostile report in the pages that VS Code shows of it: node hostile.mjs INSTALLED VSIX SCRATCH SCREENSHOTS
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { open, until } from "./editor.mjs";
import { shown, step } from "./steps.mjs";

const [installed, vsix, above, screenshots] = process.argv.slice(2);
const scratch = join(above, "hostile");
const workspace = join(scratch, "workspace");
/** One in so many attacks is tried here: the browser's test tries all. */
const EVERY = 4;
const QUESTIONS = 31;
/** Longer ones are for the browser's test, which opens a page for each. */
const MOST = 500;
/** VS Code asks about these before it does anything else. */
const UNUSUAL = /[\u2028\u2029]/;
/** Milliseconds for what a server does first. */
const PATIENCE = 120_000;

const print = "import json; from tests.support.attacks import attacks; print(json.dumps(attacks()))";
const checkout = join(import.meta.dirname, "..", "..", "..");
const attacks = JSON.parse(execFileSync("python3", ["-c", print], { cwd: checkout, encoding: "utf-8" }));
const short = attacks.filter((attack) => attack.length < MOST && !UNUSUAL.test(attack));

/** A report with the attacks, each in an answer, a heading, a prompt and the text of an image. */
function hostileReport() {
  const share = short.filter((_, index) => index % EVERY === 0);
  const questions = Array.from({ length: QUESTIONS }, (_, index) => {
    const own = share.filter((_, at) => at % QUESTIONS === index);
    const line = own.map((attack) => attack.split(/[\r\n]/).join(" ")).join(" ");
    const answer = own.map((attack) => `${attack}\n\n![${attack.split("\n")[0]}](figures/x.png)\n`).join("\n");
    return `### Question ${index + 1} ${line}\n\n> **What is ${line}?**\n>\n> Answer:\n\n${answer}\n`;
  });
  return `# A report with a title that is long enough, number 0\n\n${questions.join("")}`;
}

mkdirSync(workspace, { recursive: true });
writeFileSync(join(workspace, "reportls.toml"), 'edition = "dtu-02476-2026"\n');
const report = join(workspace, "report.md");
writeFileSync(report, hostileReport());

const editor = await open({ installed, vsix, scratch, workspace, path: report });
const { page } = editor;
const happened = [];
const context = page.context();
// What hostile text calls if it can.
await context.exposeBinding("hit", (_, what) => happened.push(`hit ${what}`));
context.on("dialog", (dialog) => {
  happened.push(`dialog ${dialog.message()}`);
  dialog.dismiss().catch(() => {});
});
// Of requests that the page's policy stops, the browser tells, too: they fail before they are sent.
for (const event of ["requestfinished", "requestfailed"]) {
  context.on(event, (request) => {
    if (request.url().includes("elsewhere.example") && request.failure()?.errorText !== "csp") {
      happened.push(`request ${request.url()} ${request.failure()?.errorText}`);
    }
  });
}
const around = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
const frame = around.locator("main iframe:not(.arriving)");
const verdict = () => editor.inStatusBar("/31");
const reads = (text) => frame.evaluate((it, text) => it.contentDocument.body.innerText.includes(text), text);
/** Presses all that can be pressed in the page but what leads to another place. */
const press = () =>
  frame.evaluate((it) => {
    for (const element of it.contentDocument.querySelectorAll("summary, button, label, input, [tabindex]")) {
      element.click();
      element.focus();
    }
    it.contentWindow.scrollTo(0, it.contentDocument.body.scrollHeight);
  });

try {
  await step(editor, "a text that ran would be noticed", async () => {
    await until("a verdict", verdict, PATIENCE);
    await editor.command("reportls: Show Page Beside the Report");
    await until("the page", () => reads("number 0"), PATIENCE);
    await around.locator("body").evaluate(() => globalThis.hit("a control"));
    await until("it is noticed", () => happened.includes("hit a control"));
    happened.length = 0;
  });

  await step(editor, "nothing runs in either page of a hostile report", async () => {
    await press();
    await around.getByRole("button", { name: "To read" }).click();
    await until("the page to read", () => reads("At a glance"), PATIENCE);
    await press();
    await page.waitForTimeout(500);
    shown("what ran", happened.join(", "), "");
    await editor.screenshot(screenshots, "hostile");
  });
} catch (error) {
  console.error(error, happened, await editor.toasts(), editor.log());
  process.exitCode = 1;
} finally {
  await editor.close();
}
