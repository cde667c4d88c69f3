/** The two looks of a page. */
export type Theme = "light" | "dark";

/** The page that the course's script makes, and ours. */
export type Kind = "handed-in" | "to-read";

/** What the kinds are called. */
export const NAMES: Record<Kind, string> = { "handed-in": "As handed in", "to-read": "To read" };

const START = /^(\s*(?:<!doctype[^>]*>\s*)?<html)((?:\s[^>]*)?>)/i;
const ABSOLUTE = /^(?:[\\/]|[a-z]:)/i;

/**
 * The page as it lies in its frame. The course's page is left as it is, to the byte; ours gets the look of the editor, which
 * need not be that of the system.
 */
export function inFrame(html: string, kind: Kind, theme: Theme): string {
  return kind === "handed-in" ? html : html.replace(START, `$1 data-theme="${theme}"$2`);
}

/** The title of a page, from the path of its report in the workspace, or from anywhere else. */
export function titleOf(path: string, kind: Kind, isCurrent = true): string {
  const short = ABSOLUTE.test(path) ? path.split(/[\\/]/).filter(Boolean).slice(-2).join("/") : path;
  return `${NAMES[kind]}: ${short}${isCurrent ? "" : " (not up to date)"}`;
}

/** Whether a server can make pages, from what it announces as `experimental`. */
export function canMakePages(experimental: unknown): boolean {
  const announced = experimental as { readonly reportls?: { readonly page?: unknown } | null } | null | undefined;
  return announced?.reportls?.page === true;
}
