import { posix } from "node:path";
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
    const type = TYPES[posix.extname(uri.path).toLowerCase()];
    if (!type || !uri.path.startsWith(`${folder.path}/`) || (await vscode.workspace.fs.stat(uri)).size > MOST_BYTES) {
      return undefined;
    }
    const content = await vscode.workspace.fs.readFile(uri);
    return `data:${type};base64,${Buffer.from(content).toString("base64")}`;
  } catch {
    return undefined;
  }
}
