// What a reader picked, behind `#` in the address: it can be shared and gone back to, and it is
// never sent anywhere. Addresses of earlier days have it behind `?`.

// Null where the address leads to a place within the page.
export function readChoices() {
  const hash = location.hash.slice(1);
  return hash && !hash.includes("=") ? null : new URLSearchParams(hash || location.search);
}

export function writeChoices(query, isNew) {
  const address = location.pathname + (query.size ? `#${query}` : "");
  history[isNew ? "pushState" : "replaceState"](null, "", address);
}
