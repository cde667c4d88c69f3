import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { InitializeParams, LanguageClientOptions, MessageTransports } from "vscode-languageclient/browser";
import type { Server } from "./find-server.js";
import { SECTION } from "./settings.js";
import { BaseLanguageClient, ReadableStreamMessageReader, WriteableStreamMessageWriter } from "./web.js";

type ReadableStream = ConstructorParameters<typeof ReadableStreamMessageReader>[0];
type WritableStream = ConstructorParameters<typeof WriteableStreamMessageWriter>[0];

/** How long the server may take to end after it was asked to. */
const PATIENCE_IN_MS = 2000;

/**
 * A client of a server that runs as a program of this machine and talks on its standard input and output. It is made of what
 * the client of the worker is made of: the language client is most of this extension's code, and is in the package once.
 */
export class ProgramClient extends BaseLanguageClient {
  private program: ChildProcessWithoutNullStreams | undefined;

  /** `folder` is where the program runs. */
  constructor(
    private readonly server: Server,
    private readonly folder: string,
    options: LanguageClientOptions,
  ) {
    super(SECTION, SECTION, options);
  }

  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    // The server ends when this process does.
    params.processId = process.pid;
  }

  protected override async createMessageTransports(): Promise<MessageTransports> {
    const { command, args, environment } = this.server;
    const program = spawn(command, args, { cwd: this.folder, env: { ...process.env, ...environment } });
    program.on("exit", (code, signal) => this.info(`The server has ended: ${signal ?? `exit code ${code}`}`));
    createInterface({ input: program.stderr }).on("line", (line) => this.outputChannel.error(line));
    if (program.pid === undefined) {
      const [error] = await once(program, "error");
      throw error;
    }
    this.program = program;
    return {
      reader: new ReadableStreamMessageReader(readable(program.stdout)),
      writer: new WriteableStreamMessageWriter(writable(program.stdin)),
    };
  }

  protected override async shutdown(...args: Parameters<BaseLanguageClient["shutdown"]>): Promise<void> {
    const { program } = this;
    try {
      await super.shutdown(...args);
    } finally {
      const isRunning = () => program?.exitCode === null && program.signalCode === null;
      setTimeout(() => isRunning() && program?.kill(), PATIENCE_IN_MS);
    }
  }
}

function readable(stream: Readable): ReadableStream {
  return { ...ends(stream), onData: (listener) => listening(stream, "data", listener) };
}

function writable(stream: Writable): WritableStream {
  const write = (data: Uint8Array | string) =>
    new Promise<void>((resolve, reject) => {
      stream.write(data, (error) => (error ? reject(error) : resolve()));
    });
  return { ...ends(stream), write, end: () => void stream.end() };
}

function ends(stream: Readable | Writable): Pick<ReadableStream, "onClose" | "onEnd" | "onError"> {
  return {
    onClose: (listener) => listening(stream, "close", listener),
    onEnd: (listener) => listening(stream, "end", listener),
    onError: (listener) => listening(stream, "error", listener),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: so does Node.js type the values of an event
function listening(stream: Readable | Writable, event: string, listener: (value: any) => void): { dispose(): void } {
  stream.on(event, listener);
  return { dispose: () => void stream.off(event, listener) };
}
