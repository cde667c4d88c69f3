const LINE_END = /\r\n?|\n/;
export const WINDOWS = "\r\n";
/** What a report is saved in. */
const UTF_8 = "UTF-8";

/** The text of a report's file. */
export interface Decoded {
  readonly text: string;
  /** The name of the encoding that it was in, if saving changes it. */
  readonly otherEncoding?: string;
}

/**
 * Decodes a report's file and drops its byte order mark. A file that is not UTF-8 was most likely written on Windows: PowerShell
 * and old versions of Notepad write UTF-16 with a byte order mark, other old programs Windows-1252.
 */
export function decoded(content: Uint8Array): Decoded {
  const [first, second] = content;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    const encoding = first === 0xff ? "UTF-16LE" : "UTF-16BE";
    return { text: unified(new TextDecoder(encoding).decode(content)), otherEncoding: "UTF-16" };
  }
  try {
    return { text: unified(new TextDecoder(UTF_8, { fatal: true }).decode(content)) };
  } catch {
    const encoding = "Windows-1252";
    return { text: unified(new TextDecoder(encoding).decode(content)), otherEncoding: encoding };
  }
}

/** The text as the editor has it: mixed line ends are all made `\n`. */
export function unified(text: string): string {
  return text.split(LINE_END).join(separatorOf(text));
}

/** The line ends of a text, if all are the same; else `\n`. */
export function separatorOf(text: string): string {
  return text.includes(WINDOWS) && !LINE_END.test(text.replaceAll(WINDOWS, "")) ? WINDOWS : "\n";
}
