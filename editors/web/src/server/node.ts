/**
 * The server as a program for Node: standard input and output, and the disk of this machine. Its argument is the folder with
 * the server's modules; without one they come from a pack beside this file.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { unpacked } from "./pack.js";
import { type FileSystem, Python, put } from "./python.js";

const here = dirname(fileURLToPath(import.meta.url));
/** Folders that Python has of its own, and those of the system that no report lies in. */
const NOT_MOUNTED = new Set(["dev", "lib", "proc", "run", "sys"]);
const DRIVES = "CDEFGHIJKLMNOPQRSTUVWXYZAB";

/** A part beside this file. */
function part(name: string): Uint8Array {
  return gunzipSync(readFileSync(join(here, `${name}.gz`)));
}

function putModules(files: FileSystem, place: string): void {
  const [folder] = process.argv.slice(2);
  if (folder) {
    files.mount(files.filesystems.NODEFS, { root: folder }, place);
  } else {
    put(files, place, unpacked(part("server.pack")));
  }
}

/** Makes the files of this machine visible to Python, each by the path that the client knows it by. */
function mountDisk(files: FileSystem): void {
  const disk = files.filesystems.NODEFS;
  const mount = (place: string, root: string) => {
    files.mkdirTree(place);
    files.mount(disk, { root }, place);
  };
  if (process.platform === "win32") {
    for (const drive of DRIVES.split("").filter((letter) => isThere(`${letter}:\\`))) {
      mount(`/${drive}:`, `${drive}:\\`);
      mount(`/${drive.toLowerCase()}:`, `${drive}:\\`);
    }
    return;
  }
  const { root } = parse(here);
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.isDirectory() && !NOT_MOUNTED.has(entry.name)) {
      mount(`/${entry.name}`, join(root, entry.name));
    }
  }
}

function isThere(folder: string): boolean {
  try {
    readdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Starts Python from a folder of this session alone, as in Node it reads its parts from files. */
async function started(): Promise<Python> {
  const folder = mkdtempSync(join(tmpdir(), "reportls-"));
  try {
    for (const name of ["pyodide.asm.wasm", "python_stdlib.zip"]) {
      writeFileSync(join(folder, name), part(name));
    }
    return await Python.start(folder, (files, modules) => {
      putModules(files, modules);
      mountDisk(files);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Serves a client on standard input and output. */
export async function main(): Promise<void> {
  const waiting: Uint8Array[] = [];
  let end = (): void => process.exit(1);
  let take = (data: Uint8Array): void => void waiting.push(data);
  // Pyodide knows no buffers of Node.
  process.stdin.on("data", (data) => take(new Uint8Array(data)));
  process.stdin.on("end", () => end());
  const python = await started();
  const session = python.serve(
    "HeaderFraming",
    (text) => process.stdout.write(text),
    (code) => process.exit(code),
  );
  take = (data) => session.receive(data);
  waiting.forEach(take);
  end = () => session.end();
}
