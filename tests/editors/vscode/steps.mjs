// The steps of the test: each is printed, and none may leave a message behind.

const began = Date.now();

/** Does one step, and sees that nothing has popped up, unless something may. */
export async function step(editor, what, act, { mayComplain = false } = {}) {
  try {
    await act();
  } catch (error) {
    console.error(`not seen: ${what}\n${await editor.seen()}`);
    throw error;
  }
  shown("messages", mayComplain ? "" : (await editor.toasts()).join("\n"), "");
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${what}`);
}

/** Insists that something is as it should be. */
export function shown(what, found, wanted) {
  if (found !== wanted) {
    throw new Error(`${what}: ${found}, not ${wanted}`);
  }
}
