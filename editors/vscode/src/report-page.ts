import * as vscode from "vscode";
import { figuresOf } from "./figures.js";
import { inFrame, type Kind, type Theme, titleOf } from "./page-text.js";
import type { Question } from "./questions.js";
import { Upkeep } from "./upkeep.js";

/** Longer than the client waits before it tells the server of files that have changed. */
const QUIET_IN_MS = 300;
const PICTURES = "**/*.{png,jpg,jpeg,gif,svg,webp,PNG,JPG,JPEG,GIF,SVG,WEBP}";
/** So long, what the page scrolls in the editor is not taken for the user's scrolling there. */
const ECHO_IN_MS = 250;

/** A page of a report, and which other kinds there are. */
export interface Page {
  readonly html: string;
  readonly kind: Kind;
  readonly kinds: readonly Kind[];
  /** Why there is no page; null if there is one. */
  readonly problem: string | null;
}

/** Where pages come from. */
export interface Source {
  /** The page as it is now, of the kind that comes first if none is named; undefined if there is none. Never fails. */
  page(kind: Kind | undefined): Promise<Page | undefined>;
  questions(): readonly Question[];
}

type FromPage =
  | { readonly type: "kind"; readonly kind: Kind }
  | { readonly type: "scrolled"; readonly line: number }
  | { readonly type: "go"; readonly line: number }
  | { readonly type: "link"; readonly href: string }
  | { readonly type: "figures"; readonly paths: readonly string[] }
  | { readonly type: "ready" };

/** The pages of one report, in a tab beside it. */
export class ReportPage implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly upkeep: Upkeep;
  private readonly path: string;
  private readonly listeners: vscode.Disposable[] = [];
  private isOver = false;
  private echoUntil = 0;

  constructor(
    private readonly report: vscode.Uri,
    private page: Page,
    private readonly source: Source,
    extension: vscode.Uri,
    whenOver: () => void,
  ) {
    this.path = vscode.workspace.asRelativePath(report);
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.panel = vscode.window.createWebviewPanel("reportls.page", titleOf(this.path, page.kind), place, {
      enableScripts: true,
      enableForms: false,
      retainContextWhenHidden: true,
      enableFindWidget: true,
      localResourceRoots: [extension],
    });
    this.upkeep = new Upkeep(
      () => this.refresh(),
      () => this.panel.visible,
      QUIET_IN_MS,
    );
    this.listeners.push(
      this.panel.onDidChangeViewState(() => this.upkeep.look()),
      this.panel.webview.onDidReceiveMessage((message: FromPage) => this.take(message)),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) =>
        this.followScrolling(textEditor, visibleRanges[0]),
      ),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.followCursor(textEditor)),
      ...this.watchPictures(report),
    );
    this.panel.onDidDispose(() => {
      this.isOver = true;
      vscode.Disposable.from(...this.listeners).dispose();
      this.upkeep.stop();
      whenOver();
    });
    this.panel.webview.html = frame(this.panel.webview, extension);
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

  /** Shows what it has, in the light or dark look of the editor. */
  paint(): void {
    const { html, kind, kinds, problem } = this.page;
    const questions = this.source.questions();
    void this.panel.webview.postMessage({
      type: "page",
      html: inFrame(html, kind, activeTheme()),
      kind,
      kinds,
      problem,
      theme: activeTheme(),
      anchors: questions.map(({ name, line }) => ({ name, line })),
      lines: questions.at(-1)?.end ?? 1,
      line: this.editor()?.selection.active.line ?? 0,
    });
  }

  dispose(): void {
    this.panel.dispose();
  }

  private editor(): vscode.TextEditor | undefined {
    const name = this.report.toString();
    return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === name);
  }

  private take(message: FromPage): void {
    if (message.type === "ready") {
      this.paint();
    } else if (message.type === "kind") {
      void this.show(message.kind);
    } else if (message.type === "figures") {
      void this.sendFigures(message.paths);
    } else if (message.type === "link") {
      void vscode.env.openExternal(vscode.Uri.parse(message.href));
    } else if (message.type === "scrolled") {
      this.scrollEditor(message.line);
    } else {
      void this.goTo(message.line);
    }
  }

  private async sendFigures(paths: readonly string[]): Promise<void> {
    const figures = await figuresOf(vscode.Uri.joinPath(this.report, ".."), paths);
    if (!this.isOver) {
      await this.panel.webview.postMessage({ type: "figures", figures });
    }
  }

  private async show(kind: Kind): Promise<void> {
    const page = await this.source.page(kind);
    if (page && !this.isOver) {
      this.page = page;
      this.panel.title = titleOf(this.path, page.kind);
      this.paint();
    }
  }

  private scrollEditor(line: number): void {
    this.echoUntil = Date.now() + ECHO_IN_MS;
    this.editor()?.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
  }

  private async goTo(line: number): Promise<void> {
    const viewColumn = this.editor()?.viewColumn ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(this.report, { selection: new vscode.Range(line, 0, line, 0), viewColumn });
  }

  private followScrolling(editor: vscode.TextEditor, range: vscode.Range | undefined): void {
    if (range && editor === this.editor() && Date.now() > this.echoUntil) {
      void this.panel.webview.postMessage({ type: "scroll", line: range.start.line });
    }
  }

  private followCursor(editor: vscode.TextEditor): void {
    if (editor === this.editor()) {
      void this.panel.webview.postMessage({ type: "cursor", line: editor.selection.active.line });
    }
  }

  private watchPictures(report: vscode.Uri): vscode.Disposable[] {
    if (report.scheme === "untitled") {
      return [];
    }
    const beside = new vscode.RelativePattern(vscode.Uri.joinPath(report, ".."), PICTURES);
    const watcher = vscode.workspace.createFileSystemWatcher(beside);
    const events = [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete];
    return [watcher, ...events.map((event) => event(() => this.changed()))];
  }

  private async refresh(): Promise<void> {
    const page = await this.source.page(this.page.kind);
    if (this.isOver) {
      return;
    }
    this.panel.title = titleOf(this.path, this.page.kind, page !== undefined);
    if (page) {
      this.page = page;
      this.paint();
    }
  }
}

/** The document around the page. The page itself lies in a frame of its own, in which nothing runs. */
function frame(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = crypto.randomUUID();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, "media", "page.js"));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, "media", "page.css"));
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} data:`,
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}">
<script nonce="${nonce}" src="${script}" defer></script>
</head>
<body>
<header>
<div role="group" aria-label="Page">
<button type="button" data-kind="handed-in" title="The page that the course's script makes of the report">As handed in</button>
<button type="button" data-kind="to-read" title="A page made for reading, with counts and verdicts">To read</button>
</div>
<p id="about"></p>
</header>
<p id="problem" role="status" hidden></p>
<main id="frames"></main>
</body>
</html>`;
}

function activeTheme(): Theme {
  const { Light, HighContrastLight } = vscode.ColorThemeKind;
  return [Light, HighContrastLight].includes(vscode.window.activeColorTheme.kind) ? "light" : "dark";
}
