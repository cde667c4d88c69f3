/** The server in a web worker: it gets all it needs from the page and asks nobody else for anything. */
import { FOLDER, type FromWorker, type PythonPart, type PythonParts, type Start, type ToWorker } from "./messages.js";
import { type Files, unpacked } from "./server/pack.js";
import { Python, put, type Session } from "./server/python.js";

/** An address that leads nowhere; Pyodide asks for its parts below it. */
const HOME = "pyodide://parts/";
const KINDS: Record<string, string> = { "pyodide.asm.wasm": "application/wasm" };

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: FromWorker): void;
};
const text = new TextEncoder();
const waiting: ToWorker[] = [];
let python: Python | undefined;
let session: Session | undefined;

scope.onmessage = ({ data }) => {
  if (typeof data === "object" && "start" in data) {
    start(data.start).catch((error: unknown) => scope.postMessage({ failure: String(error) }));
  } else if (session) {
    take(data);
  } else {
    waiting.push(data);
  }
};

async function start({ python: parts, modules: given }: Start): Promise<void> {
  const say = (progress: number, words: string) => scope.postMessage({ progress, words });
  serveInstead(parts);
  say(0.3, "Starting Python");
  python = await Python.start(HOME, async (files, modules) => {
    const pack = given instanceof ArrayBuffer && new Uint8Array(await response(given).arrayBuffer());
    put(files, modules, pack ? unpacked(pack) : (given as Files));
    files.mkdirTree(FOLDER);
  });
  say(0.7, "Reading the rules");
  python.readRules();
  say(0.9, "Checking the report");
  session = python.serve("MessageFraming", (message) => scope.postMessage(message));
  waiting.forEach(take);
  say(1, "Ready");
}

function take(data: ToWorker): void {
  if (typeof data === "string") {
    session?.receive(text.encode(data));
  } else if (python && "files" in data) {
    if (data.isAll) {
      clear(FOLDER);
    }
    put(python.files, FOLDER, data.files);
  } else if (python && "removed" in data) {
    for (const path of data.removed) {
      remove(`${FOLDER}/${path}`);
    }
  }
}

/** Has every request of this worker answered with a part, so that none leaves it. */
function serveInstead(parts: PythonParts): void {
  globalThis.fetch = async (request) => {
    const name = String(request).slice(HOME.length) as PythonPart;
    return response(parts[name], KINDS[name]);
  };
}

function response(compressed: ArrayBuffer, kind = "application/octet-stream"): Response {
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": kind } });
}

function clear(folder: string): void {
  for (const name of python?.files.readdir(folder) ?? []) {
    if (name !== "." && name !== "..") {
      remove(`${folder}/${name}`);
    }
  }
}

/** Removes a file, or a folder with all that is in it, if there is one. */
function remove(path: string): void {
  const { files } = python as Python;
  const { exists } = files.analyzePath(path);
  if (exists && files.isDir(files.stat(path).mode)) {
    clear(path);
    files.rmdir(path);
  } else if (exists) {
    files.unlink(path);
  }
}
