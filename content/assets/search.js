// Search: opens by key or button, asks ranking.js what fits, and shows red flags first. What is
// typed stays on the page: no address and no request carries it. The words by which a page was
// found are marked on it; until it opens they wait in this tab.
import { element, fill, withCalls } from "./dom.js";

const STORE = "sg-found";
const KEYS = ["/", "f", "s"];
const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;
const MOST_NEAR = 5;

let loading;

// The ranking and the index come when the reader turns to search.
function load(box) {
  loading ||= (async () => {
    const [{ prepare, rank, wordsOf }, answer] = await Promise.all([
      import(new URL(box.dataset.ranking, location)),
      fetch(box.dataset.index),
    ]);
    const data = await answer.json();
    const index = prepare(data);
    return { rank: (text) => rank(index, text), wordsOf, ...data };
  })();
  return loading;
}

const rooted = (box, path) => box.dataset.root.replace(/\/?$/, "/") + path;
const addressOf = (box, row) => rooted(box, row.url);

// What a page is, where on the body, and the other name by which it was found.
function noteOf({ row, alias }, { regions }) {
  const isPlaced = row.isRecord && row.regions.length && !row.url.startsWith("regions/");
  const said = [row.kind, isPlaced && regions[row.regions[0]]].filter(Boolean).join(" · ");
  if (!alias) return [said];
  return [said && `${said} · `, "“", element("mark", {}, alias), "”"];
}

// The number to dial at once: one that the red flag names, or that of an emergency.
function numberOf({ flag }, { numbers, actions }) {
  const urgent = flag.order === 0 ? actions[flag.tier] : "";
  const [call] = withCalls(`${flag.action} ${urgent}`, numbers).filter((part) => part.href);
  return call;
}

// All of a red flag leads to its page, but for the numbers in it: they are called.
function flagItem(box, { row }, engine, words) {
  const call = numberOf(row, engine);
  if (call) {
    call.className = "sg-call";
    call.textContent = fill(words.call, { number: call.textContent });
  }
  return element(
    "li",
    { class: `sg-care sg-care--${row.flag.tier} sg-found__flag` },
    element(
      "a",
      { class: "md-search-result__link", href: addressOf(box, row) },
      element("strong", { class: "sg-care__head" }, `${row.flag.tierName}: ${row.name}`),
    ),
    element("p", { class: "sg-care__body" }, withCalls(row.flag.action, engine.numbers)),
    call,
  );
}

function pictureOf(box, row, { pictures }) {
  const [kind, id] = row.isRecord ? row.id.split("/") : [];
  if (!pictures[kind]) return null;
  const src = rooted(box, fill(pictures[kind], { id }));
  const picture = element("img", { class: "sg-picture", src, alt: "", width: 52, height: 52 });
  picture.addEventListener("error", () => picture.remove());
  return picture;
}

function pageItem(box, found, engine) {
  return element(
    "li",
    { class: "md-search-result__item" },
    element(
      "a",
      { class: "md-search-result__link sg-hit", href: addressOf(box, found.row) },
      element("h2", {}, found.row.name),
      element("p", { class: "sg-list__note" }, noteOf(found, engine)),
      pictureOf(box, found.row, engine),
    ),
  );
}

function startSearch(box) {
  const words = JSON.parse(box.dataset.words);
  const toggle = document.getElementById("__search");
  const query = box.querySelector("[name=query]");
  const status = box.querySelector("[role=status]");
  const hint = status.textContent;
  const flags = box.querySelector("[data-flags]");
  const list = box.querySelector("[data-pages]");
  const ways = box.querySelector("[data-ways]");
  let asked = 0;

  function open(isOpen) {
    toggle.checked = isOpen;
    if (isOpen) query.focus();
    else query.blur();
  }

  async function show() {
    const mine = ++asked;
    const text = query.value.trim();
    let [engine, found] = [null, { flags: [], pages: [] }];
    if (text) {
      engine = await load(box);
      if (mine !== asked) return;
      found = engine.rank(text);
    }
    flags.replaceChildren(...found.flags.map((one) => flagItem(box, one, engine, words)));
    list.replaceChildren(...found.pages.map((one) => pageItem(box, one, engine)));
    const count = found.flags.length + found.pages.length;
    ways.hidden = count > 0;
    const said = count ? fill(words.count, { count }) : words.none;
    status.textContent = text
      ? [found.flags.length && words.flags, said].filter(Boolean).join(" ")
      : hint;
  }

  const links = () => [...box.querySelectorAll(".md-search-result__link")];
  query.addEventListener("focus", () => {
    toggle.checked = true;
    load(box);
  });
  query.addEventListener("input", show);
  query.form.addEventListener("reset", () => {
    query.focus();
    setTimeout(show);
  });
  for (const example of box.querySelectorAll("[data-try]")) {
    example.addEventListener("click", () => {
      query.value = example.textContent;
      query.focus();
      show();
    });
  }
  query.form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  toggle.addEventListener("change", () => open(toggle.checked));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return open(false);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return undefined;
    event.preventDefault();
    const stops = [query, ...links()];
    const at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    return stops[(at + stops.length) % stops.length].focus();
  });
  addEventListener("keydown", (event) => {
    if (
      toggle.checked ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      !KEYS.includes(event.key)
    )
      return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    open(true);
  });
  for (const button of document.querySelectorAll("[data-search]"))
    button.addEventListener("click", () => open(true));
  box.addEventListener("click", ({ target }) => {
    const link = target.closest(".md-search-result__link");
    if (!link) return;
    const found = query.value.toLowerCase().match(WORD) ?? [];
    if (link.pathname === location.pathname) {
      mark(found);
      open(false);
    }
    try {
      sessionStorage.setItem(STORE, JSON.stringify({ path: link.pathname, words: found }));
    } catch {
      /* Storage is closed: the page opens without marks. */
    }
  });
  // What was typed before this script came.
  if (query.value || document.activeElement === query) {
    toggle.checked = true;
    show();
  }
}

function mark(words) {
  if (!window.Highlight) return;
  const marks = new Highlight();
  const wanted = new Set(words.filter((word) => word.length > 2));
  const texts = document.createTreeWalker(
    document.querySelector(".md-content"),
    NodeFilter.SHOW_TEXT,
  );
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (const { 0: word, index } of text.data.matchAll(WORD)) {
      if (!wanted.has(word.toLowerCase())) continue;
      marks.add(
        new StaticRange({
          startContainer: text,
          startOffset: index,
          endContainer: text,
          endOffset: index + word.length,
        }),
      );
    }
  }
  CSS.highlights.set(STORE, marks);
}

// Pages whose names are near to an address that leads nowhere.
async function startNearest(box) {
  const engine = await load(box);
  let path = location.pathname;
  try {
    path = decodeURIComponent(path);
  } catch {
    // An address that can't be decoded is read as it stands.
  }
  const last = (path.split("/").filter(Boolean).pop() || "").replace(/\.html$/, "");
  const { flags, pages } = engine.rank(engine.wordsOf(last).join(" "));
  const near = [...flags, ...pages].sort((a, b) => b.score - a.score).slice(0, MOST_NEAR);
  box
    .querySelector("ul")
    .replaceChildren(
      ...near.map((found) =>
        element(
          "li",
          { class: "sg-list__item" },
          element(
            "div",
            {},
            element(
              "a",
              { class: "sg-list__name", href: addressOf(box, found.row) },
              found.row.name,
            ),
            element("p", { class: "sg-list__note" }, noteOf(found, engine)),
          ),
        ),
      ),
    );
  box.hidden = !near.length;
  box.dataset.ready = "true";
}

try {
  const { path, words } = JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  sessionStorage.removeItem(STORE);
  if (path === location.pathname) mark(words);
} catch {
  /* Storage is closed. */
}

for (const box of document.querySelectorAll(".md-search[data-index]")) startSearch(box);
for (const box of document.querySelectorAll("[data-nearest]")) startNearest(box);
