// The page of a report as its reader sees it: the sample's, and those of real reports where they are at hand.
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { reportls, runPython, scratch, step, withBrowser } from "../browser.mjs";

const HEIGHT = 900;
const SIZES = { phone: 390, tablet: 800, desk: 1400 };
const LOOKS = [
  ["phone", "dark"],
  ["tablet", "light"],
  ["desk", "dark"],
];
const OTHERS = 5;

/** The reports to look at, by name. */
function reports() {
  reportls("demo", join(scratch, "demo"));
  const listed = "import json; from tests.support.corpus import *; print(json.dumps([str(CORPUS), names()]))";
  const [corpus, names] = JSON.parse(runPython("-c", listed));
  const some = names.filter((_, index) => index % Math.ceil(names.length / OTHERS) === 0);
  const paths = some.map((name) => [name, join(corpus, "reports", `${name}.md`)]);
  return [["sample", join(scratch, "demo")], ...paths];
}

/** Opens a page in so wide a window, in light or dark. */
async function open(browser, address, { width = SIZES.desk, colorScheme = "light" } = {}) {
  const watched = await browser.watched({ viewport: { width, height: HEIGHT }, colorScheme });
  await watched.goto(address);
  return watched;
}

/** Each width, light and dark: nothing sticks out, and everybody can use it. */
async function looks(browser, name, address) {
  for (const [size, colorScheme] of LOOKS) {
    const watched = await open(browser, address, { width: SIZES[size], colorScheme });
    assert.equal(await watched.sideways(), 0, `${size}: it must be scrolled sideways`);
    assert.deepEqual(await watched.axe(), [], `${size}, ${colorScheme}`);
    await watched.screenshot(`${name}-${size}-${colorScheme}`);
    assert.deepEqual(watched.events, []);
    await watched.close();
  }
}

/** The letters twice as large. */
async function enlarged(browser, name, address) {
  const watched = await open(browser, address, { width: 1000 });
  await watched.page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  await watched.settle();
  assert.equal(await watched.sideways(), 0);
  const cut = await watched.page.evaluate(() =>
    [...document.querySelectorAll("body *:not(svg *):not(.spoken)")]
      .filter((it) => getComputedStyle(it).overflowX === "hidden" && it.scrollWidth > it.clientWidth)
      .map((it) => it.outerHTML),
  );
  assert.deepEqual(cut, []);
  await watched.screenshot(`${name}-enlarged`, { isWhole: false });
  await watched.close();
}

/** Each line of the table of contents leads to its question; the introduction opens and closes. */
async function pressed(browser, address) {
  const watched = await open(browser, address);
  const { page } = watched;
  const links = page.locator("nav a");
  const count = await links.count();
  for (let index = 0; index < count; index += 1) {
    const target = await links.nth(index).getAttribute("href");
    await links.nth(index).click();
    const top = await page.locator(target).evaluate((it) => it.getBoundingClientRect().top);
    assert.ok(top >= 0 && top < HEIGHT, `${target} is at ${top}`);
    assert.equal(new URL(page.url()).hash, target);
  }
  for (const summary of await page.locator("summary").all()) {
    const details = summary.locator("..");
    const wasOpen = await details.evaluate((it) => it.open);
    await summary.click();
    assert.equal(await details.evaluate((it) => it.open), !wasOpen);
  }
  await page.evaluate(() => document.activeElement.blur());
  assert.deepEqual(
    watched.events.filter((event) => !event.startsWith(`navigation: ${address}#`)),
    [],
  );
  await watched.close();
}

/** On paper it is light, no picture is cut, and nothing is wider than the paper. */
async function printed(browser, name, address) {
  const watched = await open(browser, address, { width: 640, colorScheme: "dark" });
  const { page } = watched;
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const found = await page.evaluate(() => {
    const pictures = [...document.querySelectorAll(".picture, .picture img")];
    return {
      colour: getComputedStyle(document.body).color,
      cut: pictures.filter((it) => getComputedStyle(it).breakInside !== "avoid").length,
      // A4 less the margins, at 96 points an inch.
      tooHigh: pictures.filter((it) => it.getBoundingClientRect().height > (25.7 / 2.54) * 96).length,
    };
  });
  assert.deepEqual(found, { colour: "rgb(35, 33, 30)", cut: 0, tooHigh: 0 });
  assert.equal(await watched.sideways(), 0);
  await watched.print(name);
  assert.deepEqual(watched.events, []);
  await watched.close();
}

await withBrowser(async (browser) => {
  for (const [name, path] of reports()) {
    const file = join(scratch, `${name}.html`);
    reportls("html", path, "-o", file);
    const address = pathToFileURL(file).href;
    await step(`${name}: in every width, light and dark`, () => looks(browser, name, address));
    await step(`${name}: enlarged`, () => enlarged(browser, name, address));
    await step(`${name}: its links`, () => pressed(browser, address));
    await step(`${name}: on paper`, () => printed(browser, name, address));
  }
});
