import * as vscode from "vscode";
import { looksLikeReport } from "./looks-like-report.js";
import type { Question } from "./questions.js";
import { type Service, visibleEditor } from "./service.js";
import type { Status } from "./status.js";

/** The status and questions of one report. */
export interface Report {
  readonly uri: vscode.Uri;
  readonly status: Status;
  readonly questions: readonly Question[];
}

/** What the server says of the reports that are open, kept up to date while they are edited. */
export class Reports implements vscode.Disposable {
  private readonly known = new Map<string, Report>();
  private readonly asking = new Set<string>();
  private readonly stale = new Set<string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri | undefined>();
  /** Tells of a report of which something else is known now; of all if it names none. */
  readonly onDidChange = this.changed.event;
  private readonly listeners: vscode.Disposable;
  private lastActive: vscode.Uri | undefined;

  constructor(
    private readonly service: Service,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.listeners = vscode.Disposable.from(
      service.onDidJudge((status) => this.judged(status)),
      service.onDidChangeState(() => this.serverChanged()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.refresh(document.uri)),
      vscode.window.onDidChangeActiveTextEditor(() => this.noteActive()),
    );
  }

  /** The report in a document; undefined if it is none, or nothing is known of it yet. */
  of(uri: vscode.Uri): Report | undefined {
    return this.known.get(uri.toString());
  }

  /** The report in the active editor, else the one that was there last. */
  get current(): Report | undefined {
    const active = vscode.window.activeTextEditor;
    const found = active && this.of(active.document.uri);
    return found ?? (this.lastActive && this.of(this.lastActive)) ?? [...this.known.values()][0];
  }

  /** Whether a document is a report, as far as can be told also without a server. */
  isReport({ uri, languageId, getText }: vscode.TextDocument): boolean {
    return this.of(uri) !== undefined || (languageId === "markdown" && looksLikeReport(getText()));
  }

  /** An editor of the report that is meant: the active one, the one before, or that of the folder. */
  async editor(): Promise<vscode.TextEditor | undefined> {
    const active = vscode.window.activeTextEditor;
    if (active && this.isReport(active.document)) {
      return active;
    }
    const uri = this.current?.uri ?? (await inFolder());
    const viewColumn = (uri && visibleEditor(uri)?.viewColumn) ?? vscode.ViewColumn.Active;
    return uri && vscode.window.showTextDocument(uri, { preview: false, viewColumn });
  }

  dispose(): void {
    this.listeners.dispose();
    this.changed.dispose();
  }

  private judged(status: Status): void {
    const uri = vscode.Uri.parse(status.uri);
    const name = uri.toString();
    if (status.total === null) {
      this.known.delete(name);
    } else {
      this.known.set(name, { uri, status, questions: this.known.get(name)?.questions ?? [] });
      this.refresh(uri);
    }
    this.noteActive();
    this.changed.fire(uri);
  }

  private serverChanged(): void {
    if (this.service.state.kind !== "running") {
      this.known.clear();
    }
    this.noteActive();
    this.changed.fire(undefined);
  }

  private noteActive(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isReport = document !== undefined && this.of(document.uri) !== undefined;
    if (isReport) {
      this.lastActive = document.uri;
    }
    void vscode.commands.executeCommand("setContext", "reportls.isReport", isReport);
    const hasReport = this.known.size > 0 || this.service.state.kind !== "off";
    void vscode.commands.executeCommand("setContext", "reportls.hasReport", hasReport);
    this.changed.fire(document?.uri);
  }

  /** Asks for the questions anew; what changes while the answer is under way is asked for once more. */
  private refresh(uri: vscode.Uri): void {
    const name = uri.toString();
    if (!this.known.has(name)) {
      return;
    }
    this.stale.add(name);
    if (!this.asking.has(name)) {
      void this.ask(uri, name);
    }
  }

  private async ask(uri: vscode.Uri, name: string): Promise<void> {
    this.asking.add(name);
    while (this.stale.delete(name)) {
      const questions = await this.questions(uri);
      const before = this.known.get(name);
      if (questions && before) {
        this.known.set(name, { ...before, questions });
        this.changed.fire(uri);
      }
    }
    this.asking.delete(name);
  }

  private async questions(uri: vscode.Uri): Promise<readonly Question[] | undefined> {
    const client = this.service.ifRunning();
    try {
      const params = { uri: client?.code2ProtocolConverter.asUri(uri) };
      const found = await client?.sendRequest<{ readonly questions: Question[] } | null>("reportls/questions", params);
      return found?.questions;
    } catch (error) {
      this.log.debug(`no questions of ${uri}: ${error}`);
      return undefined;
    }
  }
}

async function inFolder(): Promise<vscode.Uri | undefined> {
  const [found] = await vscode.workspace.findFiles("**/{report,reports}/README.md", "**/node_modules/**", 1);
  return found;
}
