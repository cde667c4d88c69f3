import type { Transport } from "@codemirror/lsp-client";
import workerSource from "worker-source";
import { type FromWorker, PART_NAMES, type PartName, type Parts, type ToWorker } from "../messages.js";
import type { Files } from "../server/pack.js";

/** Tells how far the start is, from 0 to 1, and in words; or that it failed. */
export type Progress = (fraction: number, words: string) => void;

/** The server in its worker, as a client of the protocol sees it. */
export class Connection implements Transport {
  private readonly worker: Worker;
  private readonly handlers = new Set<(message: string) => void>();
  /** Settles when the server can answer. */
  readonly ready: Promise<void>;

  constructor(progress: Progress) {
    // From a blob, so that it is under the policy of this page and works in a file on disk.
    const source = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
    this.worker = new Worker(source, { name: "reportls" });
    this.ready = new Promise((resolve, reject) => {
      this.worker.onerror = (event) => reject(new Error(event.message || "the worker cannot be started"));
      this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (typeof data === "string") {
          this.handlers.forEach((handle) => void handle(data));
        } else if ("failure" in data) {
          reject(new Error(data.failure));
        } else {
          progress(data.progress, data.words);
          if (data.progress === 1) {
            URL.revokeObjectURL(source);
            resolve();
          }
        }
      };
      progress(0.1, "Fetching Python");
      allParts().then((parts) => this.post({ parts }, Object.values(parts)), reject);
    });
  }

  send(message: string): void {
    this.post(message);
  }

  subscribe(handler: (message: string) => void): void {
    this.handlers.add(handler);
  }

  unsubscribe(handler: (message: string) => void): void {
    this.handlers.delete(handler);
  }

  /** Gives the server files of the report's folder; with `isAll`, in place of all others. */
  sendFiles(files: Files, isAll: boolean): void {
    this.post({ files, isAll });
  }

  private post(message: ToWorker, transferred: Transferable[] = []): void {
    this.worker.postMessage(message, transferred);
  }
}

async function allParts(): Promise<Parts> {
  const loaded = PART_NAMES.map(async (name) => [name, await part(name)] as const);
  return Object.fromEntries(await Promise.all(loaded)) as Parts;
}

/** A part: from this very file if it is the self-contained one, else from the folder that the page is in. */
async function part(name: PartName): Promise<ArrayBuffer> {
  const inside = document.getElementById(name)?.textContent;
  if (inside) {
    return Uint8Array.from(atob(inside), (sign) => sign.charCodeAt(0)).buffer;
  }
  const response = await fetch(`server/${name}.gz`);
  if (!response.ok) {
    throw new Error(`server/${name}.gz: ${response.status} ${response.statusText}`);
  }
  return response.arrayBuffer();
}
