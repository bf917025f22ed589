// The document that a reader keeps, in its shape: what has another is left out, whether it was
// stored here or came with a file.
import { itemText, parseItem } from "./plan.js";
import { readStored } from "./store.js";

export const VERSION = 1;
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
const isDay = (value) => /^\d{4}-\d\d-\d\d$/.test(value);
const texts = (value) => (isList(value) ? value.filter((one) => typeof one === "string") : []);
const pick = (value, fits) =>
  Object.fromEntries(Object.entries(isMap(value) ? value : {}).filter(([, one]) => fits(one)));

// An entry of the diary, and a result of "Ready to move on?".
const asEntry = (entry) => ({
  ...entry,
  id: String(entry.id),
  kind: entry.kind === "run" ? "run" : "session",
  exercises: texts(entry.exercises),
  conditions: texts(entry.conditions),
  pain: pick(entry.pain, (value) => Number.isInteger(value) && value >= 0 && value <= 10),
  fits: pick(entry.fits, (value) => ["go", "care", "stop", ""].includes(value)),
  note: String(entry.note ?? ""),
});
const isStep = (step) =>
  isMap(step) &&
  step.sessions > 0 &&
  typeof step.name === "string" &&
  typeof step.text === "string";
const isRuns = ({ programme, url, steps, days, start, down }) =>
  [programme, url].every((text) => typeof text === "string") &&
  isList(steps) &&
  steps.every(isStep) &&
  [days, down].every((list) => isList(list) && list.every(Number.isInteger)) &&
  isDay(start);
const isCheck = ({ on, condition, stage, answers }) =>
  isDay(on) && typeof condition === "string" && Number.isInteger(stage) && isList(answers);

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
  state.diary = state.diary.filter((entry) => isMap(entry) && isDay(entry.on)).map(asEntry);
  state.checks = state.checks.filter((check) => isMap(check) && isCheck(check));
  state.done = pick(state.done, isList);
  for (const day of Object.keys(state.done)) state.done[day] = texts(state.done[day]);
  state.moved = pick(state.moved, isDay);
  if (state.runs && !isRuns(state.runs)) state.runs = null;
  if (state.race)
    state.race = isDay(state.race.on) ? { ...state.race, met: texts(state.race.met) } : null;
  return state;
}

export const readState = () => asState(readStored());
