// A machine without a Python that will do: what the message says, and another try. node no-python.mjs INSTALLED VSIX SCRATCH SHOTS
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { open, until } from "./editor.mjs";
import { sample } from "./sample.mjs";
import { shown, step } from "./steps.mjs";

const [installed, vsix, above, screenshots] = process.argv.slice(2);
const scratch = join(above, "no-python");
const programs = join(scratch, "bin");
const python = join(programs, "python3");

mkdirSync(programs, { recursive: true });
const workspace = sample(vsix, scratch);

const path = join(workspace, "reports/README.md");
const editor = await open({ installed, vsix, scratch, workspace, path, env: { ...process.env, PATH: programs } });
const { page } = editor;
const toast = (text) => page.locator(".notification-toast", { hasText: text });
const item = (text) => page.locator(".statusbar-item", { hasText: text });

try {
  await step(editor, "without Python, the extension's own judges the report, and there is no message", async () => {
    await until("the status", () => editor.inStatusBar("6/10"), 90_000);
    shown("messages", (await editor.toasts()).length, 0);
    await until("the log", () => editor.log().includes("with a Python of its own"));
  });

  const settings = { "reportls.server.runtime": "python" };
  editor.setOnMachine(settings);
  await step(
    editor,
    "if only a Python of the machine is wanted, one message says what was tried, and the status bar what is missing",
    async () => {
      await until("the message", () => toast("tried: python3, python, py -3").count());
      shown("messages", (await editor.toasts()).length, 1);
      await until("the log says it, too", () => editor.complaints().some((line) => line.includes("needs Python 3.10")));
      await until("the status bar", () => item("no Python").count());
      await editor.screenshot(screenshots, "no-python");
      await editor.command("Notifications: Clear All Notifications");
      await item("no Python").click();
      await until("the message again", () => toast("tried: python3").count());
    },
    { mayComplain: true },
  );

  await step(
    editor,
    "an old Python is named with its version and path",
    async () => {
      writeFileSync(python, "#!/bin/sh\necho 3.8.10\n", { mode: 0o755 });
      await toast("tried: python3").getByText("Try Again").click();
      await until("the message", () => toast(`found only Python 3.8.10 (${python})`).count());
      await until("the status bar", () => item("Python too old").count());
      await editor.screenshot(screenshots, "old-python");
    },
    { mayComplain: true },
  );

  await step(editor, "with a new one, another try succeeds", async () => {
    rmSync(python);
    symlinkSync(execFileSync("which", ["python3"], { encoding: "utf-8" }).trim(), python);
    await toast("found only").getByText("Try Again").click();
    await until("the status", () => editor.inStatusBar("6/10"));
  });

  await step(
    editor,
    "a path that is no server is named with what it answers, and can be taken back",
    async () => {
      const other = join(programs, "other");
      writeFileSync(other, "#!/bin/sh\necho other 1.2\n", { mode: 0o755 });
      editor.setOnMachine({ ...settings, "reportls.server.path": other });
      await until("the message", () => toast('it answered "other 1.2"').count());
      await until("the status bar", () => item("wrong path").count());
      await editor.screenshot(screenshots, "wrong-path");
      await toast("other 1.2").getByText("Clear the Setting").click();
      await until("the status", () => editor.inStatusBar("6/10"));
    },
    { mayComplain: true },
  );
} catch (error) {
  await editor.screenshot(screenshots, "no-python-failed");
  console.error(error, await editor.toasts(), editor.log());
  process.exitCode = 1;
} finally {
  await editor.close();
}
