import { openLintPanel } from "@codemirror/lint";
import { hoverTooltips, LSPClient, serverCompletion } from "@codemirror/lsp-client";
import type { Text } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import licences from "licences";
import sample from "sample";
import type { WorkspaceEdit } from "vscode-languageserver-types";
import workerSource from "worker-source";
import { Connection } from "../connection.js";
import { FOLDER } from "../messages.js";
import { coursePage, download, originalPage, ownCourse } from "./course-page.js";
import { Desk, USUAL_PATH } from "./desk.js";
import { diagnostics } from "./diagnostics.js";
import { forgetDraft, keep, keptDraft } from "./drafts.js";
import { stateFor } from "./editor.js";
import { actionsAt, apply } from "./edits.js";
import { listFixes } from "./fixes.js";
import { HandInPage } from "./hand-in-page.js";
import { byId } from "./html.js";
import { chooseFile, chooseFolder, dropped, type Opened } from "./opening.js";
import { serverParts } from "./parts.js";
import { insertPicture, picturesIn } from "./pictures.js";
import type { Row, Status } from "./protocol.js";
import { markCurrent, showQuestions } from "./questions.js";
import { safe } from "./safe-html.js";

/** Milliseconds from the last edit until the browser is given the text to keep. */
const KEEP_AFTER = 300;
/** Milliseconds that the server may take for an answer; Python starts meanwhile. */
const PATIENCE = 120_000;

const original = originalPage();
const course = ownCourse();
const note = byId("note");
const rows = byId("rows");
const dialog = byId<HTMLDialogElement>("dialog");
const more = byId<HTMLDialogElement>("more");

const connection = new Connection(workerSource, serverParts(), showProgress);
const desk = new Desk(connection);
const client = new LSPClient({
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
    { clientCapabilities: CAPABILITIES() },
    diagnostics((view, found, title) => void fix(view, found.range, title), judged),
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
let saved: Text | undefined;
let keeping: ReturnType<typeof setTimeout> | undefined;
let isAsking = false;
let isStale = false;

function CAPABILITIES(): Record<string, unknown> {
  return {
    textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
  };
}

/** Shows a text as the report at `desk.path`. */
function show(text: string): void {
  const own = [
    client.plugin(desk.uri, "markdown"),
    keymap.of([
      { key: "Mod-.", run: listFixes(client, desk, dialog) },
      { key: "Mod-s", run: () => Boolean(save()) },
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
  saved = view.state.doc;
}

/** Takes a folder, or a file in place of one. */
async function open(opened: Opened): Promise<void> {
  const { files, folder } = opened;
  const path = await reportIn(files);
  if (!path) {
    say("There is no Markdown file in this folder.");
    return;
  }
  desk.replace(files, path, folder);
  show(new TextDecoder().decode(files.get(path)));
  say(folder ? `${path} is open: “Save” writes into your folder.` : `${path} is open: “Save” downloads it.`);
  changed();
}

/** The path of the report: the usual one, or the first that the server takes for one, or any Markdown file. */
async function reportIn(files: Map<string, Uint8Array>): Promise<string | undefined> {
  const texts = [...files.keys()].filter((path) => /\.(md|markdown)$/i.test(path)).sort();
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
  const draft = { path: desk.path, text: view.state.sliceDoc(), time: Date.now(), files: desk.files };
  if (!(await keep(draft))) {
    say("This browser keeps nothing: save before you close the page.");
  }
}

async function save(): Promise<void> {
  const content = new TextEncoder().encode(view.state.sliceDoc());
  desk.files.set(desk.path, content);
  try {
    if (desk.folder) {
      await desk.write(desk.path, content);
      say(`Saved into ${desk.path}.`);
    } else {
      download(desk.path.split("/").at(-1) ?? "README.md", new Blob([content], { type: "text/markdown" }));
      say("Saved as a download.");
    }
    saved = view.state.doc;
  } catch (error) {
    say(`It cannot be saved: ${error instanceof Error ? error.message : error}`);
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

async function fix(view: EditorView, range: Parameters<typeof actionsAt>[2], title: string): Promise<void> {
  const { doc } = view.state;
  const found = (await actionsAt(view, client, range, { only: ["quickfix"] })).find((action) => action.title === title);
  if (!found || !(await apply(view, desk, doc, found.edit as WorkspaceEdit))) {
    say("The text has changed in the meantime: try again.");
  }
}

function takePictures(event: Event, transfer: DataTransfer | null): boolean {
  const pictures = picturesIn(transfer);
  if (!pictures.length) {
    return false;
  }
  event.preventDefault();
  void (async () => {
    for (const picture of pictures) {
      say(await insertPicture(view, client, desk, picture));
    }
    changed();
  })();
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
  note.hidden = false;
  byId("note-words").textContent = words;
  const button = byId<HTMLButtonElement>("note-act");
  button.hidden = !label;
  button.textContent = label ?? "";
  button.onclick = () => {
    note.hidden = true;
    act?.();
  };
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

function openSample(): Promise<void> {
  const files = Object.entries(sample).map(([path, content]) => [`reports/${path}`, bytes(content)] as const);
  return open({ files: new Map(files) });
}

async function makeCourse(): Promise<void> {
  const field = byId<HTMLInputElement>("course-name");
  if (!field.reportValidity()) {
    return;
  }
  const name = field.value.trim();
  const [file] = byId<HTMLInputElement>("course-file").files ?? [];
  const text = file ? await file.text() : view.state.sliceDoc();
  more.close();
  try {
    download(`${name.replace(/[^\p{L}\p{N}_-]+/gu, "-")}.html`, await coursePage(original, { name, text }));
  } catch (error) {
    say(`The page cannot be made: ${error instanceof Error ? error.message : error}`);
  }
}

function onClick(id: string, act: () => unknown): void {
  byId(id).onclick = () => void act();
}

/** Runs something that opens another report, and offers to go back. */
async function replacing(opening: Promise<Opened | undefined>): Promise<void> {
  try {
    const opened = await opening;
    if (opened) {
      await leaving(() => open(opened));
    }
  } catch (error) {
    say(`It cannot be opened: ${error instanceof Error ? error.message : error}`);
  }
}

async function leaving(act: () => Promise<void>): Promise<void> {
  const { files, path, folder } = desk;
  const text = view.state.sliceDoc();
  const isUnsaved = text !== "" && saved && !view.state.doc.eq(saved);
  await act();
  if (isUnsaved) {
    say(`${desk.path} is open.`, "Back to the text before", () => {
      desk.replace(files, path, folder);
      show(text);
      saved = undefined;
      changed();
    });
  }
}

async function begin(): Promise<void> {
  const draft = await keptDraft();
  if (draft) {
    desk.replace(draft.files, draft.path);
    show(draft.text);
    const time = new Date(draft.time).toLocaleString();
    say(`This is your text of ${time}, which this browser has kept.`, "Forget it", () => void forget());
  } else if (course) {
    desk.replace(new Map(), USUAL_PATH);
    show(course.text);
  } else {
    show("");
  }
  view.focus();
}

async function forget(): Promise<void> {
  clearTimeout(keeping);
  await forgetDraft();
  desk.replace(new Map(), USUAL_PATH);
  show(course?.text ?? "");
  showQuestions(rows, view, []);
  more.close();
  say("Forgotten. What you write now is kept again.");
}

if (course) {
  document.title = byId("title").textContent = `${course.name}: report`;
}
byId<HTMLDetailsElement>("questions").open = matchMedia("(min-width: 50rem)").matches;
onClick("sample", () => leaving(openSample));
onClick("open-file", () => replacing(chooseFile(byId<HTMLInputElement>("file-input"))));
onClick("open-folder", () => replacing(chooseFolder(byId<HTMLInputElement>("folder-input"))));
onClick("save", save);
onClick("fixes", () => listFixes(client, desk, dialog)(view));
onClick("problems", () => openLintPanel(view));
onClick("about", () => more.showModal());
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
addEventListener("pagehide", () => keeping !== undefined && void keepNow());
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
navigator.serviceWorker?.register?.("service-worker.js").catch(() => {});
await begin();
