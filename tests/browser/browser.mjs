// Chromium as the checks in checks/ use it: a page that keeps all that it asks for, says and does.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The check's own empty folder. */
export const scratch = process.argv[2];
const screenshots = process.env.REPORTLS_SCREENSHOTS || join(scratch, "screenshots");
const load = createRequire(join(process.env.REPORTLS_BROWSER, "package.json"));
const { chromium } = load("playwright-core");
const axeSource = readFileSync(load.resolve("axe-core/axe.min.js"), "utf-8");

/** The Python that the tests run with: `execFileSync(python, ["-m", "reportls", ...])`. */
export const python = process.env.PYTHON;

/** Runs Python to its end and returns what it prints; an error if it fails. */
export function runPython(...args) {
  return execFileSync(python, args, { encoding: "utf-8", maxBuffer: 1e8, stdio: ["ignore", "pipe", "inherit"] });
}

/** Runs `reportls` to its end and returns what it prints. */
export function reportls(...args) {
  return runPython("-m", "reportls", ...args);
}

/** Starts Chromium, has `act` do all that is to be done with it, and ends it. */
export async function withBrowser(act) {
  const trap = await startTrap();
  const chromiumItself = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
      // What is asked of this one host, in whatever way, comes to the trap; the browser's own errands do not.
      `--host-resolver-rules=MAP elsewhere.example 127.0.0.1:${trap.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
    ],
  });
  try {
    await act(new Browser(chromiumItself, trap));
  } finally {
    await chromiumItself.close();
    trap.close();
  }
}

/** A server that stands in for elsewhere.example, answers nothing and counts who asks. */
async function startTrap() {
  const trap = { connections: 0 };
  const server = createServer((_, response) => response.writeHead(204).end());
  server.on("connection", () => {
    trap.connections += 1;
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  trap.port = server.address().port;
  trap.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return trap;
}

class Browser {
  #chromium;
  #trap;

  constructor(chromiumItself, trap) {
    this.#chromium = chromiumItself;
    this.#trap = trap;
  }

  /**
   * Opens an empty page in a profile of its own. `options` are those of Playwright's `newContext`, such as `viewport` and
   * `colorScheme`.
   */
  async watched(options = {}) {
    const context = await this.#chromium.newContext({ viewport: { width: 1000, height: 800 }, ...options });
    context.setDefaultTimeout(60_000);
    const watched = new Watched(context, this.#trap);
    await watched.start();
    return watched;
  }
}

/** A page, and in `events` all that it has asked for, said and done. */
class Watched {
  #trap;
  #connections;

  constructor(context, trap) {
    this.context = context;
    this.#trap = trap;
    /** What happened, each as `kind: what`. */
    this.events = [];
  }

  async start() {
    const { context } = this;
    context.on("request", (request) => this.#saw("request", `${request.method()} ${request.url()}`));
    context.on("console", (message) => this.#saw("console", `${message.type()} ${message.text()}`));
    context.on("weberror", (error) => this.#saw("error", error.error()));
    context.on("dialog", (dialog) => {
      this.#saw("dialog", `${dialog.type()} ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
    context.on("serviceworker", (worker) => this.#saw("service worker", worker.url()));
    // What hostile text calls if it can.
    await context.exposeBinding("hit", (_, what) => this.#saw("hit", what));
    await context.addInitScript(() => {
      addEventListener("submit", (event) => globalThis.hit(`a form to ${event.target.action}`), true);
    });
    this.page = await context.newPage();
    context.on("page", (page) => this.#saw("popup", page.url()));
    this.page.on("framenavigated", (frame) => this.#saw("navigation", frame.url()));
    this.page.on("frameattached", () => this.#saw("frame", "one more"));
    this.page.on("download", (download) => this.#saw("download", download.url()));
    this.page.on("worker", (worker) => this.#saw("worker", worker.url()));
    this.page.on("websocket", (socket) => this.#saw("websocket", socket.url()));
    this.page.on("filechooser", () => this.#saw("file chooser", "open"));
    this.#connections = this.#trap.connections;
  }

  #saw(kind, what) {
    this.events.push(`${kind}: ${what}`);
  }

  /** Goes to an address; an error unless that is all that happens. What happens later is in `events`. */
  async goto(address) {
    try {
      await this.page.goto(address);
    } catch (error) {
      // Chromium gives a navigation up when the one before is still winding down. A page that blocks it fails twice.
      if (!String(error).includes("ERR_ABORTED")) throw error;
      await this.page.goto(address);
    }
    await this.settle();
    const unexpected = this.unexpected(address);
    if (unexpected.length) {
      throw new Error(`${address}:\n${unexpected.join("\n")}`);
    }
    this.forget();
  }

  /** What happened besides the opening of that address. */
  unexpected(address) {
    const own = new Set([`request: GET ${address}`, `navigation: ${address}`]);
    const once = this.events.filter((event, index) => !(own.has(event) && this.events.indexOf(event) === index));
    const elsewhere = this.#trap.connections - this.#connections;
    return elsewhere ? [...once, `connections elsewhere: ${elsewhere}`] : once;
  }

  /** Begins anew to keep what happens. */
  forget() {
    this.events.length = 0;
    this.#connections = this.#trap.connections;
  }

  /** Waits until what the page has begun is done: two pictures of it are drawn, and nothing waits to be run. */
  async settle() {
    await this.page.evaluate(
      () =>
        new Promise((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(resolve, { timeout: 500 }))),
        ),
    );
  }

  /** Takes a picture of all of the page, or of what is in the window. */
  async screenshot(name, { isWhole = true } = {}) {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: isWhole });
  }

  /** Prints it on A4, beside the pictures. */
  async print(name) {
    mkdirSync(screenshots, { recursive: true });
    await this.page.pdf({ path: join(screenshots, `${name}.pdf`), format: "A4", preferCSSPageSize: true });
  }

  /** What axe-core finds, one line each. All rules, but those of the level that no page as a whole is held to (AAA). */
  async axe() {
    await this.page.evaluate(axeSource);
    return this.page.evaluate(async () => {
      const { axe } = globalThis;
      const wanted = axe.getRules().filter(({ tags }) => !tags.includes("wcag2aaa"));
      const rules = Object.fromEntries(wanted.map(({ ruleId }) => [ruleId, { enabled: true }]));
      const { violations } = await axe.run(document, { rules });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 200)} ${any.map(({ message }) => message)}`),
      );
    });
  }

  /** By how many points the page is wider than its window; 0 if nobody must scroll sideways. */
  async sideways() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  async close() {
    await this.context.close();
  }
}

/** Waits until something is seen, doing what brings it about again: the first time may come too early. */
export async function untilSeen(wanted, act) {
  for (let tries = 1; ; tries++) {
    await act();
    try {
      return await wanted.waitFor({ timeout: 10_000 });
    } catch (error) {
      if (tries === 6) throw error;
    }
  }
}

const began = Date.now();

/** Does one step of a check and prints that it is done; if it fails, says which it was. */
export async function step(what, act) {
  try {
    await act();
  } catch (error) {
    console.error(`not so: ${what}`);
    throw error;
  }
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${what}`);
}
