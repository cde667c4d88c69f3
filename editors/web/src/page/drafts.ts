/** A report as this browser keeps it; its files are kept beside it. */
export interface Draft {
  /** Tells the drafts of this page apart. */
  readonly id: string;
  readonly path: string;
  readonly text: string;
  /** What its file held when it was opened or last saved. */
  readonly saved: string;
  /** Milliseconds from the epoch. */
  readonly time: number;
  /** The folder on disk that it is from, if the browser lets us write there. */
  readonly folder?: FileSystemDirectoryHandle;
}

const DRAFTS = "drafts";
const FILES = "files";
/** Browsers put all pages that are opened from disk together, so its own address tells what is of this page. */
const PAGE = location.href.replace(/[?#].*$/, "");
const ALL = IDBKeyRange.bound([PAGE], [PAGE, []]);
/** More unsaved texts than anybody has; the oldest go. */
const MOST = 20;

let database: Promise<IDBDatabase> | undefined;

/** Whether a draft has something that its file has not. */
export function isUnsaved({ text, saved }: Draft): boolean {
  return text !== saved;
}

/** All that is kept, the newest first; nothing if the browser keeps nothing. */
export async function keptDrafts(): Promise<Draft[]> {
  try {
    return await within("readonly", newestFirst);
  } catch {
    return [];
  }
}

/** The files of the folder of a draft. */
export async function keptFiles({ id }: Draft): Promise<Map<string, Uint8Array>> {
  const found = await within("readonly", (_, files) => settled(files.get([PAGE, id])));
  return (found as Map<string, Uint8Array> | undefined) ?? new Map();
}

/** Keeps a report, with its files if they have changed. Returns whether the browser did so. */
export async function keep(draft: Draft, files: Map<string, Uint8Array> | undefined): Promise<boolean> {
  try {
    await within("readwrite", (drafts, allFiles) => {
      drafts.put(draft, [PAGE, draft.id]);
      if (files) {
        allFiles.put(files, [PAGE, draft.id]);
      }
    });
    return true;
  } catch {
    return false;
  }
}

/** Drops what need not be kept any longer: other reports that are saved, and the oldest of very many. */
export async function dropOthers({ id }: Draft): Promise<void> {
  await within("readwrite", async (drafts, files) => {
    for (const [index, other] of (await newestFirst(drafts)).entries()) {
      if (other.id !== id && (index >= MOST || !isUnsaved(other))) {
        drafts.delete([PAGE, other.id]);
        files.delete([PAGE, other.id]);
      }
    }
  });
}

/** Forgets all that is kept of this page. */
export async function forgetDrafts(): Promise<void> {
  await within("readwrite", (drafts, files) => {
    drafts.delete(ALL);
    files.delete(ALL);
  });
}

async function newestFirst(drafts: IDBObjectStore): Promise<Draft[]> {
  const found = (await settled(drafts.getAll(ALL))) as Draft[];
  return found.sort((one, other) => other.time - one.time);
}

async function within<Result>(
  mode: IDBTransactionMode,
  act: (drafts: IDBObjectStore, files: IDBObjectStore) => Result,
): Promise<Awaited<Result>> {
  database ??= opened();
  const transaction = (await database).transaction([DRAFTS, FILES], mode);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const result = await act(transaction.objectStore(DRAFTS), transaction.objectStore(FILES));
  // A page that is being left waits for nothing, so that its last transaction would be given up.
  transaction.commit();
  await done;
  return result;
}

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open("reportls", 2);
  opening.onupgradeneeded = () => {
    const { result } = opening;
    [...result.objectStoreNames].forEach((name) => void result.deleteObjectStore(name));
    [DRAFTS, FILES].forEach((name) => void result.createObjectStore(name));
  };
  return settled(opening);
}

function settled<Result>(asked: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
