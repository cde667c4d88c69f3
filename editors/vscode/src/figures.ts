import * as vscode from "vscode";

const TYPES: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};
const MOST_BYTES = 20_000_000;
/** So many bytes are made characters at a time: a function takes only so many arguments. */
const PIECE = 0x2000;

/**
 * The pictures of a page as addresses that hold them, by the paths under which the page names them; those that are not below
 * the folder, or cannot be read, are left out. VS Code gives files to its own frames, not to a frame within one.
 */
export async function figuresOf(folder: vscode.Uri, paths: readonly string[]): Promise<Record<string, string>> {
  const found = await Promise.all(paths.map(async (path) => [path, await embedded(folder, path)] as const));
  return Object.fromEntries(found.flatMap(([path, address]) => (address ? [[path, address]] : [])));
}

async function embedded(folder: vscode.Uri, path: string): Promise<string | undefined> {
  try {
    const uri = vscode.Uri.joinPath(folder, decodeURIComponent(path));
    const type = TYPES[/\.[^./]*$/.exec(uri.path)?.[0].toLowerCase() ?? ""];
    if (!type || !uri.path.startsWith(`${folder.path}/`) || (await vscode.workspace.fs.stat(uri)).size > MOST_BYTES) {
      return undefined;
    }
    const content = await vscode.workspace.fs.readFile(uri);
    return dataAddress(type, content);
  } catch {
    return undefined;
  }
}

/** The address that holds a picture itself. */
export function dataAddress(type: string, content: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < content.length; start += PIECE) {
    pieces.push(String.fromCharCode(...content.subarray(start, start + PIECE)));
  }
  return `data:${type};base64,${btoa(pieces.join(""))}`;
}
