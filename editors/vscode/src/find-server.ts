/** How the server can be started. */
export interface Server {
  /** An absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  /** Where it was found, in words. */
  readonly origin: string;
  /** Variables that are set for it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What the status bar says of it. */
  readonly note?: string;
  /** What it cannot know, for the log. */
  readonly limit?: string;
}

/** What is asked of the machine; a test answers from a table. */
export interface Machine {
  /** The user's home folder. */
  readonly home: string;
  /** The absolute path of a program that the system finds by its name, or of the file if it is a path. */
  find(name: string): Promise<string | undefined>;
  /** What a program prints; undefined if it cannot be run or fails. */
  output(command: string, args: readonly string[]): Promise<string | undefined>;
}

/** What the user has chosen. */
export interface Choices {
  /** The setting `reportls.server.path`, empty if it is not set. */
  readonly path: string;
  /** The interpreter that is selected in the Python extension; undefined where the workspace is not trusted. */
  readonly interpreter: string | undefined;
  /** The script that starts the bundled server. */
  readonly bundled: string;
}

/** Why there is no server: no Python, or only old ones; a setting that names no program, or one that is no server. */
export type Missing =
  | { readonly why: "no-python"; readonly tried: readonly string[] }
  | { readonly why: "old-python"; readonly found: readonly string[] }
  | { readonly why: "no-program"; readonly path: string }
  | { readonly why: "no-server"; readonly path: string; readonly answer: string };

/** What to tell the user where there is no server. */
export interface Trouble {
  /** Two words for the status bar. */
  readonly short: string;
  readonly message: string;
  /** Whether the setting is to blame, and not the machine. */
  readonly isSetting: boolean;
}

const SERVE = "serve";
const HAS_SERVER = ["-c", "import reportls.lsp"];
const VERSION = ["-I", "-S", "-c", "import sys; print(*sys.version_info[:3], sep='.')"];
const NEEDED = "Python 3.10 or newer";
const LONGEST_ANSWER = 80;
const PYTHONS: readonly (readonly [string, ...string[]])[] = [
  ["python3"],
  ["python"],
  ["py", "-3"],
  ...[14, 13, 12, 11, 10].map((minor): [string] => [`python3.${minor}`]),
];

/** The server to start: the user's own if there is one, else the bundled one. */
export async function findServer(machine: Machine, choices: Choices): Promise<Server | Missing> {
  if (choices.path) {
    return fromSetting(machine, choices.path);
  }
  return (
    (await fromInterpreter(machine, choices.interpreter)) ??
    (await fromPath(machine)) ??
    (await fromBundle(machine, choices))
  );
}

/** Says what was tried, what was found, and what is needed. */
export function troubleOf(missing: Missing): Trouble {
  switch (missing.why) {
    case "no-python": {
      const tried = missing.tried.join(", ");
      const message = `reportls needs ${NEEDED}, and there is none on the search path (tried: ${tried}). Install Python, or choose a reportls that is installed elsewhere.`;
      return { short: "no Python", message, isSetting: false };
    }
    case "old-python": {
      const message = `reportls needs ${NEEDED}, and found only ${missing.found.join(", ")}. Install a newer Python beside it.`;
      return { short: "Python too old", message, isSetting: false };
    }
    case "no-program": {
      const message = `The setting reportls.server.path is "${missing.path}", but there is no such program. Correct it, or clear it to use the server of this extension.`;
      return { short: "wrong path", message, isSetting: true };
    }
    case "no-server": {
      const said = missing.answer ? `it answered "${missing.answer}" when asked for its version` : "it does not answer";
      const message = `The setting reportls.server.path is "${missing.path}", which is not reportls: ${said}. Correct it, or clear it to use the server of this extension.`;
      return { short: "wrong path", message, isSetting: true };
    }
  }
}

async function fromSetting(machine: Machine, path: string): Promise<Server | Missing> {
  const command = await machine.find(path.replace(/^~(?=[/\\])/, machine.home));
  if (!command) {
    return { why: "no-program", path };
  }
  const answer = (await machine.output(command, ["--version"]))?.trim().slice(0, LONGEST_ANSWER) ?? "";
  return answer.startsWith("reportls ")
    ? { command, args: [SERVE], origin: "the setting reportls.server.path" }
    : { why: "no-server", path, answer };
}

async function fromInterpreter(machine: Machine, python: string | undefined): Promise<Server | undefined> {
  if (!python || (await machine.output(python, HAS_SERVER)) === undefined) {
    return undefined;
  }
  return { command: python, args: ["-m", "reportls", SERVE], origin: "the selected Python interpreter" };
}

async function fromPath(machine: Machine): Promise<Server | undefined> {
  const command = await machine.find("reportls");
  return command ? { command, args: [SERVE], origin: "the search path" } : undefined;
}

async function fromBundle(machine: Machine, { bundled, interpreter }: Choices): Promise<Server | Missing> {
  const pythons = interpreter ? [...PYTHONS, [interpreter] as const] : PYTHONS;
  const old: string[] = [];
  for (const [name, ...options] of pythons) {
    const command = await machine.find(name);
    const version = command && (await machine.output(command, [...options, ...VERSION]))?.trim();
    if (command && version && isNewEnough(version)) {
      // Isolated: no package, environment variable or start-up file of the machine gets in its way.
      return { command, args: [...options, "-I", "-S", bundled, SERVE], origin: "this extension" };
    }
    if (version) {
      old.push(`Python ${version} (${command})`);
    }
  }
  const tried = pythons.map((words) => words.join(" "));
  return old.length ? { why: "old-python", found: [...new Set(old)] } : { why: "no-python", tried };
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 10);
}
