import { HEADINGS, MARKER, MOST_OF_A_COURSE } from "./form.js";

/** Whether it is worth starting the server for a text. The server decides for itself what is a report. */
export function looksLikeReport(text: string): boolean {
  const headings = text.match(HEADINGS)?.length ?? 0;
  return headings >= (text.includes(MARKER) ? 2 : MOST_OF_A_COURSE);
}
