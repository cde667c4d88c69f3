import { isMarkdown, isWanted, isWantedFolder, Room } from "../wanted.js";

/** Where a report lies if nothing else says so. */
export const USUAL_PATH = "reports/README.md";

/** What was opened. */
export interface Opened {
  readonly files: Map<string, Uint8Array>;
  /** The name of the folder; none if it was a file. */
  readonly name?: string | undefined;
  /** The folder on disk, if the browser lets us write there. */
  readonly folder?: FileSystemDirectoryHandle;
}

/** What a folder on disk had in it when it was read. */
export interface Content {
  readonly files: Map<string, Uint8Array>;
  /** By path, what is another value after the file has been written. */
  readonly stamps: ReadonlyMap<string, string>;
}

/** Lets the user choose a folder; undefined if no folder was chosen. */
export async function chooseFolder(input: HTMLInputElement): Promise<Opened | undefined> {
  if (window.showDirectoryPicker) {
    try {
      return await openedFolder(await window.showDirectoryPicker({ mode: "readwrite" }));
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") {
        return undefined;
      }
      throw error;
    }
  }
  const chosen = await chosenIn(input);
  const [first] = chosen;
  return first && { files: await filesOf(chosen), name: first.webkitRelativePath.split("/")[0] };
}

/** A folder on disk that the browser lets us read. */
export async function openedFolder(folder: FileSystemDirectoryHandle): Promise<Opened> {
  return { files: (await contentOf(folder)).files, name: folder.name, folder };
}

/** Lets the user choose a file. */
export async function chooseFile(input: HTMLInputElement): Promise<Opened | undefined> {
  const [file] = await chosenIn(input);
  return file && openedFile(file);
}

/** What was dropped, if it is a folder or a text; pictures are for the editor. */
export async function dropped(transfer: DataTransfer): Promise<Opened | undefined> {
  const item = [...transfer.items].find(({ kind }) => kind === "file");
  const entry = item?.webkitGetAsEntry();
  const file = item?.getAsFile();
  // A file that comes from another page has none.
  const handle = await item?.getAsFileSystemHandle?.().catch(() => null);
  if (handle?.kind === "directory") {
    const folder = handle as FileSystemDirectoryHandle;
    const isGranted = (await folder.requestPermission?.({ mode: "readwrite" })) === "granted";
    const { files } = await contentOf(folder);
    return { files, name: folder.name, ...(isGranted && { folder }) };
  }
  if (entry?.isDirectory) {
    const found = new Collected();
    await collectEntry(entry as FileSystemDirectoryEntry, "", found, 0);
    return { files: found.files, name: entry.name };
  }
  return file && (isMarkdown(file.name) || /\.txt$/i.test(file.name)) ? openedFile(file) : undefined;
}

async function openedFile(file: File): Promise<Opened> {
  const path = isMarkdown(file.name) ? `reports/${file.name}` : USUAL_PATH;
  return { files: new Map([[path, await bytesOf(file)]]) };
}

/** The files of a folder on disk that a report can depend on; those that are as they were `before` are not read again. */
export async function contentOf(folder: FileSystemDirectoryHandle, before?: Content): Promise<Content> {
  const found = new Collected(before);
  await collect(folder, "", found, 0);
  return found;
}

/** Files by their paths, up to a number and a size. */
class Collected implements Content {
  readonly files = new Map<string, Uint8Array>();
  readonly stamps = new Map<string, string>();
  private readonly room = new Room();

  constructor(private readonly before?: Content) {}

  async add(path: string, file: () => Promise<File>): Promise<void> {
    // Asking for a file costs time, so of too many files the rest is not asked for.
    if (!isWanted(path) || !this.room.takes(path, 0)) {
      return;
    }
    const content = await file();
    if (this.room.takes(path, content.size)) {
      const stamp = `${content.size} ${content.lastModified}`;
      const known = this.before?.stamps.get(path) === stamp ? this.before.files.get(path) : undefined;
      this.stamps.set(path, stamp);
      this.files.set(path, known ?? (await bytesOf(content)));
    }
  }
}

async function collect(
  folder: FileSystemDirectoryHandle,
  above: string,
  found: Collected,
  depth: number,
): Promise<void> {
  for await (const entry of folder.values()) {
    const path = above + entry.name;
    if (entry.kind === "file") {
      await found.add(path, () => (entry as FileSystemFileHandle).getFile());
    } else if (isWantedFolder(entry.name, depth)) {
      await collect(entry as FileSystemDirectoryHandle, `${path}/`, found, depth + 1);
    }
  }
}

async function collectEntry(
  folder: FileSystemDirectoryEntry,
  above: string,
  found: Collected,
  depth: number,
): Promise<void> {
  const reader = folder.createReader();
  const next = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  // A reader gives a hundred at a time.
  for (let entries = await next(); entries.length; entries = await next()) {
    for (const entry of entries) {
      const path = above + entry.name;
      if (entry.isFile) {
        const file = entry as FileSystemFileEntry;
        await found.add(path, () => new Promise((resolve, reject) => file.file(resolve, reject)));
      } else if (isWantedFolder(entry.name, depth)) {
        await collectEntry(entry as FileSystemDirectoryEntry, `${path}/`, found, depth + 1);
      }
    }
  }
}

async function filesOf(chosen: readonly File[]): Promise<Map<string, Uint8Array>> {
  const found = new Collected();
  for (const file of chosen) {
    const [, ...parts] = file.webkitRelativePath.split("/");
    const folders = parts.slice(0, -1);
    if (folders.every((name, depth) => isWantedFolder(name, depth))) {
      await found.add(parts.join("/"), async () => file);
    }
  }
  return found.files;
}

function chosenIn(input: HTMLInputElement): Promise<File[]> {
  input.value = "";
  return new Promise((resolve) => {
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
    input.click();
  });
}

/** The content of a file. */
export async function bytesOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}
