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

export const limitOf = ({ conditions }, entry) =>
  conditions[idOf(entry)]?.stages[entry.stage - 1]?.limit;

// The same by the data and the diary, whose oldest entry comes first.
export function adviceOn(data, entry, diary) {
  const limit = limitOf(data, entry);
  const rule = data.rules[data.conditions[idOf(entry)]?.rule];
  const time = timeOf(entry);
  const earlier = diary.filter(
    (one) => idOf(one) === idOf(entry) && one.id !== entry.id && timeOf(one) <= time,
  );
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
