import * as vscode from "vscode";
import type { CompletionMiddleware } from "vscode-languageclient/node";

/** Up to the cursor, a target of which a folder is written already. */
const IN_FOLDER = /!\[[^\]]*\]\([^()]*\/[^()/]*$/;

/** Leaves figures out where VS Code's own Markdown support lists the files of the folder, too. */
export const completionListedOnce: NonNullable<CompletionMiddleware["provideCompletionItem"]> = (
  document,
  position,
  context,
  token,
  next,
) => {
  const before = document.lineAt(position).text.slice(0, position.character);
  const isListed = vscode.workspace.getConfiguration("markdown", document).get<boolean>("suggest.paths.enabled");
  return isListed && IN_FOLDER.test(before) ? [] : next(document, position, context, token);
};
