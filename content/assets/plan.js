// A programme as it stands in the address: `#1;item;item`, each item
// `exercise:condition:stage:sets:reps:hold:days`. Days are digits, 1 for Monday to 7 for Sunday.

const VERSION = "1";
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const STORE = "sg-programme";
const MOST_ITEMS = 30;

function number(text, most) {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return Math.min(value, most);
}

export function parseItem(text) {
  const [exercise = "", condition = "", stage = "", sets = "", reps = "", hold = "", days = ""] =
    text.split(":");
  if (!ID.test(exercise) || (condition && !ID.test(condition))) return null;
  return {
    exercise,
    condition,
    stage: number(stage, 9),
    sets: number(sets, 12),
    reps: number(reps, 100),
    hold: number(hold, 600),
    days: [...new Set(days.match(/[1-7]/g) || [])].sort().join(""),
  };
}

export function itemText(item) {
  const { exercise, condition, stage, sets, reps, hold, days } = item;
  return [exercise, condition, stage || "", sets || "", reps || "", hold || "", days].join(":");
}

// Null where the text is no programme: any link within a page has a fragment too.
export function parsePlan(fragment) {
  const [version, ...items] = fragment.replace(/^#/, "").split(";");
  if (version !== VERSION) return null;
  return items.slice(0, MOST_ITEMS).map(parseItem).filter(Boolean);
}

export function planText(items) {
  return `#${[VERSION, ...items.map(itemText)].join(";")}`;
}

// An exercise without days is one of every day.
export function isOn(item, day) {
  return !item.days || item.days.includes(day);
}

// The plan that is being put together, on this device only; null before there was any. Where
// storage is closed (private windows, frames) it lasts as long as the page.
let memory = "";

export function storedPlan() {
  try {
    return parsePlan(localStorage.getItem(STORE) || memory);
  } catch {
    return parsePlan(memory);
  }
}

export function storePlan(items) {
  memory = planText(items);
  try {
    localStorage.setItem(STORE, memory);
  } catch {
    /* The page keeps it. */
  }
}
