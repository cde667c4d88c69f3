/** How the server can be started. */
export interface Server {
  /** An absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  /** Where it was found, in words. */
  readonly origin: string;
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

/** Why there is no server. */
export type Missing = "python" | "path";

const SERVE = "serve";
const HAS_SERVER = ["-c", "import reportls.lsp"];
const IS_NEW_ENOUGH = ["-I", "-S", "-c", "import sys; print(sys.version_info >= (3, 10))"];
const PYTHONS: readonly (readonly [string, ...string[]])[] = [
  ["python3"],
  ["python"],
  ["py", "-3"],
  ...[14, 13, 12, 11, 10].map((minor): [string] => [`python3.${minor}`]),
];

/** The server to start: the user's own if there is one, else the bundled one. */
export async function findServer(machine: Machine, choices: Choices): Promise<Server | Missing> {
  if (choices.path) {
    return (await fromSetting(machine, choices.path)) ?? "path";
  }
  return (
    (await fromInterpreter(machine, choices.interpreter)) ??
    (await fromPath(machine)) ??
    (await fromBundle(machine, choices)) ??
    "python"
  );
}

async function fromSetting(machine: Machine, path: string): Promise<Server | undefined> {
  const command = await machine.find(path.replace(/^~(?=[/\\])/, machine.home));
  return command ? { command, args: [SERVE], origin: "the setting reportls.server.path" } : undefined;
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

async function fromBundle(machine: Machine, { bundled, interpreter }: Choices): Promise<Server | undefined> {
  for (const [name, ...options] of interpreter ? [...PYTHONS, [interpreter] as const] : PYTHONS) {
    const command = await machine.find(name);
    if (command && (await machine.output(command, [...options, ...IS_NEW_ENOUGH]))?.trim() === "True") {
      // Isolated: no package, environment variable or start-up file of the machine gets in its way.
      return { command, args: [...options, "-I", "-S", bundled, SERVE], origin: "this extension" };
    }
  }
  return undefined;
}
