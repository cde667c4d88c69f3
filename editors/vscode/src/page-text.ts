/** The two looks of a page. */
export type Theme = "light" | "dark";

const START = /^(\s*(?:<!doctype[^>]*>\s*)?<html)((?:\s[^>]*)?>\s*<head(?:\s[^>]*)?>)/i;
/** Takes back what VS Code says of these before the page has its say; the page's own policy comes later. */
const UNDONE = "<style>body, a, blockquote, code, kbd { all: revert; }</style>";
const ABSOLUTE = /^(?:[\\/]|[a-z]:)/i;

/**
 * The page as it is to be shown in the editor: with one of its own looks, and nothing else. Of itself it has the look of
 * the system, which need not be that of the editor, and VS Code puts colours of its theme below those of any page.
 */
export function inEditor(html: string, theme: Theme): string {
  return html.replace(START, `$1 data-theme="${theme}"$2${UNDONE}`);
}

/** The title of a page, from the path of its report in the workspace, or from anywhere else. */
export function titleOf(path: string, isCurrent = true): string {
  const short = ABSOLUTE.test(path) ? path.split(/[\\/]/).filter(Boolean).slice(-2).join("/") : path;
  return `Hand-in: ${short}${isCurrent ? "" : " (not up to date)"}`;
}

/** Whether a server can make pages, from what it announces as `experimental`. */
export function canMakePages(experimental: unknown): boolean {
  const announced = experimental as { readonly reportls?: { readonly page?: unknown } | null } | null | undefined;
  return announced?.reportls?.page === true;
}
