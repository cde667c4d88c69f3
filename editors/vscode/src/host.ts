import type * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { Missing } from "./find-server.js";

/** What no server can know that runs in Pyodide. */
export const NO_GIT =
  "the extension's own Python has no access to git, so what is committed or handed in is not checked";

/** A server that can be started. */
export interface Startable {
  /** Where it comes from and how it is started, in words. */
  readonly words: string;
  /** What the status bar says of it. */
  readonly note?: string;
  /** What it cannot know where it runs, for the log. */
  readonly limit?: string;
  /** A client that starts it. */
  client(options: LanguageClientOptions): BaseLanguageClient;
}

/** Where the server runs: as a program of this machine, or in a worker of the browser. */
export interface Host {
  /** The schemes of documents whose folders the server can see. */
  readonly schemes: readonly string[];
  /** What can be started at this moment, or why nothing can. */
  find(): Promise<Startable | Missing>;
  /** The address under which a text can show a picture that the server names; undefined if it cannot. */
  picture(address: string): Promise<string | undefined>;
  /** Calls `listener` whenever another server may be found. */
  onDidChange(listener: () => void): Promise<vscode.Disposable | undefined>;
}
