import * as vscode from "vscode";
import type { CommandName, Session } from "./session.js";
import { whenThereIsAReport } from "./starter.js";

let session: Promise<Session> | undefined;

/** Called at the first Markdown document, or the first command; loads little until there is a report. */
export function activate(context: vscode.ExtensionContext): void {
  const begun = (): Promise<Session> => {
    session ??= import("./session.js").then(({ Session }) => new Session(context));
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
    whenThereIsAReport(async () => (await begun()).start()),
  );
}

/** Called when the window is closed. */
export async function deactivate(): Promise<void> {
  await (await session)?.end();
}
