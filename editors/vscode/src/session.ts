import * as vscode from "vscode";
import { type Act, commandsOf } from "./commands.js";
import type { Host } from "./host.js";
import { QuestionView } from "./question-view.js";
import { ReportPages } from "./report-pages.js";
import { Reports } from "./reports.js";
import { RulePages } from "./rule-pages.js";
import { Service } from "./service.js";
import { StatusBar } from "./status-bar.js";

export type CommandName = keyof ReturnType<typeof commandsOf>;

/** All that is needed once there is a report. */
export class Session {
  private readonly service: Service;
  private readonly commands: Record<CommandName, Act>;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly host: Host,
    log: vscode.LogOutputChannel,
  ) {
    const service = new Service(context, host, log);
    const reports = new Reports(service, log);
    const pages = new ReportPages(service, reports, log, context.extensionUri);
    const rules = new RulePages(service);
    this.service = service;
    this.commands = commandsOf({ context, service, reports, pages, rules, log });
    context.subscriptions.push(
      log,
      service,
      reports,
      pages,
      rules,
      new StatusBar(service, reports),
      new QuestionView(service, reports),
    );
  }

  /** Starts the server, and another one whenever another is to be had. */
  async start(): Promise<void> {
    await this.service.connected();
    this.context.subscriptions.push(
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.service.reconsider()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("reportls.server")) {
          void this.service.restart();
        }
      }),
    );
    const listener = await this.host.onDidChange(() => void this.service.reconsider());
    if (listener) {
      this.context.subscriptions.push(listener);
    }
  }

  run(name: CommandName, argument: unknown): unknown {
    return this.commands[name](argument);
  }

  end(): Promise<void> {
    return this.service.stop();
  }
}
