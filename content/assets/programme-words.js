// What a programme says: doses, conditions and red flags. `about` is `{ root, words, data }`: the
// page's element, its words and the data of all exercises.
import { element, fill } from "./dom.js";

export function doseOf({ words, data }, item) {
  const { sides } = data.exercises[item.exercise];
  let text = "";
  if (item.sets && item.reps) text = fill(item.sets > 1 ? words.setsOf : words.setOf1, item);
  else if (item.reps) text = fill(item.reps > 1 ? words.times : words.time, item);
  else if (item.sets && item.hold) text = fill(words.holds, item);
  else if (item.hold) text = fill(words.hold, item);
  else if (item.sets) text = fill(item.sets > 1 ? words.sets : words.set1, item);
  if (item.reps && item.hold) text += fill(words.holdEach, item);
  if (sides && text) text += `, ${words.eachSide}`;
  return item.times > 1 ? `${text}, ${fill(words.timesADay, item)}` : text;
}

export function picture({ root }, exercise, alt = "") {
  return (
    exercise.figure &&
    element("img", {
      class: "sg-picture",
      src: root.dataset.root + exercise.figure,
      alt,
      width: 120,
      height: 120,
    })
  );
}

// The dose of its page, with how often a day, which the plan leaves to the reader.
export const plannedOf = ({ words, data }, item) =>
  fill(words.planned, {
    dose:
      data.conditions[item.condition]?.stages[item.stage - 1]?.planned[item.exercise] ??
      data.exercises[item.exercise].planned,
  });

export const conditionsOf = ({ data }, items) =>
  [...new Set(items.map((item) => item.condition).filter(Boolean))].map(
    (id) => data.conditions[id],
  );

// The tiers of the red flags of these items, each with their short names.
export function redFlagsOf(about, items) {
  const { words, data } = about;
  const ids = new Set(conditionsOf(about, items).flatMap((condition) => condition.flags));
  const flags = Object.entries(data.flags)
    .filter(([id]) => ids.has(id))
    .map(([, flag]) => flag);
  return words.tiers
    .map((tier) => ({
      ...tier,
      names: flags.filter(([, of]) => of === tier.id).map(([name]) => name),
    }))
    .filter(({ names }) => names.length);
}

export const flagText = ({ heading, names, action }) => [heading, ` ${names.join("; ")}. `, action];
