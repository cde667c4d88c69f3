import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  type CodeAction,
  CodeActionRequest,
  CodeActionTriggerKind,
  type SnippetTextEdit,
  type TextEdit,
} from "vscode-languageclient";
import { folderIn, pictureIn, withPicture } from "./picture-in.js";

const KIND = "refactor.rewrite.reportls";
/** The formats that a course accepts, and those that templates accept as well. */
const FILTERS = { Pictures: ["png", "jpg", "jpeg"], "Pictures in other formats": ["gif", "svg", "webp"] };
const PATIENCE_IN_MS = 1000;
const HINT = "Or paste a picture into the answer, or hold Shift and drop a file there";
const HINT_UNSAVED = "Save the report first to copy a picture into its figures folder";

interface Choice extends vscode.QuickPickItem {
  /** Undefined for the choice of a file from anywhere. */
  readonly action?: CodeAction;
  readonly picture?: vscode.Uri | undefined;
}

/** Lets the user choose among the images that the server offers at the cursor, showing each, or a file from anywhere. */
export async function insertImage(client: BaseLanguageClient, editor: vscode.TextEditor): Promise<void> {
  const actions = await offered(client, editor);
  if (actions.length === 0) {
    void vscode.window.showInformationMessage("Put the cursor in an answer first: the image is inserted there.");
    return;
  }
  const placeHolder = editor.document.isUntitled ? HINT_UNSAVED : HINT;
  const chosen = await chosenOf(choices(actions, editor.document), placeHolder);
  const action = chosen && (chosen.action ?? (await fromDisk(actions, editor.document.uri)));
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(action?.edit);
  if (edit) {
    await vscode.window.showTextDocument(editor.document, {
      viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
    });
    await vscode.workspace.applyEdit(edit);
  }
}

async function offered(client: BaseLanguageClient, editor: vscode.TextEditor): Promise<CodeAction[]> {
  const { asTextDocumentIdentifier, asRange } = client.code2ProtocolConverter;
  const found = await client.sendRequest(CodeActionRequest.type, {
    textDocument: asTextDocumentIdentifier(editor.document),
    range: asRange(editor.selection),
    context: { diagnostics: [], only: [KIND], triggerKind: CodeActionTriggerKind.Invoked },
  });
  return (found ?? []).filter((action): action is CodeAction => "edit" in action);
}

function choices(actions: readonly CodeAction[], { uri, isUntitled }: vscode.TextDocument): Choice[] {
  const iconPath = new vscode.ThemeIcon("folder-opened");
  const browse = { label: "Choose a file…", description: "it is copied into the figures folder", iconPath };
  // A report that was never saved has no folder to copy a file into.
  return [...actions.map((action) => choice(action, uri)), ...(isUntitled ? [] : [browse])];
}

function choice(action: CodeAction, report: vscode.Uri): Choice {
  const path = insertedBy(action).map(pictureIn).find(Boolean);
  const picture = path ? vscode.Uri.joinPath(report, "..", path) : undefined;
  const iconPath = picture ?? new vscode.ThemeIcon("new-file");
  return { label: action.title, action, picture, iconPath };
}

function editsOf({ edit }: CodeAction): (TextEdit | SnippetTextEdit)[] {
  return edit?.documentChanges?.flatMap((change) => ("edits" in change ? change.edits : [])) ?? [];
}

function insertedBy(action: CodeAction): string[] {
  return editsOf(action).map((one) => ("snippet" in one ? one.snippet.value : one.newText));
}

/** Copies a file that the user chooses into the figures; the action that inserts it. */
async function fromDisk(actions: readonly CodeAction[], report: vscode.Uri): Promise<CodeAction | undefined> {
  const wanted = { filters: FILTERS, openLabel: "Insert", title: "Insert an image", ...thisDisk() };
  const [file] = (await vscode.window.showOpenDialog(wanted)) ?? [];
  const action = actions.find((one) => !insertedBy(one).some(pictureIn));
  const folder = action && insertedBy(action).map(folderIn).find(Boolean);
  if (!file || !action || !folder) {
    return undefined;
  }
  const name = await copied(file, vscode.Uri.joinPath(report, "..", folder));
  const made = structuredClone(action);
  for (const edit of editsOf(made)) {
    if ("snippet" in edit) {
      edit.snippet.value = withPicture(edit.snippet.value, folder + name);
    } else {
      edit.newText = withPicture(edit.newText, folder + name);
    }
  }
  return made;
}

/** In a browser the dialog shows the workspace, which may be on a server; this makes it show the disk of this machine. */
function thisDisk(): vscode.OpenDialogOptions {
  const isBrowser = vscode.env.uiKind === vscode.UIKind.Web && vscode.env.remoteName === undefined;
  return isBrowser ? { defaultUri: vscode.Uri.file("/") } : {};
}

/** Copies a file into a folder, unless it is there already; its name there, which is new if another file has it. */
async function copied(file: vscode.Uri, folder: vscode.Uri): Promise<string> {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const [, stem = name, ending = ""] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
  const content = await vscode.workspace.fs.readFile(file);
  for (let number = 0; ; number++) {
    const candidate = number ? `${stem}-${number}${ending}` : name;
    const target = vscode.Uri.joinPath(folder, candidate);
    const there = await contentOf(target);
    if (there === undefined) {
      await vscode.workspace.fs.writeFile(target, content);
    }
    if (there === undefined || isSame(content, there)) {
      return candidate;
    }
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

async function contentOf(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch {
    return undefined;
  }
}

async function chosenOf(items: readonly Choice[], placeHolder: string): Promise<Choice | undefined> {
  const preview = new Preview();
  try {
    return await vscode.window.showQuickPick(items, {
      title: "Insert an image",
      placeHolder,
      ignoreFocusOut: true,
      onDidSelectItem: (item) => preview.show((item as Choice).picture),
    });
  } finally {
    await preview.close();
  }
}

/** One picture at a time, in a tab beside the report. */
class Preview {
  private readonly before = new Set(picturesShown());
  private showing: Thenable<unknown> = Promise.resolve();

  show(picture: vscode.Uri | undefined): void {
    if (picture) {
      const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true };
      const open = () => vscode.commands.executeCommand("vscode.open", picture, options);
      this.showing = this.showing.then(open, open);
    }
  }

  async close(): Promise<void> {
    // Where nothing can show a picture, its tab may never be done with opening.
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_IN_MS));
    await Promise.race([Promise.allSettled([this.showing]), late]);
    await vscode.window.tabGroups.close(picturesShown().filter((tab) => !this.before.has(tab)));
  }
}

function picturesShown(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter((tab) => tab.input instanceof vscode.TabInputCustom);
}
