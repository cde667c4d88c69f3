import * as vscode from "vscode";
import { MARKER } from "./form.js";
import { looksLikeReport } from "./looks-like-report.js";

/** Calls `start` once, as soon as a Markdown document may be a report; the server can see the folders of these schemes. */
export function whenThereIsAReport(schemes: readonly string[], start: () => void): vscode.Disposable {
  let isOver = false;
  const consider = async (document: vscode.TextDocument): Promise<void> => {
    const isSeen = schemes.includes(document.uri.scheme);
    const isOne = isMarkdown(document) && (isSeen || document.isUntitled);
    if (!isOver && isOne && (await mayBeReport(document, isSeen)) && !isOver) {
      listeners.dispose();
      start();
    }
  };
  const listeners = vscode.Disposable.from(
    { dispose: () => (isOver = true) },
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidSaveTextDocument(consider),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.some(({ text }) => text.includes(MARKER))) {
        void consider(document);
      }
    }),
  );
  for (const document of vscode.workspace.textDocuments) {
    void consider(document);
  }
  return listeners;
}

/** Quarto and R Markdown have languages of their own, or none where no other extension knows them. */
function isMarkdown({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === "markdown" || /\.(?:qmd|rmd)$/i.test(uri.path);
}

async function mayBeReport(document: vscode.TextDocument, hasFolder: boolean): Promise<boolean> {
  return looksLikeReport(document.getText()) || (hasFolder && (await isConfigured(document.uri)));
}

/** Whether there is a configuration for the file in the workspace: it may name reports that do not look like one. */
async function isConfigured(uri: vscode.Uri): Promise<boolean> {
  const top = vscode.workspace.getWorkspaceFolder(uri)?.uri.path;
  let folder = vscode.Uri.joinPath(uri, "..");
  while (top && folder.path.startsWith(top)) {
    if (await exists(vscode.Uri.joinPath(folder, "reportls.toml"))) {
      return true;
    }
    folder = folder.path === "/" ? folder.with({ path: "" }) : vscode.Uri.joinPath(folder, "..");
  }
  return false;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
