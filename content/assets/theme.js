"use strict";

// What the theme's own script would do on each page, in small: the way back up, the section in
// sight, the drawer by key. That script is three hundred times as heavy.
(() => {
  const LEAST_SCROLL = 400;
  const html = document.documentElement;
  const drawer = document.getElementById("__drawer");
  const sidebar = document.querySelector(".md-sidebar--primary");

  // A browser may remember what was open on the last visit.
  for (const input of document.querySelectorAll("[data-md-toggle]")) input.checked = false;

  const openers = [...document.querySelectorAll("label[data-name]")].map((label) => {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: label.className,
    });
    button.setAttribute("aria-label", label.dataset.name);
    button.dataset.opens = label.htmlFor;
    button.append(...label.childNodes);
    button.addEventListener("click", (event) => {
      const input = document.getElementById(button.dataset.opens);
      input.click();
      const isKey = event.detail === 0;
      if (isKey && input === drawer && drawer.checked)
        sidebar.querySelector("a, [tabindex='0']").focus();
    });
    label.replaceWith(button);
    return button;
  });
  const opener = openers.find((button) => button.dataset.opens === "__drawer");

  function openDrawer(open) {
    if (drawer.checked === open) return;
    drawer.checked = open;
    drawer.dispatchEvent(new Event("change"));
  }

  if (drawer && sidebar && opener) {
    opener.setAttribute("aria-expanded", "false");
    drawer.addEventListener("change", () =>
      opener.setAttribute("aria-expanded", String(drawer.checked)),
    );
    sidebar.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !sidebar.contains(relatedTarget)) openDrawer(false);
    });
  }

  addEventListener("keydown", (event) => {
    const label = event.target.closest?.("label[tabindex]");
    if (label && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      label.click();
    } else if (event.key === "Escape" && drawer?.checked) {
      openDrawer(false);
      opener.focus();
    }
  });

  const top = document.querySelector(".md-top");
  const links = [
    ...document.querySelectorAll(".sg-tabs a, .md-sidebar--secondary .md-nav__link[href^='#']"),
  ];
  const sections = links.map((link) =>
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
  );
  let last = scrollY;

  function look() {
    const y = scrollY;
    const edge = parseFloat(getComputedStyle(html).fontSize) * 3;
    if (top) top.hidden = y < LEAST_SCROLL || y >= last;
    const passed = sections.filter(
      (section) => section && section.getBoundingClientRect().top <= edge * 1.5,
    ).length;
    for (const [at, link] of links.entries()) {
      link.classList.toggle("md-nav__link--active", at === passed - 1);
      if (at === passed - 1) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    last = y;
  }

  // A link to what is folded away opens it; new browsers do so by themselves.
  function reveal() {
    const target =
      location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let opened = false;
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) {
      opened ||= !at.open;
      at.open = true;
    }
    if (opened) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  for (const box of document.querySelectorAll("[data-print]")) {
    box.hidden = false;
    box.addEventListener("click", () => {
      for (const fold of document.querySelectorAll(".md-content details:not(.sg-embed)"))
        fold.open = true;
      html.classList.add("sg-print-all");
      print();
    });
  }

  top?.addEventListener("click", () => scrollTo({ top: 0 }));
  addEventListener("scroll", look, { passive: true });
})();
