// What is in a frame, which is a report and may be hostile.

/** Asks a frame's document; a report may have elements that take the names of its methods. */
export function all(frame, selector) {
  const inside = frame?.contentDocument;
  return inside ? [...Document.prototype.querySelectorAll.call(inside, selector)] : [];
}
