// A step of a walk-run programme as blocks for a watch: `{ times, parts }`, not nested; a part is
// `{ run, seconds }` or `{ run, metres }`. A step, as its page gives it, is
// `{ name, intervals: [[run, walk], ...], minutes, metres }`, in seconds.

// Easy, in metres a second: how many rounds come closest to a distance.
const PACE = { run: 2.3, walk: 1.5 };
const LEAST_SECONDS = 10;

const partsOf = (intervals) =>
  intervals
    .flatMap(([run, walk]) => [
      { run: true, seconds: run },
      { run: false, seconds: walk },
    ])
    .filter(({ seconds }) => seconds);

const sum = (parts, worth) => parts.reduce((total, part) => total + worth(part), 0);
const secondsOf = (part) => part.seconds;
const metresOf = ({ run, seconds }) => seconds * (run ? PACE.run : PACE.walk);

// What is left of the time after full rounds: the parts in order, the last one cut.
function rest(parts, seconds) {
  const made = [];
  let left = seconds;
  for (const part of parts) {
    if (left < LEAST_SECONDS) break;
    made.push({ ...part, seconds: Math.min(left, part.seconds) });
    left -= part.seconds;
  }
  return made;
}

// Null where a step says neither a time nor a distance.
export function workoutOf({ intervals, minutes, metres }) {
  const parts = partsOf(intervals);
  const seconds = minutes * 60;
  if (!parts.length) {
    if (seconds) return [{ times: 1, parts: [{ run: true, seconds }] }];
    return metres ? [{ times: 1, parts: [{ run: true, metres }] }] : null;
  }
  if (!seconds) {
    const times = metres ? Math.max(1, Math.round(metres / sum(parts, metresOf))) : 1;
    return [{ times, parts }];
  }
  const round = sum(parts, secondsOf);
  const times = Math.floor(seconds / round);
  return [
    { times, parts },
    { times: 1, parts: rest(parts, seconds - times * round) },
  ].filter((block) => block.times && block.parts.length);
}

function lengthText({ seconds, metres }) {
  if (metres) return `${metres / 1000}km`;
  const [whole, over] = [Math.floor(seconds / 60), seconds % 60];
  return `${whole ? `${whole}m` : ""}${over ? `${over}s` : ""}`;
}

// The text that intervals.icu reads: a line for each part, an empty line around each block.
export function workoutText(blocks, notes, { run, walk }) {
  const block = ({ times, parts }) =>
    [
      ...(times > 1 ? [`${times}x`] : []),
      ...parts.map((part) => `- ${part.run ? run : walk} ${lengthText(part)}`),
    ].join("\n");
  return `${[notes.join("\n"), ...blocks.map(block)].join("\n\n")}\n`;
}
