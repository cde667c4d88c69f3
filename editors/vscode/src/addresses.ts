import * as vscode from "vscode";
import { FOLDER } from "../../web/src/messages.js";

/** Stands for the authority of an address that has none. */
const NONE = "-";

/** The path below the server's folder of the copy of a file. */
export function pathOf({ scheme, authority, path }: vscode.Uri): string {
  return `${scheme}/${authority ? encodeURIComponent(authority) : NONE}${path}`;
}

/** The address of a document as the server has it: that of its copy, if it is a file. */
export function addressOf(uri: vscode.Uri): string {
  return uri.scheme === "untitled"
    ? uri.toString()
    : `file://${FOLDER}/${pathOf(uri).split("/").map(encodeURIComponent).join("/")}`;
}

/** The file or document that the server means by an address. */
export function uriOf(address: string): vscode.Uri {
  const uri = vscode.Uri.parse(address);
  const found = /^\/([^/]+)\/([^/]+)(\/.*)?$/.exec(
    uri.path.startsWith(`${FOLDER}/`) ? uri.path.slice(FOLDER.length) : "",
  );
  if (!found) {
    return uri;
  }
  const [, scheme = "", authority = NONE, path = "/"] = found;
  return vscode.Uri.from({ scheme, authority: authority === NONE ? "" : decodeURIComponent(authority), path });
}
