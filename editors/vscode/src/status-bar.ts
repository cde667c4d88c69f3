import * as vscode from "vscode";
import { questionAt } from "./questions.js";
import type { Reports } from "./reports.js";
import type { Service } from "./service.js";
import { itemOf } from "./status.js";

const COLOURS = {
  error: new vscode.ThemeColor("statusBarItem.errorBackground"),
  warning: new vscode.ThemeColor("statusBarItem.warningBackground"),
};

/** Shows how the report in the active editor stands, and the question at the cursor; nothing for any other document. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("reportls.status", vscode.StatusBarAlignment.Left, 10);
  private readonly listeners: vscode.Disposable;

  constructor(
    private readonly service: Service,
    private readonly reports: Reports,
  ) {
    this.item.name = "reportls";
    const show = () => this.show();
    this.listeners = vscode.Disposable.from(
      reports.onDidChange(show),
      service.onDidChangeState(show),
      vscode.window.onDidChangeTextEditorSelection(show),
      vscode.languages.onDidChangeDiagnostics(show),
    );
    show();
  }

  dispose(): void {
    this.listeners.dispose();
    this.item.dispose();
  }

  private show(): void {
    const editor = vscode.window.activeTextEditor;
    const item = editor && this.reports.isReport(editor.document) ? this.itemFor(editor) : undefined;
    if (!item) {
      this.item.hide();
      return;
    }
    const [heading = "", ...lines] = [...item.tooltip, ...this.service.notes];
    this.item.text = item.text;
    this.item.command = item.command;
    this.item.tooltip = tooltip(heading, lines);
    this.item.backgroundColor = item.colour && COLOURS[item.colour];
    this.item.accessibilityInformation = { label: `reportls: ${[heading, ...lines].join(". ")}` };
    this.item.show();
  }

  private itemFor({ document, selection }: vscode.TextEditor) {
    const report = this.reports.of(document.uri);
    return itemOf(
      this.service.state,
      report && {
        status: report.status,
        question: questionAt(report.questions, selection.active.line),
        problems: problemsIn(document.uri),
      },
    );
  }
}

function problemsIn(uri: vscode.Uri): number {
  const ours = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "reportls");
  return ours.filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning).length;
}

function tooltip(heading: string, lines: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString("**").appendText(heading).appendMarkdown("**\n\n");
  for (const line of lines) {
    text.appendMarkdown("* ").appendText(line).appendMarkdown("\n");
  }
  return text;
}
