import * as vscode from "vscode";

const PATIENCE_IN_MS = 10_000;

interface Environments {
  getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
  resolveEnvironment(path: {
    readonly path: string;
  }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
}

/** The interpreter that is selected in the Python extension; undefined without that extension or without trust. */
export async function selectedInterpreter(): Promise<string | undefined> {
  // What a workspace calls its interpreter may be any program.
  const environments = vscode.workspace.isTrusted ? await pythonEnvironments() : undefined;
  if (!environments) {
    return undefined;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
  return environment?.executable.uri?.fsPath;
}

/** Calls `listener` whenever another interpreter is selected. */
export async function onOtherInterpreter(listener: () => void): Promise<vscode.Disposable | undefined> {
  return (await pythonEnvironments())?.onDidChangeActiveEnvironmentPath(listener);
}

async function pythonEnvironments(): Promise<Environments | undefined> {
  const extension = vscode.extensions.getExtension<{ readonly environments: Environments }>("ms-python.python");
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_IN_MS));
  const api = extension && (await Promise.race([extension.activate(), late]));
  return api?.environments;
}
