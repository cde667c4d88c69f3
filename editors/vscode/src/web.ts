/**
 * The extension where VS Code runs in a browser without a machine, as on vscode.dev: the server runs in a worker. What the
 * extension on a machine needs as well is exported: `desktop.ts` loads this bundle.
 */
import * as vscode from "vscode";
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type BaseLanguageClient,
  type DataCallback,
  DidChangeWatchedFilesNotification,
  type Disposable,
  LanguageClient,
  type LanguageClientOptions,
  type Message,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { Connection } from "../../web/src/connection.js";
import { PYTHON_PARTS, type PythonParts, type Start } from "../../web/src/messages.js";
import { entry } from "./activation.js";
import { addressOf, uriOf } from "./addresses.js";
import { dataAddress } from "./figures.js";
import { type Host, NO_GIT, type Startable } from "./host.js";
import { looksLikeReport } from "./looks-like-report.js";
import { type Change, Mirror } from "./mirror.js";
import { bundledFiles, readBundled } from "./sample.js";
import { Session } from "./session.js";
import { SECTION } from "./settings.js";

/** Pixels; hovers and completions show pictures no wider. */
const WIDEST = 300;

const { activate, deactivate } = entry(schemesOf, async (context) => {
  const log = vscode.window.createOutputChannel("reportls", { log: true });
  return new Session(context, new Browser(context, log), log);
});

export {
  BaseLanguageClient,
  ReadableStreamMessageReader,
  WriteableStreamMessageWriter,
} from "vscode-languageclient/browser";
export { activate, deactivate, Session };

/** The schemes of the workspace, of files that are opened by themselves, and of the sample. */
function schemesOf({ globalStorageUri }: vscode.ExtensionContext): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(["file", globalStorageUri.scheme, ...folders.map(({ uri }) => uri.scheme)])];
}

class Browser implements Host {
  readonly schemes: readonly string[];

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.schemes = schemesOf(context);
  }

  async find(): Promise<Startable> {
    return {
      words: "this extension, with a Python of its own in a worker of the browser",
      note: "checked in the browser, which has no access to git",
      limit: NO_GIT,
      client: (options) => this.client(options),
    };
  }

  async picture(address: string): Promise<string | undefined> {
    try {
      return await thumbnail(await vscode.workspace.fs.readFile(uriOf(address)));
    } catch {
      return undefined;
    }
  }

  async onDidChange(): Promise<undefined> {
    return undefined;
  }

  private client(options: LanguageClientOptions): BaseLanguageClient {
    // The worker, and the copies of files that it has; another start has others.
    let mirror: Mirror | undefined;
    let isCopied: Promise<void> | undefined;
    const tell = (uri: vscode.Uri, change: Change) => {
      const changes = [{ uri: addressOf(uri), type: change }];
      void client.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    };
    const start = async (): Promise<MessageTransports> => {
      mirror?.dispose();
      const connection = new Connection(await this.program(), this.start(), (_, words) => this.log.debug(words));
      mirror = new Mirror(connection, tell, this.log);
      const transports = transportsOf(connection);
      await Promise.all(reportsOpen(this.schemes).map((uri) => mirror?.addReport(uri)));
      isCopied = mirror.addWorkspace().then(() => this.log.debug("the workspace is copied"));
      return transports;
    };
    const { middleware } = options;
    const client = new LanguageClient(SECTION, SECTION, start, {
      ...options,
      uriConverters: { code2Protocol: addressOf, protocol2Code: uriOf },
      middleware: {
        ...middleware,
        executeCommand: async (name, args, next) => {
          await isCopied;
          return middleware?.executeCommand?.(name, args, next) ?? next(name, args);
        },
        // Told of when the copy has changed.
        workspace: { ...middleware?.workspace, didChangeWatchedFile: async () => {} },
      },
    });
    return client;
  }

  private async program(): Promise<string> {
    return new TextDecoder().decode(await this.read("python", "server.cjs"));
  }

  private async start(): Promise<Start> {
    const { extensionUri } = this.context;
    const python = Promise.all(
      PYTHON_PARTS.map(async (name) => [name, bufferOf(await this.read("python", `${name}.gz`))] as const),
    );
    const modules = await readBundled(extensionUri, (await bundledFiles(extensionUri)).modules);
    return { python: Object.fromEntries(await python) as PythonParts, modules };
  }

  private read(...path: string[]): Thenable<Uint8Array> {
    return vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.context.extensionUri, ...path));
  }
}

function bufferOf(content: Uint8Array): ArrayBuffer {
  return new Uint8Array(content).buffer;
}

function reportsOpen(schemes: readonly string[]): vscode.Uri[] {
  const seen = vscode.workspace.textDocuments.filter(({ uri }) => schemes.includes(uri.scheme));
  return seen.filter((document) => looksLikeReport(document.getText())).map(({ uri }) => uri);
}

/** The connection as the client wants it. */
function transportsOf(connection: Connection): MessageTransports {
  const reader = new Reader(connection);
  connection.ready.catch((error: Error) => reader.fail(error));
  connection.onBreakdown = (error) => reader.fail(error);
  return { reader, writer: new Writer(connection) };
}

class Reader extends AbstractMessageReader {
  constructor(private readonly connection: Connection) {
    super();
  }

  listen(callback: DataCallback): Disposable {
    const take = (message: string) => callback(JSON.parse(message));
    this.connection.subscribe(take);
    return { dispose: () => this.connection.unsubscribe(take) };
  }

  /** Notes that the worker could not be started, or has broken down. */
  fail(error: Error): void {
    this.fireError(error);
    this.fireClose();
  }

  override dispose(): void {
    super.dispose();
    this.connection.end();
  }
}

class Writer extends AbstractMessageWriter {
  constructor(private readonly connection: Connection) {
    super();
  }

  async write(message: Message): Promise<void> {
    this.connection.send(JSON.stringify(message));
  }

  end(): void {}
}

/** A small copy of a picture as an address that holds it: what a text can show is short. */
async function thumbnail(content: Uint8Array): Promise<string> {
  const picture = await createImageBitmap(new Blob([bufferOf(content)]));
  const scale = Math.min(1, WIDEST / picture.width);
  const canvas = new OffscreenCanvas(picture.width * scale, picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/webp" });
  return dataAddress(blob.type, new Uint8Array(await blob.arrayBuffer()));
}
