// The corpus of attacks, as pages.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runPython, scratch, withBrowser } from "./browser.mjs";

const AT_ONCE = 2;

/** Has reports made into pages, in one of the ways of attack_pages.py. */
export function pagesOf(way) {
  const folder = join(scratch, way);
  runPython("-m", "tests.browser.attack_pages", folder, way);
  return JSON.parse(readFileSync(join(folder, "pages.json"), "utf-8"));
}

/** Does something for each, a few at once, with so many browsers. */
export async function each(all, act) {
  const waiting = all.entries();
  const one = () =>
    withBrowser(async (browser) => {
      for (const [index, item] of waiting) {
        await act(browser, item, index);
      }
    });
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}
