/** A report as this browser keeps it; its files are kept beside it. */
export interface Draft {
  /** Tells the reports of this page apart. */
  readonly id: string;
  /** Tells the windows apart that have the same report open, for none may replace what another one keeps. */
  readonly window: string;
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
/** This window, until it is left. */
export const WINDOW = `${Date.now()}-${Math.random()}`;
/** More unsaved texts than anybody has; the oldest go. */
const MOST = 20;

type Key = Pick<Draft, "id" | "window">;

/** What the browser has kept: not even the text, the text alone, or the files as well. */
export type Kept = "nothing" | "text" | "all";

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
export async function keptFiles(draft: Draft): Promise<Map<string, Uint8Array>> {
  const found = await within("readonly", (_, files) => settled(files.get(keyOf(draft))));
  return (found as Map<string, Uint8Array> | undefined) ?? new Map();
}

/**
 * Keeps a draft of this window, with its files if they are given: these by themselves and last, for pictures can be more than
 * the browser has room for, and a page that is being left does not live to try again without them.
 */
export async function keep(draft: Draft, files: Map<string, Uint8Array> | undefined): Promise<Kept> {
  const [text, all] = await Promise.allSettled([
    within("readwrite", (drafts) => drafts.put(draft, keyOf(draft))),
    files && within("readwrite", (_, allFiles) => allFiles.put(files, keyOf(draft))),
  ]);
  if (text.status === "rejected") {
    return "nothing";
  }
  return all.status === "rejected" ? "text" : "all";
}

/**
 * Drops what need not be kept any longer: other reports that are saved, the oldest of very many, and the draft that this one
 * was `restored` from, unless another window has gone on with it. Returns whether the files of this one are kept: another
 * window may have dropped them.
 */
export async function dropOthers(draft: Draft, restored: Draft | undefined): Promise<boolean> {
  return within("readwrite", async (drafts, files) => {
    for (const [index, other] of (await newestFirst(drafts)).entries()) {
      const isOver = restored && isSame(other, restored) && other.time === restored.time;
      if (!isSame(other, draft) && (isOver || index >= MOST || !isUnsaved(other))) {
        drafts.delete(keyOf(other));
        files.delete(keyOf(other));
      }
    }
    return (await settled(files.count(keyOf(draft)))) > 0;
  });
}

/** Whether two drafts are of one report in one window. */
export function isSame(one: Key, other: Key): boolean {
  return one.id === other.id && one.window === other.window;
}

/** Forgets all that is kept of this page. */
export async function forgetDrafts(): Promise<void> {
  await within("readwrite", (drafts, files) => {
    drafts.delete(ALL);
    files.delete(ALL);
  });
}

function keyOf({ id, window }: Key): string[] {
  return [PAGE, id, window];
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
  const opening = indexedDB.open("reportls", 3);
  opening.onupgradeneeded = () => {
    const { result } = opening;
    [...result.objectStoreNames].forEach((name) => void result.deleteObjectStore(name));
    [DRAFTS, FILES].forEach((name) => void result.createObjectStore(name));
  };
  return settled(opening).then((opened) => {
    // A window with a newer page would wait for this one.
    opened.onversionchange = () => opened.close();
    return opened;
  });
}

function settled<Result>(asked: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
