import * as vscode from "vscode";

/** Opens a copy of the sample report to try things on; it lies outside of the folder that is open, and starts afresh. */
export async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, "sample");
  const bundled = vscode.Uri.joinPath(context.extensionUri, "bundled", "reportls", "demo");
  await vscode.workspace.fs.copy(bundled, folder, { overwrite: true });
  const report = vscode.Uri.joinPath(folder, "reports", "README.md");
  await vscode.window.showTextDocument(report, { preview: false, viewColumn: vscode.ViewColumn.Beside });
}
