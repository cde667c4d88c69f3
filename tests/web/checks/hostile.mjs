// Reports full of attacks in the editor in a page: nothing of them runs, whatever their reader does.
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runPython, scratch, step, untilSeen, withBrowser } from "../../browser/browser.mjs";

const address = pathToFileURL(join(process.env.REPORTLS_WEB, "page", "reportls.html")).href;
const PRINT = "import json; from tests.browser.attack_pages import hostile_reports; print(json.dumps(hostile_reports()))";
const READY = { timeout: 120_000 };
const reports = JSON.parse(runPython("-c", PRINT));
/** What a report may bring about: parts of the page itself, and errors that Chromium logs of what was not run or loaded. */
const EXPECTED = /^(console: (?!error)|navigation: about:srcdoc|request: GET (blob:|data:)|console: error .*(sandboxed|Content Security Policy))/;

/** What happened to the page that must not. */
const happened = (watched) => watched.events.filter((event) => !EXPECTED.test(event));

async function openReport({ page }, index) {
  const name = `hostile-${index}.md`;
  const [chooser] = await Promise.all([page.waitForEvent("filechooser", READY), page.click("#open-file")]);
  await chooser.setFiles({ name, mimeType: "text/markdown", buffer: Buffer.from(reports[index]) });
  await page.locator("#note", { hasText: `${name} is open` }).waitFor(READY);
  const count = reports[index].match(/^### Question \d+/gm).length;
  await page.waitForFunction((count) => document.querySelectorAll("#rows li").length >= count, count, READY);
}

/** Waits until the page beside the text is that of this report, and presses all that is there. */
async function usePage({ page }, index) {
  await page.waitForFunction(
    (words) => document.querySelector("#frame").contentDocument?.body?.textContent.includes(words),
    `hostile report ${index}`,
    READY,
  );
  await page.evaluate(() => {
    window.open = () => null;
    const { contentDocument, contentWindow } = document.querySelector("#frame");
    for (const element of contentDocument.querySelectorAll("summary, button, label, input, a, area, [tabindex]")) {
      element.focus();
      element.click();
    }
    contentWindow.scrollTo(0, contentDocument.body.scrollHeight);
  });
}

/** Opens the lists that show words of a report, and reads what the editor says about its lines. */
async function useEditor({ page }) {
  await untilSeen(page.locator("#dialog[open] button").first(), async () => {
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+Shift+o");
  });
  await page.keyboard.press("Escape");
  await page.click("#problems");
  await page.locator(".cm-panel-lint li").first().waitFor(READY);
  await page.keyboard.press("Escape");
  const marks = page.locator(".cm-content [class*=cm-lintRange]");
  for (const mark of (await marks.all()).slice(0, 3)) {
    await mark.hover({ force: true });
    await page.locator(".cm-tooltip").first().waitFor({ timeout: 5000 }).catch(() => {});
  }
  await page.mouse.move(0, 0);
}

await withBrowser(async (browser) => {
  const watched = await browser.watched({ viewport: { width: 1300, height: 850 } });
  const { page } = watched;
  await step("a text that ran would be noticed", async () => {
    await page.goto(address);
    await page.locator("#start").waitFor({ state: "hidden", ...READY });
    await page.click("#show-page");
    await page.evaluate(() => globalThis.hit("a control"));
    assert.deepEqual(happened(watched).filter((event) => event.startsWith("hit")), ["hit: a control"]);
  });
  for (const index of reports.keys()) {
    await step(`nothing of report ${index} runs`, async () => {
      watched.forget();
      await openReport(watched, index);
      await usePage(watched, index);
      await useEditor(watched);
      await watched.settle();
      assert.deepEqual(happened(watched).filter((event) => !event.startsWith("file chooser")), []);
    });
  }
  await watched.close();
});
