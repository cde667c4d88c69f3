/** Makes an element; a string among its children is text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** Makes a button that does something. */
export function button(
  act: () => unknown,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Node | string)[]
): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, ...children);
  made.onclick = () => void act();
  return made;
}

/** Makes the button that closes a dialog. */
export function closing(dialog: HTMLDialogElement, words = "Close"): HTMLButtonElement {
  return button(() => dialog.close(), { class: "quiet" }, words);
}

/** The element of that id in `index.html`. */
export function byId<Kind extends HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}
