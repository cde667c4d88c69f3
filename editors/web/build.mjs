// Builds all of editors/web into dist/: the server with its Python, and the page.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { loadPyodide } from "pyodide";

const here = dirname(fileURLToPath(import.meta.url));
const pyodideHome = dirname(fileURLToPath(import.meta.resolve("pyodide")));
const bundled = join(here, "..", "vscode", "bundled");
const dist = join(here, "dist");
/** For other versions of Python. */
const NOT_NEEDED = ["exceptiongroup", "tomli"];

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

/** The same files with every module compiled by the very Python that will run it. */
async function compiled(files) {
  const python = await loadPyodide();
  const compile = python.runPython(`
import importlib.util, marshal

def compiled(path, source):
    code = compile(source.to_bytes(), path, "exec", dont_inherit=True, optimize=0)
    # Flags 1: named after its source's hash, and never compared with it.
    return importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8) + marshal.dumps(code)

compiled`);
  const result = new Map();
  for (const [path, content] of files) {
    if (path.endsWith(".py")) {
      const code = compile(path, new Uint8Array(content));
      result.set(`${path}c`, Buffer.from(code.toJs()));
      code.destroy();
    } else {
      result.set(path, content);
    }
  }
  return result;
}

function isNeeded(path) {
  return !NOT_NEEDED.some((name) => path.startsWith(`${name}/`) || path.startsWith(`${name}-`)) && !path.endsWith(".pyi");
}

/** Writes what Python needs to run the server. */
async function buildServer() {
  execFileSync(join(here, "..", "vscode", "bundle-server"), { stdio: "inherit" });
  const files = new Map([...filesIn(bundled)].filter(([path]) => isNeeded(path)));
  const parts = {
    "server.pack": packed(await compiled(files)),
    "pyodide.asm.wasm": readFileSync(join(pyodideHome, "pyodide.asm.wasm")),
    "python_stdlib.zip": readFileSync(join(pyodideHome, "python_stdlib.zip")),
  };
  for (const [name, content] of Object.entries(parts)) {
    writeFileSync(join(dist, "server", `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "server"), { recursive: true });
await buildServer();

await build({
  entryPoints: [join(here, "src/server/node.ts")],
  outfile: join(dist, "server", "node.mjs"),
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "esm",
  external: ["ws"],
  // Pyodide asks for modules of Node by `require`, which a module of this kind does not have.
  banner: { js: 'import { createRequire } from "node:module"; globalThis.require = createRequire(import.meta.url);' },
  logLevel: "warning",
});
