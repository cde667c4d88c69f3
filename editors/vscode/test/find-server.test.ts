import assert from "node:assert/strict";
import { test } from "node:test";
import { serverFor } from "../src/bundled-server.js";
import { type Choices, findServer, type Machine, type Missing, type Server, troubleOf } from "../src/find-server.js";

const CHOICES: Choices = { path: "", interpreter: undefined, bundled: "/extension/start.py" };

interface Table {
  /** The programs that there are, by the names that find them. */
  readonly programs?: Record<string, string>;
  /** The Pythons that have the server. */
  readonly withServer?: readonly string[];
  /** The Pythons that are too old. */
  readonly old?: readonly string[];
  /** What programs answer that are asked for their version. */
  readonly said?: Record<string, string>;
}

function machine({ programs = {}, withServer = [], old = [], said = {} }: Table): Machine {
  return {
    home: "/home/ada",
    find: async (name) => programs[name],
    output: async (command, args) => {
      if (args.some((arg) => arg.includes("version_info"))) {
        return old.includes(command) ? "3.9.2\n" : "3.12.1\n";
      }
      if (args.includes("--version")) {
        return said[command] ?? "reportls 0.1.0\n";
      }
      return withServer.includes(command) ? "" : undefined;
    },
  };
}

function started(found: Server | Missing): Server {
  assert.ok("command" in found);
  return found;
}

const EVERYTHING: Table = {
  programs: { "/opt/reportls": "/opt/reportls", reportls: "/usr/bin/reportls", python3: "/usr/bin/python3" },
  withServer: ["/venv/bin/python"],
};

test("the setting comes first", async () => {
  const found = await findServer(machine(EVERYTHING), {
    ...CHOICES,
    path: "/opt/reportls",
    interpreter: "/venv/bin/python",
  });
  assert.deepEqual(found, { command: "/opt/reportls", args: ["serve"], origin: "the setting reportls.server.path" });
});

test("the setting may begin with the home folder", async () => {
  const programs = { "/home/ada/bin/reportls": "/home/ada/bin/reportls" };
  const found = await findServer(machine({ programs }), { ...CHOICES, path: "~/bin/reportls" });
  assert.equal(started(found).command, "/home/ada/bin/reportls");
});

test("a setting that names nothing is told, and nothing else is started", async () => {
  const found = await findServer(machine(EVERYTHING), { ...CHOICES, path: "/opt/gone" });
  assert.deepEqual(found, { why: "no-program", path: "/opt/gone" });
  assert.match(troubleOf(found as Missing).message, /"\/opt\/gone", but there is no such program/);
});

test("a setting that names another program is told, with what that answers", async () => {
  const table = { ...EVERYTHING, said: { "/opt/reportls": "bash, version 5\n" } };
  const found = await findServer(machine(table), { ...CHOICES, path: "/opt/reportls" });
  assert.deepEqual(found, { why: "no-server", path: "/opt/reportls", answer: "bash, version 5" });
  assert.match(troubleOf(found as Missing).message, /is not reportls: it answered "bash, version 5"/);
});

test("the selected interpreter comes next, if it has the server", async () => {
  const found = await findServer(machine(EVERYTHING), { ...CHOICES, interpreter: "/venv/bin/python" });
  assert.deepEqual([started(found).command, ...started(found).args], ["/venv/bin/python", "-m", "reportls", "serve"]);
});

test("then the search path", async () => {
  const found = await findServer(machine(EVERYTHING), { ...CHOICES, interpreter: "/other/bin/python" });
  assert.deepEqual(found, { command: "/usr/bin/reportls", args: ["serve"], origin: "the search path" });
});

test("then the bundled server, isolated, with a Python that is new enough", async () => {
  const programs = { python3: "/usr/bin/python3", python: "/usr/bin/python", "python3.12": "/usr/bin/python3.12" };
  const old = ["/usr/bin/python3", "/usr/bin/python"];
  assert.deepEqual(await findServer(machine({ programs, old }), CHOICES), {
    command: "/usr/bin/python3.12",
    args: ["-I", "-S", "/extension/start.py", "serve"],
    origin: "this extension",
  });
});

test("the launcher of Windows is told which Python", async () => {
  const found = await findServer(machine({ programs: { py: "C:\\Windows\\py.exe" } }), CHOICES);
  assert.deepEqual(started(found).args.slice(0, 3), ["-3", "-I", "-S"]);
});

test("the selected interpreter runs the bundled server if there is no other Python", async () => {
  const programs = { "/conda/bin/python": "/conda/bin/python" };
  const found = await findServer(machine({ programs }), { ...CHOICES, interpreter: "/conda/bin/python" });
  assert.equal(started(found).command, "/conda/bin/python");
});

test("without any Python, what was tried is told", async () => {
  const found = (await findServer(machine({}), CHOICES)) as Missing;
  assert.equal(found.why, "no-python");
  const { message, short } = troubleOf(found);
  assert.match(message, /Python 3\.10 or newer.*tried: python3, python, py -3, python3\.14,.*Install Python/);
  assert.equal(short, "no Python");
});

test("with an old Python only, its version and path are told", async () => {
  const programs = { python3: "/usr/bin/python3" };
  const found = (await findServer(machine({ programs, old: ["/usr/bin/python3"] }), CHOICES)) as Missing;
  assert.match(troubleOf(found).message, /found only Python 3\.9\.2 \(\/usr\/bin\/python3\)/);
});

const EXTENSION = "/extension";

test("without a Python that will do, the extension's own runs the server", async () => {
  const old: Table = { programs: { python3: "/usr/bin/python3" }, old: ["/usr/bin/python3"] };
  for (const table of [{}, old]) {
    const found = await serverFor("auto", machine(table), CHOICES, EXTENSION);
    assert.ok("args" in found);
    assert.deepEqual(found.args, ["/extension/python/server.cjs", "/extension/bundled"]);
    assert.ok("why" in (await serverFor("python", machine(table), CHOICES, EXTENSION)));
  }
});

test("a Python that will do is used, unless the setting says otherwise", async () => {
  const table: Table = { programs: { python3: "/usr/bin/python3" } };
  const found = await serverFor("auto", machine(table), CHOICES, EXTENSION);
  assert.equal("command" in found && found.command, "/usr/bin/python3");
  const own = await serverFor("bundled", machine(table), CHOICES, EXTENSION);
  assert.equal("command" in own && own.command, process.execPath);
});

test("a path that is wrong stays a complaint", async () => {
  const found = await serverFor("bundled", machine({}), { ...CHOICES, path: "/opt/gone" }, EXTENSION);
  assert.equal("why" in found && found.why, "no-program");
});
