// Lets the service worker keep this site on the device, and says when a page comes from there or
// has become outdated. The words stand in the page.
import { iso } from "./day.js";

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

  const version = document.querySelector("meta[name='sg-version']")?.content;
  workers.addEventListener("message", ({ data }) => {
    if (version && data.version && data.version !== version) show("newer");
  });
  workers.addEventListener("controllerchange", () => {
    workers.controller?.postMessage({ path: location.pathname });
  });

  async function start() {
    const registration = await workers.register(note.dataset.worker, { updateViaCache: "none" });
    addEventListener("online", () => registration.update().catch(() => {}));
    if (!navigator.connection?.saveData) (await workers.ready).active.postMessage("fill");
  }
  // After the page itself: a slow line has one thing to do at a time.
  const begin = () => start().catch(() => {}); // Private windows have no workers.
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
})();
