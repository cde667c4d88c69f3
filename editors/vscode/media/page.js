// Runs around the page of a report. The page lies in a frame without scripts; what is here shows the newest one, and
// keeps page and editor at the same place. VS Code's side of the conversation is in `report-page.ts`.
const vscode = acquireVsCodeApi();
const frames = document.getElementById("frames");
const about = document.getElementById("about");
const problem = document.getElementById("problem");
const buttons = [...document.querySelectorAll("button[data-kind]")];

const ABOUT = {
  "handed-in": "The page that the course's script makes of this report: what is graded.",
  "to-read": "A page to read, made by reportls.",
};

let shown;
let state = { anchors: [], lines: 1, kind: undefined };
/** Where the editor has scrolled the page to: being there is not the reader's doing. */
let placed = 0;

for (const button of buttons) {
  button.addEventListener("click", () => vscode.postMessage({ type: "kind", kind: button.dataset.kind }));
}

window.addEventListener("message", ({ data }) => {
  if (data.type === "page") {
    show(data);
  } else if (data.type === "figures") {
    fill(data.figures);
  } else if (shown?.contentDocument) {
    data.type === "scroll" ? scrollTo(heightOf(data.line)) : reveal(data.line);
  }
});

function show(page) {
  const isOther = page.kind !== state.kind;
  state = page;
  about.textContent = ABOUT[page.kind];
  problem.hidden = !page.problem;
  problem.textContent = page.problem ?? "";
  for (const button of buttons) {
    button.parentElement.hidden = page.kinds.length < 2;
    button.setAttribute("aria-pressed", String(button.dataset.kind === page.kind));
  }
  // The new page takes the place of the old one once it is laid out, so that nothing flickers.
  const arriving = document.createElement("iframe");
  arriving.className = "arriving";
  arriving.title = "The page";
  arriving.sandbox = "allow-same-origin";
  arriving.addEventListener("load", () => {
    // Not earlier: while it was under way, the editor may have scrolled the old one.
    const before = shown;
    const place = before?.contentWindow?.scrollY ?? 0;
    shown = arriving;
    listen(arriving);
    scrollTo(before && !isOther ? place : heightOf(page.line) - arriving.clientHeight / 4);
    arriving.className = "";
    askForFigures();
    for (const other of [...frames.children]) {
      if (other !== arriving) {
        other.remove();
      }
    }
  });
  arriving.srcdoc = page.html;
  frames.append(arriving);
}

function listen(frame) {
  const page = frame.contentDocument;
  page.addEventListener("scroll", () => {
    if (!(Math.abs(frame.contentWindow.scrollY - placed) <= 1)) {
      placed = Number.NaN;
      vscode.postMessage({ type: "scrolled", line: lineAt(frame.contentWindow.scrollY) });
    }
  });
  page.addEventListener("dblclick", ({ pageY }) => vscode.postMessage({ type: "go", line: lineAt(pageY) }));
  page.addEventListener("click", (event) => {
    const href = event.target.closest?.("a[href]")?.getAttribute("href");
    if (href && !href.startsWith("#")) {
      event.preventDefault();
      if (/^https?:/i.test(href)) {
        vscode.postMessage({ type: "link", href });
      }
    }
  });
}

/** The course's page names its figures by their paths, which lead nowhere from here. */
function askForFigures() {
  const paths = [...shown.contentDocument.images].map((image) => image.getAttribute("src") ?? "");
  const beside = paths.filter((path) => path && !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(path));
  if (beside.length) {
    vscode.postMessage({ type: "figures", paths: [...new Set(beside)] });
  }
}

function fill(figures) {
  for (const image of shown?.contentDocument?.images ?? []) {
    const address = figures[image.getAttribute("src") ?? ""];
    if (address) {
      image.src = address;
    }
  }
}

function scrollTo(height) {
  shown.contentWindow.scrollTo(0, height);
  placed = shown.contentWindow.scrollY;
}

/** Scrolls to a line unless it can be seen already. */
function reveal(line) {
  const height = heightOf(line);
  const { scrollY, innerHeight } = shown.contentWindow;
  if (height < scrollY || height > scrollY + innerHeight - 40) {
    scrollTo(height - innerHeight / 4);
  }
}

/** Pairs of lines and heights, in order: the headings of the questions that the page shows, start and end. */
function pairs() {
  const page = shown.contentDocument;
  const headings = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const found = [{ line: 0, height: 0 }];
  let next = 0;
  for (const { name, line } of state.anchors) {
    const at = headings.findIndex((heading, index) => index >= next && isCalled(heading, name));
    if (at >= 0) {
      found.push({ line, height: headings[at].getBoundingClientRect().top + shown.contentWindow.scrollY });
      next = at + 1;
    }
  }
  found.push({ line: state.lines, height: page.documentElement.scrollHeight });
  return found;
}

function isCalled(heading, name) {
  const words = heading.textContent.trim().replace(/\s+/g, " ").toLowerCase();
  return words.startsWith(name.toLowerCase()) && !/^\d/.test(words.slice(name.length));
}

function heightOf(line) {
  return between(pairs(), line, "line", "height");
}

function lineAt(height) {
  return Math.floor(between(pairs(), height, "height", "line"));
}

function between(points, value, from, to) {
  const after = points.findIndex((point) => point[from] > value);
  if (after < 0) {
    return points.at(-1)[to];
  }
  if (after === 0) {
    return points[0][to];
  }
  const [one, other] = [points[after - 1], points[after]];
  return one[to] + ((other[to] - one[to]) * (value - one[from])) / (other[from] - one[from]);
}

vscode.postMessage({ type: "ready" });
