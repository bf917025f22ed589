// The sessions of a walk-run programme in order. After a session in `down` it goes back one step.
import { addDays, weekday } from "./calendar.js";

export const MOST_SESSIONS = 120;

export function sessions(steps, days, start, down) {
  const made = [];
  let step = 0;
  let done = 0;
  for (
    let date = start;
    step < steps.length && made.length < MOST_SESSIONS;
    date = addDays(date, 1)
  ) {
    if (!days.includes(weekday(date))) continue;
    made.push({ date, step });
    if (down.includes(made.length)) {
      step = Math.max(0, step - 1);
      done = 0;
    } else if (++done >= steps[step].sessions) {
      step += 1;
      done = 0;
    }
  }
  return made;
}
