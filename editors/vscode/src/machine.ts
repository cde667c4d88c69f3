import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import type { Machine } from "./find-server.js";

const PATIENCE_IN_MS = 15_000;
const ENDINGS = process.platform === "win32" ? [".exe", ""] : [""];

/** This machine. Programs are run in `folder`, so that nothing in the workspace is taken for one of theirs. */
export function thisMachine(folder: string): Machine {
  return { home: homedir(), find, output: (command, args) => output(command, args, folder) };
}

async function find(name: string): Promise<string | undefined> {
  // Relative folders in the search path would lead into the workspace.
  const folders = isAbsolute(name) ? [""] : (process.env.PATH ?? "").split(delimiter).filter(isAbsolute);
  for (const folder of folders) {
    for (const ending of ENDINGS) {
      const path = join(folder, name + ending);
      if (await isProgram(path)) {
        return path;
      }
    }
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function output(command: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { cwd, timeout: PATIENCE_IN_MS, windowsHide: true };
    execFile(command, [...args], options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}
