import * as vscode from "vscode";
import { details, type Status, summary } from "./status.js";

/** Shows how the report in the active editor stands; nothing for any other document. */
export class StatusBar implements vscode.Disposable {
  private readonly statuses = new Map<string, Status>();
  private readonly item = vscode.window.createStatusBarItem("reportls.status", vscode.StatusBarAlignment.Left, 10);
  private readonly listener = vscode.window.onDidChangeActiveTextEditor(() => this.show());

  constructor() {
    this.item.name = "Report";
    this.item.command = "reportls.showOpenQuestions";
  }

  /** The status of a document, if it is a report. */
  of(document: vscode.TextDocument): Status | undefined {
    return this.statuses.get(document.uri.toString());
  }

  /** Takes what the server says of a report. */
  update(status: Status): void {
    const uri = vscode.Uri.parse(status.uri).toString();
    if (status.total === null) {
      this.statuses.delete(uri);
    } else {
      this.statuses.set(uri, status);
    }
    this.show();
  }

  /** Forgets everything: the server is gone. */
  clear(): void {
    this.statuses.clear();
    this.show();
  }

  dispose(): void {
    this.listener.dispose();
    this.item.dispose();
  }

  private show(): void {
    const editor = vscode.window.activeTextEditor;
    const status = editor && this.of(editor.document);
    void vscode.commands.executeCommand("setContext", "reportls.isReport", status !== undefined);
    if (!status) {
      this.item.hide();
      return;
    }
    this.item.text = summary(status);
    this.item.tooltip = tooltip(details(status));
    this.item.backgroundColor = status.completed ? undefined : new vscode.ThemeColor("statusBarItem.errorBackground");
    this.item.show();
  }
}

function tooltip([heading = "", ...lines]: string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString("**").appendText(heading).appendMarkdown("**\n\n");
  for (const line of lines) {
    text.appendMarkdown("* ").appendText(line).appendMarkdown("\n");
  }
  return text;
}
