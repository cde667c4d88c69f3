import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

/**
 * Saves the configuration file that a quick fix has just edited, so that it counts, and says so. VS Code makes the edit in
 * a file that nobody sees.
 */
export async function noteIgnoredRule(client: BaseLanguageClient, args: readonly unknown[]): Promise<void> {
  const [address, rule] = args as [string, string];
  const uri = client.protocol2CodeConverter.asUri(address);
  const before = await vscode.workspace.fs.readFile(uri);
  await (await vscode.workspace.openTextDocument(uri)).save();
  void offerToUndo(uri, rule, before);
}

async function offerToUndo(uri: vscode.Uri, rule: string, before: Uint8Array): Promise<void> {
  const name = vscode.workspace.asRelativePath(uri);
  const [undo, open] = ["Undo", "Open File"];
  const chosen = await vscode.window.showInformationMessage(
    `${name} ignores ${rule} from now on, for everyone who works on this report.`,
    undo,
    open,
  );
  if (chosen === open) {
    await vscode.window.showTextDocument(uri);
  } else if (chosen === undo) {
    await restore(uri, new TextDecoder().decode(before));
  }
}

/** Puts the text back that was there before; a file that was made for this goes again. */
async function restore(uri: vscode.Uri, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  if (text) {
    const document = await vscode.workspace.openTextDocument(uri);
    edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  } else {
    edit.deleteFile(uri);
  }
  await vscode.workspace.applyEdit(edit);
  if (text) {
    await (await vscode.workspace.openTextDocument(uri)).save();
  }
}
