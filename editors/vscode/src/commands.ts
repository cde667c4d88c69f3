import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { HandInPages } from "./hand-in-pages.js";
import { insertImage } from "./insert-image.js";
import type { Service } from "./service.js";
import { lacks, name, openQuestions } from "./status.js";
import type { StatusBar } from "./status-bar.js";

type InReport = (client: LanguageClient, editor: vscode.TextEditor) => Promise<unknown>;

/** Registers what the command palette offers. The server's own commands have other names and are called from here. */
export function registerCommands(
  service: Service,
  statusBar: StatusBar,
  pages: HandInPages,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const inReport = (act: InReport) => async (): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== "markdown") {
      return askForReport();
    }
    const client = await service.connected();
    if (client) {
      await act(client, editor);
    }
  };
  const commands: Record<string, () => unknown> = {
    restart: () => service.restart(),
    showLog: () => log.show(),
    checkHandIn: async () => (await service.connected()) && vscode.commands.executeCommand("reportls.checkAll"),
    goToNextUnanswered: inReport(goToNextUnanswered),
    insertImage: inReport(insertImage),
    showHandInPage: inReport((_client, editor) => pages.show(editor)),
    showOpenQuestions: () => showOpenQuestions(statusBar),
  };
  const registered = Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(`reportls.${id}`, run),
  );
  return vscode.Disposable.from(...registered);
}

async function goToNextUnanswered(client: LanguageClient, editor: vscode.TextEditor): Promise<void> {
  const { asUri, asPosition } = client.code2ProtocolConverter;
  const place = [asUri(editor.document.uri), asPosition(editor.selection.active)];
  if (!(await vscode.commands.executeCommand("reportls.nextUnanswered", ...place))) {
    vscode.window.setStatusBarMessage("Every question is answered", 5000);
  }
}

async function showOpenQuestions(statusBar: StatusBar): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const status = editor && statusBar.of(editor.document);
  if (!status) {
    return askForReport();
  }
  const items = openQuestions(status).map((question) => ({
    label: name(question),
    description: lacks(question),
    line: question.line,
  }));
  const placeHolder = items.length ? "Open questions: choose one to go there" : "No question is open";
  const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  if (chosen) {
    const place = new vscode.Range(chosen.line, 0, chosen.line, 0);
    await vscode.window.showTextDocument(editor.document, {
      selection: place,
      viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
    });
  }
}

function askForReport(): void {
  void vscode.window.showInformationMessage("Open your report first.");
}
