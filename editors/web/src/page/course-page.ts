/** What a page for a course brings along. */
export interface Course {
  readonly name: string;
  /** The course's blank file. */
  readonly text: string;
}

const SINGLE = "reportls.html";

/** The course of this page; undefined if it is for all. */
export function ownCourse(): Course | undefined {
  const found = JSON.parse(document.getElementById("course")?.textContent || "null") as Course | null;
  return found ?? undefined;
}

/** The self-contained page as it was before we changed anything in it; undefined if this page is not self-contained. */
export function originalPage(): string | undefined {
  return document.getElementById("server.pack")?.textContent
    ? `<!DOCTYPE html>\n${document.documentElement.outerHTML}`
    : undefined;
}

/** The self-contained page for a course. */
export async function coursePage(original: string | undefined, course: Course): Promise<Blob> {
  const page = new DOMParser().parseFromString(original ?? (await (await fetch(SINGLE)).text()), "text/html");
  const place = page.getElementById("course");
  if (!place) {
    throw new Error(`${SINGLE} has no place for a course`);
  }
  // Inside a script element, `</` would end it.
  place.textContent = JSON.stringify(course).replaceAll("<", "\\u003c");
  page.title = `${course.name}: report`;
  return new Blob([`<!DOCTYPE html>\n${page.documentElement.outerHTML}`], { type: "text/html" });
}

/** Has the browser save a file. */
export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
