import * as vscode from "vscode";
import { ErrorCodes, ResponseError } from "vscode-languageclient";
import type { Kind } from "./page-text.js";
import { type Page, ReportPage } from "./report-page.js";
import type { Reports } from "./reports.js";
import type { Service } from "./service.js";

/** Why there is no page: the server makes none of this document, or of no document at all. */
type Missing = "none" | "old";

/** The tabs with pages, at most one for each report. They change with their reports and close with them. */
export class ReportPages implements vscode.Disposable {
  private readonly pages = new Map<string, ReportPage>();
  private readonly listeners: vscode.Disposable;

  constructor(
    private readonly service: Service,
    private readonly reports: Reports,
    private readonly log: vscode.LogOutputChannel,
    private readonly extension: vscode.Uri,
  ) {
    this.listeners = vscode.Disposable.from(
      service.onDidJudge(({ uri }) => this.of(vscode.Uri.parse(uri))?.changed()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.of(document.uri)?.changed()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.of(uri)?.dispose()),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.of(editor.document.uri)?.follow(editor)),
      vscode.window.onDidChangeActiveColorTheme(() => this.all().forEach((page) => void page.paint())),
    );
  }

  /** Shows the page of the report in an editor. */
  async show(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    const found = this.of(document.uri) ?? (await this.ask(document.uri, undefined));
    if (typeof found === "string") {
      explain(found);
    } else if (found instanceof ReportPage) {
      found.reveal(editor);
    } else if (!document.isClosed && !this.of(document.uri)) {
      this.open(document.uri, found);
    }
  }

  dispose(): void {
    this.listeners.dispose();
    this.all().forEach((page) => void page.dispose());
  }

  private all(): ReportPage[] {
    return [...this.pages.values()];
  }

  private of(report: vscode.Uri): ReportPage | undefined {
    return this.pages.get(report.toString());
  }

  private open(report: vscode.Uri, first: Page): void {
    const name = report.toString();
    const source = {
      page: (kind: Kind | undefined) => this.newest(report, kind),
      questions: () => this.reports.of(report)?.questions ?? [],
    };
    const page = new ReportPage(report, first, source, this.extension, () => this.pages.delete(name));
    this.pages.set(name, page);
  }

  private async newest(report: vscode.Uri, kind: Kind | undefined): Promise<Page | undefined> {
    const found = await this.ask(report, kind);
    if (found === "old") {
      this.of(report)?.dispose();
      explain(found);
    }
    return typeof found === "string" ? undefined : found;
  }

  private async ask(report: vscode.Uri, kind: Kind | undefined): Promise<Page | Missing> {
    const client = this.service.ifRunning();
    try {
      const params = { uri: client?.code2ProtocolConverter.asUri(report), ...(kind ? { kind } : {}) };
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
    void vscode.window.showInformationMessage("There is no page for this document.");
  }
}
