// The preview: it follows what is saved, the reader stays where they are, and the places that differ are gone through.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { python, reportls, scratch, step, withBrowser } from "../browser.mjs";

const HOSTILE = `
<script>hit("script")</script><img src="https://elsewhere.example/a.png" onerror="hit('img')"><svg onload="hit('svg')"></svg>
<link rel="preconnect" href="https://elsewhere.example"><meta http-equiv="refresh" content="0;url=https://elsewhere.example">
<iframe src="https://elsewhere.example"></iframe><base href="https://elsewhere.example/"><form name="body"><input name="querySelectorAll"></form>
<style>@import "https://elsewhere.example/a.css"; p { background: url(https://elsewhere.example/b) }</style>
<img name="getElementById"><a href="https://elsewhere.example/link" target="_top">away</a> <a href="../README.md">file</a>
`;

reportls("demo", join(scratch, "demo"));
const report = join(scratch, "demo", "reports", "README.md");
const original = readFileSync(report, "utf-8");
// Only a report of an edition has a page that the course makes.
appendFileSync(join(scratch, "demo", "reportls.toml"), 'edition = "dtu-02476-2026"\n');

/** Starts the preview; its address and how to end it. */
async function start() {
  const server = spawn(python, ["-m", "reportls", "preview", report, "--no-open"], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  const line = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data))));
  const end = () => {
    server.kill("SIGINT");
    return ended;
  };
  return { address: line.match(/http\S+/)[0], end };
}

/** The document that a pane shows. */
function pane(page, name) {
  return page.frameLocator(`[data-pane="${name}"] iframe:not(.coming)`);
}

/** How far down the pane is scrolled, and where in its window a heading stands. */
function look(page, name, heading) {
  return page.evaluate(
    ([pane, words]) => {
      const inside = document.querySelector(`[data-pane="${pane}"] iframe:not(.coming)`).contentWindow;
      const headings = Document.prototype.querySelectorAll.call(inside.document, "h3");
      const found = [...headings].find((it) => it.textContent === words);
      return { scrollY: inside.scrollY, top: Math.round(found.getBoundingClientRect().top) };
    },
    [name, heading],
  );
}

/** Scrolls a pane to a heading. */
function scrollTo(page, name, heading) {
  return page.evaluate(
    ([pane, words]) => {
      const inside = document.querySelector(`[data-pane="${pane}"] iframe:not(.coming)`).contentWindow;
      const headings = Document.prototype.querySelectorAll.call(inside.document, "h3");
      inside.scrollBy(0, [...headings].find((it) => it.textContent === words).getBoundingClientRect().top - 40);
    },
    [name, heading],
  );
}

/** Nothing was asked for but what the preview has, and nothing was said. */
function assertQuiet(watched, address) {
  const unexpected = watched
    .unexpected(address)
    .filter((event) => !event.startsWith(`request: GET ${address}`) && !event.startsWith(`navigation: ${address}`))
    .filter((event) => event !== "frame: one more");
  assert.deepEqual(unexpected, []);
}

const { address, end } = await start();
await withBrowser(async (browser) => {
  const watched = await browser.watched();
  const { page } = watched;
  await page.goto(address);
  await step("shows the page to read", async () => {
    await pane(page, "ours").getByRole("heading", { name: "At a glance" }).waitFor();
    await watched.screenshot("preview-ours", { isWhole: false });
  });

  await step("follows a save, and what was looked at stays where it was", async () => {
    await scrollTo(page, "ours", "Question 8");
    const before = await look(page, "ours", "Question 8");
    writeFileSync(report, original.replace("We are *Cloud Nine*", `${"One more line. ".repeat(200)}\n\nWe are *Cloud Nine*`));
    await pane(page, "ours").getByText("One more line.").first().waitFor();
    const after = await look(page, "ours", "Question 8");
    assert.equal(after.top, before.top);
    assert.ok(after.scrollY > before.scrollY + 100, `${after.scrollY}`);
    writeFileSync(report, original);
    await pane(page, "ours").getByText("One more line.").first().waitFor({ state: "detached" });
    assert.deepEqual(await look(page, "ours", "Question 8"), before);
  });

  await step("shows the page as it is handed in", async () => {
    await page.getByRole("button", { name: "As handed in" }).press("Enter");
    await pane(page, "course").getByText("```python").waitFor();
    assert.equal(new URL(page.url()).hash, "#course");
    await watched.screenshot("preview-course", { isWhole: false });
  });

  await step("shows both, and goes to what differs", async () => {
    await page.getByRole("button", { name: "Side by side" }).click();
    await pane(page, "written").locator("[data-pair]").first().waitFor();
    await page.getByRole("button", { name: "Next difference" }).press("Enter");
    await page.getByText("2 differences, 1 in answers").waitFor();
    assert.match(await page.getByRole("combobox").evaluate((it) => it.selectedOptions[0].text), /^Question 6: a code block/);
    for (const name of ["written", "course"]) {
      const current = pane(page, name).locator("[data-current]");
      assert.match(await current.first().innerText(), /def is_doubtful/);
      assert.ok((await current.first().evaluate((it) => it.getBoundingClientRect().top)) < 400);
    }
    await watched.screenshot("preview-both", { isWhole: false });
    await page.getByRole("button", { name: "Next difference" }).press("Enter");
    await pane(page, "written").locator("h1[data-current]").waitFor();
  });

  await step("both are scrolled in step", async () => {
    await scrollTo(page, "course", "Question 5");
    await page.waitForFunction(() => {
      const inside = document.querySelector('[data-pane="written"] iframe:not(.coming)').contentWindow;
      const found = [...inside.document.querySelectorAll("h3")].find((it) => it.textContent === "Question 5");
      return Math.abs(found.getBoundingClientRect().top - 40) < 60;
    });
  });

  await step("stays in both while something is saved; the place is gone when it is fixed", async () => {
    writeFileSync(report, original.replace("```python\n", "").replace(/```/g, ""));
    await page.getByText("1 difference", { exact: true }).or(page.getByText("differences")).first().waitFor();
    await pane(page, "course").getByText("```python").waitFor({ state: "detached" });
    assert.equal(new URL(page.url()).hash, "#both");
    writeFileSync(report, original);
    await pane(page, "course").getByText("```python").waitFor();
  });

  await step("another tab shows the same", async () => {
    const other = await watched.context.newPage();
    await other.goto(`${address}#both`);
    await pane(other, "course").getByText("```python").waitFor();
    await other.close();
  });

  await step("says what is wrong, and comes back", async () => {
    unlinkSync(report);
    await page.getByRole("status").getByText("there is no such file").waitFor();
    await pane(page, "course").getByText("```python").waitFor();
    await watched.screenshot("preview-problem", { isWhole: false });
    writeFileSync(report, original);
    await page.waitForFunction(() => document.getElementById("problem").textContent === "");
  });

  await step("axe finds nothing, in any window", async () => {
    assert.deepEqual(await watched.axe(), []);
    await page.setViewportSize({ width: 360, height: 640 });
    assert.equal(await watched.sideways(), 0);
    assert.deepEqual(await watched.axe(), []);
    await watched.screenshot("preview-narrow", { isWhole: false });
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await watched.axe(), []);
    await page.setViewportSize({ width: 1400, height: 900 });
    await watched.screenshot("preview-dark", { isWhole: false });
  });
  await step("all that was quiet", () => {
    // The other tab is a popup to those who watch.
    watched.events = watched.events.filter((event) => !event.startsWith("popup: "));
    assertQuiet(watched, address);
  });

  await step("a hostile report does nothing, and can be read", async () => {
    watched.forget();
    writeFileSync(report, original.replace("We are *Cloud Nine*", `${HOSTILE}\n\nWe are *Cloud Nine*`));
    await pane(page, "course").getByText("away").waitFor();
    await page.getByRole("button", { name: "Next difference" }).click();
    await pane(page, "course").locator("[data-current]").first().waitFor();
    await watched.settle();
    assertQuiet(watched, address);
    await pane(page, "course").locator("a", { hasText: "file" }).click();
    await watched.settle();
    await pane(page, "course").getByText("away").waitFor();
    assert.equal(page.url(), `${address}#both`);
    assertQuiet(watched, address);
    for (const name of ["ours", "written", "course"]) {
      const alone = await browser.watched();
      await alone.page.goto(address + name);
      // Nothing can be run there to wait for; what is drawn has asked for all that it wants.
      await alone.page.screenshot();
      assertQuiet(alone, address + name);
      await alone.close();
    }
  });

  await step("says that it has ended", async () => {
    watched.forget();
    assert.equal(await end(), 130);
    await page.getByText("The preview has ended").waitFor();
  });
}).finally(end);
