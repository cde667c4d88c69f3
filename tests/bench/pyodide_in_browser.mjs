// One round of `pyodide.py` in Chromium: node pyodide_in_browser.mjs SCRATCH MODULES REPORT LETTERS PLACES; prints the times as
// JSON, and ends when its standard input does. MODULES is a zip archive; the letters are typed at so many places.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withBrowser } from "../browser/browser.mjs";

const [modules, report, letters, places] = process.argv.slice(3);
const web = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "editors", "web");
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const PLACE = "lets the heat ";
const BARE = {
  "index.html": `<!DOCTYPE html><title>bare</title><script>
    new Worker("bare.mjs", { type: "module" }).onmessage = () => void (globalThis.diagnosed = performance.now());
    </script>`,
  "bare.mjs": `import { loadPyodide } from "./pyodide/pyodide.mjs";
    const [python, modules] = await Promise.all([
      loadPyodide(),
      fetch("modules.zip").then((response) => response.arrayBuffer()),
    ]);
    python.unpackArchive(modules, "zip", { extractDir: "/modules" });
    python.runPython("import sys; sys.path.insert(0, '/modules'); import reportls.lsp.server, reportls.snapshot");
    postMessage(null);`,
};

/** What there is at an address: bare Pyodide below `/bare/`, else the page. */
function content(path) {
  const [, name] = /^\/bare\/(.*)$/.exec(path) ?? [];
  if (name === undefined) {
    return readFileSync(join(web, "dist", "page", path));
  }
  const inPyodide = /^pyodide\/(.*)$/.exec(name)?.[1];
  return BARE[name] ?? readFileSync(inPyodide ? join(web, "node_modules", "pyodide", inPyodide) : modules);
}

async function served() {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://x").pathname.replace(/\/$/, "/index.html");
    try {
      const found = content(path);
      response.writeHead(200, { "content-type": KINDS[extname(path)] ?? "application/gzip", "cache-control": "max-age=3600" });
      response.end(found);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${server.address().port}/` };
}

/** Notes in the page when the first diagnostics come, and when those of the latest text do. */
function note() {
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (typeof data === "string" && data.includes('"textDocument/publishDiagnostics"')) {
          globalThis.diagnosed ??= performance.now();
          globalThis.whenDiagnosed?.(performance.now());
        }
      });
    }
  };
}

/** Milliseconds from opening an address to the first diagnostics. */
async function opened(page, address) {
  await page.goto(address);
  const found = await page.waitForFunction(() => globalThis.diagnosed, undefined, { timeout: 180_000 });
  return found.jsonValue();
}

/** Opens the page with the report in it, a second time: everything that can be kept is. */
async function start(page, address) {
  await page.goto(address);
  await page.locator(".cm-content").waitFor();
  await page.evaluate((text) => {
    const { view } = document.querySelector(".cm-content").cmTile;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }, readFileSync(report, "utf-8"));
  await page.waitForFunction(() => globalThis.diagnosed, undefined, { timeout: 180_000 });
  if (address.startsWith("http")) {
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  }
  const took = await opened(page, address);
  const held = await page.evaluate(() => document.querySelector(".cm-content").cmTile.view.state.doc.length);
  if (held < 30_000) {
    throw new Error(`the page has not the report of the visit before, but ${held} characters`);
  }
  return took;
}

/** Milliseconds from each edit to its diagnostics. */
function typed(page) {
  return page.evaluate(
    async ([letters, place, places]) => {
      const { view } = document.querySelector(".cm-content").cmTile;
      const took = [];
      for (let number = 0; number < places; number++) {
        let at = -1;
        for (let index = 0; index <= number * 5; index++) {
          at = view.state.doc.toString().indexOf(place, at + 1);
        }
        at += place.length;
        for (const letter of letters) {
          const diagnosed = new Promise((resolve) => {
            globalThis.whenDiagnosed = resolve;
          });
          const from = performance.now();
          view.dispatch({ changes: { from: at, insert: letter }, userEvent: "input.type" });
          took.push((await diagnosed) - from);
          at += 1;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      return took;
    },
    [letters, PLACE, Number(places)],
  );
}

const { server, address } = await served();
await withBrowser(async (browser) => {
  const { context, page } = await browser.watched();
  await context.addInitScript(note);
  await opened(page, `${address}bare/`);
  const bare = await opened(page, `${address}bare/`);
  const file = await start(page, pathToFileURL(join(web, "dist", "page", "reportls.html")).href);
  const folder = await start(page, address);
  const edits = await typed(page);
  console.log(JSON.stringify({ bare, folder, file, edits }));
  await new Promise((resolve) => process.stdin.on("end", resolve).resume());
});
server.closeAllConnections();
server.close();
