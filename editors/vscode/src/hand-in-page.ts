import * as vscode from "vscode";
import { inEditor, type Theme, titleOf } from "./page-text.js";
import { Upkeep } from "./upkeep.js";

/** Longer than the client waits before it tells the server of files that have changed. */
const QUIET_IN_MS = 300;
const PICTURES = "**/*.{png,jpg,jpeg,gif,svg,webp,PNG,JPG,JPEG,GIF,SVG,WEBP}";
/** It runs nothing, loads nothing and starts nothing. VS Code itself keeps the place to which it is scrolled. */
const OPTIONS: vscode.WebviewPanelOptions & vscode.WebviewOptions = {
  enableScripts: false,
  enableForms: false,
  enableCommandUris: false,
  localResourceRoots: [],
  enableFindWidget: true,
};

/** The page of one report, in a tab beside it. */
export class HandInPage implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly upkeep: Upkeep;
  private readonly path: string;
  private isOver = false;

  /** Shows `html`; `fetch` gives the page as it is now, undefined if there is none, and never fails. */
  constructor(
    report: vscode.Uri,
    private html: string,
    private readonly fetch: () => Promise<string | undefined>,
    whenOver: () => void,
  ) {
    this.path = vscode.workspace.asRelativePath(report);
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.panel = vscode.window.createWebviewPanel("reportls.handInPage", titleOf(this.path), place, OPTIONS);
    this.upkeep = new Upkeep(
      () => this.refresh(),
      () => this.panel.visible,
      QUIET_IN_MS,
    );
    this.panel.onDidChangeViewState(() => this.upkeep.look());
    const pictures = this.watchPictures(report);
    this.panel.onDidDispose(() => {
      this.isOver = true;
      pictures?.dispose();
      this.upkeep.stop();
      whenOver();
    });
    this.paint();
  }

  /** Notes that the report, or what belongs to it, is another. */
  changed(): void {
    this.upkeep.changed();
  }

  /** Brings it into sight beside an editor, wherever the user has put it. */
  reveal(editor: vscode.TextEditor): void {
    const isInTheWay = this.panel.viewColumn === editor.viewColumn;
    this.panel.reveal(isInTheWay ? vscode.ViewColumn.Beside : undefined, true);
  }

  /** Brings it into sight if that does not hide the editor. */
  follow(editor: vscode.TextEditor): void {
    if (!this.panel.visible && this.panel.viewColumn !== editor.viewColumn) {
      this.reveal(editor);
    }
  }

  /** Takes the light or dark look of the editor. */
  paint(): void {
    this.panel.webview.html = inEditor(this.html, activeTheme());
  }

  dispose(): void {
    this.panel.dispose();
  }

  private watchPictures(report: vscode.Uri): vscode.Disposable | undefined {
    if (report.scheme !== "file") {
      return undefined;
    }
    const beside = new vscode.RelativePattern(vscode.Uri.joinPath(report, ".."), PICTURES);
    const watcher = vscode.workspace.createFileSystemWatcher(beside);
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      event(() => this.changed());
    }
    return watcher;
  }

  private async refresh(): Promise<void> {
    const html = await this.fetch();
    if (this.isOver) {
      return;
    }
    this.panel.title = titleOf(this.path, html !== undefined);
    if (html !== undefined && html !== this.html) {
      this.html = html;
      this.paint();
    }
  }
}

function activeTheme(): Theme {
  const { Light, HighContrastLight } = vscode.ColorThemeKind;
  return [Light, HighContrastLight].includes(vscode.window.activeColorTheme.kind) ? "light" : "dark";
}
