import type { FromWorker, Start, ToWorker } from "./messages.js";
import type { Files } from "./server/pack.js";

/** Tells how far the start is, from 0 to 1, and in words; or that it failed. */
export type Progress = (fraction: number, words: string) => void;

/** The server in its worker, as a client of the protocol sees it. */
export class Connection {
  private readonly worker: Worker;
  private readonly handlers = new Set<(message: string) => void>();
  /** Settles when the server can answer. */
  readonly ready: Promise<void>;
  /** Called when the server that could answer has broken down. */
  onBreakdown: (error: Error) => void = () => {};

  /** Starts the worker: `program` is its source, `start` what it is made of. */
  constructor(program: string, start: Promise<Start>, progress: Progress) {
    // From a blob, so that it is under the policy of this page and works in a file on disk.
    const source = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    this.worker = new Worker(source, { name: "reportls" });
    this.ready = new Promise((resolve, reject) => {
      this.worker.onerror = (event) => {
        const error = new Error(event.message || "the worker cannot be started");
        reject(error);
        void this.ready.then(
          () => this.onBreakdown(error),
          () => {},
        );
      };
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
      start.then((start) => this.post({ start }, Object.values(start.python)), reject);
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

  /** Takes files away from the server, or folders with all that is in them. */
  removeFiles(removed: readonly string[]): void {
    this.post({ removed });
  }

  /** Ends the server, whatever it does. */
  end(): void {
    this.worker.terminate();
  }

  private post(message: ToWorker, transferred: Transferable[] = []): void {
    this.worker.postMessage(message, transferred);
  }
}
