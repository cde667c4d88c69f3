import type { Files } from "./server/pack.js";

/** The parts of Python and of the server, compressed, by the names of their files. */
export type Parts = Readonly<Record<PartName, ArrayBuffer>>;

export type PartName = "pyodide.asm.wasm" | "python_stdlib.zip" | "server.pack";

export const PART_NAMES: readonly PartName[] = ["pyodide.asm.wasm", "python_stdlib.zip", "server.pack"];

/** Files of the report's folder that have changed; with `isAll`, there are no others. */
export interface FilesMessage {
  readonly files: Files;
  readonly isAll: boolean;
}

/** What a page sends to the worker: the parts first, then files, and messages of the protocol as JSON. */
export type ToWorker = { readonly parts: Parts } | FilesMessage | string;

/** What the worker sends: how far it is, why it failed, and messages of the protocol as JSON. */
export type FromWorker = { readonly progress: number; readonly words: string } | { readonly failure: string } | string;

/** The folder that the server sees; the folder of the user is put there. */
export const FOLDER = "/report";
