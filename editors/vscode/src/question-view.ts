import * as vscode from "vscode";
import { description, iconOf, label, left, type Question, questionAt } from "./questions.js";
import type { Report, Reports } from "./reports.js";
import type { Service } from "./service.js";

interface Node {
  readonly report: vscode.Uri;
  readonly question: Question;
}

/** The list of questions in the side bar, of the report that was edited last. */
export class QuestionView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly listeners: vscode.Disposable;
  private nodes: readonly Node[] = [];
  private before = "";

  constructor(
    private readonly service: Service,
    private readonly reports: Reports,
  ) {
    this.view = vscode.window.createTreeView("reportls.questions", { treeDataProvider: this });
    this.listeners = vscode.Disposable.from(
      reports.onDidChange(() => this.update()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      this.view.onDidChangeVisibility(() => this.follow(vscode.window.activeTextEditor)),
    );
    this.update();
  }

  getChildren(node?: Node): Node[] {
    return node ? [] : [...this.nodes];
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem({ report, question }: Node): vscode.TreeItem {
    const item = new vscode.TreeItem(label(question));
    const [icon, colour] = iconOf(question);
    const place = new vscode.Range(question.line, 0, question.line, 0);
    item.id = `${question.line} ${question.name}`;
    item.description = description(question);
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
    item.tooltip = tooltip(question);
    item.accessibilityInformation = { label: [question.name, question.topic, ...lines(question)].join(", ") };
    item.command = { command: "vscode.open", title: "Go to the Question", arguments: [report, { selection: place }] };
    return item;
  }

  dispose(): void {
    this.listeners.dispose();
    this.view.dispose();
    this.changed.dispose();
  }

  private update(): void {
    const report = this.reports.current;
    const now = JSON.stringify([this.service.state.kind, report?.uri, report?.questions, report?.status.error]);
    if (now === this.before) {
      return;
    }
    this.before = now;
    this.nodes = (report?.questions ?? []).map((question) => ({ report: report?.uri as vscode.Uri, question }));
    const number = left(report?.questions ?? []);
    this.view.badge = number
      ? { value: number, tooltip: `${number} ${number === 1 ? "question is" : "questions are"} unanswered or failed` }
      : undefined;
    this.setMessage(report);
    this.changed.fire();
    this.follow(vscode.window.activeTextEditor);
  }

  private setMessage(report: Report | undefined): void {
    const { state } = this.service;
    const { stopped, starting } = { stopped: "The server has stopped.", starting: "Starting the server …" };
    const other = { stopped, starting, off: "", missing: state.kind === "missing" ? state.trouble.message : "" };
    const crash = report?.status.completed === false ? `The check crashes: ${report.status.error}` : "";
    this.view.message = state.kind === "running" ? crash : other[state.kind];
  }

  /** Selects the question at the cursor. */
  private follow(editor: vscode.TextEditor | undefined): void {
    const report = editor && this.reports.of(editor.document.uri);
    if (!report || !this.view.visible || report !== this.reports.current) {
      return;
    }
    const question = questionAt(report.questions, editor.selection.active.line);
    const node = this.nodes.find((one) => one.question.line === question?.line);
    if (node && this.view.selection[0]?.question.line !== node.question.line) {
      void Promise.resolve(this.view.reveal(node, { select: true, focus: false })).catch(() => undefined);
    }
  }
}

function lines({ state, missing, count, judgedAs }: Question): string[] {
  const other = judgedAs === null ? [] : [`judged as question ${judgedAs}`];
  return [state, ...other, ...(count ? [count] : []), ...missing];
}

function tooltip(question: Question): vscode.MarkdownString {
  const text = new vscode.MarkdownString("**").appendText(question.name).appendMarkdown("**\n\n");
  text.appendText(question.topic).appendMarkdown("\n\n");
  for (const line of [...lines(question), ...question.figures]) {
    text.appendMarkdown("* ").appendText(line).appendMarkdown("\n");
  }
  return text;
}
