// An extension for the test in a browser: the file system `memory:`, which starts with what the test's server has, and tells
// it of what is written.
const vscode = require("vscode");

const { File, Directory } = vscode.FileType;
const { Created, Changed, Deleted } = vscode.FileChangeType;

exports.activate = async (context) => {
  const { scheme, authority } = context.extensionUri;
  const base = `${scheme}://${authority}`;
  const files = new Map();
  const found = await (await fetch(`${base}/files`)).json();
  for (const [path, content] of Object.entries(found)) {
    files.set(path, Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0)));
  }
  const changes = new vscode.EventEmitter();
  const below = (path) => [...files.keys()].filter((each) => each.startsWith(path === "/" ? path : `${path}/`));
  const missing = (uri) => vscode.FileSystemError.FileNotFound(uri);
  const tell = async (type, uri, content) => {
    changes.fire([{ type, uri }]);
    await fetch(`${base}/written${uri.path}`, content ? { method: "PUT", body: content } : { method: "DELETE" });
  };
  const provider = {
    onDidChangeFile: changes.event,
    watch: () => ({ dispose() {} }),
    createDirectory() {},
    stat(uri) {
      const content = files.get(uri.path);
      if (!content && !below(uri.path).length) {
        throw missing(uri);
      }
      return { type: content ? File : Directory, ctime: 0, mtime: content ? 1 : 0, size: content?.length ?? 0 };
    },
    readDirectory({ path }) {
      const start = path === "/" ? 1 : path.length + 1;
      const rests = below(path).map((each) => each.slice(start));
      return [...new Map(rests.map((rest) => [rest.split("/")[0], rest.includes("/") ? Directory : File]))];
    },
    readFile(uri) {
      const content = files.get(uri.path);
      if (!content) {
        throw missing(uri);
      }
      return content;
    },
    async writeFile(uri, content) {
      const type = files.has(uri.path) ? Changed : Created;
      files.set(uri.path, content);
      await tell(type, uri, content);
    },
    async delete(uri) {
      [uri.path, ...below(uri.path)].forEach((path) => void files.delete(path));
      await tell(Deleted, uri);
    },
    async rename(from, to) {
      const content = provider.readFile(from);
      await provider.delete(from);
      await provider.writeFile(to, content);
    },
  };
  /** Asks for paths; their addresses. */
  const asked = async () => {
    const paths = ((await vscode.window.showInputBox()) ?? "").split(" ");
    return paths.map((path) => vscode.Uri.from({ scheme: "memory", path }));
  };
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memory", provider, { isCaseSensitive: true }),
    // A change by somebody else, such as a push: "FROM TO".
    vscode.commands.registerCommand("memory.copy", async () => {
      const [from, to] = await asked();
      await provider.writeFile(to, provider.readFile(from));
    }),
    // A browser without a server finds no files by their names.
    vscode.commands.registerCommand("memory.open", async () => {
      const [uri] = await asked();
      await vscode.window.showTextDocument(uri);
    }),
  );
};
