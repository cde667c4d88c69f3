import * as vscode from "vscode";

/** The files in the bundled server, listed by purpose; `build.mjs` of the page writes the list. */
interface BundledFiles {
  /** What a browser needs to run it. */
  readonly modules: readonly string[];
  /** The sample report and its figures. */
  readonly sample: readonly string[];
}

/** Where the bundled server is, and the list of its files: in a browser, folders of an extension cannot be listed. */
export async function bundledFiles(extension: vscode.Uri): Promise<BundledFiles> {
  const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "python", "files.json"));
  return JSON.parse(new TextDecoder().decode(content));
}

/** The content of files of the bundled server, by their paths in it. */
export async function readBundled(extension: vscode.Uri, paths: readonly string[]): Promise<Map<string, Uint8Array>> {
  const read = async (path: string) =>
    [path, await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "bundled", path))] as const;
  return new Map(await Promise.all(paths.map(read)));
}

/** Opens a copy of the sample report to try things on; it lies outside of the folder that is open, and starts afresh. */
export async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, "sample");
  await vscode.workspace.fs.delete(folder, { recursive: true }).then(undefined, () => {});
  const { sample } = await bundledFiles(context.extensionUri);
  for (const [path, content] of await readBundled(context.extensionUri, sample)) {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path.replace(/^reportls\/demo\//, "")), content);
  }
  const report = vscode.Uri.joinPath(folder, "reports", "README.md");
  await vscode.window.showTextDocument(report, { preview: false, viewColumn: vscode.ViewColumn.Beside });
}
