import { LSPPlugin } from "@codemirror/lsp-client";
import type { Workbench } from "./edits.js";
import { closing, element } from "./html.js";

/** The command of the code actions that explain a rule. */
export const SHOW_RULE = "reportls.showRule";
/** Where the server's links to the pages of the rules lead. */
const PLACE = "https://rule.invalid/";
export const RULE_PAGE = `${PLACE}{rule}`;

/** What the server answers to `reportls/rule`. */
interface Rule {
  readonly title: string;
  readonly page: string;
}

/** The rule that an address leads to; undefined if it leads elsewhere. */
export function ruleAt(address: string): string | undefined {
  return address.startsWith(PLACE) ? decodeURIComponent(address.slice(PLACE.length)) : undefined;
}

/** Shows the page of a rule in the dialog. */
export async function showRule({ view, client, dialog }: Workbench, rule: string): Promise<void> {
  const found = await client.request<unknown, Rule | null>("reportls/rule", { rule });
  const page = element("div", { class: "rule" });
  page.innerHTML = LSPPlugin.get(view)?.docToHTML(found?.page ?? "", "markdown") ?? "";
  dialog.replaceChildren(element("h2", {}, rule), page, closing(dialog));
  dialog.showModal();
}
