const HEADINGS = /^[ \t]*#{1,6}.*\bquestion[ \t]+\d/gim;

/** Whether it is worth starting the server for a text. The server decides for itself what is a report. */
export function looksLikeReport(text: string): boolean {
  return text.includes("Answer:") && (text.match(HEADINGS)?.length ?? 0) > 1;
}
