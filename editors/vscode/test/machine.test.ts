import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join, relative } from "node:path";
import { test } from "node:test";
import { thisMachine } from "../src/machine.js";

const machine = thisMachine(tmpdir());

test("a program is found by its name, and does what it does", async () => {
  const node = await machine.find(basename(process.execPath));
  assert.ok(node);
  assert.equal(await machine.output(node, ["-p", "6 * 7"]), "42\n");
});

test("a program that fails, or is not there, has no output", async () => {
  assert.equal(await machine.output(process.execPath, ["-e", "process.exit(1)"]), undefined);
  assert.equal(await machine.output(join(tmpdir(), "no such program"), []), undefined);
});

test("programs run outside the workspace", async () => {
  const folder = await machine.output(process.execPath, ["-p", "process.cwd()"]);
  assert.notEqual(folder?.trim(), process.cwd());
});

test("relative folders of the search path are passed over", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reportls-"));
  const name = process.platform === "win32" ? "lurking.exe" : "lurking";
  writeFileSync(join(folder, name), "");
  chmodSync(join(folder, name), 0o755);
  const before = process.env.PATH;
  try {
    process.env.PATH = [relative(process.cwd(), folder), before].join(delimiter);
    assert.equal(await machine.find("lurking"), undefined);
    process.env.PATH = [folder, before].join(delimiter);
    assert.equal(await machine.find("lurking"), join(folder, name));
  } finally {
    process.env.PATH = before;
  }
});
