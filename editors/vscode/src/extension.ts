import * as vscode from "vscode";
import { registerCommands } from "./commands.js";
import { HandInPages } from "./hand-in-pages.js";
import { onOtherInterpreter } from "./python-extension.js";
import { Service } from "./service.js";
import { whenThereIsAReport } from "./starter.js";
import { StatusBar } from "./status-bar.js";

let service: Service | undefined;

/** Called at the first Markdown document, or the first command. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("reportls", { log: true });
  const statusBar = new StatusBar();
  const started = new Service(context, log, statusBar);
  const pages = new HandInPages(started, log);
  service = started;
  context.subscriptions.push(
    log,
    statusBar,
    pages,
    registerCommands(started, statusBar, pages, log),
    whenThereIsAReport(() => void start(context, started)),
  );
}

/** Called when the window is closed. */
export function deactivate(): Promise<void> | undefined {
  return service?.stop();
}

async function start(context: vscode.ExtensionContext, service: Service): Promise<void> {
  await service.connected();
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => service.reconsider()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("reportls.server")) {
        void service.restart();
      }
    }),
  );
  const listener = await onOtherInterpreter(() => void service.reconsider());
  if (listener) {
    context.subscriptions.push(listener);
  }
}
