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

const NEW = /(!\[[^\]]*\]\()([^()$]*)[^()]*(\))/;

/** The folder, with its slash, in which a text or snippet inserts a picture that is yet to be made. */
export function folderIn(inserted: string): string | undefined {
  return NEW.exec(inserted)?.[2];
}

/** The text or snippet with the path of a picture in place of the one that is yet to be made. */
export function withPicture(inserted: string, path: string): string {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const target = encoded.replaceAll("(", "%28").replaceAll(")", "%29");
  return inserted.replace(NEW, (_whole, before: string, _folder: string, after: string) => before + target + after);
}
