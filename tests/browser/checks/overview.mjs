// The page of a whole course: clicked, sorted, filtered, printed, resized, on paper and in the dark; without its script too.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { reportls, runPython, scratch, step, withBrowser } from "../browser.mjs";

const folder = join(scratch, "course");
const pages = join(scratch, "pages");
runPython("-m", "tests.browser.course", folder);
try {
  reportls("overview", folder, "--html", pages, "--shared", "10");
} catch (error) {
  // Some groups have no report, as it should be.
  assert.equal(error.status, 1);
}
const address = pathToFileURL(join(pages, "index.html")).href;

const shown = (page) => page.locator("#groups tbody tr:visible");
const names = async (page) => (await shown(page).locator("th").evaluateAll((cells) => cells.map((cell) => cell.firstChild.textContent)));
const status = (page) => page.locator("#groups [role=status]").textContent();
const heading = (page, words) => page.locator("#groups thead th", { hasText: words });

await withBrowser(async (browser) => {
  const watched = await browser.watched({ viewport: { width: 1300, height: 900 } });
  const { page } = watched;

  await step("it opens, and does nothing else", async () => {
    await watched.goto(address);
    assert.equal(await shown(page).count(), 60);
    assert.equal(await watched.sideways(), 0);
    await watched.screenshot("overview");
  });

  await step("axe finds nothing", async () => assert.deepEqual(await watched.axe(), []));

  await step("columns are sorted, up and down", async () => {
    await heading(page, "Words").getByRole("button").click();
    const words = await shown(page).locator("td[data-value]:nth-child(7)").allTextContents();
    assert.deepEqual(words, [...words].sort((one, other) => one - other));
    assert.equal(await heading(page, "Words").getAttribute("aria-sort"), "ascending");
    await heading(page, "Verdict").getByRole("button").click();
    assert.equal(await heading(page, "Words").getAttribute("aria-sort"), "none");
    await heading(page, "Verdict").getByRole("button").press("Enter");
    assert.equal(await heading(page, "Verdict").getAttribute("aria-sort"), "descending");
    const first = await shown(page).first().getAttribute("data-verdict");
    const last = await shown(page).last().getAttribute("data-verdict");
    assert.deepEqual([first, last], ["passes", "not judged"]);
    await heading(page, "Group").getByRole("button").click();
    const sorted = await names(page);
    assert.ok(sorted.indexOf("group 2") < sorted.indexOf("group 10"));
    await watched.screenshot("overview-sorted", { isWhole: false });
  });

  await step("groups are filtered by words, verdict and question", async () => {
    await page.getByRole("searchbox", { name: "Search" }).fill("GROUP 13 <B>");
    assert.equal(await shown(page).count(), 1);
    assert.match((await names(page))[0], /^group 13 <b>/);
    assert.match(await status(page), /^\d+ of 60 groups shown$/);
    await page.getByRole("button", { name: "Show all" }).click();
    await watched.settle();
    assert.equal(await shown(page).count(), 60);
    await page.getByRole("combobox", { name: "Verdict" }).selectOption("crashes");
    const crashed = await shown(page).count();
    assert.ok(crashed > 0 && crashed < 60);
    assert.match(await shown(page).first().textContent(), /line \d+/);
    await watched.screenshot("overview-filtered", { isWhole: false });
    await page.getByRole("button", { name: "Show all" }).click();
    await watched.settle();
  });

  await step("a column of the chart shows who fails the question", async () => {
    const number = "9";
    await page.locator(`svg a[data-question$=":${number}"]`).click();
    await watched.settle();
    assert.match(await page.getByRole("combobox", { name: "Fails" }).locator("option:checked").textContent(), new RegExp(`question ${number}\\b`));
    assert.ok((await shown(page).count()) < 60);
    for (const failing of await shown(page).evaluateAll((rows) => rows.map((row) => row.dataset.failing))) {
      assert.ok(failing.split(" ").some((one) => one.endsWith(`:${number}`)));
    }
    assert.deepEqual(await watched.axe(), []);
    await page.getByRole("button", { name: "Show all" }).click();
    await watched.settle();
  });

  await step("a column of a question that nobody fails leads to its numbers", async () => {
    await page.locator('svg a[data-question$=":31"]').click();
    assert.ok(await page.locator("details").first().evaluate(({ open }) => open));
    assert.equal(await shown(page).count(), 60);
  });

  await step("nothing that a group has written does anything", async () => {
    assert.deepEqual(watched.unexpected(address).filter((event) => !event.startsWith("navigation: ")), []);
    assert.equal(await page.locator("img, iframe, b").count(), 0);
  });

  await step("it is printed whole", async () => {
    const path = join(scratch, "overview.pdf");
    await page.pdf({ path, preferCSSPageSize: true });
    assert.ok(statSync(path).size > 20_000);
    await page.emulateMedia({ media: "print" });
    await watched.screenshot("overview-print");
    assert.equal(await page.locator("#filters").isVisible(), false);
    await page.emulateMedia({ media: "screen" });
  });

  for (const width of [320, 700, 1800]) {
    await step(`it fits into ${width} points`, async () => {
      await page.setViewportSize({ width, height: 800 });
      await watched.settle();
      assert.equal(await watched.sideways(), 0);
      await watched.screenshot(`overview-${width}`);
    });
  }

  await step("a group's own page is a click away", async () => {
    watched.forget();
    await page.locator("#groups tbody a").first().click();
    await page.waitForURL(/groups/);
    assert.equal(await page.locator("h1").count(), 1);
    assert.deepEqual(watched.events.filter((event) => event.startsWith("console")), []);
  });
  await watched.close();

  await step("in the dark", async () => {
    const dark = await browser.watched({ colorScheme: "dark", viewport: { width: 1300, height: 900 } });
    await dark.goto(address);
    assert.deepEqual(await dark.axe(), []);
    await dark.screenshot("overview-dark");
    await dark.close();
  });

  await step("without its script it is a plain table", async () => {
    const plain = await browser.watched({ javaScriptEnabled: false });
    await plain.page.goto(address);
    assert.equal(await plain.page.locator("#groups tbody tr").count(), 60);
    assert.equal(await plain.page.locator("#filters").isVisible(), false);
    assert.equal(await plain.page.locator("button:visible").count(), 0);
    await plain.screenshot("overview-plain", { isWhole: false });
    await plain.close();
  });
});
