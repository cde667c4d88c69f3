// Made from the server's `report/form.py` by: pytest --update-docs tests/test_vscode_package.py
export const MARKER = "Answer:";
export const MOST_OF_A_COURSE = 14;
export const HEADINGS = /^[ \t]*#{1,6}.*\bQuestion[ \t]+\d/gim;
