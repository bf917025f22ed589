// A plan as it stands in the address: `#1;item;item`, each item
// `exercise:condition:stage:sets:reps:hold:days:times`. Days are digits, 1 for Monday to 7 for
// Sunday; `times` is how often a day. Older links end with the days.

const VERSION = "1";
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MOST_ITEMS = 30;

function number(text, most) {
  return /^\d{1,3}$/.test(text) ? Math.min(Number(text), most) : 0;
}

export function parseItem(text) {
  const [exercise = "", condition = "", stage, sets, reps, hold, days = "", times] =
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
    times: number(times, 12) || 1,
  };
}

export function itemText({ exercise, condition, stage, sets, reps, hold, days, times }) {
  const amounts = [stage, sets, reps, hold].map((amount) => amount || "");
  const text = [exercise, condition, ...amounts, days].join(":");
  return times > 1 ? `${text}:${times}` : text;
}

// The same work, whatever its dose: what a tick is for.
export const itemKey = ({ exercise, condition, stage }) => [exercise, condition, stage].join(":");

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
