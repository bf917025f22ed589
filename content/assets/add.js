// "Add to my plan" beside an exercise or a stage. Without scripts the link opens a plan with those
// exercises alone; with them they join what is there, and the page says so.
import { itemKey, parsePlan, planText } from "./plan.js";
import { change, readStored } from "./store.js";

const links = new Set();

const missing = (link, items) =>
  link.items.filter((item) => !items.some((one) => itemKey(one) === itemKey(item)));

function show(link) {
  const items = readStored()?.items ?? [];
  const there = missing(link, items).length === 0;
  link.note.textContent = there ? link.element.dataset.added.replace("{count}", items.length) : "";
  link.element.hidden = there;
  if (!link.open) return;
  link.open.hidden = !there;
  link.open.href = link.page + planText(items);
}

function start(element) {
  if (element.dataset.ready) return;
  element.dataset.ready = "true";
  const [page, fragment] = element.getAttribute("href").split("#");
  const items = parsePlan(fragment);
  if (!items?.length) return;
  const note = document.createElement("span");
  note.setAttribute("role", "status");
  note.tabIndex = -1;
  element.after(note);
  const link = { element, items, note, page };
  if (element.dataset.open) {
    link.open = document.createElement("a");
    link.open.textContent = element.dataset.open;
    note.after(" ", link.open);
  }
  element.addEventListener("click", (event) => {
    event.preventDefault();
    const items = readStored()?.items ?? [];
    change({ items: [...items, ...missing(link, items)] });
    links.forEach(show);
    (link.open ?? note).focus();
  });
  links.add(link);
  show(link);
}

function startAll() {
  document.querySelectorAll("a[data-add]").forEach(start);
}

// The programme may change in another tab, or after this page was left.
for (const name of ["storage", "pageshow"]) addEventListener(name, () => links.forEach(show));

startAll();
