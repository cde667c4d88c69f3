import assert from "node:assert/strict";
import { test } from "node:test";
import { canMakePages, inEditor, titleOf } from "../src/page-text.js";

test("a page takes the look of the editor", () => {
  const page = '<!DOCTYPE html>\n<html lang="en"><head><title>é</title></head><body>☁️ <html><head> $1</body></html>\n';
  const [start, rest] = inEditor(page, "dark").split("<title>");
  assert.match(start ?? "", /^<!DOCTYPE html>\n<html data-theme="dark" lang="en"><head><style>[^<]*<\/style>$/);
  assert.equal(rest, page.split("<title>")[1]);
  assert.match(inEditor("<html><head></head></html>", "light"), /^<html data-theme="light"><head>/);
});

test("what is no whole page is left alone", () => {
  for (const text of ["", "<p>words about <html lang></p>", "<htmlish><head>", "<html><header>"]) {
    assert.equal(inEditor(text, "dark"), text);
  }
});

test("a title names the report by a short path", () => {
  assert.equal(titleOf("reports/README.md"), "Hand-in: reports/README.md");
  assert.equal(titleOf("groups/bjørn ☁️/reports/README.md"), "Hand-in: groups/bjørn ☁️/reports/README.md");
  assert.equal(titleOf("/home/ada/exam/reports/README.md"), "Hand-in: reports/README.md");
  assert.equal(titleOf("c:\\Users\\ada\\exam\\reports\\README.md"), "Hand-in: reports/README.md");
  assert.equal(titleOf("/README.md"), "Hand-in: README.md");
});

test("a title tells of a page that could not be made anew", () => {
  assert.equal(titleOf("reports/README.md", false), "Hand-in: reports/README.md (not up to date)");
});

test("a server makes pages if it announces them", () => {
  assert.ok(canMakePages({ reportls: { page: true } }));
  for (const announced of [undefined, null, {}, { reportls: null }, { reportls: {} }, { reportls: { page: "soon" } }]) {
    assert.ok(!canMakePages(announced));
  }
});
