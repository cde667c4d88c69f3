import type { Connection } from "../connection.js";
import { FOLDER } from "../messages.js";
import type { Draft } from "./drafts.js";
import { type Content, contentOf, USUAL_PATH } from "./opening.js";

/** The sample, as `Place.id`. */
export const SAMPLE = "sample";
/** Where the server finds the course's blank file, beside the report; it is in no folder of the user. */
const TEMPLATE = "blank-file-of-the-course.md";

/** A folder with a report in it. */
export interface Place {
  /** All files by their paths, the report among them. */
  readonly files: Map<string, Uint8Array>;
  /** The path of the report. */
  readonly path: string;
  /** Tells it from other reports that the browser keeps. */
  readonly id: string;
  /** The folder on disk, if the browser lets us write there. */
  readonly folder?: FileSystemDirectoryHandle | undefined;
  /** What its text was restored from. */
  readonly restored?: Draft | undefined;
}

/** The report's folder as the page has it. */
export class Desk {
  place: Place = { files: new Map(), path: USUAL_PATH, id: newId() };
  /** Whether files have changed since this was last made false. */
  hasChanged = true;
  /** The folder on disk when it was last read anew. */
  private content: Content | undefined;
  /** The number of files written since the page was opened. */
  private written = 0;

  /** `notify` sends the server a notification; `template` is the course's blank file, if this page is for a course. */
  constructor(
    private readonly connection: Connection,
    private readonly notify: (method: string, params: unknown) => void,
    private readonly template: string | undefined,
  ) {}

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
    return Desk.uri(this.place.path);
  }

  get files(): ReadonlyMap<string, Uint8Array> {
    return this.place.files;
  }

  /** Takes another folder in place of this one. */
  replace(place: Place): void {
    this.place = place;
    this.hasChanged = true;
    this.content = undefined;
    this.connection.sendFiles(place.files, true);
    if (this.template !== undefined) {
      this.connection.sendFiles(new Map([[this.beside(TEMPLATE), new TextEncoder().encode(this.template)]]), false);
      const settings = { reportls: { template: place.id === SAMPLE ? null : TEMPLATE } };
      this.notify("workspace/didChangeConfiguration", { settings });
    }
  }

  /** Puts a file into the folder, on disk first if that can be. */
  async write(path: string, content: Uint8Array): Promise<void> {
    const { files, folder } = this.place;
    if (folder) {
      await writeInto(folder, path, content);
    }
    this.written += 1;
    files.set(path, content);
    this.hasChanged = true;
    this.connection.sendFiles(new Map([[path, content]]), false);
    this.tell(path);
  }

  /** Whether there is a file of that path, on disk as well. */
  async has(path: string): Promise<boolean> {
    const { files, folder } = this.place;
    return files.has(path) || (folder !== undefined && (await readFrom(folder, path)) !== undefined);
  }

  /**
   * Takes in what other programs have done to the folder on disk, if the browser still lets us read it. Returns what the
   * report's file holds now, if that has changed.
   */
  async refresh(): Promise<Uint8Array | undefined> {
    const { place, written } = this;
    const { files, folder, path } = place;
    if (!folder || (await folder.queryPermission?.({ mode: "read" })) !== "granted") {
      return undefined;
    }
    const content = await contentOf(folder, this.content);
    if (this.place !== place || this.written !== written) {
      return undefined; // what was read may be older than what we have
    }
    this.content = content;
    const changed = new Map([...content.files].filter(([name, bytes]) => !isEqual(files.get(name), bytes)));
    const removed = [...files.keys()].filter((name) => !content.files.has(name) && name !== path);
    for (const [name, bytes] of changed) {
      files.set(name, bytes);
    }
    for (const name of removed) {
      files.delete(name);
    }
    if (changed.size || removed.length) {
      this.hasChanged = true;
      this.connection.sendFiles(changed, false);
      this.connection.removeFiles(removed);
      this.tell(...changed.keys(), ...removed);
    }
    return changed.get(path);
  }

  /** Gives a file another path, on disk first if that can be. */
  async rename(path: string, newPath: string): Promise<void> {
    const { files, folder } = this.place;
    const content = (folder && (await readFrom(folder, path))) ?? files.get(path);
    if (!content) {
      throw new Error(`there is no file ${path}`);
    }
    await this.write(newPath, content);
    if (folder) {
      await (await folderOf(folder, path)).removeEntry(nameOf(path));
    }
    files.delete(path);
    this.connection.removeFiles([path]);
    this.tell(path);
  }

  /** What the report's file on disk holds now; undefined if there is none, or we cannot know. */
  async onDisk(): Promise<Uint8Array | undefined> {
    const { folder, path } = this.place;
    return folder && readFrom(folder, path);
  }

  /** The path of a file that is named relative to the report. */
  beside(relative: string): string {
    const { path } = this.place;
    return path.slice(0, path.lastIndexOf("/") + 1) + relative;
  }

  private tell(...paths: readonly string[]): void {
    const changes = paths.map((path) => ({ uri: Desk.uri(path), type: 2 }));
    this.notify("workspace/didChangeWatchedFiles", { changes });
  }
}

/** A new identifier of a report that is in no folder. */
export function newId(): string {
  return String(Date.now());
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function isEqual(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one === other || (one?.length === other.length && one.every((byte, place) => byte === other[place]));
}

async function writeInto(folder: FileSystemDirectoryHandle, path: string, content: Uint8Array): Promise<void> {
  const inner = await folderOf(folder, path, { create: true });
  const stream = await (await inner.getFileHandle(nameOf(path), { create: true })).createWritable();
  await stream.write(content as Uint8Array<ArrayBuffer>);
  await stream.close();
}

async function readFrom(folder: FileSystemDirectoryHandle, path: string): Promise<Uint8Array | undefined> {
  try {
    const file = await (await (await folderOf(folder, path)).getFileHandle(nameOf(path))).getFile();
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") {
      return undefined;
    }
    throw error;
  }
}

/** The folder that a file is in. */
async function folderOf(
  folder: FileSystemDirectoryHandle,
  path: string,
  options: FileSystemGetDirectoryOptions = {},
): Promise<FileSystemDirectoryHandle> {
  let inner = folder;
  for (const name of path.split("/").slice(0, -1)) {
    inner = await inner.getDirectoryHandle(name, options);
  }
  return inner;
}
