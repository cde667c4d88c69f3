import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikeReport } from "../src/looks-like-report.js";
import { pictureIn } from "../src/picture-in.js";
import { details, openQuestions, type Status, summary } from "../src/status.js";

test("a report has two questions and a marker", () => {
  assert.ok(looksLikeReport("### Question 1\r\n\r\n> Answer:\r\n\r\n### Question 2\r\n"));
  assert.ok(looksLikeReport("## question 1\n## **Question 2** ☁️\nAnswer:\n"));
});

test("other Markdown is no report", () => {
  assert.ok(!looksLikeReport(""));
  assert.ok(!looksLikeReport("# Questions\n\n## Question 1\n\nAnswer: 42\n"));
  assert.ok(!looksLikeReport("Question 1\nQuestion 2\nAnswer:\n"));
  assert.ok(!looksLikeReport("### Question 1\n### Question 2\n"));
});

test("the picture of an inserted image", () => {
  assert.equal(pictureIn("\n\n![${1:a sketch}](figures/sketch.png)$0\n"), "figures/sketch.png");
  assert.equal(pictureIn("![](figures/bj%C3%B8rn%20☁️.png)"), "figures/bjørn ☁️.png");
  assert.equal(pictureIn("![x](figures/a%281\\}.png)"), "figures/a(1}.png");
  assert.equal(pictureIn("![x](figures/100%.png)"), "figures/100%.png");
});

test("an image yet to be made has no picture", () => {
  assert.equal(pictureIn("![${1:describe it}](figures/${2:name}.png)$0"), undefined);
  assert.equal(pictureIn("only words"), undefined);
});

const STATUS: Status = {
  uri: "file:///report.md",
  passed: 27,
  total: 31,
  completed: true,
  error: null,
  unanswered: [{ number: 8, line: 80, missing: ["6 words, 20-60 wanted"] }],
  failing: [{ number: 4, line: 40, missing: ["19 words, 40-80 wanted", "0 images, 1 wanted"] }],
  handIn: "as of origin/main, last fetched at a1b2c3d: another version is handed in",
};

test("a status in few words, and in more", () => {
  assert.equal(summary(STATUS), "$(checklist) 27/31");
  assert.deepEqual(details(STATUS), [
    "27 of 31 questions pass the check",
    "question 4: 19 words, 40-80 wanted; 0 images, 1 wanted",
    "question 8: not answered yet; 6 words, 20-60 wanted",
    "as of origin/main, last fetched at a1b2c3d: another version is handed in",
  ]);
  assert.equal(details({ ...STATUS, handIn: null }).length, 3);
});

test("open questions stand in the order of the report", () => {
  assert.deepEqual(
    openQuestions(STATUS).map((question) => question.number),
    [4, 8],
  );
});

test("a check that crashes says why", () => {
  const crashed = { ...STATUS, passed: null, completed: false, error: "30 answers, 31 expected" };
  assert.match(summary(crashed), /crashes/);
  assert.equal(details(crashed)[0], "30 answers, 31 expected");
});
