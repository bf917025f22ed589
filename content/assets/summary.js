// One page for a physiotherapist: the plan, what was done of it in four weeks, pain and notes.
import { iso } from "./day.js";
import { element, fill } from "./dom.js";
import { dateOf, dayAfter, dueOn, timesDone } from "./due.js";
import { conditionsOf, doseOf } from "./programme-words.js";

const WEEKS = 4;

// Week by week: how often an exercise was done, of how often it was due.
export function kept(state, item, today) {
  return [...Array(WEEKS).keys()].map((week) => {
    const days = [...Array(7).keys()].map((day) => dayAfter(today, day - 7 * (WEEKS - week) + 1));
    const due = days.filter((day) => dueOn(state, day).some((other) => other.key === item.key));
    return {
      from: days[0],
      done: days.reduce((sum, day) => sum + timesDone(state, day, item), 0),
      due: due.length * item.times,
    };
  });
}

// `chart` is an element that shows pain over time, or null where nothing was noted.
export function fillSummary(sheet, about, state, chart) {
  const { words, data } = about;
  const today = iso(new Date());
  const language = document.documentElement.lang || "en";
  const short = (day) =>
    dateOf(day).toLocaleDateString(language, { day: "numeric", month: "short" });
  const weeks = state.items.length ? kept(state, state.items[0], today) : [];
  const notes = state.diary.filter(({ note }) => note).slice(-8);
  const names = conditionsOf(about, state.items).map(({ name }) => name);
  sheet.replaceChildren(
    element("p", { class: "sg-sheet__title" }, words.summaryTitle),
    element(
      "p",
      {},
      dateOf(today).toLocaleDateString(language, { dateStyle: "long" }),
      names.length > 0 && `. ${fill(words.summaryAbout, { names: names.join(", ") })}`,
      ` ${words.summaryOwn}`,
    ),
    element(
      "table",
      { class: "sg-ticks" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, words.exercise),
          weeks.map(({ from }) =>
            element("th", { scope: "col" }, fill(words.weekFrom, { day: short(from) })),
          ),
        ),
      ),
      element(
        "tbody",
        {},
        state.items.map((item) =>
          element(
            "tr",
            {},
            element(
              "th",
              { scope: "row" },
              data.exercises[item.exercise].name,
              element("span", { class: "sg-sheet__how" }, doseOf(about, item)),
            ),
            kept(state, item, today).map((week) => element("td", {}, fill(words.doneOf, week))),
          ),
        ),
      ),
    ),
    ...(chart ? [element("p", {}, element("strong", {}, words.painOverTime)), chart] : []),
    ...(notes.length
      ? [
          element("p", {}, element("strong", {}, words.notes)),
          element(
            "ul",
            {},
            notes.map(({ on, note }) => element("li", {}, `${short(on)}: ${note}`)),
          ),
        ]
      : []),
    element("p", {}, element("strong", {}, words.questions)),
    ...[1, 2, 3].map(() => element("p", { class: "sg-sheet__line" })),
  );
}
