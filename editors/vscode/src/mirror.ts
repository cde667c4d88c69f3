import * as vscode from "vscode";
import type { Files } from "../../web/src/server/pack.js";
import { isPicture, isWanted, isWantedFolder, Room } from "../../web/src/wanted.js";
import { pathOf } from "./addresses.js";
import { looksLikeReport } from "./looks-like-report.js";

/** Where copies of files go. */
interface Target {
  sendFiles(files: Files, isAll: boolean): void;
  removeFiles(removed: readonly string[]): void;
}

/** What has happened to a file, as the protocol counts it. */
export enum Change {
  Created = 1,
  Changed = 2,
  Deleted = 3,
}

/** So many files are asked for at a time: each may be a request to another machine. */
const AT_A_TIME = 12;
const NOTHING = new Uint8Array();

/**
 * Copies of the files that reports depend on, for a server that sees no disk. Of pictures far from any report only the names
 * are copied: some repositories have thousands, and each may be a request to another machine.
 */
export class Mirror implements vscode.Disposable {
  /** Addresses of folders that are copied with their pictures. */
  private readonly near = new Set<string>();
  private readonly listeners: vscode.Disposable[] = [];
  private readonly room = new Room();
  private isWarned = false;

  /** `tell` is told of files that have changed, after they were copied. */
  constructor(
    private readonly target: Target,
    private readonly tell: (uri: vscode.Uri, change: Change) => void,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Copies what lies beside a report, and the files above it that may configure it. */
  async addReport(report: vscode.Uri): Promise<void> {
    const folder = vscode.Uri.joinPath(report, "..");
    if (report.scheme === "untitled" || this.isNear(folder)) {
      return;
    }
    this.near.add(folder.toString());
    await Promise.all([this.copyFolder(folder), this.copyAbove(folder)]);
    if (!vscode.workspace.getWorkspaceFolder(report)) {
      this.watch(folder);
    }
  }

  /** Copies the folders of the workspace, and follows their changes from now on. */
  async addWorkspace(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    folders.forEach((folder) => void this.watch(folder));
    for (const folder of folders) {
      const texts = await this.copyFolder(folder);
      const isReport = (text: Uint8Array) => looksLikeReport(new TextDecoder().decode(text));
      for (const [uri] of texts.filter(([{ path }, content]) => /md$/i.test(path) && isReport(content))) {
        await this.addReport(uri);
      }
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.listeners).dispose();
  }

  private isNear({ scheme, authority, path }: vscode.Uri): boolean {
    return [...this.near].some((address) => {
      const folder = vscode.Uri.parse(address);
      const isBelow = path === folder.path || path.startsWith(`${folder.path}/`);
      return isBelow && scheme === folder.scheme && authority === folder.authority;
    });
  }

  /** Copies the wanted files of a folder; the texts among them. */
  private async copyFolder(folder: vscode.Uri): Promise<readonly (readonly [vscode.Uri, Uint8Array])[]> {
    const texts: [vscode.Uri, Uint8Array][] = [];
    const files = await this.wantedIn(folder, 0);
    await eachOf(files, async (uri) => {
      const content = await this.copy(uri);
      if (content && !isPicture(uri.path)) {
        texts.push([uri, content]);
      }
    });
    return texts;
  }

  private async wantedIn(folder: vscode.Uri, depth: number): Promise<vscode.Uri[]> {
    const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
    const found = await Promise.all(
      entries.map(async ([name, type]) => {
        const uri = vscode.Uri.joinPath(folder, name);
        if (type & vscode.FileType.Directory) {
          return isWantedFolder(name, depth) ? this.wantedIn(uri, depth + 1) : [];
        }
        return isWanted(name) ? [uri] : [];
      }),
    );
    return found.flat();
  }

  private async copyAbove(folder: vscode.Uri): Promise<void> {
    const top = vscode.workspace.getWorkspaceFolder(folder)?.uri.path;
    for (let above = folder; top && above.path.length > top.length; ) {
      above = vscode.Uri.joinPath(above, "..");
      const files = ["reportls.toml", "pyproject.toml"].map((name) => vscode.Uri.joinPath(above, name));
      await Promise.all(files.map((uri) => this.copy(uri)));
    }
  }

  /** Copies a file if there is room, and returns what was copied; undefined if there is no such file. */
  private async copy(uri: vscode.Uri): Promise<Uint8Array | undefined> {
    const path = pathOf(uri);
    // What does not fit is not read either.
    if (!this.room.fits(path, 0)) {
      return this.warn(uri);
    }
    const isRead = !isPicture(uri.path) || this.isNear(uri);
    const content = isRead ? await vscode.workspace.fs.readFile(uri).then(undefined, () => undefined) : NOTHING;
    if (content && !this.room.takes(path, content.length)) {
      return this.warn(uri);
    }
    if (content) {
      this.target.sendFiles(new Map([[path, content]]), false);
    }
    return content;
  }

  private warn(uri: vscode.Uri): undefined {
    if (!this.isWarned) {
      this.log.warn(`${uri} and other files are not seen: the workspace has too many`);
      this.isWarned = true;
    }
  }

  private watch(folder: vscode.Uri): void {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "**/*"));
    this.listeners.push(
      watcher,
      watcher.onDidCreate((uri) => this.changed(uri, Change.Created)),
      watcher.onDidChange((uri) => this.changed(uri, Change.Changed)),
      watcher.onDidDelete((uri) => this.changed(uri, Change.Deleted)),
    );
  }

  private async changed(uri: vscode.Uri, change: Change): Promise<void> {
    if (change === Change.Deleted) {
      this.room.free(pathOf(uri));
      this.target.removeFiles([pathOf(uri)]);
    } else if (isWanted(uri.path)) {
      await this.copy(uri);
    } else if (change === Change.Created) {
      await this.copyFolder(uri);
    }
    this.tell(uri, change);
  }
}

/** Does something with each item, with some at a time. */
async function eachOf<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await act(item);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}
