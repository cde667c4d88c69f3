// A real VS Code (code-server) with the extension in an empty profile, and a browser that drives it.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";

const SETTINGS = {
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "update.mode": "none",
  "security.workspace.trust.startupPrompt": "never",
  "git.enabled": false,
  "editor.minimap.enabled": false,
  "chat.commandCenter.enabled": false,
  "workbench.colorTheme": "Default Light Modern",
};
const ARGUMENTS = [
  ...["--auth", "none", "--disable-telemetry", "--disable-update-check"],
  "--disable-getting-started-override",
];

/** Installs the extension, starts the editor, opens the folder `workspace` and the file `path` in it. */
export async function open({ installed, vsix, scratch, workspace, path, env = process.env, isTrusted = true }) {
  const folders = Object.fromEntries(
    ["home", "data", "extensions", "browser"].map((name) => [name, join(scratch, name)]),
  );
  mkdirSync(join(folders.data, "User"), { recursive: true });
  mkdirSync(folders.home, { recursive: true });
  writeFileSync(join(folders.data, "User", "settings.json"), JSON.stringify(SETTINGS));
  const entry = join(installed, "node_modules/code-server/out/node/entry.js");
  const common = [entry, "--user-data-dir", folders.data, "--extensions-dir", folders.extensions];
  // VSCODE_CLI: the environment is this one, not what a login shell makes of it.
  const surroundings = { ...env, HOME: folders.home, EXTENSIONS_GALLERY: "{}", VSCODE_CLI: "1" };
  execFileSync(process.execPath, [...common, "--install-extension", vsix], { env: surroundings, stdio: "pipe" });
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [...common, ...ARGUMENTS, ...(isTrusted ? ["--disable-workspace-trust"] : []), "--bind-addr", `127.0.0.1:${port}`],
    {
      env: surroundings,
    },
  );
  process.once("exit", () => server.kill());
  const log = createWriteStream(join(scratch, "code-server.log"));
  server.stdout.pipe(log);
  server.stderr.pipe(log);
  const { context, page } = await browse(installed, folders.browser);
  const editor = new Editor(page, folders.data, async () => {
    await context.close();
    const ended = once(server, "exit");
    server.kill();
    await ended;
  });
  const address = `http://127.0.0.1:${port}`;
  await until("the editor is up", async () => (await fetch(`${address}/healthz`)).ok);
  const payload = JSON.stringify([["openFile", `vscode-remote://127.0.0.1:${port}${path}`]]);
  await page.goto(`${address}/?folder=${workspace}&payload=${encodeURIComponent(payload)}`);
  await page.waitForSelector(".monaco-workbench", { timeout: 60_000 });
  return editor;
}

/** A browser with an empty profile. */
export async function browse(installed, folder) {
  const { chromium } = createRequire(join(installed, "package.json"))("playwright-core");
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: "/usr/bin/chromium",
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  context.setDefaultTimeout(5000);
  context.setDefaultNavigationTimeout(60_000);
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** What `found` returns, once it is something; an error if it never is. */
export async function until(what, found, patience = 30_000) {
  const end = Date.now() + patience;
  let reason;
  for (;;) {
    try {
      const value = await found();
      if (value) {
        return value;
      }
    } catch (error) {
      reason = error;
    }
    if (Date.now() > end) {
      throw new Error(`never: ${what}`, { cause: reason });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The same, doing something until it is: what is asked of an editor in its first second may be forgotten. */
export async function untilDone(what, act, found, patience) {
  const tried = async () => {
    await act();
    return until(what, found, 3000);
  };
  await until(what, tried, patience);
}

function isUnder(box, place) {
  const isOnLine = Math.abs(box.y + box.height - place.y - place.height) < place.height / 2;
  return isOnLine && Math.abs(box.x - place.x) < 2 && Math.abs(box.width - place.width) < 8;
}

/** The editor as its user sees it; `data` is where its logs are, if they are on the disk. */
export class Editor {
  constructor(page, data, close) {
    this.page = page;
    this.data = data;
    this.close = close;
  }

  /** Changes the colours. */
  async theme(name) {
    await this.#choose("Control+k Control+t", name, name);
  }

  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  async type(text) {
    await this.page.keyboard.insertText(text);
  }

  /** Runs a command of the palette. */
  async command(title) {
    await this.#choose("F1", `>${title}`, title);
  }

  /** Opens a file by its path. */
  async openFile(path) {
    const name = path.split("/").at(-1);
    await this.#choose("Control+p", path, name);
    await until(`${path} is open`, () => this.page.locator(".tab.active", { hasText: name }).count());
  }

  /** Puts the cursor there; both count from 1. */
  async goTo(line, column = 1) {
    await this.#choose("Control+g", `:${line}:${column}`, `line ${line}`);
    await until(`the cursor is on line ${line}`, () => this.inStatusBar(`Ln ${line}, Col ${column}`));
  }

  async #choose(keys, typed, wanted) {
    const box = this.page.locator(".quick-input-widget:visible");
    await this.press(...keys.split(" "));
    await box.locator("input").first().fill(typed);
    await until(`${wanted} is offered`, () => box.locator(".monaco-list-row.focused", { hasText: wanted }).count());
    await this.press("Enter");
    // Another box may take its place at once.
    const typedStill = (inputs, text) => inputs.some((input) => input.value === text);
    await until("the box is gone", async () => !(await box.locator("input").evaluateAll(typedStill, typed)));
  }

  inStatusBar(text) {
    return this.page.locator(".statusbar-item", { hasText: text }).count();
  }

  /** Sets settings of the machine, where VS Code looks for programs when it runs elsewhere. */
  setOnMachine(settings) {
    mkdirSync(join(this.data, "Machine"), { recursive: true });
    writeFileSync(join(this.data, "Machine", "settings.json"), JSON.stringify(settings));
  }

  /** Whether the item in the status bar with that text stands out as an `error` or `warning`. */
  hasStatusColour(text, kind) {
    return this.page.locator(`.statusbar-item.${kind}-kind`, { hasText: text }).count().then(Boolean);
  }

  /** Shows the first tab whose title has the text. A pointer that rests there brings up a tip, which covers what is below. */
  async showTab(text) {
    await this.page.locator(".tab", { hasText: text }).first().click();
    await this.page.mouse.move(0, 0);
  }

  /** Closes the tab whose title has the text. */
  async closeTab(text) {
    const tab = this.page.locator(".tab", { hasText: text });
    await tab.hover();
    await tab.locator(".codicon-close").click();
    await until(`no tab ${text}`, async () => !(await tab.count()));
  }

  /** Whether a line that can be seen has the text. */
  async shows(text) {
    return (await this.lines()).some((line) => line.includes(text));
  }

  /** The lines that can be seen. */
  async lines() {
    const lines = await this.page.locator(".view-lines .view-line").allInnerTexts();
    return lines.map((line) => line.replaceAll("\u00a0", " "));
  }

  /** The rectangles of a text wherever it can be seen, in the lines as in the hints beside them. */
  places(text) {
    return this.page.evaluate((wanted) => {
      const rectangleIn = (line) => {
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        const letters = [];
        while (walker.nextNode()) {
          const node = walker.currentNode;
          letters.push(...Array.from({ length: node.length }, (_, offset) => [node, offset]));
        }
        const whole = letters.map(([node, offset]) => node.data[offset]).join("");
        const start = whole.replaceAll("\u00a0", " ").indexOf(wanted);
        if (start < 0) {
          return null;
        }
        const range = document.createRange();
        const [lastNode, lastOffset] = letters[start + wanted.length - 1];
        range.setStart(...letters[start]);
        range.setEnd(lastNode, lastOffset + 1);
        return range.getBoundingClientRect().toJSON();
      };
      return [...document.querySelectorAll(".view-lines .view-line")].map(rectangleIn).filter(Boolean);
    }, text);
  }

  /** Whether exactly this text, which can be seen, is underlined as an `error`, `warning`, `info` or `hint`. */
  async isMarked(text, severity) {
    const places = await this.places(text);
    const marks = this.page.locator(`.view-overlays .squiggly-${severity}`);
    const boxes = await marks.evaluateAll((all) => all.map((mark) => mark.getBoundingClientRect().toJSON()));
    return places.some((place) => boxes.some((box) => isUnder(box, place)));
  }

  /** Moves the pointer over the first, or the last, place of a text that can be seen. */
  async point(text, { last = false } = {}) {
    const { x, y, width, height } = (await this.places(text)).at(last ? -1 : 0);
    await this.page.mouse.move(0, 0);
    await until("no hover", async () => !(await this.page.locator(".monaco-hover:visible").count()));
    await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
  }

  async screenshot(folder, name, { keepPointer = false } = {}) {
    mkdirSync(folder, { recursive: true });
    if (!keepPointer) {
      await this.page.mouse.move(0, 0);
    }
    // What has just appeared fades in.
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  /** All text that can be seen. */
  seen() {
    return this.page.locator("body").innerText();
  }

  /** The titles of the messages that pop up. */
  toasts() {
    return this.page.locator(".notification-toast").allInnerTexts();
  }

  /** What has been logged as an error or a warning by the extension or about it. */
  complaints() {
    const lines = this.#logs("").split("\n");
    return lines.filter((line) => /\[(error|warning)\]/.test(line) && /reportls/i.test(line));
  }

  /** Everything in the extension's own log. */
  log() {
    return this.#logs("reportls.log");
  }

  #logs(name) {
    const folder = join(this.data, "logs");
    const paths = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(name || ".log"));
    return paths.map((path) => readFileSync(join(folder, path), "utf-8")).join("");
  }
}
