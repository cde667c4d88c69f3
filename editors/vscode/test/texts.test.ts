import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikeReport } from "../src/looks-like-report.js";
import { folderIn, pictureIn, withPicture } from "../src/picture-in.js";
import { description, label, left, type Question, questionAt, shortCount } from "../src/questions.js";
import type { ServerState } from "../src/server-state.js";
import { itemOf, type Standing, type Status } from "../src/status.js";

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

test("a picture takes the place of the image yet to be made", () => {
  const snippet = "\n\n![${1:describe the image}](figures/${2:name}.png)$0\n";
  assert.equal(folderIn(snippet), "figures/");
  const made = "\n\n![${1:describe the image}](figures/my%20plot%20%281%29.png)$0\n";
  assert.equal(withPicture(snippet, "figures/my plot (1).png"), made);
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
  cause: null,
};

const QUESTION: Question = {
  name: "Question 4",
  number: 4,
  topic: "What did you measure?",
  line: 40,
  end: 52,
  state: "failed",
  optional: false,
  judgedAs: null,
  count: "19 / 40-80 words · 0 / 1 image",
  amounts: [
    { kind: "words", found: 19, limit: [40, 80], missed: true },
    { kind: "images", found: 0, limit: [1, 1], missed: true },
  ],
  figures: [],
  missing: ["21 words to go", "1 image to go"],
};

const RUNNING: ServerState = { kind: "running" };

function standing(changes: Partial<Standing> = {}): Standing {
  return { status: STATUS, question: QUESTION, problems: 0, ...changes };
}

test("the status has the question at the cursor, its counts, and the verdict", () => {
  const item = itemOf(RUNNING, standing({ problems: 2 }));
  assert.equal(item?.text, "$(error) Q4  19/40–80  0/1 image · 27/31 · $(warning) 2");
  assert.equal(item?.colour, "warning");
  assert.equal(item?.command, "reportls.showQuestions");
  assert.deepEqual(item?.tooltip.slice(0, 2), [
    "Question 4: failed, 21 words to go, 1 image to go",
    "27 of 31 questions pass the check",
  ]);
});

test("the colour goes where the question passes, and outside of questions", () => {
  const passed = itemOf(RUNNING, standing({ question: { ...QUESTION, state: "passed" } }));
  assert.equal(passed?.colour, undefined);
  assert.match(passed?.text ?? "", /^\$\(pass\) Q4/);
  assert.equal(itemOf(RUNNING, standing({ question: undefined }))?.text, "$(checklist) 27/31");
});

test("a check that crashes leads to its cause", () => {
  const status = { ...STATUS, passed: null, completed: false, error: "30 answers found, 31 expected", cause: 11 };
  const item = itemOf(RUNNING, standing({ status }));
  assert.deepEqual([item?.text, item?.colour, item?.command], ["$(error) Check crashes", "error", "reportls.solve"]);
  assert.ok(item?.tooltip.includes("Click to go to the cause on line 12"));
});

test("a report that fills in a template is counted by its places", () => {
  const status = { ...STATUS, passed: null, total: 6, form: "blank.md", answered: 4, handIn: null };
  const question: Question = { ...QUESTION, name: "Route", number: 2, state: "outside limits" };
  const item = itemOf(RUNNING, standing({ status, question }));
  assert.equal(item?.text, "$(error) Route  19/40–80  0/1 image · 4/6 answered");
  assert.equal(item?.colour, "warning");
  assert.ok(item?.tooltip.includes("4 of 6 answered, by the template blank.md"));
});

test("without a server there is never a clean report", () => {
  const stopped = itemOf({ kind: "stopped" }, standing());
  assert.deepEqual([stopped?.colour, stopped?.command], ["error", "reportls.restart"]);
  const trouble = { short: "no Python", message: "Install it.", isSetting: false };
  const missing = itemOf({ kind: "missing", missing: { why: "no-python", tried: [] }, trouble }, standing());
  assert.match(missing?.text ?? "", /no Python/);
  assert.equal(itemOf({ kind: "off" }, standing()), undefined);
});

test("a question in a list", () => {
  assert.equal(label(QUESTION), "4  19/40–80  0/1 image");
  assert.equal(description(QUESTION), "What did you measure?");
  assert.equal(label({ ...QUESTION, name: "Route", number: 2 }), "Route  19/40–80  0/1 image");
  const unanswered: Question = { ...QUESTION, state: "unanswered" };
  assert.equal(label(unanswered), "4");
  assert.equal(description(unanswered), "40–80 words · 1 image · What did you measure?");
  assert.equal(
    shortCount({ ...QUESTION, amounts: [{ kind: "words", found: 3, limit: [5, null], missed: true }] }),
    "3/5+",
  );
  const free = { ...QUESTION, count: "", amounts: [], figures: ["figures/a.png"], judgedAs: 5 };
  assert.equal(description(free), "judged as question 5 · What did you measure? · 1 figure");
});

test("the question at a line, and how many are left", () => {
  assert.equal(questionAt([QUESTION], 40), QUESTION);
  assert.equal(questionAt([QUESTION], 51), QUESTION);
  assert.equal(questionAt([QUESTION], 52), undefined);
  assert.equal(left([QUESTION, { ...QUESTION, state: "passed" }, { ...QUESTION, state: "unanswered" }]), 2);
  const optional: Question = { ...QUESTION, state: "unanswered", optional: true };
  assert.equal(left([optional, { ...optional, state: "missing" }, { ...optional, state: "outside limits" }]), 1);
  assert.equal(description(optional), "optional · 40–80 words · 1 image · What did you measure?");
});
