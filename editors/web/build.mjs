// Builds all of editors/web into dist/: the server with its Python, and the page. With `--python FOLDER`, only what the
// extension for VS Code needs to run its server without a Python on the machine, and in a browser.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { loadPyodide } from "pyodide";

const here = dirname(fileURLToPath(import.meta.url));
const pyodideHome = dirname(fileURLToPath(import.meta.resolve("pyodide")));
const bundled = join(here, "..", "vscode", "bundled");
const dist = join(here, "dist");
/** For other versions of Python, and for the command line alone. */
const NOT_NEEDED = ["exceptiongroup", "tomli", "reportls/cli", "reportls/demo"];
/** The sample report that editors open. */
const SAMPLE = "reportls/demo/";

/** The files of a folder by their paths in it. */
function filesIn(folder) {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path).replaceAll("\\", "/"), readFileSync(path)]),
  );
}

/** One pack of files; `unpacked` in `src/server/pack.ts` reads it. */
function packed(files) {
  const lengths = Object.fromEntries([...files].map(([path, content]) => [path, content.length]));
  return Buffer.concat([Buffer.from(`${JSON.stringify(lengths)}\n`), ...files.values()]);
}

/** What of the standard library no server needs: tools for programmers, other machines, mail, and rare encodings. */
const UNUSED = new Set(
  `_android_support _apple_support _ios_support _osx_support _pyio _pyrepl antigravity bdb cProfile cmd compileall
  configparser asyncio/proactor_events asyncio/windows_events asyncio/windows_utils concurrent/futures/process
  concurrent/interpreters ctypes curses dbm doctest ensurepip ftplib getopt http/cookiejar http/cookies http/server idlelib imaplib
  logging/config logging/handlers mailbox mimetypes modulefinder multiprocessing nntplib optparse pdb pickletools plistlib poplib
  profile profiling pstats pty pyclbr pydoc pydoc_data rlcompleter shelve smtplib socketserver sqlite3 sre_compile sre_constants
  sre_parse statistics tabnanny tarfile this timeit tkinter trace tracemalloc turtle turtledemo unittest venv wave webbrowser
  wsgiref xml/dom xml/sax xmlrpc zipapp`.split(/\s+/),
);
/** The encodings that Python starts with, and those that files and addresses may have. */
const ENCODINGS =
  /^encodings\/(__init__|aliases|ascii|cp1252|cp437|idna|latin_1|punycode|raw_unicode_escape|unicode_escape|utf_.*)\.py$/;

/** Python, with functions of `compile_modules.py`. */
async function compiler() {
  const python = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
  python.runPython(readFileSync(join(here, "compile_modules.py"), "utf-8"));
  const call = (code, ...values) => {
    const result = python.runPython(code)(...values);
    const bytes = Buffer.from(result.toJs());
    result.destroy();
    return bytes;
  };
  return {
    module: (path, source) =>
      call("lambda path, source: compiled(path, source.to_bytes())", path, new Uint8Array(source)),
    library: (archive, unused) =>
      call("lambda archive, names: library(archive.to_bytes(), frozenset(names))", new Uint8Array(archive), unused),
  };
}

/** The same files with every module compiled by the very Python that will run it. */
function compiled(files, { module }) {
  const both = [...files].map(([path, content]) =>
    path.endsWith(".py") ? [`${path}c`, module(path, content)] : [path, content],
  );
  return new Map(both);
}

/** The standard library as far as it is needed. */
function library({ library }) {
  const archive = readFileSync(join(pyodideHome, "python_stdlib.zip"));
  const listed = execFileSync("python3", ["-m", "zipfile", "--list", join(pyodideHome, "python_stdlib.zip")], {
    encoding: "utf-8",
  });
  const encodings = listed.match(/^encodings\/\S+\.py/gm).filter((path) => !ENCODINGS.test(path));
  return library(archive, [...UNUSED, ...encodings.map((path) => path.replace(".py", ""))]);
}

function isNeeded(path) {
  return (
    !NOT_NEEDED.some((name) => path.startsWith(`${name}/`) || path.startsWith(`${name}-`)) && !path.endsWith(".pyi")
  );
}

/** Writes into a folder what is Python itself, and the program that runs it. */
function writePython(folder, program, library) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "server.cjs"), program);
  writePacked(folder, "pyodide.asm.wasm", readFileSync(join(pyodideHome, "pyodide.asm.wasm")));
  writePacked(folder, "python_stdlib.zip", library);
}

function writePacked(folder, name, content) {
  writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
}

/** Writes what Python needs to run the server. */
async function buildServer(program) {
  execFileSync(join(here, "..", "vscode", "bundle-server"), { stdio: "inherit" });
  const files = new Map([...filesIn(bundled)].filter(([path]) => isNeeded(path)));
  const python = await compiler();
  writePython(join(dist, "server"), program, library(python));
  writePacked(join(dist, "server"), "server.pack", packed(compiled(files, python)));
}

/** Writes into a folder what runs the modules of `bundle-server`, and which of them it needs in a browser. */
async function buildForEditor(folder) {
  const { text, inputs } = await buildProgram();
  writePython(folder, text, library(await compiler()));
  const names = [...filesIn(bundled).keys()];
  const files = { modules: names.filter(isNeeded), sample: names.filter((path) => path.startsWith(SAMPLE)) };
  writeFileSync(join(folder, "files.json"), JSON.stringify(files));
  const host = (entry, options) =>
    bundle(`../vscode/src/${entry}.ts`, { external: ["vscode"], format: "cjs", ...options });
  const { inputs: client } = await host("web");
  writeFileSync(join(folder, "licences.txt"), licencesOf([...inputs, ...client]));
}

/** Modules that are made here: by name, their source. */
function made(modules) {
  return {
    name: "made",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^(${Object.keys(modules).join("|")})$`) }, ({ path }) => ({
        path,
        namespace: "made",
      }));
      onLoad({ filter: /.*/, namespace: "made" }, ({ path }) => ({
        contents: JSON.stringify(modules[path]),
        loader: "json",
      }));
    },
  };
}

/** Bundles one program and returns its text. */
async function bundle(entry, options = {}) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
    ...options,
  });
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

/** The program that runs the server, in Node as well as in a web worker. */
function buildProgram() {
  // A classic worker: of a page on disk, browsers start no module from a blob.
  return bundle("src/server.ts", {
    format: "iife",
    external: ["node:*", "ws"],
    define: { "import.meta.url": "HERE" },
    banner: {
      js: `const HERE = typeof __filename === "string" ? require("node:url").pathToFileURL(__filename).href : "pyodide://parts/";
// Pyodide refuses classic workers, which it knows by this function; it has no other use for it.
if (typeof self === "object") self.importScripts = undefined;`,
    },
  });
}

/** The licences of all that a page or the extension contains, in one text; `inputs` are the files that its code is made of. */
function licencesOf(inputs) {
  const folders = new Set(inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean));
  const npm = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf-8"));
    const file = readdirSync(join(here, folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? readFileSync(join(here, folder, file), "utf-8") : licenceText(license);
    return `${name} ${version} (${license})\n\n${text}`;
  });
  const python = readdirSync(bundled)
    .filter((name) => name.endsWith(".dist-info") && isNeeded(`${name}/METADATA`))
    .map((name) => {
      const texts = [...filesIn(join(bundled, name))].filter(([path]) => /licen[cs]e/i.test(path));
      return `${name.replace(".dist-info", "").replace("-", " ")}\n\n${texts.map(([, text]) => text).join("\n")}`;
    });
  const interpreter = `CPython, in Pyodide (Python-2.0)\n\n${licenceText("Python-2.0")}`;
  return [...python, interpreter, ...npm].join(`\n\n${"-".repeat(80)}\n\n`);
}

/** The text of a licence whose package has none with it. */
function licenceText(id) {
  return JSON.parse(readFileSync(join(here, "node_modules", "spdx-license-list", "licenses", `${id}.json`), "utf-8"))
    .licenseText;
}

/** The sample report and its figures, by their paths, in base64. */
function sample() {
  const files = filesIn(join(here, "..", "..", "server", "reportls", "demo", "reports"));
  return Object.fromEntries([...files].map(([path, content]) => [path, content.toString("base64")]));
}

function digest(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** The page's policy: what it may load, run and send. `connections` is where it may load from. */
function policy(script, connections) {
  return [
    "default-src 'none'",
    // Python is WebAssembly; `eval` stays forbidden.
    `script-src ${script} 'wasm-unsafe-eval'`,
    "worker-src 'self' blob:",
    `connect-src ${connections}`,
    // The editor writes styles of its own, and the hand-in page in its frame has some.
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Writes both shapes of the page: a folder for any web server, and in it the same as one file. */
async function buildPage(worker) {
  const parts = readdirSync(join(dist, "server")).filter((name) => name.endsWith(".gz"));
  const modules = { "worker-source": worker.text, sample: sample(), licences: "" };
  const { inputs } = await bundle("src/page/main.ts", { plugins: [made(modules)] });
  modules.licences = licencesOf([...inputs, ...worker.inputs]);
  const { text: script } = await bundle("src/page/main.ts", { plugins: [made(modules)] });
  const code = script.replaceAll("</script", "<\\/script");
  const { text: style } = await bundle("src/page/style.css");
  const template = readFileSync(join(here, "index.html"), "utf-8");
  const page = (values) => template.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => values[name]);
  const inline = `<style>${style}</style>`;
  const data = parts.map((name) => {
    const content = readFileSync(join(dist, "server", name)).toString("base64");
    return `<script type="text/plain" id="${name.replace(".gz", "")}">${content}</script>`;
  });
  const single = page({
    policy: policy(digest(code), "'none'"),
    style: inline,
    parts: data.join("\n"),
    script: `<script type="module">${code}</script>`,
  });
  const folder = page({
    policy: policy("'self'", "'self'"),
    style: inline,
    parts: "",
    script: '<script type="module" src="page.js"></script>',
  });
  const files = { "index.html": folder, "page.js": script, "reportls.html": single };
  const names = [...Object.keys(files), ...parts.map((name) => `server/${name}`)];
  const version = createHash("sha256").update(single).digest("hex").slice(0, 16);
  const { text: offline } = await bundle("src/page/service-worker.ts", {
    define: { NAMES: JSON.stringify(["./", ...names]), VERSION: JSON.stringify(version) },
  });
  mkdirSync(join(dist, "page", "server"), { recursive: true });
  for (const [name, content] of Object.entries({ ...files, "service-worker.js": offline })) {
    writeFileSync(join(dist, "page", name), content);
  }
  for (const name of parts) {
    copyFileSync(join(dist, "server", name), join(dist, "page", "server", name));
  }
}

const [option, folder] = process.argv.slice(2);
if (option === "--python" && folder) {
  await buildForEditor(folder);
} else {
  rmSync(dist, { recursive: true, force: true });
  const program = await buildProgram();
  await buildServer(program.text);
  await buildPage(program);
}
