// What a reader may do to a page: everything, to all that is there.

/** The links that lead to another site if they are pressed. */
export const LEADING_AWAY = "a[href^=http]";
const PRESSED = ["summary", "a", "button", "input", "select", "textarea", "label", "area", "svg *", "[onclick]"];
const KEYS = ["Tab", "Tab", "Shift+Tab", "Space", "a", "Control+a", "Control+c", "Control+End"];

/** Presses all but what leads away, passes over, focuses and types into all that is there, selects it and copies it. */
export async function handle({ page }) {
  await pressAll(page, `:is(${PRESSED}):not(${LEADING_AWAY})`);
  await atEach(page, "body *", (place) => page.mouse.move(...place));
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("*")) {
      element.focus?.();
    }
  });
  for (const key of KEYS) {
    await page.keyboard.press(key);
  }
}

/** Presses all elements that a selector finds. */
export async function pressAll(page, selector) {
  await atEach(page, selector, (place) => page.mouse.click(...place));
}

/** Does something at the place of each element; of those whose start tags differ in numbers only, at one. */
async function atEach(page, selector, act) {
  const kept = await page.evaluateHandle((selector) => {
    const start = (element) => element.cloneNode(false).outerHTML.slice(0, 500).replaceAll(/\d+/g, "1");
    const found = [...document.querySelectorAll(selector)].filter((element) => element.getClientRects().length);
    return [...new Map(found.map((element) => [start(element), element])).values()];
  }, selector);
  const count = await kept.evaluate((elements) => elements.length);
  for (let index = 0; index < count; index += 1) {
    const place = await kept.evaluate((elements, index) => {
      elements[index].scrollIntoView({ block: "center", behavior: "instant" });
      const box = elements[index].getClientRects()[0];
      return box && [box.x + Math.min(box.width / 2, 20), box.y + Math.min(box.height / 2, 10)];
    }, index);
    if (place) {
      await act(place);
    }
  }
}
