// A programme as a calendar file: for each weekday that has exercises, one event at each time.
import { addDays, calendarText, digest, download, weekday } from "./calendar.js";
import { takeTurn } from "./calendar-turn.js";
import { isOn, planText } from "./plan.js";
import { doseOf, flagText, redFlagsOf } from "./programme-words.js";
import { readState } from "./state.js";

const CALENDAR_WEEKS = 12;
const LEAST_MINUTES = 10;
const SECONDS = { repetition: 3, set: 60, rest: 60 };
const USUAL = { 1: [1080], 2: [480, 1080], 3: [480, 780, 1080] };
const [FIRST, LAST, QUARTER] = [480, 1200, 15];

// Minutes after midnight, for an exercise of this many times a day.
function timesOf(times) {
  if (USUAL[times]) return USUAL[times];
  const step = (LAST - FIRST) / (times - 1);
  return [...Array(times).keys()].map((at) => FIRST + Math.round((at * step) / QUARTER) * QUARTER);
}

// How long an exercise takes, in seconds, with a rest after each set.
function lengthOf({ data }, { exercise, sets, reps, hold }) {
  const { up = 0, pause = 0, down = 0, rest = SECONDS.rest, sides } = data.exercises[exercise];
  const repetition = hold || up + pause + down || SECONDS.repetition;
  const set = reps ? reps * repetition : hold || SECONDS.set;
  return (sets || 1) * (set * (sides ? 2 : 1) + rest);
}

function minutesOf(about, items) {
  const seconds = items.reduce((sum, item) => sum + lengthOf(about, item), 0);
  return Math.max(LEAST_MINUTES, Math.ceil(seconds / 300) * 5);
}

// A slot is a weekday and a time, as `3-0800`; its next day is today at the earliest.
const slotOf = (day, time) =>
  `${day}-${String(Math.floor(time / 60) * 100 + (time % 60)).padStart(4, "0")}`;
function nextOf(slot, today) {
  const [day, clock] = slot.split("-").map(Number);
  const on = addDays(today, (day - weekday(today) + 7) % 7);
  on.setHours(Math.floor(clock / 100), clock % 100, 0, 0);
  return on;
}

// By slot, the exercises that are due then.
function slotsOf(items) {
  const slots = new Map();
  for (const day of [1, 2, 3, 4, 5, 6, 7])
    for (const item of items.filter((one) => isOn(one, day)))
      for (const time of timesOf(item.times)) {
        const slot = slotOf(day, time);
        slots.set(slot, [...(slots.get(slot) ?? []), item]);
      }
  return new Map([...slots].sort());
}

// A plan of someone else's link is kept apart from the reader's own: its exercises name it.
function planOf(items) {
  if (planText(items) === planText(readState().items)) return undefined;
  const exercises = items.map((item) => item.exercise).sort();
  return digest(exercises.join()).toString(36);
}

export function downloadCalendar(about, items) {
  const { words, data } = about;
  const today = new Date();
  const flags = redFlagsOf(about, items).map((tier) => flagText(tier).join(""));
  const line = (item) => `${data.exercises[item.exercise].name}: ${doseOf(about, item)}`;
  const slots = slotsOf(items);
  const turn = takeTurn([...slots.keys()], planOf(items));
  const event = (key, minutes) => ({
    key,
    on: nextOf(key, today),
    minutes,
    weeks: CALENDAR_WEEKS,
    summary: words.calendarTitle,
  });
  const due = [...slots].map(([key, there]) => ({
    ...event(key, minutesOf(about, there)),
    description: [...there.map(line), location.href, ...flags].join("\n"),
  }));
  const gone = turn.gone
    .filter((key) => /^[1-7]-\d{4}$/.test(key))
    .map((key) => ({ ...event(key, LEAST_MINUTES), cancelled: true }));
  download("programme.ics", "text/calendar", calendarText(turn, [...due, ...gone], today));
}
