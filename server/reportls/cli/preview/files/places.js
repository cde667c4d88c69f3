// The places where two pages differ, one at a time.
import { all } from "./frames.js";
import { follow, leave } from "./scrolling.js";

/** Where in the window the place is shown that was asked for, as a part of its height. */
const HEIGHT = 0.25;

const group = document.getElementById("places");
const select = document.getElementById("place");
const count = document.getElementById("count");
const previous = document.getElementById("previous");
const next = document.getElementById("next");

export class Places {
  #panes;
  #current = -1;
  #shown = "";

  constructor(...panes) {
    this.#panes = panes;
    select.addEventListener("change", () => this.#go(Number(select.value)));
    previous.addEventListener("click", () => this.#go(this.#current <= 0 ? this.#total - 1 : this.#current - 1));
    next.addEventListener("click", () => this.#go((this.#current + 1) % this.#total));
  }

  get #total() {
    return select.querySelectorAll("option[value]:not([value=''])").length;
  }

  setVisible(isVisible) {
    group.hidden = !isVisible;
  }

  /** Takes in what differs now; nothing is gone to. */
  list(places) {
    const written = JSON.stringify(places);
    if (written === this.#shown) {
      return;
    }
    this.#shown = written;
    const inAnswers = places.filter((place) => place.in_answer).length;
    count.textContent = inWords(places.length, inAnswers);
    const options = places.map((place, index) => newOption(String(index), `${where(place)}: ${place.words}`));
    select.replaceChildren(
      newOption("", places.length ? "Choose one" : "Both pages show the same"),
      ...groupOf("In answers", options.slice(0, inAnswers)),
      ...groupOf("Elsewhere", options.slice(inAnswers)),
    );
    this.#current = Math.min(this.#current, places.length - 1);
    select.value = this.#current < 0 ? "" : String(this.#current);
    for (const control of [select, previous, next]) {
      control.disabled = places.length === 0;
    }
  }

  /** Has the place that was gone to stand out, in pages that may be new. */
  markCurrent() {
    for (const { frame } of this.#panes) {
      for (const element of all(frame, "[data-current]")) {
        element.removeAttribute("data-current");
      }
      for (const element of this.#elements(frame)) {
        element.setAttribute("data-current", "");
      }
    }
  }

  #elements(frame) {
    return all(frame, `[data-place="${this.#current}"]`);
  }

  #go(index) {
    this.#current = index;
    select.value = String(index);
    this.markCurrent();
    const found = this.#panes.map(({ frame }) => ({ frame, element: this.#elements(frame)[0] }));
    const there = found.filter(({ element }) => element);
    for (const { frame, element } of there) {
      const inside = frame.contentWindow;
      const top = element.getBoundingClientRect().top - inside.innerHeight * HEIGHT;
      inside.scrollTo(inside.scrollX, inside.scrollY + top);
    }
    if (there.length === 1) {
      follow(there[0].frame);
    } else {
      leave();
    }
  }
}

function where({ question }) {
  return question === null ? "Introduction" : `Question ${question}`;
}

function inWords(total, inAnswers) {
  const differences = `${total || "No"} ${total === 1 ? "difference" : "differences"}`;
  return total > inAnswers && inAnswers ? `${differences}, ${inAnswers} in answers` : differences;
}

function newOption(value, text) {
  const option = document.createElement("option");
  option.value = value;
  option.textContent = text;
  return option;
}

function groupOf(label, options) {
  if (!options.length) {
    return [];
  }
  const element = document.createElement("optgroup");
  element.label = label;
  element.append(...options);
  return [element];
}
