// A machine without Python: one message, and another try once there is one. node no-python.mjs INSTALLED VSIX SCRATCH
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { open, until } from "./editor.mjs";
import { sample } from "./sample.mjs";
import { shown, step } from "./steps.mjs";

const [installed, vsix, above] = process.argv.slice(2);
const scratch = join(above, "no-python");
const programs = join(scratch, "bin");

mkdirSync(programs, { recursive: true });
const workspace = sample(vsix, scratch);

const path = join(workspace, "reports/README.md");
const editor = await open({ installed, vsix, scratch, workspace, path, env: { ...process.env, PATH: programs } });
const message = editor.page.locator(".notification-toast", { hasText: "needs Python 3.10" });

try {
  await step(editor, "without Python there is one message; with it, another try succeeds", async () => {
    await until("the message", () => message.count());
    shown("messages", (await editor.toasts()).length, 1);
    await until("the log says it, too", () => editor.complaints().some((line) => line.includes("needs Python 3.10")));
    symlinkSync(execFileSync("which", ["python3"], { encoding: "utf-8" }).trim(), join(programs, "python3"));
    await message.getByText("Try again").click();
    await until("the status", () => editor.inStatusBar("6/10"));
  });
} catch (error) {
  console.error(error, await editor.toasts(), editor.log());
  process.exitCode = 1;
} finally {
  await editor.close();
}
