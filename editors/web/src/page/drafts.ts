/** A report as this browser keeps it. */
export interface Draft {
  readonly path: string;
  readonly text: string;
  /** Milliseconds from the epoch. */
  readonly time: number;
  readonly files: Map<string, Uint8Array>;
}

const STORE = "drafts";
/** Each page keeps one. Browsers put all pages that are opened from disk together, so its own address tells it. */
const KEY = location.href.replace(/[?#].*$/, "");

/** What was kept last; undefined if there is nothing, or the browser keeps nothing. */
export async function keptDraft(): Promise<Draft | undefined> {
  try {
    return (await request("readonly", (store) => store.get(KEY))) as Draft | undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a report; returns whether the browser did. */
export async function keep(draft: Draft): Promise<boolean> {
  try {
    await request("readwrite", (store) => store.put(draft, KEY));
    return true;
  } catch {
    return false;
  }
}

/** Forgets what is kept. */
export async function forgetDraft(): Promise<void> {
  await request("readwrite", (store) => store.delete(KEY));
}

async function request<Result>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const opening = indexedDB.open("reportls", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled(opening);
  try {
    return await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function settled<Result>(asked: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
