import assert from "node:assert/strict";
import { test } from "node:test";
import { type Choices, findServer, type Machine } from "../src/find-server.js";

const CHOICES: Choices = { path: "", interpreter: undefined, bundled: "/extension/start.py" };

interface Table {
  /** The programs that there are, by the names that find them. */
  readonly programs?: Record<string, string>;
  /** The Pythons that have the server. */
  readonly withServer?: readonly string[];
  /** The Pythons that are too old. */
  readonly old?: readonly string[];
}

function machine({ programs = {}, withServer = [], old = [] }: Table): Machine {
  return {
    home: "/home/ada",
    find: async (name) => programs[name],
    output: async (command, args) => {
      if (args.some((arg) => arg.includes("version_info"))) {
        return old.includes(command) ? "False\n" : "True\n";
      }
      return withServer.includes(command) ? "" : undefined;
    },
  };
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
  assert.equal(typeof found === "object" && found.command, "/home/ada/bin/reportls");
});

test("a setting that names nothing is told, and nothing else is started", async () => {
  assert.equal(await findServer(machine(EVERYTHING), { ...CHOICES, path: "/opt/gone" }), "path");
});

test("the selected interpreter comes next, if it has the server", async () => {
  const found = await findServer(machine(EVERYTHING), { ...CHOICES, interpreter: "/venv/bin/python" });
  assert.deepEqual(typeof found === "object" && [found.command, ...found.args], [
    "/venv/bin/python",
    "-m",
    "reportls",
    "serve",
  ]);
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
  assert.deepEqual(typeof found === "object" && found.args.slice(0, 3), ["-3", "-I", "-S"]);
});

test("the selected interpreter runs the bundled server if there is no other Python", async () => {
  const programs = { "/conda/bin/python": "/conda/bin/python" };
  const found = await findServer(machine({ programs }), { ...CHOICES, interpreter: "/conda/bin/python" });
  assert.equal(typeof found === "object" && found.command, "/conda/bin/python");
});

test("without any Python there is nothing", async () => {
  assert.equal(await findServer(machine({}), CHOICES), "python");
});
