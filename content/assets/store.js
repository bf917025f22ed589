// All that the reader keeps on this device, as one document under the site's own path: docs/my-plan.md
// says what stands in it.
import { itemText, parseItem, parsePlan } from "./plan.js";

export const VERSION = 1;
export const keyOf = (name) => `${globalThis.__md_scope.pathname}.${name}`;
const EMPTY = {
  version: VERSION,
  items: [],
  done: {},
  moved: {},
  diary: [],
  checks: [],
  runs: null,
  race: null,
  settings: {},
};
const isList = Array.isArray;
const isMap = (value) => Boolean(value) && typeof value === "object" && !isList(value);

// Where storage is closed (private windows, frames) the document lasts as long as the page.
let memory = null;

// Whatever was stored or imported, as a document: what has the wrong shape is left out.
export function asState(given) {
  const state = structuredClone(EMPTY);
  if (!isMap(given)) return state;
  for (const [name, usual] of Object.entries(EMPTY)) {
    const fits = isList(usual) ? isList(given[name]) : isMap(given[name]);
    if (name !== "version" && fits) state[name] = given[name];
  }
  state.items = state.items
    .filter(isMap)
    .map((item) => parseItem(itemText(item)))
    .filter(Boolean);
  return state;
}

// What this site kept before there was one document.
function old() {
  const items = parsePlan(localStorage.getItem("sg-programme") ?? "") ?? [];
  const notes = JSON.parse(localStorage.getItem("sg-notes") ?? "[]");
  const diary = notes.map(({ on, pain, note, exercises }, at) => ({
    id: `${on}-${at}`,
    on,
    kind: "session",
    exercises,
    pain: { during: pain },
    note,
  }));
  return { items, diary };
}

export function readState() {
  try {
    const text = localStorage.getItem(keyOf("plan"));
    return asState(text ? JSON.parse(text) : (memory ?? old()));
  } catch {
    return asState(memory);
  }
}

// Whether it will be there tomorrow.
export function writeState(state) {
  memory = state;
  try {
    localStorage.setItem(keyOf("plan"), JSON.stringify(state));
    for (const name of ["sg-programme", "sg-notes"]) localStorage.removeItem(name);
    return true;
  } catch {
    return false;
  }
}

export const change = (values) => writeState({ ...readState(), ...values });

// Nothing is left: the next visit is as the first.
export function erase() {
  memory = null;
  try {
    for (const name of [keyOf("plan"), "sg-programme", "sg-notes"]) localStorage.removeItem(name);
  } catch {
    /* There was nothing. */
  }
}
