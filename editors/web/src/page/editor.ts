import { autocompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown } from "@codemirror/lang-markdown";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { counts } from "./questions.js";
import { separatorOf, unified, WINDOWS } from "./text.js";

/** The colours come from the page, which knows light and dark. */
const COLOURS = HighlightStyle.define([
  { tag: tags.heading, class: "md-heading" },
  { tag: tags.strong, class: "md-strong" },
  { tag: tags.emphasis, class: "md-emphasis" },
  { tag: tags.quote, class: "md-quote" },
  { tag: [tags.link, tags.url], class: "md-link" },
  { tag: tags.monospace, class: "md-code" },
  { tag: [tags.processingInstruction, tags.contentSeparator], class: "md-mark" },
]);

/** The state of the editor for a text; the line ends are kept, if all are the same. */
export function stateFor(text: string, extensions: Extension): EditorState {
  const separator = separatorOf(text);
  return EditorState.create({
    doc: unified(text),
    extensions: [
      separator === WINDOWS ? EditorState.lineSeparator.of(separator) : [],
      extensions,
      history(),
      drawSelection(),
      markdown(),
      syntaxHighlighting(COLOURS),
      autocompletion(),
      highlightSelectionMatches(),
      lintGutter(),
      counts,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Report", spellcheck: "true", tabindex: "0" }),
      placeholder("Paste or drop your report here, or choose “Sample” to see what happens."),
      keymap.of([...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
    ],
  });
}
