import * as vscode from "vscode";
import type { CommandName, Session } from "./session.js";
import { whenThereIsAReport } from "./starter.js";

/**
 * The two functions that VS Code calls of an extension. `load` gives what is needed once there is a report; the server can see
 * the folders of documents with one of the `schemes`.
 */
export function entry(
  schemes: (context: vscode.ExtensionContext) => readonly string[],
  load: (context: vscode.ExtensionContext) => Promise<Session>,
) {
  let session: Promise<Session> | undefined;

  /** Called at the first Markdown document, or the first command; loads little until there is a report. */
  function activate(context: vscode.ExtensionContext): void {
    const begun = (): Promise<Session> => {
      session ??= load(context);
      return session;
    };
    const run = (name: CommandName) => async (argument?: unknown) => (await begun()).run(name, argument);
    const names: readonly CommandName[] = [
      "checkHandIn",
      "fixAll",
      "goToNextUnanswered",
      "insertImage",
      "restart",
      "showLog",
      "showPage",
      "showQuestions",
      "showRule",
      "solve",
      "trySample",
    ];
    context.subscriptions.push(
      ...names.map((name) => vscode.commands.registerCommand(`reportls.${name}`, run(name))),
      whenThereIsAReport(schemes(context), async () => (await begun()).start()),
    );
  }

  /** Called when the window is closed. */
  async function deactivate(): Promise<void> {
    await (await session)?.end();
  }

  return { activate, deactivate };
}
