import { posix } from "node:path";
import * as vscode from "vscode";
import { MARKER } from "./form.js";
import { looksLikeReport } from "./looks-like-report.js";

/** Calls `start` once, as soon as a Markdown document may be a report. */
export function whenThereIsAReport(start: () => void): vscode.Disposable {
  let isOver = false;
  const consider = async (document: vscode.TextDocument): Promise<void> => {
    if (!isOver && isMarkdown(document) && (await mayBeReport(document)) && !isOver) {
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
  const isOne = languageId === "markdown" || /\.(?:qmd|rmd)$/i.test(uri.path);
  return isOne && ["file", "untitled"].includes(uri.scheme);
}

async function mayBeReport(document: vscode.TextDocument): Promise<boolean> {
  return looksLikeReport(document.getText()) || (document.uri.scheme === "file" && (await isConfigured(document.uri)));
}

/** Whether there is a configuration for the file in the workspace: it may name reports that do not look like one. */
async function isConfigured(uri: vscode.Uri): Promise<boolean> {
  const top = vscode.workspace.getWorkspaceFolder(uri)?.uri.path;
  let folder = posix.dirname(uri.path);
  while (top && folder.startsWith(top)) {
    if (await exists(uri.with({ path: posix.join(folder, "reportls.toml") }))) {
      return true;
    }
    folder = folder === "/" ? "" : posix.dirname(folder);
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
