import type { Files } from "./server/pack.js";

/** Python itself, compressed, by the names of its files. */
export type PythonParts = Readonly<Record<PythonPart, ArrayBuffer>>;

export type PythonPart = "pyodide.asm.wasm" | "python_stdlib.zip";

export const PYTHON_PARTS: readonly PythonPart[] = ["pyodide.asm.wasm", "python_stdlib.zip"];

/** What the server is made of: Python, and the modules of the server, one by one or in a compressed pack. */
export interface Start {
  readonly python: PythonParts;
  readonly modules: Files | ArrayBuffer;
}

/** Files of the report's folder that have changed; with `isAll`, there are no others. */
interface FilesMessage {
  readonly files: Files;
  readonly isAll: boolean;
}

/** Files and folders that are gone. */
interface RemovedMessage {
  readonly removed: readonly string[];
}

/** What a page sends to the worker: the start first, then files, and messages of the protocol as JSON. */
export type ToWorker = { readonly start: Start } | FilesMessage | RemovedMessage | string;

/** What the worker sends: how far it is, why it failed, and messages of the protocol as JSON. */
export type FromWorker = { readonly progress: number; readonly words: string } | { readonly failure: string } | string;

/** The folder that the server sees; the folder of the user is put there. */
export const FOLDER = "/report";
