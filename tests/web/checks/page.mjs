// The editor in a page: as one file from disk, and as a folder on a web server, first with it and then without it.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { scratch, step, untilSeen, withBrowser } from "../../browser/browser.mjs";

const built = join(process.env.REPORTLS_WEB, "page");
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".gz": "application/gzip" };
const READY = { timeout: 90_000 };
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const BLANK = "# Signals\n\n### Question 1\n\n> **What?**\n>\n> Answer:\n\n### Question 2\n\n> **Why?**\n>\n> Answer:\n";
/** It would be markup if it were put into the page as it is. */
const COURSE_NAME = "Signals 101 </title><script>hit(1)</script> $& {{script}}";
const COURSE = `# Signals 101

**Group:**

## The circuit

> What does it do? Write 5-20 words.

[Write your answer here]

## Noise

> Where does it come from?

[Write your answer here]
`;

/** Serves a folder on this machine. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const name = new URL(request.url, "http://x").pathname.slice(1) || "index.html";
    try {
      const content = readFileSync(join(folder, name));
      response.writeHead(200, { "content-type": KINDS[extname(name)] ?? "text/plain" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, close };
}

/** Goes to the page and waits until the server in it can answer. */
async function open({ page }, address) {
  await page.goto(address);
  await ready(page);
}

async function ready(page) {
  await page.locator("#start").waitFor({ state: "hidden", ...READY });
}

/** Fails if anything was asked of another place than `own`, or went wrong in the page. */
function checkEvents(watched, own) {
  const isFine = (event) =>
    !/^(request|error|hit|popup|websocket|console: error)/.test(event) ||
    (event.startsWith("request: GET ") && /^(blob:|data:|about:)/.test(event.slice(13))) ||
    event.startsWith(`request: GET ${own}`);
  assert.deepEqual(watched.unexpected("").filter((event) => !isFine(event)), []);
}

/** What the editor holds. */
function text(page) {
  return page.evaluate(() => document.querySelector(".cm-content").cmTile.view.state.doc.toString());
}

/** Puts the cursor behind words. */
function putCursor(page, words) {
  return page.evaluate((words) => {
    const { view } = document.querySelector(".cm-content").cmTile;
    const anchor = view.state.doc.toString().indexOf(words) + words.length;
    view.dispatch({ selection: { anchor }, scrollIntoView: true });
    view.focus();
  }, words);
}

const question = (page, number) => page.locator("#rows li").nth(number - 1);
const verdict = (page, words) => page.locator("#verdict", { hasText: words }).waitFor();

async function readsSample(page) {
  await page.click("#sample");
  await verdict(page, "6 of 10 questions pass");
  assert.equal(await page.locator("#rows li").count(), 10);
  await question(page, 4).getByText("21 words to go").waitFor();
}

async function pastePicture(page, said = "figures/the-plot.png") {
  await page.evaluate((picture) => {
    const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "the plot.png", { type: "image/png" }));
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector(".cm-content").dispatchEvent(event);
  }, PICTURE);
  await page.locator("#note", { hasText: said }).waitFor();
}

/** Opens a file in place of what is shown. */
async function openFile(page, name, content) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("#open-file")]);
  await chooser.setFiles({ name, mimeType: "text/markdown", buffer: content });
  await page.locator("#note", { hasText: `${name} is open` }).waitFor();
}

async function checkSingleFile(browser) {
  const address = pathToFileURL(join(scratch, "reportls.html")).href;
  copyFileSync(join(built, "reportls.html"), join(scratch, "reportls.html"));
  const watched = await browser.watched({ viewport: { width: 1300, height: 850 }, acceptDownloads: true });
  const { page } = watched;

  await step("the file opens from disk, and one can type before Python runs", async () => {
    await page.goto(address);
    await page.locator(".cm-content").click();
    await page.keyboard.type("Hello");
    assert.equal(await text(page), "Hello");
    await ready(page);
  });
  await step("the sample is judged", () => readsSample(page));
  await step("a hover says more", async () => {
    await putCursor(page, "Recommended answer length: 40");
    const mark = page.locator(".cm-lintRange-error", { hasText: "40-80 words" });
    await untilSeen(page.locator(".cm-tooltip-hover", { hasText: "19 of 40-80" }), async () => {
      await page.mouse.move(0, 0);
      await mark.hover();
    });
    await page.mouse.move(0, 0);
  });
  await step("a finding goes when its cause goes, and comes back with it", async () => {
    await putCursor(page, "They agreed within half a degree.");
    const words = " and so on".repeat(7);
    await page.keyboard.insertText(words);
    await verdict(page, "7 of 10 questions pass");
    await question(page, 4).getByText("passed").waitFor();
    await page.keyboard.press("ControlOrMeta+z");
    await verdict(page, "6 of 10 questions pass");
  });
  await step("a fix is applied from the keyboard", async () => {
    await putCursor(page, "### Question 8");
    const before = await text(page);
    await page.click("#problems");
    const fix = page.locator(".cm-panel-lint .cm-diagnosticAction").first();
    await fix.click();
    await page.waitForFunction(
      (before) => document.querySelector(".cm-content").cmTile.view.state.doc.toString() !== before,
      before,
    );
    await page.keyboard.press("Escape");
  });
  await step("what can be done in a line is listed in a dialog", async () => {
    await putCursor(page, "### Question 3");
    await page.keyboard.press("Control+.");
    await page.locator("#dialog[open] h2").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#dialog:not([open])").waitFor({ state: "attached" });
  });
  await step("a pasted picture goes into the figures and the answer", async () => {
    await putCursor(page, "to see showers come");
    await pastePicture(page);
    assert.match(await text(page), /!\[[^\]]*\]\(figures\/the-plot\.png\)/);
    await question(page, 10).getByText("passed").waitFor();
  });
  await step("a figure is renamed, with its file, but not to the name of another", async () => {
    await putCursor(page, "](figures/the-plot.png");
    await page.keyboard.press("F2");
    const dialog = page.locator("#dialog[open]");
    await dialog.getByRole("heading", { name: "Rename figures/the-plot.png" }).waitFor();
    await dialog.getByLabel("New name").fill("figures/sketch.png");
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").getByText("figures/sketch.png already exists").waitFor();
    await dialog.getByLabel("New name").fill("showers");
    await page.keyboard.press("Enter");
    await page.locator("#note", { hasText: "figures/the-plot.png has been renamed" }).waitFor();
    assert.match(await text(page), /!\[[^\]]*\]\(figures\/showers\.png\)/);
    await page.click("#problems");
    await page.locator(".cm-panel-lint li", { hasText: "Question 4" }).first().waitFor();
    assert.equal(await page.locator(".cm-panel-lint li", { hasText: "showers.png" }).count(), 0);
    await page.keyboard.press("Escape");
  });
  await step("the path of a figure is completed", async () => {
    await putCursor(page, "so that no minute gets lost or counted twice.");
    await page.keyboard.type(" ![x](");
    const offered = page.locator(".cm-tooltip-autocomplete li", { hasText: "figures/sketch.png" });
    await untilSeen(offered, () => page.keyboard.press("Control+Space"));
    await offered.click();
    await page.waitForFunction(() => {
      const { view } = document.querySelector(".cm-content").cmTile;
      return view.state.doc.toString().includes(" ![x](figures/sketch.png)");
    });
  });
  await step("a question is found by letters of its name", async () => {
    await page.keyboard.press("ControlOrMeta+Shift+o");
    await page.locator("#dialog[open] button", { hasText: "Question 7" }).waitFor();
    await page.keyboard.type("question 7");
    await page.locator("#dialog[open] button", { hasText: "Question 6" }).waitFor({ state: "hidden" });
    assert.deepEqual(await watched.axe(), []);
    await watched.screenshot("web-go-to", { isWhole: false });
    await page.keyboard.press("Enter");
    await page.locator("#rows [aria-current]", { hasText: "Question 7" }).waitFor();
  });
  await step("the hand-in page shows it", async () => {
    await page.click("#show-page");
    await page.frameLocator("#frame").locator("img").last().waitFor({ state: "attached" });
    await page.frameLocator("#frame").getByText("7 of 10 passed").waitFor();
    await watched.screenshot("web-light", { isWhole: false });
  });
  await step("everybody can use it", async () => {
    assert.deepEqual(await watched.axe(), []);
    assert.ok((await watched.sideways()) <= 0);
  });
  await step("a link in the page opens a new tab, and leaves the page as it is", async () => {
    await page.evaluate(() => {
      window.open = (...asked) => {
        globalThis.opened = asked;
      };
    });
    await putCursor(page, "so that no minute gets lost or counted twice.");
    await page.keyboard.insertText(" [Forecasts](https://elsewhere.example/forecasts)");
    const shown = page.frameLocator("#frame");
    await shown.getByRole("link", { name: "Forecasts" }).click();
    assert.deepEqual(await page.evaluate(() => globalThis.opened.slice(0, 2)), ["https://elsewhere.example/forecasts", "_blank"]);
    await shown.getByText("Question 7").first().waitFor();
    await putCursor(page, "[Forecasts](https://elsewhere.example/forecasts)");
    await page.keyboard.press("ControlOrMeta+z");
  });
  await step("a reload loses nothing", async () => {
    const before = await text(page);
    await page.reload();
    await ready(page);
    assert.equal(await text(page), before);
    await page.locator("#note", { hasText: "this browser has kept" }).waitFor();
    await question(page, 10).getByText("passed").waitFor();
  });
  await step("it is saved as a download", async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    assert.equal(readFileSync(await download.path(), "utf-8"), await text(page));
    assert.equal(download.suggestedFilename(), "README.md");
  });
  await step("a page for a course holds the course's blank file", async () => {
    await page.click("#about");
    await page.fill("#course-name", "  ");
    await page.click("#make-course");
    await page.locator("#course-name:invalid").waitFor();
    await page.fill("#course-name", COURSE_NAME);
    await page.setInputFiles("#course-file", { name: "blank.md", mimeType: "text/markdown", buffer: Buffer.from(COURSE) });
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#make-course")]);
    await download.saveAs(join(scratch, "course.html"));
    assert.match(download.suggestedFilename(), /^Signals-101-[\w-]*\.html$/);
  });
  await step("a rule is explained, and ignored", async () => {
    const choose = async (title) => {
      await putCursor(page, "Recommended answer length: 40");
      await page.keyboard.press("Control+.");
      await page.locator("#dialog[open]").getByRole("button", { name: title }).click();
    };
    await choose("Explain answer-too-short");
    await page.locator("#dialog[open] .rule", { hasText: "The answer has fewer words" }).waitFor();
    assert.deepEqual(await watched.axe(), []);
    await watched.screenshot("web-rule", { isWhole: false });
    await page.locator("#dialog[open]").getByRole("button", { name: "Close" }).click();
    const marked = page.locator(".cm-lintRange-error", { hasText: "40-80 words" });
    await marked.waitFor();
    await choose("Ignore answer-too-short");
    await marked.waitFor({ state: "hidden" });
  });
  await step("a file that is dropped is opened", async () => {
    const dataTransfer = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["# Dropped\n"], "dropped.md", { type: "text/markdown" }));
      return transfer;
    });
    await page.locator(".cm-content").dispatchEvent("drop", { dataTransfer });
    await page.locator("#note", { hasText: "dropped.md is open" }).waitFor();
    assert.equal(await text(page), "# Dropped\n");
  });
  await step("a folder that is dropped is opened", () => openDropped(page, "handles"));
  await step("a file of an old editor is read, and becomes UTF-8 when it is saved", async () => {
    const words = "# Vejr\n\nFørst målte vi\n";
    const opened = async (content) => {
      await openFile(page, "vejr.md", content);
      assert.equal(await text(page), words);
      return page.textContent("#note-words");
    };
    assert.match(await opened(Buffer.from(words, "latin1")), /It is in Windows-1252/);
    assert.match(await opened(Buffer.from(`\ufeff${words}`, "utf16le")), /It is in UTF-16/);
    assert.doesNotMatch(await opened(Buffer.from(`\ufeff${words}`)), /It is in/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    assert.equal(readFileSync(await download.path(), "utf-8"), words);
    await openFile(page, "vejr.md", Buffer.from(words.replaceAll("\n", "\r\n")));
    const [other] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    assert.equal(readFileSync(await other.path(), "utf-8"), words.replaceAll("\n", "\r\n"));
  });
  await step("a checker that breaks down is not passed over in silence", async () => {
    const [worker] = page.workers();
    await worker.evaluate(() => void setTimeout(() => { throw new Error("out of memory"); }));
    await page.locator("#note", { hasText: "crashed: reload the page" }).waitFor();
    watched.events = watched.events.filter((event) => !event.includes("out of memory"));
  });
  await step("what is kept can be forgotten, and what is shown comes back on request", async () => {
    await putCursor(page, "# Vejr");
    await page.keyboard.insertText(" i dag");
    const before = await text(page);
    await page.click("#about");
    await page.click("#forget");
    await page.locator("#note", { hasText: "Deleted." }).waitFor();
    assert.equal(await text(page), "");
    await page.click("#note-act");
    assert.equal(await text(page), before);
    await page.click("#about");
    await page.click("#forget");
    await page.locator("#note", { hasText: "Deleted." }).waitFor();
    await page.reload();
    await ready(page);
    assert.equal(await text(page), "");
  });
  checkEvents(watched, address);
  await watched.close();

  await step("the page for a course opens with its blank file, dark and on a phone", async () => {
    const phone = await browser.watched({ viewport: { width: 390, height: 780 }, colorScheme: "dark" });
    const course = pathToFileURL(join(scratch, "course.html")).href;
    await open(phone, course);
    assert.equal(await text(phone.page), COURSE);
    assert.equal(await phone.page.textContent("h1"), `${COURSE_NAME}: report`);
    await verdict(phone.page, "0 of 3 answered");
    await phone.page.click("#questions summary");
    await question(phone.page, 3).getByText("Noise").waitFor();
    assert.equal(await phone.page.locator("#rows li").count(), 3);
    assert.ok((await phone.sideways()) <= 0);
    assert.deepEqual(await phone.axe(), []);
    await phone.screenshot("web-phone-dark", { isWhole: false });
    await putCursor(phone.page, "**Group:**");
    await phone.page.keyboard.insertText(" 7");
    await verdict(phone.page, "1 of 3 answered");
    await phone.page.reload();
    await ready(phone.page);
    await verdict(phone.page, "1 of 3 answered");
    await phone.page.click("#sample");
    await verdict(phone.page, "6 of 10 questions pass");
    checkEvents(phone, course);
    await phone.close();
  });
}

/** Has a folder opened that is dropped, and the user not let the page write there. */
async function openDropped(page, name) {
  const words = `# Dropped with its ${name}\n`;
  const folder = join(scratch, name);
  mkdirSync(join(folder, "reports"), { recursive: true });
  writeFileSync(join(folder, "reports", "README.md"), words);
  // A dialog of the browser is nothing that a test can answer.
  await page.evaluate(() => void (FileSystemHandle.prototype.requestPermission = async () => "denied"));
  await untilSeen(page.locator(".cm-content", { hasText: `with its ${name}` }), () => dropFolder(page, folder));
  assert.equal(await text(page), words);
}

/** Drops a folder of this machine on the editor, as a file manager does. */
async function dropFolder(page, folder) {
  const browser = await page.context().newCDPSession(page);
  const { x, y } = await page.locator(".cm-content").boundingBox();
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await browser.send("Input.dispatchDragEvent", { type, x: x + 20, y: y + 20, data });
  }
  await browser.detach();
}

/** Puts a folder into the browser's own file system. */
function prepareFolder({ page }) {
  return page.evaluate(
    async ([blank, picture]) => {
      const root = await navigator.storage.getDirectory();
      const put = async (folder, name, content) => {
        const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
        await stream.write(content);
        await stream.close();
      };
      const group = await root.getDirectoryHandle("group", { create: true });
      const reports = await group.getDirectoryHandle("reports", { create: true });
      const figures = await reports.getDirectoryHandle("figures", { create: true });
      const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
      await put(figures, "bee.png", bytes);
      await put(reports, "README.md", `${blank}\n![A bee](figures/bee.png)\n\n![No bee](figures/none.png)\n`);
    },
    [BLANK, PICTURE],
  );
}

/** Has the page get that folder in place of the user's: a dialog of the browser is nothing that a test can answer. */
async function openFolder({ page }) {
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    window.showDirectoryPicker = () => root.getDirectoryHandle("group");
  });
  await page.click("#open-folder");
}

/** The names of the figures on disk, and the report there. */
function onDisk({ page }) {
  return page.evaluate(async () => {
    const group = await (await navigator.storage.getDirectory()).getDirectoryHandle("group");
    const reports = await group.getDirectoryHandle("reports");
    const names = [];
    for await (const name of (await reports.getDirectoryHandle("figures")).keys()) names.push(name);
    const report = await (await reports.getFileHandle("README.md")).getFile();
    return { figures: names.sort(), report: await report.text() };
  });
}

/** Writes a file beside the report on disk behind the page's back. */
function changeOnDisk({ page }, content, folders = [], name = "README.md") {
  return page.evaluate(
    async ([content, folders, name]) => {
      let folder = await navigator.storage.getDirectory();
      for (const part of ["group", "reports", ...folders]) folder = await folder.getDirectoryHandle(part);
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write(content);
      await stream.close();
    },
    [content, folders, name],
  );
}

/** Comes back to the page from another program. */
function comeBack({ page }) {
  return page.evaluate(() => void dispatchEvent(new Event("focus")));
}

async function checkOtherPrograms(watched) {
  const { page } = watched;
  const note = (words) => page.locator("#note", { hasText: words }).waitFor();

  await step("a figure that another program draws is seen, and none of another program is replaced", async () => {
    await page.click("#problems");
    const missing = page.locator(".cm-panel-lint li", { hasText: "none.png" });
    await missing.waitFor();
    await changeOnDisk(watched, "drawn by another program", ["figures"], "none.png");
    await comeBack(watched);
    await missing.waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await changeOnDisk(watched, "drawn by another program", ["figures"], "the-plot.png");
    await putCursor(page, "![A bee](figures/bee.png)");
    await pastePicture(page, "figures/the-plot-2.png");
    await page.click("#save");
    await note("Saved into reports/README.md");
    assert.deepEqual((await onDisk(watched)).figures, ["bee.png", "hive.png", "none.png", "the-plot-2.png", "the-plot.png"]);
  });
  await step("a report that another program has changed is shown anew, if nothing was typed", async () => {
    const before = await text(page);
    const theirs = before.replace("Answer:\n", "Answer:\n\nThey said so. ");
    await changeOnDisk(watched, theirs);
    await comeBack(watched);
    await note("has changed on disk: this is the new version");
    assert.equal(await text(page), theirs);
    await page.locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+z");
    assert.equal(await text(page), before);
    await changeOnDisk(watched, before);
    await comeBack(watched);
    await page.click("#save");
    await note("Saved into reports/README.md");
  });
  await step("a folder that cannot be written any longer is said, and the report is downloaded", async () => {
    await page.evaluate(() => {
      const { prototype } = FileSystemFileHandle;
      const { createWritable } = prototype;
      prototype.createWritable = () => Promise.reject(new DOMException("Not allowed.", "NotAllowedError"));
      globalThis.allowAgain = () => Object.assign(prototype, { createWritable });
    });
    const before = await text(page);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    assert.equal(readFileSync(await download.path(), "utf-8"), before);
    await note("Your folder cannot be written");
    await pastePicture(page, "That did not work");
    assert.equal(await text(page), before);
    await page.evaluate(() => globalThis.allowAgain());
  });
  await step("figures that are too many for the browser do not take the text with them", async () => {
    await page.evaluate(() => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (value, key) {
        if (this.name === "files") throw new DOMException("Too much.", "QuotaExceededError");
        return put.call(this, value, key);
      };
    });
    await putCursor(page, "![A bee](figures/bee.png)");
    await pastePicture(page, "no room for the figures");
    await page.waitForFunction(
      () => document.querySelector(".cm-content").cmTile.view.state.sliceDoc().split("](figures/the-plot").length === 3,
    );
    const before = await text(page);
    await page.reload();
    await ready(page);
    assert.equal(await text(page), before);
  });
}

/** Two windows that have the same report open. */
async function checkTwoWindows(watched, address) {
  await step("two windows with one report do not lose what is written in the other", async () => {
    const windows = [watched.page, await watched.context.newPage()];
    await windows[1].goto(address);
    await ready(windows[1]);
    const texts = [];
    for (const [index, page] of windows.entries()) {
      await putCursor(page, "Answer:\n\n");
      await page.keyboard.insertText(`Of window ${index}. `);
      texts.push(await text(page));
      await page.evaluate(() => void dispatchEvent(new Event("pagehide")));
    }
    await windows[1].close();
    const [page] = windows;
    await page.reload();
    await ready(page);
    const first = await text(page);
    assert.ok(texts.includes(first), first);
    await page.click("#about");
    await page.locator("#kept button").first().click();
    await page.waitForFunction((first) => document.querySelector(".cm-content").cmTile.view.state.sliceDoc() !== first, first);
    assert.deepEqual([first, await text(page)].sort(), texts.sort());
    watched.events = watched.events.filter((event) => !event.startsWith("popup"));
  });
}

async function checkDrafts(watched) {
  const { page } = watched;
  const note = (words) => page.locator("#note", { hasText: words }).waitFor();
  const type = async (words) => {
    await putCursor(page, "Answer:\n\n");
    await page.keyboard.insertText(words);
    // What is typed is kept a moment later; leaving the page keeps it at once.
    await page.reload();
    await ready(page);
    assert.ok((await text(page)).includes(words), words);
  };

  await step("what was not saved is there after a reload, and its folder is opened again by one click", async () => {
    const before = await onDisk(watched);
    await type("Because of the wind. ");
    await note("To save into the folder “group” again, open it");
    await page.click("#note-act");
    await note("has not been saved");
    assert.doesNotMatch(await page.textContent("#note"), /changed on disk/);
    assert.deepEqual(await onDisk(watched), before);
    await page.click("#save");
    await note("Saved into reports/README.md");
    assert.equal((await onDisk(watched)).report, await text(page));
  });
  await step("a file that has changed on disk since is said, shown, and not overwritten unasked", async () => {
    await type("And of the rain. ");
    const mine = await text(page);
    await changeOnDisk(watched, `${BLANK}\nOf another member.\n`);
    await openFolder(watched);
    await note("reports/README.md has changed on disk since");
    assert.equal(await text(page), mine);
    await page.click("#save");
    await note("save again to replace it");
    await page.click("#note-act");
    await page.waitForFunction(() => document.querySelector(".cm-content").innerText.includes("Of another member."));
    await page.click("#note-act");
    assert.equal(await text(page), mine);
    assert.match((await onDisk(watched)).report, /Of another member/);
    await page.click("#save");
    await note("Saved into reports/README.md");
    assert.equal((await onDisk(watched)).report, mine);
  });
  await step("a text that was left for another one can be opened again", async () => {
    await putCursor(page, "Answer:\n\n");
    await page.keyboard.insertText("Nobody knows. ");
    const mine = await text(page);
    await readsSample(page);
    await page.click("#about");
    await page.locator("#kept button", { hasText: "Open group/reports/README.md" }).click();
    await page.waitForFunction((mine) => document.querySelector(".cm-content").cmTile.view.state.sliceDoc() === mine, mine);
  });
}

async function checkFolder(browser) {
  mkdirSync(join(scratch, "site"), { recursive: true });
  const site = await serve(built);
  const watched = await browser.watched({ viewport: { width: 1300, height: 850 }, colorScheme: "dark" });
  const { page } = watched;

  await step("the folder works on a web server", async () => {
    await open(watched, site.address);
    await readsSample(page);
    await page.click("#show-page");
    await page.frameLocator("#frame").getByText("6 of 10 passed").waitFor();
    await watched.screenshot("web-dark", { isWhole: false });
    assert.deepEqual(await watched.axe(), []);
  });
  await step("a folder that is dropped is opened in browsers that give no handles", async () => {
    const other = await browser.watched();
    await open(other, site.address);
    await other.page.evaluate(() => void delete DataTransferItem.prototype.getAsFileSystemHandle);
    await openDropped(other.page, "entries");
    checkEvents(other, site.address);
    await other.close();
  });
  await step("a folder with figures is opened, and written to", async () => {
    await prepareFolder(watched);
    await openFolder(watched);
    await page.locator("#note", { hasText: "writes into your folder" }).waitFor();
    await page.click("#problems");
    const missing = page.locator(".cm-panel-lint li", { hasText: "none.png" });
    await missing.waitFor();
    assert.equal(await page.locator(".cm-panel-lint li", { hasText: "bee.png" }).count(), 0);
    await page.keyboard.press("Escape");
    await putCursor(page, "![A bee](figures/bee.png)");
    await pastePicture(page);
    await putCursor(page, "](figures/the-plot.png");
    await page.keyboard.press("F2");
    await page.locator("#dialog[open]").getByLabel("New name").fill("hive");
    await page.keyboard.press("Enter");
    await page.locator("#note", { hasText: "has been renamed" }).waitFor();
    await page.click("#save");
    await page.locator("#note", { hasText: "Saved into reports/README.md" }).waitFor();
    const { figures, report } = await onDisk(watched);
    assert.deepEqual(figures, ["bee.png", "hive.png"]);
    assert.ok(report.includes("figures/hive.png") && !report.includes("the-plot"), report);
  });
  await checkOtherPrograms(watched);
  await openFolder(watched);
  await page.locator("#note", { hasText: "has not been saved" }).waitFor();
  await checkDrafts(watched);
  await checkTwoWindows(watched, site.address);
  await step("without its server it opens again", async () => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => {
      const [name] = await caches.keys();
      return name && (await (await caches.open(name)).keys()).length >= 6;
    });
    await site.close();
    await page.reload();
    await ready(page);
    await readsSample(page);
  });
  checkEvents(watched, site.address);
  await watched.close();
}

await withBrowser(async (browser) => {
  await checkSingleFile(browser);
  await checkFolder(browser);
});
