/** The extension where VS Code has a machine to run programs on. */
import { entry } from "./activation.js";

const { activate, deactivate } = entry(
  () => ["file"],
  async (context) => (await import("./desktop.js")).sessionOn(context),
);

export { activate, deactivate };
