import { loadPyodide, type PyodideAPI } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { info } from "pyodide/pyodide-lock.json";
import type { Files } from "./pack.js";

/** What of Emscripten's file system is used. */
export type FileSystem = PyodideAPI["FS"];

/** How messages are kept apart: each by itself, or in a stream of bytes by headers. */
export type Framing = "MessageFraming" | "HeaderFraming";

/** The loop of `reportls.lsp.rpc.loop`, seen from JavaScript. */
interface Loop {
  readonly has_work: boolean;
  /** Seconds; undefined for ever. */
  readonly patience: number | undefined;
  readonly is_over: boolean;
  readonly endpoint: { readonly exit_code: number | undefined };
  work(): void;
  rest(): void;
  close(): void;
}

/** Nothing is ever installed, so the list of packages is empty. */
const NO_PACKAGES = JSON.stringify({ info, packages: {} });
/** What the first diagnostics need; what a first hover or completion needs follows when nobody waits. */
const JUDGING = "import reportls.lsp.server, reportls.snapshot";
const START = `
from reportls.lsp.server import serve_embedded
from reportls.lsp.rpc import framing

lambda send, kind: serve_embedded(send, getattr(framing, kind)())`;
const RECEIVE = "lambda loop, data: loop.receive(data.to_bytes())";

/** Python with the server in it, and a file system in memory. */
export class Python {
  private constructor(private readonly pyodide: PyodideAPI) {}

  /**
   * Starts Python from the files `pyodide.asm.wasm` and `python_stdlib.zip` in the folder or at the address `home`.
   * `prepare` puts the server's modules into the given folder, before Python sees its file system.
   */
  static async start(
    home: string,
    prepare: (files: FileSystem, modules: string) => Promise<void> | void,
  ): Promise<Python> {
    const pyodide = await loadPyodide({
      indexURL: home,
      createPyodideModule,
      lockFileContents: NO_PACKAGES,
      packageBaseUrl: home,
      env: { HOME: "/" },
      fsInit: async (files, { sitePackages }) => prepare(files, sitePackages),
    });
    return new Python(pyodide);
  }

  /** Its file system. */
  get files(): FileSystem {
    return this.pyodide.FS;
  }

  /** Imports what the first diagnostics need. */
  readRules(): void {
    this.pyodide.runPython(JUDGING);
  }

  /** Begins a session with a client that takes what the server sends. */
  serve(framing: Framing, send: (text: string) => void, whenOver?: (exitCode: number) => void): Session {
    const loop: Loop = this.pyodide.runPython(START)(send, framing);
    const receive = this.pyodide.runPython(RECEIVE);
    return new Session(loop, (data) => receive(loop, data), whenOver);
  }
}

/** A session with one client. It works in turns, so that what has arrived meanwhile is taken in before the next. */
export class Session {
  private readonly turns = new MessageChannel();
  private resting: ReturnType<typeof setTimeout> | undefined;
  private isWaiting = false;

  constructor(
    private readonly loop: Loop,
    private readonly take: (data: Uint8Array) => void,
    private readonly whenOver: (exitCode: number) => void = () => {},
  ) {
    this.turns.port1.onmessage = () => this.turn();
  }

  /** Takes in what the client sends; what follows from it is done in later turns. */
  receive(data: Uint8Array): void {
    this.take(data);
    this.next();
  }

  /** Notes that the client sends nothing more. */
  end(): void {
    this.loop.close();
    this.next();
  }

  private turn(): void {
    this.isWaiting = false;
    if (this.loop.has_work) {
      this.loop.work();
    }
    this.next();
  }

  private next(): void {
    clearTimeout(this.resting);
    const { patience } = this.loop;
    if (this.loop.is_over) {
      this.turns.port1.close();
      this.whenOver(this.loop.endpoint.exit_code ?? 0);
    } else if (patience === 0 && !this.isWaiting) {
      this.isWaiting = true;
      this.turns.port2.postMessage(null);
    } else if (patience) {
      this.resting = setTimeout(() => this.loop.rest(), patience * 1000);
    }
  }
}

/** Writes files below a folder, and the folders that they need. */
export function put(system: FileSystem, folder: string, files: Files): void {
  for (const [path, content] of files) {
    const whole = `${folder}/${path}`;
    system.mkdirTree(whole.slice(0, whole.lastIndexOf("/")));
    system.writeFile(whole, content);
  }
}
