// Narrows a list of cards by the choices above it. The list is complete without it; the
// choices are kept in the address, so that a narrowed list can be shared and gone back to.
import { readChoices, writeChoices } from "./choices.js";

(() => {
  function start(form) {
    const list = document.getElementById(form.dataset.filter);
    if (!list || form.dataset.ready) return;
    form.dataset.ready = "true";
    const cards = [...list.querySelectorAll(".sg-card")];
    const selects = [...form.querySelectorAll("select")];
    const count = form.querySelector("[role=status]");
    const clear = form.querySelector("button");

    function show() {
      const wanted = selects.filter((select) => select.value);
      let shown = 0;
      for (const card of cards) {
        const fits = wanted.every((select) =>
          (card.dataset[select.dataset.key] || "").split(" ").includes(select.value),
        );
        card.hidden = !fits;
        shown += fits;
      }
      for (const group of list.querySelectorAll(".sg-group")) {
        group.hidden = !group.querySelector(".sg-card:not([hidden])");
      }
      clear.hidden = !wanted.length;
      count.textContent = count.dataset.words
        .replace("{shown}", shown)
        .replace("{all}", cards.length);
    }

    function read() {
      const query = readChoices();
      for (const select of query ? selects : []) {
        const value = query.get(select.dataset.key) || "";
        select.value = [...select.options].some((option) => option.value === value) ? value : "";
      }
      show();
    }

    function write() {
      const query = new URLSearchParams();
      for (const select of selects) if (select.value) query.set(select.dataset.key, select.value);
      writeChoices(query);
      show();
    }

    form.addEventListener("change", write);
    clear.addEventListener("click", () => {
      for (const select of selects) select.value = "";
      write();
      selects[0].focus();
    });
    addEventListener("popstate", read);
    form.hidden = false;
    read();
    if (selects.some((select) => select.value)) write();
  }

  document.querySelectorAll("[data-filter]").forEach(start);
})();
