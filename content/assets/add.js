// "Add to my programme" beside an exercise. Without scripts the link opens a programme with
// that one exercise; with them it joins what is there, and says so.
import { itemText, parseItem, planText, storePlan, storedPlan } from "./plan.js";

const links = new Set();

function show(link) {
  const items = storedPlan() ?? [];
  const there = items.some(
    (item) => item.exercise === link.item.exercise && item.condition === link.item.condition,
  );
  link.note.textContent = there ? link.element.dataset.added.replace("{count}", items.length) : "";
  link.open.hidden = !there;
  link.open.href = link.page + planText(items);
  link.element.hidden = there;
}

function start(element) {
  if (element.dataset.ready) return;
  element.dataset.ready = "true";
  const item = parseItem(element.dataset.add);
  if (!item) return;
  const note = document.createElement("span");
  note.setAttribute("role", "status");
  const open = document.createElement("a");
  open.textContent = element.dataset.open;
  const link = { element, item, note, open, page: element.getAttribute("href").split("#")[0] };
  element.after(note, " ", open);
  element.addEventListener("click", (event) => {
    event.preventDefault();
    const items = storedPlan() ?? [];
    if (!items.some((other) => itemText(other) === itemText(item))) storePlan([...items, item]);
    links.forEach(show);
    open.focus();
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
