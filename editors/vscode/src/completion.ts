import * as vscode from "vscode";
import type { CompletionMiddleware } from "vscode-languageclient";
import { type Picture, showPicture } from "./hover.js";

/** Up to the cursor, a target of which a folder is written already. */
const IN_FOLDER = /!\[[^\]]*\]\([^()]*\/[^()/]*$/;

/** Leaves figures out where VS Code's own Markdown support lists the files of the folder, too. */
export function completionListedOnce(picture: Picture): NonNullable<CompletionMiddleware["provideCompletionItem"]> {
  return async (document, position, context, token, next) => {
    const before = document.lineAt(position).text.slice(0, position.character);
    const isListed = vscode.workspace.getConfiguration("markdown", document).get<boolean>("suggest.paths.enabled");
    if (isListed && IN_FOLDER.test(before)) {
      return [];
    }
    const found = await next(document, position, context, token);
    for (const { documentation } of Array.isArray(found) ? found : (found?.items ?? [])) {
      if (documentation instanceof vscode.MarkdownString) {
        await showPicture(documentation, picture);
      }
    }
    return found;
  };
}
