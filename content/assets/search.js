"use strict";

// Buttons that open the theme's search, as its own label in the header does.
function startSearch() {
  for (const button of document.querySelectorAll("[data-search]:not([data-ready])")) {
    button.dataset.ready = "true";
    button.addEventListener("click", () => {
      const toggle = document.querySelector("[data-md-toggle=search]");
      if (!toggle.checked) toggle.click();
      document.querySelector("[data-md-component=search-query]").focus();
    });
  }
}

if (window.document$) window.document$.subscribe(startSearch);
else startSearch();
