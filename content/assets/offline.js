// Lets the service worker keep this site on the device, and says when a page comes from there or
// has become outdated. The words stand in the page.
import { iso } from "./day.js";
import { fill } from "./dom.js";

(() => {
  const note = document.querySelector("[data-worker]");
  const workers = navigator.serviceWorker;
  if (!note) return;

  function show(name) {
    note.querySelector(`[data-note=${name}]`).hidden = false;
    note.hidden = false;
  }

  const { saved } = document.documentElement.dataset; // The worker writes it into what it kept.
  if (saved !== undefined) {
    note.querySelector("[data-day]").textContent = saved && iso(new Date(saved));
    show("saved");
  }
  if (!workers) return;

  // The button by which a reader keeps the whole site, or lets it go again.
  const keeper = document.querySelector("[data-keep-offline]");

  function showState({ megabytes, isWhole, isPart }) {
    const { words } = keeper.dataset;
    const [button, status] = [
      keeper.querySelector("button"),
      keeper.querySelector("[role=status]"),
    ];
    const { keep, drop, kept, part } = JSON.parse(words);
    button.textContent = fill(isWhole ? drop : keep, { megabytes });
    button.dataset.ask = isWhole ? "forgetAll" : "keepAll";
    button.disabled = false;
    if (isPart) status.textContent = part;
    else status.textContent = isWhole ? kept : "";
    keeper.hidden = false;
  }

  keeper?.addEventListener("click", async ({ target }) => {
    if (!target.dataset.ask) return;
    target.disabled = true;
    keeper.querySelector("[role=status]").textContent = JSON.parse(keeper.dataset.words).wait;
    (await workers.ready).active.postMessage({ ask: target.dataset.ask });
  });

  const version = document.querySelector("meta[name='sg-version']")?.content;
  workers.addEventListener("message", ({ data }) => {
    if (version && data.version && data.version !== version) show("newer");
    if (data.megabytes && keeper) showState(data);
  });
  // What this page is made of: an earlier worker, or none, may not have kept it.
  function pathsHere() {
    const parts = performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).pathname);
    return [location.pathname, ...parts];
  }

  workers.addEventListener("controllerchange", () => {
    const paths = pathsHere();
    workers.controller?.postMessage({ paths });
    workers.controller?.postMessage({ ask: "visit", paths });
  });

  async function start() {
    const registration = await workers.register(note.dataset.worker, { updateViaCache: "none" });
    addEventListener("online", () => registration.update().catch(() => {}));
    (await workers.ready).active.postMessage({ ask: "visit", paths: pathsHere() });
  }
  // After the page itself: a slow line has one thing to do at a time.
  const begin = () => start().catch(() => {}); // Private windows have no workers.
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
})();
