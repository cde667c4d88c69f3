// Shows the pages of a report, and shows them anew when they are made anew.
import { Pane } from "./panes.js";
import { Places } from "./places.js";
import { keepInStep } from "./scrolling.js";

/** The panes of each view. */
const VIEWS = { ours: ["ours"], course: ["course"], both: ["written", "course"] };
const OVER = "The preview has ended: start reportls preview again, and open the address that it prints.";

const problem = document.getElementById("problem");
const buttons = [...document.querySelectorAll("[data-view]")];
const panes = new Map(
  [...document.querySelectorAll("[data-pane]")].map((section) => [
    section.dataset.pane,
    new Pane(section, () => onShown()),
  ]),
);
const places = new Places(panes.get("written"), panes.get("course"));
let hasCourse = true;
let view = viewInAddress();
let version = 0;

function viewInAddress() {
  const name = location.hash.slice(1);
  return hasCourse && Object.hasOwn(VIEWS, name) ? name : "ours";
}

function showView() {
  const wanted = VIEWS[view];
  document.body.dataset.view = view;
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  for (const [name, pane] of panes) {
    pane.setVisible(wanted.includes(name));
    if (version && wanted.includes(name)) {
      pane.show(version);
    }
  }
  places.setVisible(view === "both");
  onShown();
}

/** A pane has a new page, or another view is shown. */
function onShown() {
  const isBoth = view === "both";
  for (const pane of panes.values()) {
    pane.root?.toggleAttribute("data-marks", isBoth);
  }
  keepInStep(isBoth ? [panes.get("written").frame, panes.get("course").frame] : []);
  places.markCurrent();
}

function onNews(news) {
  version = news.version;
  document.title = `${news.name} \u2013 preview`;
  document.getElementById("name").textContent = news.name;
  problem.textContent = news.problem ? `${news.problem}. Below is the report as it was before.` : "";
  places.list(news.places);
  // Without an edition there is no page that the course makes.
  hasCourse = news.course;
  document.querySelector(".views").hidden = !hasCourse;
  view = viewInAddress();
  showView();
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    location.hash = button.dataset.view;
  });
}
addEventListener("hashchange", () => {
  view = viewInAddress();
  showView();
});
showView();

const events = new EventSource("events");
events.addEventListener("message", (event) => onNews(JSON.parse(event.data)));
events.addEventListener("error", () => {
  problem.textContent = OVER;
});
