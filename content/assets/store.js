// All that the reader keeps on this device, as one document under the site's own path. What stands
// in it is in docs/my-plan.md; state.js gives it that shape.
import { parsePlan } from "./plan.js";

export const keyOf = (name) => `${globalThis.__md_scope.pathname}.${name}`;

// Where storage is closed (private windows, frames) the document lasts as long as the page.
let memory = null;

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

// As it was stored; null where there is nothing.
export function readStored() {
  try {
    const text = localStorage.getItem(keyOf("plan"));
    return text ? JSON.parse(text) : (memory ?? old());
  } catch {
    return memory;
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

export const change = (values) => writeState({ version: 1, ...readStored(), ...values });

// Nothing is left: the next visit is as the first.
export function erase() {
  memory = null;
  try {
    for (const name of [keyOf("plan"), "sg-programme", "sg-notes"]) localStorage.removeItem(name);
  } catch {
    /* There was nothing. */
  }
}
