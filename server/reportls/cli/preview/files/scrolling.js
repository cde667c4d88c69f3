// Where readers are in a report, and how they stay there.
import { all } from "./frames.js";

/** How far below the top of the window the line is that stays in step, in points. */
const LINE = 100;
/** Points by which browsers may round. */
const SLACK = 2;

/** What is at the top of the window: the last heading before it, and how far from it. */
export function placeIn(frame) {
  const { scrollX, scrollY } = frame.contentWindow;
  const seen = new Map();
  let found = { scrollX, scrollY };
  for (const heading of headings(frame)) {
    const words = heading.textContent;
    seen.set(words, (seen.get(words) ?? 0) + 1);
    const { top } = heading.getBoundingClientRect();
    if (top > LINE || scrollY === 0) {
      break;
    }
    found = { scrollX, scrollY, words, nth: seen.get(words), top };
  }
  return found;
}

/** Has a frame show such a place: what stands under the heading stays where it was, whatever was added above. */
export function goTo(frame, { scrollX, scrollY, words, nth, top }) {
  const heading = headings(frame).filter((each) => each.textContent === words)[(nth ?? 0) - 1];
  const inside = frame.contentWindow;
  inside.scrollTo(scrollX, heading ? inside.scrollY + heading.getBoundingClientRect().top - top : scrollY);
}

function headings(frame) {
  return all(frame, "h1, h2, h3, h4, h5, h6").filter((heading) => heading.getClientRects().length);
}

let step = null;

/** Has two frames scroll together, so that what is the same in both stands side by side. None: no longer. */
export function keepInStep(frames) {
  if (step && step.frames.every((frame, index) => frame === frames[index])) {
    return;
  }
  step?.stop();
  step = frames.length && frames.every(Boolean) ? new Step(frames) : null;
}

/** Has the other frame follow one that was scrolled. */
export function follow(frame) {
  step?.follow(frame);
}

/** Leaves both frames where they were just put, each by itself. */
export function leave() {
  step?.leave();
}

class Step {
  #pairs;
  #expected = new Map();
  #ended = new AbortController();

  constructor(frames) {
    this.frames = frames;
    const [first, second] = frames.map((frame) => new Map(all(frame, "[data-pair]").map((it) => [it.dataset.pair, it])));
    this.#pairs = [...first.keys()]
      .filter((key) => second.has(key))
      .map((key) => new Map([[frames[0], first.get(key)], [frames[1], second.get(key)]]));
    for (const frame of frames) {
      frame.contentWindow.addEventListener("scroll", () => this.#onScroll(frame), { signal: this.#ended.signal });
    }
    this.follow(frames[1]);
  }

  stop() {
    this.#ended.abort();
  }

  follow(frame) {
    const other = this.frames[frame === this.frames[0] ? 1 : 0];
    const inside = other.contentWindow;
    inside.scrollTo(inside.scrollX, this.#heightFor(frame, other));
    this.leave();
  }

  leave() {
    // Browsers tell of what was scrolled a moment later, when the reader may have scrolled on already.
    for (const frame of this.frames) {
      this.#expected.set(frame, frame.contentWindow.scrollY);
    }
  }

  #onScroll(frame) {
    // What we have scrolled ourselves need not be followed.
    const expected = this.#expected.get(frame);
    this.#expected.delete(frame);
    if (expected === undefined || Math.abs(expected - frame.contentWindow.scrollY) > SLACK) {
      this.follow(frame);
    }
  }

  #heightFor(frame, other) {
    const { scrollY } = frame.contentWindow;
    const end = endOf(frame);
    if (scrollY <= SLACK || scrollY >= end - SLACK) {
      return scrollY <= SLACK ? 0 : endOf(other);
    }
    const index = this.#lastAbove(frame);
    const [start, next] = [this.#pairs[index], this.#pairs[index + 1]];
    const from = start ? topOf(start.get(frame)) : -scrollY;
    const to = next ? topOf(next.get(frame)) : end - scrollY + frame.contentWindow.innerHeight;
    const share = to > from ? (LINE - from) / (to - from) : 0;
    const inside = other.contentWindow;
    const theirs = start ? topOf(start.get(other)) : -inside.scrollY;
    const theirNext = next ? topOf(next.get(other)) : endOf(other) - inside.scrollY + inside.innerHeight;
    return inside.scrollY + theirs + share * (theirNext - theirs) - LINE;
  }

  /** The last of the pairs that begins above the line, by halving. */
  #lastAbove(frame) {
    let [low, high] = [-1, this.#pairs.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (topOf(this.#pairs[middle].get(frame)) <= LINE) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function topOf(element) {
  return element.getBoundingClientRect().top;
}

function endOf(frame) {
  const [root] = all(frame, ":root");
  const [body] = all(frame, "body");
  const height = Math.max(root.scrollHeight, body?.scrollHeight ?? 0);
  return Math.max(0, height - frame.contentWindow.innerHeight);
}
