// What helps to find a page: buttons that open the theme's search, and the pages whose names are
// near to what was typed, or to an address that leads nowhere. Results say their kind and region.
// The names are loaded when needed.
import { element } from "./dom.js";
import { hasSlip, loadNames, nearest } from "./nearest.js";

const MOST = 5;

function show(box, rows) {
  box.querySelector("ul").replaceChildren(...rows.map((row) =>
    element("li", {},
      element("a", { href: box.dataset.root.replace(/\/?$/, "/") + row.url }, row.name),
      element("span", { class: "sg-nearest__note" }, row.note))));
  box.hidden = !rows.length;
}

async function nearAddress(box) {
  const names = await loadNames(box.dataset.names);
  let path = location.pathname;
  try {
    path = decodeURIComponent(path);
  } catch {
    // An address that can't be decoded is read as it stands.
  }
  const last = path.split("/").filter(Boolean).pop() || "";
  show(box, nearest(names, last, MOST));
}

// Kind and region under the name of each result, where the words that were found don't show them.
function sayKinds(list, names, root) {
  const rows = new Map(names.rows.map((row) => [new URL(row.url, root).pathname, row]));
  const say = () => {
    for (const result of list.querySelectorAll(".md-search-result__item > a")) {
      const row = rows.get(result.pathname);
      const title = result.querySelector("h1");
      const next = title?.nextSibling;
      if (!row || !title || next?.className === "sg-nearest__note") continue;
      if (next?.nodeType === Node.TEXT_NODE && next.data.includes(row.kind)) continue;
      title.after(element("span", { class: "sg-nearest__note" }, row.note));
    }
  };
  new MutationObserver(say).observe(list, { childList: true });
  say();
}

// The theme lets a page that has one of two words often pass before one that has both.
function wholeFirst(list) {
  const sort = () => {
    const lacks = (result) => Boolean(result.querySelector(":scope > a .md-search-result__terms"));
    const results = [...list.children];
    const first = results.findIndex(lacks);
    const late = first < 0 ? [] : results.slice(first).filter((result) => !lacks(result));
    if (late.length) results[first].before(...late);
  };
  new MutationObserver(sort).observe(list, { childList: true });
  sort();
}

function nearQuery(box) {
  const query = document.querySelector("[data-md-component=search-query]");
  const list = document.querySelector(".md-search-result__list");
  wholeFirst(list);
  let names;
  const load = async () => {
    const found = await loadNames(box.dataset.names);
    sayKinds(list, found, new URL(box.dataset.root.replace(/\/?$/, "/"), location.href));
    return found;
  };
  query.addEventListener("input", async () => {
    names ||= load();
    const found = await names;
    show(box, hasSlip(found, query.value) ? nearest(found, query.value, MOST) : []);
  });
  query.form.addEventListener("reset", () => show(box, []));
}

function openSearch() {
  const toggle = document.querySelector("[data-md-toggle=search]");
  if (!toggle.checked) toggle.click();
  document.querySelector("[data-md-component=search-query]").focus();
}

function start() {
  for (const button of document.querySelectorAll("[data-search]:not([data-ready])")) {
    button.dataset.ready = "true";
    button.addEventListener("click", openSearch);
  }
  for (const box of document.querySelectorAll("[data-nearest]:not([data-ready])")) {
    box.dataset.ready = "true";
    if (box.dataset.nearest === "address") nearAddress(box);
    else nearQuery(box);
  }
}

if (window.document$) window.document$.subscribe(start);
else start();
