import * as vscode from "vscode";
import type { HoverMiddleware } from "vscode-languageclient";

const IN_TARGET = /\]\([^)]*$/;
const PICTURE = /^!\[\]\(([^)|]*)\)\s*/;

/** Gives the address under which a text can show a picture of the server; undefined if it cannot. */
export type Picture = (address: string) => Promise<string | undefined>;

/**
 * Makes the picture in the server's hover small enough for the text below it to be seen, and lets its links show the pages
 * of rules. On the path of an image it takes the picture out: VS Code's own Markdown support shows it there.
 */
export function hoverWithSmallPicture(picture: Picture): NonNullable<HoverMiddleware["provideHover"]> {
  return async (document, position, token, next) => {
    const hover = await next(document, position, token);
    const isShown = IN_TARGET.test(document.lineAt(position).text.slice(0, position.character));
    for (const content of hover?.contents ?? []) {
      if (content instanceof vscode.MarkdownString) {
        await showPicture(content, isShown ? async () => undefined : picture);
        content.isTrusted = { enabledCommands: ["reportls.showRule"] };
      }
    }
    return hover;
  };
}

/** Has the picture at the start of a text shown, if there is one and it can be, at a width that leaves room. */
export async function showPicture(text: vscode.MarkdownString, picture: Picture): Promise<void> {
  const address = PICTURE.exec(text.value)?.[1];
  if (address !== undefined) {
    const shown = await picture(address);
    text.value = text.value.replace(PICTURE, () => (shown ? `![](${shown}|width=300)\n\n` : ""));
  }
}
