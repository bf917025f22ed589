"use strict";

// What the theme's own script would do on each page, in small: the way back up, the section in
// sight, drawer and search by key. That script, its worker and the index are three hundred
// times as heavy; they come when the reader turns to search.
(() => {
  const LEAST_SCROLL = 400;
  const SEARCH_KEYS = ["/", "f", "s"];
  const html = document.documentElement;
  const later = document.querySelector("template[data-later]");
  const drawer = document.getElementById("__drawer");
  const sidebar = document.querySelector(".md-sidebar--primary");
  const toggle = document.getElementById("__search");
  const query = document.querySelector(".md-search__input");

  function bringSearch() {
    if (!later || later.dataset.ready) return;
    later.dataset.ready = "true";
    document.body.append(Object.assign(document.createElement("script"), { src: later.dataset.later }));
  }

  if (later && toggle && query) {
    query.addEventListener("focus", bringSearch);
    toggle.addEventListener("change", () => { if (toggle.checked) query.focus(); });
    addEventListener("keydown", (event) => {
      if (later.dataset.ready || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!SEARCH_KEYS.includes(event.key) || event.target.closest?.("input, select, textarea, [contenteditable]")) return;
      event.preventDefault();
      toggle.checked = true;
      query.focus();
    });
    // A shared address may ask for a search.
    if (new URLSearchParams(location.search).has("q")) bringSearch();
  }

  // A browser may remember what was open on the last visit.
  for (const input of document.querySelectorAll("[data-md-toggle]")) input.checked = false;

  const [opener] = [...document.querySelectorAll("label[data-name]")].map((label) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: label.className });
    button.setAttribute("aria-label", label.dataset.name);
    button.dataset.opens = label.htmlFor;
    button.append(...label.childNodes);
    button.addEventListener("click", (event) => {
      const input = document.getElementById(button.dataset.opens);
      input.click();
      const isKey = event.detail === 0;
      if (isKey && input === drawer && drawer.checked) sidebar.querySelector("a, [tabindex='0']").focus();
    });
    label.replaceWith(button);
    return button;
  });

  function openDrawer(open) {
    if (drawer.checked === open) return;
    drawer.checked = open;
    drawer.dispatchEvent(new Event("change"));
  }

  if (drawer && sidebar && opener) {
    opener.setAttribute("aria-expanded", "false");
    drawer.addEventListener("change", () => opener.setAttribute("aria-expanded", String(drawer.checked)));
    sidebar.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !sidebar.contains(relatedTarget)) openDrawer(false);
    });
  }

  addEventListener("keydown", (event) => {
    const label = event.target.closest?.("label[tabindex]");
    if (label && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.stopImmediatePropagation(); // The theme's script would press it again.
      label.click();
    } else if (event.key === "Escape" && drawer?.checked) {
      openDrawer(false);
      opener.focus();
    }
  });

  const top = document.querySelector(".md-top");
  const title = document.querySelector(".md-header__title");
  const heading = document.querySelector(".md-content h1");
  const links = [...document.querySelectorAll(".md-sidebar--secondary .md-nav__link[href^='#']")];
  const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let last = scrollY;

  function look() {
    const y = scrollY;
    const edge = parseFloat(getComputedStyle(html).fontSize) * 3;
    if (top && !later?.dataset.ready) top.hidden = y < LEAST_SCROLL || y >= last;
    title?.classList.toggle("md-header__title--active", Boolean(heading) && heading.getBoundingClientRect().bottom < edge);
    const passed = sections.filter((section) => section && section.getBoundingClientRect().top <= edge * 1.5).length;
    links.forEach((link, at) => link.classList.toggle("md-nav__link--active", at === passed - 1));
    last = y;
  }

  top?.addEventListener("click", () => scrollTo({ top: 0 }));
  addEventListener("scroll", look, { passive: true });
})();
