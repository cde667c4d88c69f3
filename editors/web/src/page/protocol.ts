/** What of the protocol the page uses, and our own requests; `server/docs/editors.md` describes these. */
export { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver-types";

import type { Diagnostic } from "vscode-languageserver-types";

export interface PublishDiagnosticsParams {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** A row of `reportls/questions`. */
export { mayStayEmpty, type Question as Row } from "../../../vscode/src/questions.js";

/** What is sent as `reportls/status`. */
export type { Status } from "../../../vscode/src/status.js";
