import * as vscode from "vscode";
import {
  type CodeAction,
  CodeActionRequest,
  CodeActionTriggerKind,
  type LanguageClient,
} from "vscode-languageclient/node";
import { pictureIn } from "./picture-in.js";

const KIND = "refactor.rewrite.reportls";

interface Choice extends vscode.QuickPickItem {
  readonly action: CodeAction;
  readonly picture: vscode.Uri | undefined;
}

/** Lets the user choose among the images that the server offers at the cursor, showing each beside the report. */
export async function insertImage(client: LanguageClient, editor: vscode.TextEditor): Promise<void> {
  const choices = (await offered(client, editor)).map((action) => choice(action, editor.document.uri));
  if (choices.length === 0) {
    void vscode.window.showInformationMessage("Put the cursor into an answer first: the image goes there.");
    return;
  }
  const chosen = await chosenOf(choices);
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(chosen?.action.edit);
  if (edit) {
    await vscode.window.showTextDocument(editor.document, {
      viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
    });
    await vscode.workspace.applyEdit(edit);
  }
}

async function offered(client: LanguageClient, editor: vscode.TextEditor): Promise<CodeAction[]> {
  const { asTextDocumentIdentifier, asRange } = client.code2ProtocolConverter;
  const found = await client.sendRequest(CodeActionRequest.type, {
    textDocument: asTextDocumentIdentifier(editor.document),
    range: asRange(editor.selection),
    context: { diagnostics: [], only: [KIND], triggerKind: CodeActionTriggerKind.Invoked },
  });
  return (found ?? []).filter((action): action is CodeAction => "edit" in action);
}

function choice(action: CodeAction, report: vscode.Uri): Choice {
  const path = insertedBy(action).map(pictureIn).find(Boolean);
  const picture = path ? vscode.Uri.joinPath(report, "..", path) : undefined;
  const iconPath = picture ?? new vscode.ThemeIcon("new-file");
  return { label: action.title, action, picture, iconPath };
}

function insertedBy({ edit }: CodeAction): string[] {
  const edits = edit?.documentChanges?.flatMap((change) => ("edits" in change ? change.edits : [])) ?? [];
  return edits.map((one) => ("snippet" in one ? one.snippet.value : one.newText));
}

async function chosenOf(choices: readonly Choice[]): Promise<Choice | undefined> {
  const preview = new Preview();
  try {
    return await vscode.window.showQuickPick(choices, {
      title: "Insert an image",
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
    await Promise.allSettled([this.showing]);
    await vscode.window.tabGroups.close(picturesShown().filter((tab) => !this.before.has(tab)));
  }
}

function picturesShown(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter((tab) => tab.input instanceof vscode.TabInputCustom);
}
