import * as vscode from "vscode";
import type { HoverMiddleware } from "vscode-languageclient/node";

const IN_TARGET = /\]\([^)]*$/;
const PICTURE = /^!\[\]\(([^)|]*)\)\s*/;

/**
 * Makes the picture in the server's hover small enough for the text below it to be seen, and lets its links show the pages
 * of rules. On the path of an image it takes the picture out: VS Code's own Markdown support shows it there.
 */
export const hoverWithSmallPicture: NonNullable<HoverMiddleware["provideHover"]> = async (
  document,
  position,
  token,
  next,
) => {
  const hover = await next(document, position, token);
  const isShown = IN_TARGET.test(document.lineAt(position).text.slice(0, position.character));
  for (const content of hover?.contents ?? []) {
    if (content instanceof vscode.MarkdownString) {
      content.value = content.value.replace(PICTURE, isShown ? "" : "![]($1|width=300)\n\n");
      content.isTrusted = { enabledCommands: ["reportls.showRule"] };
    }
  }
  return hover;
};
