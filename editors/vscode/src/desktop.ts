/**
 * The server as a program of this machine. It is loaded apart, as the language client takes a while to load. That and all else
 * that does not depend on the machine comes from the bundle for browsers: a browser can load one file alone, a machine several.
 */
import * as vscode from "vscode";
import { type Runtime, serverFor } from "./bundled-server.js";
import type { Missing, Server } from "./find-server.js";
import type { Host, Startable } from "./host.js";
import { thisMachine } from "./machine.js";
import { ProgramClient } from "./program-client.js";
import { onOtherInterpreter, selectedInterpreter } from "./python-extension.js";
import { SECTION } from "./settings.js";
import { Session } from "./web.js";

/** What is needed once there is a report. */
export function sessionOn(context: vscode.ExtensionContext): Session {
  const log = vscode.window.createOutputChannel("reportls", { log: true });
  return new Session(context, new Desktop(context, log), log);
}

class Desktop implements Host {
  readonly schemes = ["file"];
  readonly onDidChange = onOtherInterpreter;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async find(): Promise<Startable | Missing> {
    const settings = vscode.workspace.getConfiguration(SECTION);
    const path = settings.get<string | null>("server.path") || "";
    const runtime = settings.get<Runtime>("server.runtime", "auto");
    const interpreter = path ? undefined : await selectedInterpreter().catch((error) => this.note(error));
    const bundled = this.context.asAbsolutePath("start.py");
    const { extensionPath } = this.context;
    const machine = thisMachine(extensionPath);
    const found = await serverFor(runtime, machine, { path, interpreter, bundled }, extensionPath);
    return "why" in found ? found : this.startable(found);
  }

  async picture(address: string): Promise<string> {
    return address;
  }

  private startable(server: Server): Startable {
    const { command, args, origin, note, limit } = server;
    return {
      words: `${origin}: ${[command, ...args].join(" ")}`,
      ...(note ? { note } : {}),
      ...(limit ? { limit } : {}),
      client: (options) => new ProgramClient(server, this.context.extensionPath, options),
    };
  }

  private note(error: unknown): undefined {
    this.log.warn(`the Python extension does not say which interpreter is selected: ${error}`);
    return undefined;
  }
}
