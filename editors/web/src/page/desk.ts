import type { Connection } from "../connection.js";
import { FOLDER } from "../messages.js";

/** Where a report lies if nothing else says so. */
export const USUAL_PATH = "reports/README.md";

/** The report's folder as the page has it, and where it came from. */
export class Desk {
  /** All files by their paths, the report among them. */
  files = new Map<string, Uint8Array>();
  /** The path of the report. */
  path = USUAL_PATH;
  /** The folder on disk, if the browser lets us write there. */
  folder: FileSystemDirectoryHandle | undefined;

  constructor(private readonly connection: Connection) {}

  /** The address of a file for the server. */
  static uri(path: string): string {
    return `file://${FOLDER}/${path.split("/").map(encodeURIComponent).join("/")}`;
  }

  /** The path of a file from its address; undefined if it is outside of the folder. */
  static pathOf(uri: string): string | undefined {
    const path = decodeURIComponent(uri.replace(/^file:\/\//, ""));
    return path.startsWith(`${FOLDER}/`) ? path.slice(FOLDER.length + 1) : undefined;
  }

  get uri(): string {
    return Desk.uri(this.path);
  }

  /** Takes another folder in place of this one. */
  replace(files: Map<string, Uint8Array>, path: string, folder?: FileSystemDirectoryHandle): void {
    this.files = files;
    this.path = path;
    this.folder = folder;
    this.connection.sendFiles(files, true);
  }

  /** Puts a file into the folder, on disk as well if that can be. */
  async write(path: string, content: Uint8Array): Promise<void> {
    this.files.set(path, content);
    this.connection.sendFiles(new Map([[path, content]]), false);
    if (this.folder) {
      await writeInto(this.folder, path, content);
    }
  }

  /** The path of a file that is named relative to the report. */
  beside(relative: string): string {
    const folder = this.path.includes("/") ? this.path.slice(0, this.path.lastIndexOf("/") + 1) : "";
    return folder + relative;
  }
}

async function writeInto(folder: FileSystemDirectoryHandle, path: string, content: Uint8Array): Promise<void> {
  const names = path.split("/");
  const name = names.pop() ?? "";
  let inner = folder;
  for (const each of names) {
    inner = await inner.getDirectoryHandle(each, { create: true });
  }
  const stream = await (await inner.getFileHandle(name, { create: true })).createWritable();
  await stream.write(content as Uint8Array<ArrayBuffer>);
  await stream.close();
}
