import * as vscode from "vscode";
import { ErrorCodes, ResponseError } from "vscode-languageclient/node";
import { HandInPage } from "./hand-in-page.js";
import type { Service } from "./service.js";

/** Why there is no page: the server makes none of this document, or of no document at all. */
type Missing = "none" | "old";

/** What the server answers to `reportls/page`; null for what is no report, or cannot be rendered. */
interface Page {
  /** A whole page that needs no other file. */
  readonly html: string;
}

/** The pages that are open, at most one for each report. They change with their reports and close with them. */
export class HandInPages implements vscode.Disposable {
  private readonly pages = new Map<string, HandInPage>();
  private readonly listeners: vscode.Disposable;

  constructor(
    private readonly service: Service,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.listeners = vscode.Disposable.from(
      service.onDidJudge((uri) => this.of(uri)?.changed()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.of(document.uri)?.changed()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.of(uri)?.dispose()),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.of(editor.document.uri)?.follow(editor)),
      vscode.window.onDidChangeActiveColorTheme(() => this.all().forEach((page) => void page.paint())),
    );
  }

  /** Shows the page of the report in an editor. */
  async show(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    const found = this.of(document.uri) ?? (await this.ask(document.uri));
    if (typeof found === "string") {
      explain(found);
    } else if (found instanceof HandInPage) {
      found.reveal(editor);
    } else if (!document.isClosed && !this.of(document.uri)) {
      this.open(document.uri, found);
    }
  }

  dispose(): void {
    this.listeners.dispose();
    this.all().forEach((page) => void page.dispose());
  }

  private all(): HandInPage[] {
    return [...this.pages.values()];
  }

  private of(report: vscode.Uri): HandInPage | undefined {
    return this.pages.get(report.toString());
  }

  private open(report: vscode.Uri, { html }: Page): void {
    const name = report.toString();
    const page = new HandInPage(
      report,
      html,
      () => this.newest(report),
      () => this.pages.delete(name),
    );
    this.pages.set(name, page);
  }

  private async newest(report: vscode.Uri): Promise<string | undefined> {
    const found = await this.ask(report);
    if (found === "old") {
      this.of(report)?.dispose();
      explain(found);
    }
    return typeof found === "string" ? undefined : found.html;
  }

  private async ask(report: vscode.Uri): Promise<Page | Missing> {
    const client = this.service.ifRunning();
    try {
      const params = { uri: client?.code2ProtocolConverter.asUri(report) };
      return (await client?.sendRequest<Page | null>("reportls/page", params)) ?? "none";
    } catch (error) {
      if (error instanceof ResponseError && error.code === ErrorCodes.MethodNotFound) {
        return "old";
      }
      this.log.warn(`no page of ${report}: ${error}`);
      return "none";
    }
  }
}

function explain(missing: Missing): void {
  if (missing === "old") {
    void vscode.window.showWarningMessage("This version of reportls cannot show the page: update it.");
  } else {
    void vscode.window.showInformationMessage("There is no page to show of this document.");
  }
}
