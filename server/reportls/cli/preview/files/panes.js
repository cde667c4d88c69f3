// A pane shows one document of the preview. A new one is loaded behind the old one and takes its place when it is ready.
import { all } from "./frames.js";
import { goTo, placeIn } from "./scrolling.js";

export class Pane {
  #name;
  #holder = document.createElement("div");
  #section;
  #onShown;
  #wanted = 0;
  #coming = null;
  /** The frame that is seen, once there is one. */
  frame = null;

  constructor(section, onShown) {
    this.#name = section.dataset.pane;
    this.#section = section;
    this.#onShown = onShown;
    this.#holder.className = "holder";
    section.append(this.#holder);
  }

  /** The root element of what is seen. */
  get root() {
    return all(this.frame, ":root")[0];
  }

  setVisible(isVisible) {
    this.#section.hidden = !isVisible;
  }

  /** Loads a version of the document, unless it is there or on its way. */
  show(version) {
    if (version === this.#wanted) {
      return;
    }
    this.#wanted = version;
    this.#coming?.remove();
    this.#coming = this.#newFrame(version);
    this.#holder.append(this.#coming);
  }

  #newFrame(version) {
    const frame = document.createElement("iframe");
    frame.title = this.#section.ariaLabel ?? this.#section.querySelector("h2").textContent;
    // No scripts, no forms, no windows; we may scroll it, for it counts as from here.
    frame.setAttribute("sandbox", "allow-same-origin");
    frame.className = "coming";
    frame.src = `${this.#name}?${version}`;
    frame.addEventListener("load", () => this.#onLoad(frame));
    return frame;
  }

  #onLoad(frame) {
    if (!frame.contentWindow?.location?.pathname?.endsWith(`/${this.#name}`)) {
      this.#bringBack();
    } else if (frame === this.#coming) {
      this.#swap(frame);
    }
  }

  /** The frame has followed a link out of the report. */
  #bringBack() {
    const version = this.#wanted;
    this.#wanted = 0;
    this.show(version);
  }

  #swap(frame) {
    const old = this.frame;
    const hadFocus = old !== null && document.activeElement === old;
    takeOver(old, frame);
    old?.remove();
    frame.className = "";
    this.frame = frame;
    this.#coming = null;
    frame.contentWindow.addEventListener("click", onClick, true);
    if (hadFocus) {
      frame.focus();
    }
    this.#onShown();
  }
}

/** Has the new frame look as the reader had left the old one. */
function takeOver(old, frame) {
  if (!old?.contentDocument) {
    return;
  }
  const open = new Map(all(old, "details").map((details, index) => [index, details.open]));
  for (const [index, details] of all(frame, "details").entries()) {
    details.open = open.get(index) ?? details.open;
  }
  goTo(frame, placeIn(old));
}

/** Links within a report are followed in place; others open in a tab of their own, or not at all. */
function onClick(event) {
  const link = event.target.closest?.("a[href]");
  const address = link?.getAttribute("href") ?? "#";
  if (address.startsWith("#")) {
    return;
  }
  event.preventDefault();
  if (/^(https?:\/\/|mailto:)/i.test(address)) {
    open(address, "_blank", "noopener,noreferrer");
  }
}
