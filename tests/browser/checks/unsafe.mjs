// The proof that `attacks.mjs` sees something: the same attacks, where nothing is cleaned.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { each, pagesOf } from "../attacks.mjs";
import { step } from "../browser.mjs";
import { handle } from "../handling.mjs";

/** One in so many attacks is tried. */
const ONE_IN = 9;
/** How many of these do something in this Chromium, in hundredths; the others are for other programs. */
const LIVE = 60;
const PATIENCE = 10_000;

/** Whether an attack does anything in a page that nobody has cleaned. */
async function isLive(watched, path) {
  const address = pathToFileURL(path).href;
  watched.forget();
  await watched.page.goto(address, { waitUntil: "commit" });
  await watched.settle();
  if (!watched.unexpected(address).length) {
    await handle(watched);
    await watched.settle();
  }
  return watched.unexpected(address).length > 0;
}

/** The same; what takes the page away from under us is certainly alive, and so is what holds it. */
async function tried(browser, path) {
  browser.current ??= await browser.watched({ viewport: { width: 600, height: 400 } });
  const held = new Promise((resolve) => setTimeout(resolve, PATIENCE, true));
  const isIt = await Promise.race([held, isLive(browser.current, path).catch(() => true)]);
  if (isIt) {
    await browser.current.close();
    browser.current = undefined;
  }
  return isIt;
}

const unsafe = pagesOf("unsafe").filter((_, index) => index % ONE_IN === 0);
const dead = [];
await step(`most of ${unsafe.length} attacks do something where nobody cleans the page`, async () => {
  await each(unsafe, async (browser, { path, attacks: [attack] }) => {
    if (!(await tried(browser, path))) {
      dead.push(attack);
    }
  });
  const live = unsafe.length - dead.length;
  console.log(`${live} of ${unsafe.length} do; these do not:`);
  console.log(dead.map((attack) => JSON.stringify(attack).slice(0, 150)).join("\n"));
  assert.ok(live >= (unsafe.length * LIVE) / 100);
});
