const TARGET = /!\[[^\]]*\]\(([^()]*)\)/;

/** The path of the picture that a text or snippet inserts as Markdown, as the file is called. */
export function pictureIn(inserted: string): string | undefined {
  const target = TARGET.exec(inserted)?.[1]?.replace(/\\(.)/g, "$1");
  if (!target || target.includes("${")) {
    return undefined;
  }
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
