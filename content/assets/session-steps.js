// A session as a list of timed steps, each with what is said at its start and within it. Pure.
import { fill } from "./dom.js";
import { doseOf } from "./programme-words.js";

const READY_SECONDS = 10;
const SWITCH_SECONDS = 5;
const REST_SECONDS = 60;
const UP_SECONDS = 2;
const RELEASE_SECONDS = 2;

// How one repetition goes on: its seconds, and what is said when in it. An exercise that states no
// tempo gets a calm one.
function paceOf({ words }, exercise, hold) {
  if (hold) return { seconds: hold + RELEASE_SECONDS, cues: [[hold, words.relax]] };
  const { up = UP_SECONDS, pause = 0, down = UP_SECONDS } = exercise;
  const cues = [[up + pause, words.lower]];
  if (pause) cues.unshift([up, words.stay]);
  return { seconds: up + pause + down, cues };
}

// The work of one set on one side: its seconds, and all that is said in it as `[second, text]`.
function workOf(about, item, exercise) {
  if (!item.reps) return { seconds: item.hold, cues: [] };
  const pace = paceOf(about, exercise, item.hold);
  const cues = [...Array(item.reps).keys()].flatMap((rep) => [
    [rep * pace.seconds, String(rep + 1)],
    ...pace.cues.map(([at, text]) => [rep * pace.seconds + at, text]),
  ]);
  return { seconds: item.reps * pace.seconds, cues };
}

// Each step is `{ kind, item, seconds, cues, say, set, side }`; `kind` is ready, work, switch or
// rest. Where an exercise says neither repetitions nor seconds the reader goes on by hand.
export function stepsOf(about, items) {
  const { words, data } = about;
  return items.flatMap((item) => {
    const exercise = data.exercises[item.exercise];
    const sets = item.sets || 1;
    const sides = exercise.sides ? words.sideNames : [""];
    const step = (kind, seconds, say, more = {}) => ({
      kind,
      item,
      seconds,
      cues: [],
      say,
      set: 1,
      side: "",
      ...more,
    });
    const made = [
      step(
        "ready",
        READY_SECONDS,
        fill(words.sayReady, { ...exercise, dose: doseOf(about, item) }),
      ),
    ];
    for (let set = 1; set <= sets; set += 1) {
      for (const [at, side] of sides.entries()) {
        if (at) made.push(step("switch", SWITCH_SECONDS, words.saySwitch, { set, side }));
        const { seconds, cues } = workOf(about, item, exercise);
        const say = [sets > 1 && fill(words.setOf, { set, sets }), side, words.sayGo];
        made.push(step("work", seconds, `${say.filter(Boolean).join(". ")}.`, { cues, set, side }));
      }
      if (set < sets) {
        const seconds = exercise.rest ?? REST_SECONDS;
        made.push(step("rest", seconds, fill(words.sayRest, { seconds }), { set }));
      }
    }
    return made;
  });
}

export const secondsFrom = (steps, at) =>
  steps.slice(at).reduce((sum, { seconds }) => sum + seconds, 0);
