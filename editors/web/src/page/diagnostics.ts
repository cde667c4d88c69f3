import { type Action, type Diagnostic as Mark, setDiagnostics } from "@codemirror/lint";
import { type LSPClient, type LSPClientExtension, LSPPlugin } from "@codemirror/lsp-client";
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { type Diagnostic, DiagnosticSeverity, type PublishDiagnosticsParams } from "./protocol.js";

const SEVERITIES = { 1: "error", 2: "warning", 3: "info", 4: "hint" } as const;

/** Applies the fix of that title of a diagnostic. */
export type Fix = (diagnostic: Diagnostic, title: string) => void;

/** Sends each edit at once, as the server judges a burst of them only once. */
const sending = ViewPlugin.fromClass(
  class {
    private waits = false;

    update({ docChanged, view }: ViewUpdate): void {
      if (docChanged && !this.waits) {
        this.waits = true;
        setTimeout(() => {
          this.waits = false;
          LSPPlugin.get(view)?.client.sync();
        });
      }
    }
  },
);

/** Shows what the server finds, each with its fixes. `whenShown` is called after the newest text is judged. */
export function diagnostics(fix: Fix, whenShown: (view: EditorView) => void): LSPClientExtension {
  return {
    clientCapabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
    notificationHandlers: {
      "textDocument/publishDiagnostics": (client, params) => show(client, params, fix, whenShown),
    },
    editorExtension: sending,
  };
}

function show(
  client: LSPClient,
  { uri, version, diagnostics }: PublishDiagnosticsParams,
  fix: Fix,
  whenShown: (view: EditorView) => void,
): boolean {
  const file = client.workspace.getFile(uri);
  const view = file?.getView();
  const plugin = view && LSPPlugin.get(view);
  if (!plugin || (version !== undefined && version !== file?.version)) {
    return true; // of a text that was, or of a file that nobody looks at
  }
  const place = (at: Diagnostic["range"]["start"]) =>
    plugin.unsyncedChanges.mapPos(plugin.fromPosition(at, plugin.syncedDoc));
  const marks = diagnostics.map(
    (each): Mark => ({
      from: place(each.range.start),
      to: place(each.range.end),
      severity: SEVERITIES[each.severity ?? DiagnosticSeverity.Error],
      message: String(each.message),
      source: String(each.code),
      actions: titlesOf(each).map((title): Action => ({ name: title, apply: () => fix(each, title) })),
    }),
  );
  view.dispatch(setDiagnostics(view.state, marks));
  whenShown(view);
  return true;
}

function titlesOf({ data }: Diagnostic): readonly string[] {
  return (data as { fixes?: string[] } | undefined)?.fixes ?? [];
}
