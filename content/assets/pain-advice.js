// What a pain rule says of an entry of the diary. Pure: it quotes the rule, and scores nothing.
import { daysLater, iso } from "./day.js";

export const MOMENTS = ["during", "later", "morning"];
const RISE = 3;
const LATER_MS = 36e5;
const VERDICTS = { stop: "back", care: "same", go: "go" };
const isNumber = (value) => typeof value === "number";

export const timeOf = ({ on, at = "" }) => `${on} ${at}`;
export const idOf = ({ conditions }) => conditions[0] ?? "";
export const inOrder = (diary) => [...diary].sort((a, b) => timeOf(a).localeCompare(timeOf(b)));

// `rule` has a sentence for each moment and colour, `limit` is the stage's, and `earlier` are the
// entries before. Where the number is over the limit, a reason has the limit and no sentence.
export function adviceOf(rule, limit, { kind, pain, fits }, earlier) {
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
    return before && pain[moment] - before.pain[moment] >= RISE;
  });
  return {
    verdict: isOpen ? "" : VERDICTS[worst],
    because: isOpen ? [] : said.filter(({ colour }) => colour === worst),
    jump: worst === "stop" || rose,
  };
}

// The same by the data, with what the diary says of the condition before this entry.
export function adviceOn(data, entry, diary) {
  const condition = data.conditions[idOf(entry)];
  const limit = condition?.stages[entry.stage - 1]?.limit;
  const rule = data.rules[condition?.rule];
  const isEarlier = (one) =>
    one.id !== entry.id && idOf(one) === idOf(entry) && timeOf(one) <= timeOf(entry);
  const earlier = inOrder(diary.filter(isEarlier));
  return { rule, limit, ...adviceOf(rule, limit, entry, earlier) };
}

// What can be asked now: an hour later that day, and the next morning.
export function openMoments(diary, now) {
  const today = iso(now);
  const moments = { [today]: "later", [daysLater(today, -1)]: "morning" };
  return inOrder(diary)
    .map((entry) => ({ entry, moment: moments[entry.on] }))
    .filter(({ entry, moment }) => {
      const { on, at, pain, fits } = entry;
      if (!moment || !idOf(entry) || isNumber(pain[moment]) || fits[moment]) return false;
      return moment === "morning" || !at || now - new Date(`${on}T${at}`) >= LATER_MS;
    });
}
