import * as vscode from "vscode";

/** The start of the names of all our settings. */
export const SECTION = "reportls";

const PREFIX = "reportls.";
const OF_THIS_EXTENSION = ["reportls.server.path", "reportls.server.runtime", "reportls.trace.server"];
/** What stands for "not set" in the settings page. */
const AUTOMATIC = "auto";

/**
 * The settings that somebody has chosen, for the server, which puts them on top of `reportls.toml`: a default of VS Code
 * must not hide what stands in that file.
 */
export function chosenSettings(names: readonly string[], scope: vscode.Uri | undefined): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration(undefined, scope);
  const chosen: Record<string, unknown> = {};
  for (const name of names.filter((one) => !OF_THIS_EXTENSION.includes(one))) {
    const set = configuration.inspect(name);
    const values = [set?.globalValue, set?.workspaceValue, set?.workspaceFolderValue];
    const value: unknown = values.some(isChosen) ? configuration.get(name) : undefined;
    if (isChosen(value)) {
      chosen[name.slice(PREFIX.length)] = value;
    }
  }
  return chosen;
}

function isChosen(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === AUTOMATIC) {
    return false;
  }
  return typeof value !== "object" || Object.keys(value).length > 0;
}
