import * as vscode from "vscode";
import type { Service } from "./service.js";

const SCHEME = "reportls-rule";

/** What the server answers to `reportls/rule`. */
interface Rule {
  readonly page: string;
}

/** The pages of the rules, which the server has; they are shown as any other Markdown. */
export class RulePages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly service: Service) {}

  async show(rule: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
    try {
      await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
    } catch {
      // VS Code's own extension for Markdown is missing or disabled.
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
    }
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const rule = path.slice(1, -".md".length);
    const client = await this.service.connected();
    const found = await client?.sendRequest<Rule | null>("reportls/rule", { rule });
    return `# ${rule}\n\n${found?.page ?? "The server has no page for this rule."}\n`;
  }

  dispose(): void {
    this.registered.dispose();
  }
}
