// A programme as a calendar file: an event for each weekday that has exercises.
import { addDays, calendarText, download, weekday } from "./calendar.js";
import { isOn } from "./plan.js";
import { doseOf, flagText, redFlagsOf } from "./programme-words.js";

const CALENDAR_WEEKS = 12;

export function downloadCalendar(about, items) {
  const { words, data } = about;
  const line = (item) => `${data.exercises[item.exercise].name}: ${doseOf(about, item)}`;
  const today = new Date();
  const flags = redFlagsOf(about, items).map((tier) => flagText(tier).join(""));
  const events = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => {
    const due = items.filter((item) => isOn(item, day)).map(line);
    const on = addDays(today, (day - weekday(today) + 7) % 7);
    const description = [...due, location.href, ...flags].join("\n");
    return due.length
      ? [{ key: day, on, summary: words.calendarTitle, description, weeks: CALENDAR_WEEKS }]
      : [];
  });
  const exercises = items
    .map((item) => item.exercise)
    .sort()
    .join(); // Another dose renews the events.
  download("programme.ics", "text/calendar", calendarText(exercises, events, today));
}
