import * as vscode from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";
import { findServer, type Missing, type Server } from "./find-server.js";
import { hoverWithSmallPicture } from "./hover.js";
import { thisMachine } from "./machine.js";
import { canMakePages } from "./page-text.js";
import { selectedInterpreter } from "./python-extension.js";
import type { Status } from "./status.js";
import type { StatusBar } from "./status-bar.js";

const DOWNLOADS = "https://www.python.org/downloads/";

/** The server and the client that talks to it; there is at most one of each. */
export class Service implements vscode.Disposable {
  private readonly judged = new vscode.EventEmitter<vscode.Uri>();
  /** Tells of a document that the server has judged anew, not only because of its text. */
  readonly onDidJudge = this.judged.event;
  private client: LanguageClient | undefined;
  private running: string | undefined;
  private work = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly statusBar: StatusBar,
  ) {}

  /** The client, after starting the server if it does not run; undefined if it cannot be started. */
  async connected(): Promise<LanguageClient | undefined> {
    await this.next(() => (this.client?.isRunning() ? Promise.resolve() : this.replace(true)));
    return this.ifRunning();
  }

  /** The client if the server runs at this moment. */
  ifRunning(): LanguageClient | undefined {
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
    return this.next(() => this.end());
  }

  dispose(): void {
    void this.stop();
    this.judged.dispose();
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.work = this.work.then(step).catch((error: unknown) => this.log.error(String(error)));
    return this.work;
  }

  private async replace(evenIfTheSame: boolean): Promise<void> {
    const found = await this.found();
    const what = JSON.stringify(found);
    if (what === this.running && !evenIfTheSame) {
      return;
    }
    await this.end();
    this.running = what;
    if (typeof found === "string") {
      void this.explain(found);
    } else {
      await this.start(found);
    }
  }

  private note(error: unknown): undefined {
    this.log.warn(`the Python extension does not say which interpreter is selected: ${error}`);
    return undefined;
  }

  private async found(): Promise<Server | Missing> {
    const path = vscode.workspace.getConfiguration("reportls").get<string | null>("server.path") ?? "";
    const interpreter = path ? undefined : await selectedInterpreter().catch((error) => this.note(error));
    const bundled = this.context.asAbsolutePath("start.py");
    return findServer(thisMachine(this.context.extensionPath), { path, interpreter, bundled });
  }

  private async start({ command, args, origin }: Server): Promise<void> {
    this.log.info(`the server is that of ${origin}: ${[command, ...args].join(" ")}`);
    this.client = new LanguageClient(
      "reportls",
      "reportls",
      { command, args: [...args], options: { cwd: this.context.extensionPath } },
      {
        documentSelector: [
          { scheme: "file", language: "markdown" },
          { scheme: "untitled", language: "markdown" },
          { scheme: "file", pattern: "**/*.{qmd,Rmd,rmd}" },
        ],
        outputChannel: this.log,
        middleware: { provideHover: hoverWithSmallPicture },
      },
    );
    this.client.onNotification("reportls/status", (status: Status) => {
      this.statusBar.update(status);
      this.judged.fire(vscode.Uri.parse(status.uri));
    });
    this.client.onDidChangeState(({ newState }) => newState === State.Stopped && this.statusBar.clear());
    await this.client.start();
    const { experimental } = this.client.initializeResult?.capabilities ?? {};
    await vscode.commands.executeCommand("setContext", "reportls.hasPages", canMakePages(experimental));
  }

  private async end(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.running = undefined;
    this.statusBar.clear();
    if (client?.needsStop()) {
      await client.stop();
    }
    await client?.dispose();
  }

  private async explain(missing: Missing): Promise<void> {
    if (missing === "path") {
      await this.offer(
        "reportls: there is no program where the setting reportls.server.path says.",
        "Open settings",
        () => vscode.commands.executeCommand("workbench.action.openSettings", "reportls.server.path"),
      );
      return;
    }
    await this.offer("reportls needs Python 3.10 or newer, and found none on this machine.", "Get Python", () =>
      vscode.env.openExternal(vscode.Uri.parse(DOWNLOADS)),
    );
  }

  private async offer(message: string, remedy: string, act: () => Thenable<unknown>): Promise<void> {
    const retry = "Try again";
    this.log.warn(message);
    const chosen = await vscode.window.showErrorMessage(message, remedy, retry);
    if (chosen === remedy) {
      await act();
    } else if (chosen === retry) {
      await this.restart();
    }
  }
}
