// A workspace that is not trusted does not choose what runs: node untrusted.mjs INSTALLED VSIX SCRATCH
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { open, until } from "./editor.mjs";
import { sample } from "./sample.mjs";
import { step } from "./steps.mjs";

const [installed, vsix, above] = process.argv.slice(2);
const scratch = join(above, "untrusted");
mkdirSync(scratch);
const workspace = sample(vsix, scratch);
const program = join(workspace, "lurking");
const trace = join(scratch, "it ran");

writeFileSync(program, `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 });
mkdirSync(join(workspace, ".vscode"));
writeFileSync(join(workspace, ".vscode", "settings.json"), JSON.stringify({ "reportls.server.path": program }));

const path = join(workspace, "reports/README.md");
const editor = await open({ installed, vsix, scratch, workspace, path, isTrusted: false });

try {
  await step(editor, "the program that an untrusted workspace names is not run; the bundled server is", async () => {
    await until("the status", () => editor.inStatusBar("6/10"), 60_000);
    if (existsSync(trace)) {
      throw new Error("it ran");
    }
  });
  const trust = async () => {
    await editor.command("Workspaces: Manage Workspace Trust");
    await editor.page.getByText("Trust", { exact: true }).click();
    await until("it ran", () => existsSync(trace));
  };
  // It is no server, and VS Code says so.
  await step(editor, "once the workspace is trusted, it is run", trust, { mayComplain: true });
} catch (error) {
  console.error(error, await editor.toasts(), editor.log());
  process.exitCode = 1;
} finally {
  await editor.close();
}
