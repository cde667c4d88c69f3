// What readers see of a hand-in page: the words that `tests/test_lost_words.py` takes for shown are those that a browser
// shows, with each `<details>` open.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runPython, scratch, step, withBrowser } from "../browser.mjs";

const [pages, shown] = ["pages.json", "shown.json"].map((name) => join(scratch, name));

/** The text that the page shows of each of these. */
function textsOf(all) {
  return all.map((html) => {
    document.open();
    document.write(`<!DOCTYPE html><html><body>${html}</body></html>`);
    document.close();
    for (const details of document.querySelectorAll("details")) details.open = true;
    return document.body.innerText;
  });
}

await step("a browser shows the words that an HTML parser finds", async () => {
  runPython("-m", "tests.browser.shown_words", "write", pages);
  await withBrowser(async (browser) => {
    const { page } = await browser.watched({ javaScriptEnabled: false });
    writeFileSync(shown, JSON.stringify(await page.evaluate(textsOf, JSON.parse(readFileSync(pages, "utf-8")))));
  });
  console.log(runPython("-m", "tests.browser.shown_words", "compare", pages, shown));
});
