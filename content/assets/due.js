// What is due on a day, and what of it is done. Days are texts such as 2027-01-31.
import { addDays, weekday } from "./calendar.js";
import { iso } from "./day.js";
import { isOn, itemKey } from "./plan.js";
import { sessions } from "./walk-run.js";

const LONGEST_STREAK = 999;
export const dateOf = (day) => new Date(`${day}T12:00`);
export const dayAfter = (day, count = 1) => iso(addDays(dateOf(day), count));

const of = (state, day) => state.items.filter((item) => isOn(item, weekday(dateOf(day))));

// The day's own exercises, and those of days that were too busy.
export function dueOn(state, day) {
  const busy = Object.keys(state.moved).filter((from) => state.moved[from] === day);
  const all = [
    ...(state.moved[day] ? [] : of(state, day)),
    ...busy.flatMap((from) => of(state, from)),
  ];
  return [...new Map(all.map((item) => [itemKey(item), item])).values()];
}

export const timesDone = (state, day, item) =>
  (state.done[day] ?? []).filter((key) => key === itemKey(item)).length;

export function withTimesDone(state, day, item, count) {
  const others = (state.done[day] ?? []).filter((key) => key !== itemKey(item));
  return { ...state.done, [day]: [...others, ...Array(count).fill(itemKey(item))] };
}

const isComplete = (state, day) =>
  dueOn(state, day).every((item) => timesDone(state, day, item) >= item.times);

// Days in a row on which all that was due was done; days without anything due don't break it.
export function streak(state, today) {
  const first = Object.keys(state.done).sort()[0];
  if (!first) return 0;
  let count = 0;
  for (let day = today; day >= first && count < LONGEST_STREAK; day = dayAfter(day, -1)) {
    if (!dueOn(state, day).length) continue;
    if (isComplete(state, day)) count += 1;
    else if (day !== today) break;
  }
  return count;
}

// Puts a day's exercises off to the next, with what had been put off to it.
export function putOff(state, day) {
  const next = dayAfter(day);
  const moved = Object.entries(state.moved).map(([from, to]) => [from, to === day ? next : to]);
  return { ...Object.fromEntries(moved), [day]: next };
}

// The session of the reader's walk-run programme on this day: `{ programme, url, name, text }`.
export function runOn({ runs }, day) {
  if (!runs) return null;
  const { programme, url, steps, days, start, down } = runs;
  const found = sessions(steps, days, dateOf(start), down).find(({ date }) => iso(date) === day);
  return found ? { programme, url, ...steps[found.step] } : null;
}
