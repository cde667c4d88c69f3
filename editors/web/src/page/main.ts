import { openLintPanel } from "@codemirror/lint";
import { hoverTooltips, LSPClient, serverCompletion } from "@codemirror/lsp-client";
import { EditorView, keymap } from "@codemirror/view";
import licences from "licences";
import sample from "sample";
import type { WorkspaceEdit } from "vscode-languageserver-types";
import workerSource from "worker-source";
import { Connection } from "../connection.js";
import { FOLDER } from "../messages.js";
import { isMarkdown } from "../wanted.js";
import { coursePage, download, originalPage, ownCourse } from "./course-page.js";
import { Desk, nameOf, newId, SAMPLE } from "./desk.js";
import { diagnostics } from "./diagnostics.js";
import {
  type Draft,
  dropOthers,
  forgetDrafts,
  isSame,
  isUnsaved,
  type Kept,
  keep,
  keptDrafts,
  keptFiles,
  WINDOW,
} from "./drafts.js";
import { stateFor } from "./editor.js";
import { actionsAt, apply, replaceText, type Workbench } from "./edits.js";
import { listFixes } from "./fixes.js";
import { HandInPage } from "./hand-in-page.js";
import { button, byId, element } from "./html.js";
import { bytesOf, chooseFile, chooseFolder, dropped, type Opened, openedFolder, USUAL_PATH } from "./opening.js";
import { listPlaces } from "./outline.js";
import { serverParts } from "./parts.js";
import { insertPicture, picturesIn } from "./pictures.js";
import type { Row, Status } from "./protocol.js";
import { markCurrent, showQuestions } from "./questions.js";
import { renameFigure } from "./rename.js";
import { RULE_PAGE, showRule } from "./rules.js";
import { safe } from "./safe-html.js";
import { decoded, unified } from "./text.js";

/** Milliseconds from the last edit until the browser is given the text to keep. */
const KEEP_AFTER = 300;
/** Milliseconds that the server may take for an answer; Python starts meanwhile. */
const PATIENCE = 120_000;
/** What this client can do, besides what CodeMirror's own says. */
const CAPABILITIES = {
  textDocument: {
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename"] } },
  experimental: { reportls: { rulePage: RULE_PAGE } },
};

const original = originalPage();
const course = ownCourse();
const rows = byId("rows");
const dialog = byId<HTMLDialogElement>("dialog");
const more = byId<HTMLDialogElement>("more");

const connection = new Connection(workerSource, serverParts(), showProgress);
const desk = new Desk(connection, (method, params) => client.notification(method, params), course?.text);
const client: LSPClient = new LSPClient({
  rootUri: `file://${FOLDER}`,
  timeout: PATIENCE,
  sanitizeHTML: (html) => safe(html, desk.files),
  notificationHandlers: {
    "reportls/status": (_, status: Status) => {
      showVerdict(status);
      return true;
    },
    "window/showMessage": (_, { message }: { message: string }) => {
      say(message);
      return true;
    },
  },
  extensions: [
    { clientCapabilities: CAPABILITIES },
    diagnostics((found, title) => void fix(found.range, title), judged),
    serverCompletion({ override: true }),
    hoverTooltips(),
  ],
});
const view = new EditorView({ parent: byId("editor") });
const page = new HandInPage(byId<HTMLIFrameElement>("frame"), async () => {
  client.sync();
  const made = await client.request<unknown, { html: string } | null>("reportls/page", { uri: desk.uri });
  return made?.html;
});
const bench: Workbench = { view, client, desk, dialog, say };
/** What the report's file holds, as far as we know. */
let saved = "";
let keeping: ReturnType<typeof setTimeout> | undefined;
let kept: Kept = "all";
let isAsking = false;
let isStale = false;

/** Shows a text as the report at the desk; `fileHolds` is what its file holds. */
function show(text: string, fileHolds = text): void {
  const own = [
    client.plugin(desk.uri, "markdown"),
    keymap.of([
      { key: "Mod-.", run: does(listFixes) },
      { key: "Mod-Shift-o", run: does(listPlaces) },
      { key: "F2", run: does(renameFigure) },
      { key: "Mod-s", run: does(save) },
    ]),
    EditorView.updateListener.of(({ docChanged, selectionSet }) => {
      if (docChanged) {
        changed();
      }
      if (docChanged || selectionSet) {
        markCurrent(rows, view);
      }
    }),
    EditorView.domEventHandlers({ paste: (event) => takePictures(event, event.clipboardData) }),
  ];
  view.setState(stateFor(text, own));
  saved = unified(fileHolds);
}

/** A command of the editor. */
function does(act: (bench: Workbench) => unknown): () => boolean {
  return () => {
    run(() => act(bench));
    return true;
  };
}

/** Does something that the user has asked for, and says so if it cannot be done. */
async function run(act: () => unknown): Promise<void> {
  try {
    await act();
  } catch (error) {
    say(`That did not work: ${messageOf(error)}`);
  }
}

/** Takes a folder, or a file in place of one. What was written there and never saved comes back. */
async function open({ files, name, folder }: Opened, idOfFile = newId()): Promise<void> {
  const path = await reportIn(files);
  if (!path) {
    say("There is no Markdown file in this folder.");
    return;
  }
  const id = name === undefined ? idOfFile : `${name}/${path}`;
  const { text: onDisk, otherEncoding } = decoded(files.get(path) ?? new Uint8Array());
  const draft = name === undefined ? undefined : (await keptDrafts()).find((draft) => draft.id === id);
  desk.replace({ files, path, id, folder, restored: draft });
  if (draft && isUnsaved(draft) && draft.text !== onDisk) {
    show(draft.text, draft.saved);
    const words = `This is your text of ${timeOf(draft)}, which has not been saved.`;
    offerFile(draft.saved === onDisk ? words : `${words} ${path} has changed on disk since.`, onDisk);
  } else {
    show(onDisk);
    const encoding = otherEncoding
      ? ` It is in ${otherEncoding}, which the checker cannot read; saved, it is UTF-8.`
      : "";
    const where = folder ? "writes into your folder" : "downloads it";
    say(`${path} is open: “Save” ${where}.${encoding}`);
  }
  changed();
}

/** Offers to show what the file on disk holds, and then the text before again. */
function offerFile(words: string, onDisk: string): void {
  say(words, "Show the file", () => {
    const [text, before] = [view.state.sliceDoc(), saved];
    show(onDisk);
    changed();
    say(`This is ${desk.place.path} as it is on disk.`, "Back to my text", () => {
      show(text, before);
      changed();
    });
  });
}

/** The path of the report: the usual one, or the first that the server takes for one, or any Markdown file. */
async function reportIn(files: Map<string, Uint8Array>): Promise<string | undefined> {
  const texts = [...files.keys()].filter(isMarkdown).sort();
  if (texts.includes(USUAL_PATH) || texts.length < 2) {
    return texts.includes(USUAL_PATH) ? USUAL_PATH : texts[0];
  }
  say("Looking for the report …");
  connection.sendFiles(files, true);
  const found = await client.request<unknown, { reports: { uri: string }[] }>("workspace/executeCommand", {
    command: "reportls.checkAll",
    arguments: [],
  });
  const [first] = found.reports;
  return (first && Desk.pathOf(first.uri)) ?? texts[0];
}

function changed(): void {
  clearTimeout(keeping);
  keeping = setTimeout(() => void keepNow(), KEEP_AFTER);
}

async function keepNow(): Promise<void> {
  clearTimeout(keeping);
  keeping = undefined;
  const { id, path, folder, files, restored } = desk.place;
  const text = view.state.sliceDoc();
  const draft = { id, window: WINDOW, path, text, saved, time: Date.now(), ...(folder && { folder }) };
  const { hasChanged } = desk;
  desk.hasChanged = false;
  const done = await keep(draft, hasChanged ? files : undefined);
  if (done === "all") {
    desk.hasChanged ||= !(await dropOthers(draft, restored));
  } else if (done !== kept) {
    const words = {
      nothing: "This browser cannot keep your text: save before you close the page.",
      text: "This browser has no room for the figures: it keeps only your text.",
    };
    say(words[done]);
  }
  kept = done;
}

async function save(): Promise<void> {
  const text = view.state.sliceDoc();
  const { path, folder } = desk.place;
  const content = new TextEncoder().encode(text);
  try {
    // The browser may have taken the permission back in the meantime.
    await folder?.requestPermission?.({ mode: "readwrite" });
    const found = await desk.onDisk();
    const onDisk = found && decoded(found).text;
    if (onDisk !== undefined && onDisk !== saved && onDisk !== text) {
      saved = onDisk;
      offerFile(`${path} has changed on disk since you opened it: save again to replace it.`, onDisk);
      return;
    }
    await desk.write(path, content);
  } catch (error) {
    downloadReport(path, content);
    say(`Your folder cannot be written, so the report was downloaded: ${messageOf(error)}`);
    return;
  }
  if (!folder) {
    downloadReport(path, content);
  }
  saved = text;
  changed();
  say(folder ? `Saved into ${path}.` : "Saved as a download.");
}

function downloadReport(path: string, content: Uint8Array<ArrayBuffer>): void {
  download(nameOf(path), new Blob([content], { type: "text/markdown" }));
}

/** Takes in what other programs have done to the folder: a figure that was drawn anew, or the report itself. */
async function refresh(): Promise<void> {
  const content = await desk.refresh();
  const onDisk = content && decoded(content).text;
  const text = view.state.sliceDoc();
  if (onDisk === undefined || onDisk === saved || onDisk === text) {
    return;
  }
  if (text === saved) {
    saved = onDisk;
    replaceText(view, onDisk);
    say(`${desk.place.path} has changed on disk: this is the new version. Undo brings the old one back.`);
  } else {
    offerFile(`${desk.place.path} has changed on disk since you opened it.`, onDisk);
  }
}

function judged(): void {
  isStale = true;
  void page.changed();
  if (!isAsking) {
    void askForQuestions();
  }
}

async function askForQuestions(): Promise<void> {
  isAsking = true;
  while (isStale) {
    isStale = false;
    const asked = view.state.doc;
    const found = await client.request<unknown, { questions: Row[] } | null>("reportls/questions", { uri: desk.uri });
    if (view.state.doc.eq(asked)) {
      showQuestions(rows, view, found?.questions ?? []);
    }
  }
  isAsking = false;
}

async function fix(range: Parameters<typeof actionsAt>[1], title: string): Promise<void> {
  const { doc } = view.state;
  const found = (await actionsAt(bench, range, { only: ["quickfix"] })).find((action) => action.title === title);
  if (!found || !(await apply(bench, doc, found.edit as WorkspaceEdit))) {
    say("The text has changed in the meantime: try again.");
  }
}

function takePictures(event: Event, transfer: DataTransfer | null): boolean {
  const pictures = picturesIn(transfer);
  if (!pictures.length) {
    return false;
  }
  event.preventDefault();
  void run(async () => {
    for (const picture of pictures) {
      say(await insertPicture(bench, picture));
    }
    changed();
  });
  return true;
}

function showVerdict({ uri, total, passed, completed, error, form, answered }: Status): void {
  if (uri === desk.uri) {
    const judged = form ? `${answered} of ${total} answered` : `${passed} of ${total} questions pass`;
    const verdict = completed ? judged : (error ?? "");
    byId("verdict").textContent = total === null ? "" : verdict;
  }
}

function showProgress(fraction: number, words: string): void {
  byId<HTMLProgressElement>("progress").value = fraction;
  byId("progress-words").textContent = words;
  byId("start").hidden = fraction === 1;
}

/** Tells the user something, with something to do about it if there is. */
function say(words: string, label?: string, act?: () => void): void {
  byId("note-words").textContent = words;
  const button = byId<HTMLButtonElement>("note-act");
  button.hidden = !label;
  button.textContent = label ?? "";
  button.onclick = () => {
    say("");
    act?.();
  };
}

/** The error itself, which Python says below its traceback. */
function lastLine(message: string): string {
  return message.trim().split("\n").at(-1) ?? message;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function timeOf({ time }: Draft): string {
  return new Date(time).toLocaleString();
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

function openSample(): Promise<void> {
  const files = Object.entries(sample).map(([path, content]) => [`reports/${path}`, bytes(content)] as const);
  return open({ files: new Map(files) }, SAMPLE);
}

async function makeCourse(): Promise<void> {
  const field = byId<HTMLInputElement>("course-name");
  const name = field.value.trim();
  field.value = name;
  if (!field.reportValidity()) {
    return;
  }
  const [file] = byId<HTMLInputElement>("course-file").files ?? [];
  const text = file ? decoded(await bytesOf(file)).text : view.state.sliceDoc();
  more.close();
  if (!text.trim()) {
    say("The blank file is empty: choose your course's blank file, or open it first.");
    return;
  }
  download(`${name.replace(/[^\p{L}\p{N}_-]+/gu, "-")}.html`, await coursePage(original, { name, text }));
}

function onClick(id: string, act: () => unknown): void {
  byId(id).onclick = () => void run(act);
}

/** Runs something that opens another report, and offers to go back. */
async function replacing(opening: Promise<Opened | undefined>): Promise<void> {
  try {
    const opened = await opening;
    if (opened) {
      await leaving(() => open(opened));
    }
  } catch (error) {
    say(`It cannot be opened: ${messageOf(error)}`);
  }
}

async function leaving(act: () => Promise<void>): Promise<void> {
  const { place } = desk;
  const back = wayBack();
  await keepNow();
  await act();
  if (back && place.id !== desk.place.id) {
    say(`${desk.place.path} is open.`, "Back to the text before", back);
  }
}

/** What brings the text back that is shown now, if it is not saved. */
function wayBack(): (() => void) | undefined {
  const { place } = desk;
  const [text, before] = [view.state.sliceDoc(), saved];
  const back = () => {
    desk.replace(place);
    show(text, before);
    changed();
  };
  return text === before ? undefined : back;
}

async function begin(): Promise<void> {
  const [draft] = await keptDrafts();
  if (draft) {
    await restore(draft);
  } else {
    startAnew();
  }
  view.focus();
}

/** Shows the course's blank file, or nothing. */
function startAnew(): void {
  desk.replace({ files: new Map(), path: USUAL_PATH, id: newId() });
  show(course?.text ?? "");
}

/** Shows what this browser has kept. */
async function restore(draft: Draft): Promise<void> {
  const { id, path, text, saved, folder } = draft;
  desk.replace({ files: await keptFiles(draft), path, id, restored: draft });
  show(text, saved);
  const words = `This is your text of ${timeOf(draft)}, which this browser has kept.`;
  if (folder) {
    const act = () => void replacing(again(folder));
    say(`${words} To save into the folder “${folder.name}” again, open it.`, `Open “${folder.name}”`, act);
  } else {
    say(words, "Other unsaved texts", showMore);
  }
}

/** A folder that was open before, if the user agrees. */
async function again(folder: FileSystemDirectoryHandle): Promise<Opened | undefined> {
  const answer = await folder.requestPermission?.({ mode: "readwrite" });
  return answer === "denied" ? undefined : openedFolder(folder);
}

/** Shows the dialog about this page, with the texts that were never saved. */
async function showMore(): Promise<void> {
  const { id, restored } = desk.place;
  const own = { id, window: WINDOW };
  const isShown = (draft: Draft) => isSame(draft, own) || (restored !== undefined && isSame(draft, restored));
  const others = (await keptDrafts()).filter((draft) => isUnsaved(draft) && !isShown(draft));
  const item = (draft: Draft) => {
    const name = draft.id.endsWith(draft.path) ? draft.id : nameOf(draft.path);
    const open = () => {
      more.close();
      return leaving(() => restore(draft));
    };
    return element("li", {}, button(open, {}, `Open ${name} of ${timeOf(draft)}`));
  };
  byId("kept").replaceChildren(...others.map(item));
  byId("kept-texts").hidden = !others.length;
  more.showModal();
}

async function forget(): Promise<void> {
  clearTimeout(keeping);
  const back = wayBack();
  await forgetDrafts();
  startAnew();
  showQuestions(rows, view, []);
  more.close();
  say("Deleted. What you write from now on is kept again.", back && "Back to the text before", back);
}

if (course) {
  document.title = byId("title").textContent = `${course.name}: report`;
}
byId<HTMLDetailsElement>("questions").open = matchMedia("(min-width: 50rem)").matches;
onClick("sample", () => leaving(openSample));
onClick("open-file", () => replacing(chooseFile(byId<HTMLInputElement>("file-input"))));
onClick("open-folder", () => replacing(chooseFolder(byId<HTMLInputElement>("folder-input"))));
onClick("save", save);
onClick("note-close", () => say(""));
onClick("fixes", () => listFixes(bench));
onClick("go", () => listPlaces(bench));
onClick("problems", () => openLintPanel(view));
onClick("about", showMore);
onClick("close-more", () => more.close());
onClick("forget", forget);
onClick("licences", () => {
  more.close();
  dialog.replaceChildren(Object.assign(document.createElement("pre"), { textContent: licences }));
  dialog.showModal();
});
onClick("show-page", () => {
  const section = byId("page");
  section.hidden = !section.hidden;
  byId("show-page").ariaExpanded = String(!section.hidden);
  document.body.classList.toggle("with-page", !section.hidden);
  void page.changed();
});
onClick("make-course", makeCourse);
addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest(".cm-lsp-documentation a, .rule a") : null;
  const rule = link?.getAttribute("href")?.slice(1);
  if (link) {
    event.preventDefault();
  }
  if (rule) {
    dialog.close();
    void showRule(bench, rule);
  }
});
addEventListener("pagehide", () => keeping !== undefined && void keepNow());
addEventListener("focus", () => void run(refresh));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener(
  "drop",
  (event) => {
    if (!takePictures(event, event.dataTransfer) && event.dataTransfer?.files.length) {
      event.preventDefault();
      void replacing(dropped(event.dataTransfer));
    }
  },
  true,
);
client.connect(connection);
connection.ready.catch((error: Error) => say(`The checker cannot be started: ${error.message}`));
connection.onBreakdown = ({ message }) =>
  say(`The checker has crashed: reload the page; nothing is lost. (${lastLine(message)})`);
navigator.serviceWorker?.register?.("service-worker.js").catch(() => {});
await begin();
