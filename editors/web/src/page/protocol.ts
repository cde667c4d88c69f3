/** What of the protocol the page uses, and our own requests; `server/docs/editors.md` describes these. */
export { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver-types";

import type { Diagnostic } from "vscode-languageserver-types";

export interface PublishDiagnosticsParams {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** A row of `reportls/questions`. */
export interface Row {
  readonly name: string;
  readonly topic: string | null;
  readonly line: number;
  readonly end: number;
  readonly state: "passed" | "failed" | "unanswered" | "not judged";
  readonly count: string;
  readonly missing: readonly string[];
}

/** What is sent as `reportls/status`. */
export interface Status {
  readonly uri: string;
  readonly passed: number | null;
  readonly total: number | null;
  readonly completed: boolean | null;
  readonly error: string | null;
}
