import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { insertImage } from "./insert-image.js";
import { description, HEADINGS, ICONS, isMissed, label, STATES } from "./questions.js";
import type { ReportPages } from "./report-pages.js";
import type { Reports } from "./reports.js";
import type { RulePages } from "./rule-pages.js";
import { openSample } from "./sample.js";
import { type Service, visibleEditor } from "./service.js";

const FIX_ALL = vscode.CodeActionKind.Source.append("fixAll.reportls");

export type Act = (argument?: unknown) => unknown;
type InReport = (client: BaseLanguageClient, editor: vscode.TextEditor) => Promise<unknown>;

interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly service: Service;
  readonly reports: Reports;
  readonly pages: ReportPages;
  readonly rules: RulePages;
  readonly log: vscode.LogOutputChannel;
}

/** What the command palette and the buttons do. The server's own commands have other names and are called from here. */
export function commandsOf({ context, service, reports, pages, rules, log }: Parts) {
  const inReport = (act: InReport) => async (): Promise<void> => {
    const editor = await reports.editor();
    const client = editor && (await service.connected());
    if (!editor) {
      await askForReport();
    } else if (client) {
      await act(client, editor);
    }
  };
  const commands = {
    checkHandIn: () => checkHandIn(service),
    fixAll: inReport((_client, editor) => fixAll(editor)),
    goToNextUnanswered: inReport(goToNextUnanswered),
    insertImage: inReport(insertImage),
    restart: () => service.restart(),
    showLog: () => log.show(),
    showPage: inReport((_client, editor) => pages.show(editor)),
    showQuestions: inReport((_client, editor) => showQuestions(reports, editor)),
    showRule: (rule: unknown) => (typeof rule === "string" ? rules.show(rule) : undefined),
    solve: () => solve(service, reports),
    trySample: () => openSample(context),
  } satisfies Record<string, Act>;
  return commands;
}

async function goToNextUnanswered(client: BaseLanguageClient, editor: vscode.TextEditor): Promise<void> {
  const { asUri, asPosition } = client.code2ProtocolConverter;
  const place = [asUri(editor.document.uri), asPosition(editor.selection.active)];
  if (!(await vscode.commands.executeCommand("reportls.nextUnanswered", ...place))) {
    vscode.window.setStatusBarMessage("Every question is answered and passes", 5000);
  }
}

interface Choice extends vscode.QuickPickItem {
  readonly line?: number;
}

async function showQuestions(reports: Reports, editor: vscode.TextEditor): Promise<void> {
  const questions = reports.of(editor.document.uri)?.questions ?? [];
  const groups = STATES.map((state) => questions.filter((question) => question.state === state));
  const items = groups.flatMap((group): Choice[] => {
    const [first] = group;
    const heading = first && { label: HEADINGS[first.state], kind: vscode.QuickPickItemKind.Separator };
    const choices = group.map((question) => ({
      label: `$(${ICONS[question.state][0]}) ${label(question)}`,
      description: description(question),
      ...(question.missing.length && isMissed(question) ? { detail: question.missing.join(", ") } : {}),
      line: question.line,
    }));
    return heading ? [heading, ...choices] : choices;
  });
  const placeHolder = items.length ? "Choose a question to go there" : "There are no questions";
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  const chosen = await vscode.window.showQuickPick(items, options);
  if (chosen?.line !== undefined) {
    await goTo(editor.document.uri, chosen.line);
  }
}

async function goTo(uri: vscode.Uri, line: number): Promise<void> {
  const viewColumn = visibleEditor(uri)?.viewColumn ?? vscode.ViewColumn.Active;
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(line, 0, line, 0), viewColumn });
}

/** Goes to what makes the check crash, or says why there is no server. */
async function solve(service: Service, reports: Reports): Promise<void> {
  const report = reports.current;
  const cause = report?.status.cause;
  if (service.state.kind === "missing") {
    await service.explain();
  } else if (report && cause !== undefined && cause !== null) {
    await goTo(report.uri, cause);
  } else {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }
}

let fixing: Promise<void> = Promise.resolve();

/** Fixes one after another: edits that were made for the text before another fix would remove other words. */
function fixAll({ document }: vscode.TextEditor): Promise<void> {
  fixing = fixing.catch(() => {}).then(() => applyFixes(document));
  return fixing;
}

async function applyFixes(document: vscode.TextDocument): Promise<void> {
  const found = await fixesFor(document);
  const edit = found.find(({ kind }) => kind && FIX_ALL.contains(kind))?.edit;
  if (edit) {
    await vscode.workspace.applyEdit(edit);
  } else {
    void vscode.window.showInformationMessage("Nothing can be fixed without losing a word.");
  }
}

/** If the text changes meanwhile, VS Code may cancel the question, or the answer fits no longer: then it is asked again. */
async function fixesFor(document: vscode.TextDocument): Promise<vscode.CodeAction[]> {
  const { version } = document;
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  const command = "vscode.executeCodeActionProvider";
  try {
    const found: vscode.CodeAction[] = await vscode.commands.executeCommand(
      command,
      document.uri,
      everything,
      FIX_ALL.value,
      1,
    );
    if (document.version === version) {
      return found;
    }
  } catch (error) {
    if (document.version === version) {
      throw error;
    }
  }
  return fixesFor(document);
}

/** What the server answers to `reportls.checkAll`. */
interface Checked {
  readonly reports: readonly { readonly uri: string; readonly verdict: string; readonly passes: boolean }[];
}

async function checkHandIn(service: Service): Promise<void> {
  const client = await service.connected();
  if (!client) {
    return;
  }
  // The server's own message of the result has nothing to click.
  const checked = await vscode.commands.executeCommand<Checked | undefined>("reportls.checkAll", { quiet: true });
  if (!checked) {
    return;
  }
  const [problems, open] = ["Show Problems", "Open Report"];
  const [report] = checked.reports;
  if (!report) {
    return askForReport();
  }
  const passing = checked.reports.filter(({ passes }) => passes).length;
  const message =
    checked.reports.length === 1
      ? `1 report: ${report.verdict}`
      : `${checked.reports.length} reports, of which ${passing} ${passing === 1 ? "passes" : "pass"}`;
  const chosen = await vscode.window.showInformationMessage(message, problems, open);
  if (chosen === problems) {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  } else if (chosen === open) {
    const first = checked.reports.find(({ passes }) => !passes) ?? report;
    const uri = client.protocol2CodeConverter.asUri(first.uri);
    const viewColumn = visibleEditor(uri)?.viewColumn ?? vscode.ViewColumn.Active;
    await vscode.window.showTextDocument(uri, { preview: false, viewColumn });
  }
}

async function askForReport(): Promise<void> {
  const sample = "Open a Sample Report";
  const message = "There is no report in this folder: a Markdown file with numbered questions.";
  if ((await vscode.window.showInformationMessage(message, sample)) === sample) {
    await vscode.commands.executeCommand("reportls.trySample");
  }
}
