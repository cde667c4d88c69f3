import { HEADINGS, MARKER } from "./form.js";

/** Whether it is worth starting the server for a text. The server decides for itself what is a report. */
export function looksLikeReport(text: string): boolean {
  return text.includes(MARKER) && (text.match(HEADINGS)?.length ?? 0) > 1;
}
