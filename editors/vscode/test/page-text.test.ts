import assert from "node:assert/strict";
import { test } from "node:test";
import { canMakePages, inFrame, titleOf } from "../src/page-text.js";

test("the course's page is left as it is", () => {
  const html = "<h1>Æ</h1>\n<p><img src='figures/a.png'> $1 $& </p>";
  assert.equal(inFrame(html, "handed-in", "dark"), html);
});

test("our page gets the look of the editor", () => {
  const html = inFrame('<!DOCTYPE html>\n<html lang="en"><head><title>é</title>', "to-read", "dark");
  assert.equal(html, '<!DOCTYPE html>\n<html data-theme="dark" lang="en"><head><title>é</title>');
});

test("the title says which page it is, and of which report", () => {
  assert.equal(titleOf("reports/README.md", "handed-in"), "As handed in: reports/README.md");
  assert.equal(titleOf("/home/ada/exam/reports/README.md", "to-read"), "To read: reports/README.md");
  assert.equal(titleOf("C:\\exam\\reports\\README.md", "to-read"), "To read: reports/README.md");
  assert.equal(titleOf("README.md", "to-read", false), "To read: README.md (not up to date)");
});

test("a server says that it makes pages", () => {
  assert.ok(canMakePages({ reportls: { page: true } }));
  for (const experimental of [undefined, null, {}, { reportls: null }, { reportls: { page: 1 } }]) {
    assert.ok(!canMakePages(experimental));
  }
});
