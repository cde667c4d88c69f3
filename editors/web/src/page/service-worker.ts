/** Keeps the page in the browser, so that it opens without a network after the first visit. */
declare const NAMES: readonly string[];
declare const VERSION: string;

interface Waiting extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Fetching extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const PREFIX = "reportls-";
const CACHE = PREFIX + VERSION;

addEventListener("install", (event) => {
  (event as Waiting).waitUntil(caches.open(CACHE).then((cache) => cache.addAll(NAMES)));
});

addEventListener("activate", (event) => {
  (event as Waiting).waitUntil(forgetOthers());
});

addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  (event as Fetching).respondWith(caches.match(request, { cacheName: CACHE }).then((kept) => kept ?? fetch(request)));
});

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
}

export {};
