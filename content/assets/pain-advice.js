// What a pain rule says of an entry of the diary. Pure: it quotes the rule, and scores nothing.
import { daysLater, iso } from "./day.js";

export const MOMENTS = ["during", "later", "morning"];
const RISE = 3;
const LATER_MS = 36e5;
const VERDICTS = { stop: "back", care: "same", go: "go" };
const isNumber = (value) => typeof value === "number";

const momentOf = ({ on, at = "" }) => `${on} ${at}`;
export const inOrder = (diary) => [...diary].sort((a, b) => momentOf(a).localeCompare(momentOf(b)));

// Entries of the same kind and condition that came before, oldest first.
export const earlierOf = (diary, entry) =>
  inOrder(diary).filter(
    (one) =>
      one.id !== entry.id &&
      one.kind === entry.kind &&
      one.conditions[0] === entry.conditions[0] &&
      momentOf(one) <= momentOf(entry),
  );

// `rule` has a sentence for each moment and colour, `limit` is the stage's, and `earlier` are the
// entries before this one. Where the number is over the limit, a reason has `limit` and no sentence.
export function adviceOf(rule, limit, entry, earlier) {
  const { kind, pain, fits } = entry;
  const said = MOMENTS.map((moment) => ({
    moment,
    colour: fits[moment],
    sentence: rule?.[moment]?.[fits[moment]],
  })).filter(({ sentence }) => sentence);
  if (kind === "session" && isNumber(limit) && pain.during > limit)
    said.push({ moment: "during", colour: "stop", sentence: "", limit });
  const worst = Object.keys(VERDICTS).find((colour) => said.some((one) => one.colour === colour));
  const isOpen = !worst || (worst === "go" && !said.some(({ moment }) => moment === "morning"));
  const rose = MOMENTS.some((moment) => {
    const before = earlier.findLast((one) => one.kind === kind && isNumber(one.pain[moment]));
    return before && isNumber(pain[moment]) && pain[moment] - before.pain[moment] >= RISE;
  });
  return {
    verdict: isOpen ? "" : VERDICTS[worst],
    because: isOpen ? [] : said.filter(({ colour }) => colour === worst),
    jump: worst === "stop" || rose,
  };
}

// The advice on an entry, by the data and the diary.
export function adviceOn(data, entry, diary) {
  const condition = data.conditions[entry.conditions[0]];
  const limit = condition?.stages[entry.stage - 1]?.limit;
  const rule = data.rules[condition?.rule];
  return { rule, limit, ...adviceOf(rule, limit, entry, earlierOf(diary, entry)) };
}

// What can be asked now: an hour later that day, and the next morning.
export function openMoments(diary, now) {
  const today = iso(now);
  const moments = { [today]: "later", [daysLater(today, -1)]: "morning" };
  return diary
    .map((entry) => ({ entry, moment: moments[entry.on] }))
    .filter(({ entry: { on, at, conditions, pain, fits }, moment }) => {
      if (!moment || !conditions.length || isNumber(pain[moment]) || fits[moment]) return false;
      return moment === "morning" || !at || now - new Date(`${on}T${at}`) >= LATER_MS;
    });
}
