import { Desk } from "./desk.js";
import { ruleAt } from "./rules.js";

const TAGS = new Set(
  "a b blockquote br code del em h1 h2 h3 h4 hr i img li ol p pre s span strong table tbody td th thead tr ul".split(
    " ",
  ),
);

/** The HTML of a hover with known elements alone; its images are of the report's folder, its links lead to rules. */
export function safe(html: string, files: ReadonlyMap<string, Uint8Array>): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const found of [...body.querySelectorAll("*")]) {
    if (!TAGS.has(found.localName)) {
      found.remove();
      continue;
    }
    const source = found.getAttribute("src") ?? "";
    const rule = ruleAt(found.getAttribute("href") ?? "");
    const words = found.getAttribute("alt") ?? "";
    for (const { name } of [...found.attributes]) {
      found.removeAttribute(name);
    }
    if (rule) {
      found.setAttribute("href", `#${rule}`);
    }
    if (found instanceof HTMLImageElement) {
      found.alt = words;
      show(found, files.get(Desk.pathOf(source) ?? ""));
    }
  }
  return body.innerHTML;
}

function show(image: HTMLImageElement, content: Uint8Array | undefined): void {
  if (content) {
    image.src = URL.createObjectURL(new Blob([content as Uint8Array<ArrayBuffer>]));
  }
}
