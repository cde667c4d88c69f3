// Sorts and filters the tables of this page. It takes nothing from outside and keeps nothing.

const collator = new Intl.Collator("en", { numeric: true });

for (const table of document.querySelectorAll("table.sortable")) {
  for (const heading of table.tHead.rows[0].cells) {
    makeSortable(table, heading);
  }
}

function makeSortable(table, heading) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  heading.setAttribute("aria-sort", "none");
  button.addEventListener("click", () => {
    const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    for (const other of table.tHead.rows[0].cells) {
      other.setAttribute("aria-sort", other === heading ? direction : "none");
    }
    sort(table, heading, direction);
  });
}

function sort(table, heading, direction) {
  const body = table.tBodies[0];
  const column = heading.cellIndex;
  const isNumber = heading.dataset.kind === "number";
  const keyed = [...body.rows].map((row) => [key(row.cells[column], isNumber), row]);
  const sign = direction === "ascending" ? 1 : -1;
  const compare = isNumber ? (one, other) => one - other : collator.compare;
  // Sorting is stable: rows that are equal stay in the order of the sort before.
  keyed.sort(([one], [other]) => sign * compare(one, other));
  body.append(...keyed.map(([, row]) => row));
}

/** What a cell is sorted by; an empty one comes before all numbers. */
function key(cell, isNumber) {
  if (!isNumber) {
    return (cell.firstChild?.textContent ?? "").trim();
  }
  return cell.dataset.value === undefined ? -Infinity : Number(cell.dataset.value);
}

const form = document.getElementById("filters");
const status = document.querySelector("#groups [role=status]");
const rows = [...document.querySelectorAll("#groups tbody tr")].map((row) => ({
  row,
  words: row.textContent.toLowerCase(),
  failing: new Set((row.dataset.failing ?? "").split(" ")),
}));
const all = status.textContent;

form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
// A form is reset only after its listeners have been told.
form.addEventListener("reset", () => requestAnimationFrame(filter));
for (const link of document.querySelectorAll("a[data-question]")) {
  link.addEventListener("click", (event) => showFailing(event, link));
}
// What browsers bring back when the page is loaded again holds at once.
filter();

/** Shows the groups that fail the question of a column in the chart. */
function showFailing(event, link) {
  const { failing } = form.elements;
  if (![...failing.options].some(({ value }) => value === link.dataset.question)) {
    // No group fails it: the link leads to its numbers.
    return;
  }
  event.preventDefault();
  form.reset();
  requestAnimationFrame(() => {
    failing.value = link.dataset.question;
    filter();
    document.getElementById("groups").scrollIntoView();
    failing.focus({ preventScroll: true });
  });
}

function filter() {
  const { search, verdict, edition, failing } = form.elements;
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, words: own, failing: fails } of rows) {
    const isWanted =
      words.every((word) => own.includes(word)) &&
      (verdict.value === "*" || row.dataset.verdict === verdict.value) &&
      (edition.value === "*" || row.dataset.edition === edition.value) &&
      (failing.value === "*" || fails.has(failing.value));
    row.hidden = !isWanted;
    shown += isWanted;
  }
  status.textContent = shown === rows.length ? all : `${shown} of ${all} shown`;
}

// On paper nothing can be opened.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) {
    details.open = true;
  }
});
