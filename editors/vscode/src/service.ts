import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  type ConfigurationParams,
  type Range,
  type ShowDocumentResult,
  State,
  type StaticFeature,
} from "vscode-languageclient";
import { completionListedOnce } from "./completion.js";
import { troubleOf } from "./find-server.js";
import type { Host, Startable } from "./host.js";
import { hoverWithSmallPicture } from "./hover.js";
import { noteIgnoredRule } from "./ignored-rule.js";
import { canMakePages } from "./page-text.js";
import type { ServerState } from "./server-state.js";
import { chosenSettings, SECTION } from "./settings.js";
import type { Status } from "./status.js";

const DOWNLOADS = "https://www.python.org/downloads/";
/** What this client can do that the protocol does not name. */
const OWN_CAPABILITIES = { rulePage: "command:reportls.showRule?%5B%22{rule}%22%5D", savesConfiguration: true };

/** The server and the client that talks to it; there is at most one of each. */
export class Service implements vscode.Disposable {
  private readonly judged = new vscode.EventEmitter<Status>();
  /** Tells of a document that the server has judged anew, not only because of its text. */
  readonly onDidJudge = this.judged.event;
  private readonly changedState = new vscode.EventEmitter<void>();
  readonly onDidChangeState = this.changedState.event;
  private now: ServerState = { kind: "off" };
  private serverNote: string | undefined;
  private client: BaseLanguageClient | undefined;
  private running: string | undefined;
  private work = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly host: Host,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get state(): ServerState {
    return this.now;
  }

  /** Notes on the running server, for the tooltip of the status. */
  get notes(): readonly string[] {
    return this.now.kind === "running" && this.serverNote ? [this.serverNote] : [];
  }

  /** The client, after starting the server if it does not run; undefined if it cannot be started. */
  async connected(): Promise<BaseLanguageClient | undefined> {
    await this.next(() => (this.client?.isRunning() ? Promise.resolve() : this.replace(true)));
    return this.ifRunning();
  }

  /** The client if the server runs at this moment. */
  ifRunning(): BaseLanguageClient | undefined {
    return this.client?.isRunning() ? this.client : undefined;
  }

  /** Starts the server, after ending the one that runs: for the first start, other settings, and another try. */
  restart(): Promise<void> {
    return this.next(() => this.replace(true));
  }

  /** Starts another server if another one is to be had now. */
  reconsider(): Promise<void> {
    return this.next(() => this.replace(false));
  }

  /** Ends the server. */
  stop(): Promise<void> {
    return this.next(() => this.stopClient());
  }

  /** Says again why there is no server, with what can be done. */
  async explain(): Promise<void> {
    if (this.now.kind !== "missing") {
      return;
    }
    const { message, isSetting } = this.now.trouble;
    const choose = isSetting ? "Open Settings" : "Choose a Program";
    const other = isSetting ? "Clear the Setting" : "Get Python";
    const retry = "Try Again";
    const chosen = await vscode.window.showErrorMessage(message, other, choose, retry);
    if (chosen === choose) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "reportls.server.path");
    } else if (chosen === "Get Python") {
      await vscode.env.openExternal(vscode.Uri.parse(DOWNLOADS));
    } else if (chosen === "Clear the Setting") {
      await emptyPath();
    } else if (chosen === retry) {
      await this.restart();
    }
  }

  dispose(): void {
    void this.stop();
    this.judged.dispose();
    this.changedState.dispose();
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.work = this.work.then(step).catch((error: unknown) => {
      this.log.error(String(error));
      this.become({ kind: "stopped" });
    });
    return this.work;
  }

  private become(state: ServerState): void {
    this.now = state;
    this.changedState.fire();
  }

  private async replace(evenIfTheSame: boolean): Promise<void> {
    const found = await this.host.find();
    const what = JSON.stringify(found);
    if (what === this.running && !evenIfTheSame) {
      return;
    }
    await this.stopClient();
    this.running = what;
    if ("why" in found) {
      const trouble = troubleOf(found);
      this.log.warn(trouble.message);
      this.become({ kind: "missing", missing: found, trouble });
      void this.explain();
    } else {
      await this.start(found);
    }
  }

  private async start({ words, note, limit, client: make }: Startable): Promise<void> {
    this.serverNote = note;
    this.log.info(`the server is that of ${words}`);
    if (limit) {
      this.log.info(limit);
    }
    this.become({ kind: "starting" });
    const { schemes } = this.host;
    const picture = (address: string) => this.host.picture(address);
    const client = make({
      documentSelector: [
        ...schemes.map((scheme) => ({ scheme, language: "markdown" })),
        { scheme: "untitled", language: "markdown" },
        ...schemes.map((scheme) => ({ scheme, pattern: "**/*.{qmd,Rmd,rmd}" })),
      ],
      outputChannel: this.log,
      middleware: {
        provideHover: hoverWithSmallPicture(picture),
        provideCompletionItem: completionListedOnce(picture),
        // The outline has the headings already, by VS Code's own Markdown support, and would show a second tree.
        provideDocumentSymbols: () => [],
        executeCommand: async (name, args, next) => {
          const result: unknown = await next(name, args);
          return name === "reportls.configurationEdited" ? noteIgnoredRule(client, args) : result;
        },
        workspace: { configuration: (params) => this.settings(client, params) },
        window: {
          showDocument: async (params, token, next) => {
            const uri = client.protocol2CodeConverter.asUri(params.uri);
            return (await showInItsColumn(uri, params.selection)) ?? next(params, token);
          },
        },
      },
    });
    this.client = client;
    client.registerFeature(announcing(OWN_CAPABILITIES));
    client.onNotification("reportls/status", (status: Status) =>
      this.judged.fire({ ...status, uri: client.protocol2CodeConverter.asUri(status.uri).toString() }),
    );
    client.onDidChangeState(({ newState }) => client === this.client && this.follow(newState));
    await client.start();
    const { experimental } = client.initializeResult?.capabilities ?? {};
    await vscode.commands.executeCommand("setContext", "reportls.hasPages", canMakePages(experimental));
  }

  private follow(state: State): void {
    const kinds = { [State.Running]: "running", [State.Starting]: "starting", [State.Stopped]: "stopped" } as const;
    this.become({ kind: kinds[state as keyof typeof kinds] ?? "starting" });
  }

  private settings(client: BaseLanguageClient, { items }: ConfigurationParams): unknown[] {
    const { asUri } = client.protocol2CodeConverter;
    const names = Object.keys(this.context.extension.packageJSON.contributes.configuration.properties);
    return items.map(({ section, scopeUri }) =>
      section === SECTION ? chosenSettings(names, scopeUri ? asUri(scopeUri) : undefined) : null,
    );
  }

  private async stopClient(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.running = undefined;
    this.become({ kind: "off" });
    if (client?.needsStop()) {
      await client.stop();
    }
    await client?.dispose();
  }
}

function announcing(capabilities: object): StaticFeature {
  return {
    fillClientCapabilities: (all) => {
      all.experimental = { ...(all.experimental as object | undefined), [SECTION]: capabilities };
    },
    initialize: () => undefined,
    getState: () => ({ kind: "static" }),
    clear: () => undefined,
  };
}

/** An editor in which a document can be seen, wherever the focus is. */
export function visibleEditor(uri: vscode.Uri): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
}

/** Shows a document that can be seen in its own column: by default, it would be opened once more in the active one. */
async function showInItsColumn(uri: vscode.Uri, selection: Range | undefined): Promise<ShowDocumentResult | undefined> {
  const visible = visibleEditor(uri);
  if (!visible?.viewColumn) {
    return undefined;
  }
  const { start, end } = selection ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(visible.document, { viewColumn: visible.viewColumn, selection: range });
  return { success: true };
}

/** Takes the setting back wherever it is set. */
async function emptyPath(): Promise<void> {
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const settings = vscode.workspace.getConfiguration(SECTION);
  const set = settings.inspect("server.path");
  const values = [
    [set?.globalValue, Global],
    [set?.workspaceValue, Workspace],
    [set?.workspaceFolderValue, WorkspaceFolder],
  ] as const;
  for (const [value, target] of values) {
    if (value !== undefined) {
      await settings.update("server.path", undefined, target);
    }
  }
}
