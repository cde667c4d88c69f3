/** The server in a web worker: it gets all it needs from the page and asks nobody else for anything. */
import { FOLDER, type FromWorker, type Parts, type ToWorker } from "./messages.js";
import { unpacked } from "./server/pack.js";
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
  if (typeof data === "object" && "parts" in data) {
    start(data.parts).catch((error: unknown) => scope.postMessage({ failure: String(error) }));
  } else if (session) {
    take(data);
  } else {
    waiting.push(data);
  }
};

async function start(parts: Parts): Promise<void> {
  const say = (progress: number, words: string) => scope.postMessage({ progress, words });
  serveInstead(parts);
  say(0.3, "Starting Python");
  python = await Python.start(HOME, async (files, modules) => {
    put(files, modules, unpacked(new Uint8Array(await opened(parts, "server.pack").arrayBuffer())));
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
  }
}

/** Has every request of this worker answered with a part, so that none leaves it. */
function serveInstead(parts: Parts): void {
  globalThis.fetch = async (request) => opened(parts, String(request).slice(HOME.length) as keyof Parts);
}

function opened(parts: Parts, name: keyof Parts): Response {
  const stream = new Blob([parts[name]]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": KINDS[name] ?? "application/octet-stream" } });
}

function clear(folder: string): void {
  const files = python?.files;
  for (const name of files?.readdir(folder) ?? []) {
    const path = `${folder}/${name}`;
    if (name === "." || name === "..") {
      continue;
    }
    if (files?.isDir(files.stat(path).mode)) {
      clear(path);
      files.rmdir(path);
    } else {
      files?.unlink(path);
    }
  }
}
