// Weeks back from a race: whether the runs can be done in time, and what must be true by then.
import { iso } from "./day.js";
import { element, fill } from "./dom.js";
import { dateOf } from "./due.js";
import { sessions } from "./walk-run.js";

const DAY_MS = 864e5;
const DAY = /^\d{4}-\d\d-\d\d$/;

// The last run of the reader's programme, or null.
export function lastRun({ runs }) {
  if (!runs) return null;
  const made = sessions(runs.steps, runs.days, dateOf(runs.start), runs.down);
  return made.length ? iso(made.at(-1).date) : null;
}

export const daysBetween = (from, to) => Math.round((dateOf(to) - dateOf(from)) / DAY_MS);

// What the pages of the plan's conditions want to be true before full running: their last stage's.
export function criteria({ data }, state) {
  const ids = [...new Set(state.items.map(({ condition }) => condition).filter(Boolean))];
  return ids.flatMap((id) =>
    data.conditions[id].stages.at(-1).on.map((text) => ({ of: data.conditions[id], text })),
  );
}

// "3 weeks, 1 day" in the page's language.
function lengthOf(days, language) {
  const parts = [
    [Math.floor(days / 7), "week"],
    [days % 7, "day"],
  ].filter(([count], at) => count || (at && days < 7));
  const said = parts.map(([count, unit]) =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count),
  );
  return said.join(", ");
}

export function raceView(about, state, keep) {
  const { root, words } = about;
  const { race } = state;
  const today = iso(new Date());
  const left = race?.on ? daysBetween(today, race.on) : 0;
  const last = lastRun(state);
  const rows = criteria(about, state);
  const met = race?.met ?? [];
  const language = document.documentElement.lang || "en";
  const asDate = (day) => dateOf(day).toLocaleDateString(language, { dateStyle: "long" });
  const inTime = !last || !race?.on || last < race.on;
  return element(
    "div",
    {},
    element(
      "label",
      { class: "sg-filter__field" },
      element("span", {}, words.raceDay),
      element("input", {
        type: "date",
        id: "race-day",
        min: today,
        value: race?.on ?? "",
        onchange: ({ target }) =>
          keep({ race: DAY.test(target.value) ? { on: target.value, met: [] } : null }),
      }),
    ),
    race?.on &&
      element(
        "p",
        { role: "status" },
        element(
          "strong",
          {},
          left < 0 ? words.raceOver : fill(words.raceIn, { left: lengthOf(left, language) }),
        ),
      ),
    race?.on &&
      last &&
      element(
        "p",
        { class: inTime ? "" : "sg-note" },
        fill(inTime ? words.runsInTime : words.runsTooLate, {
          last: asDate(last),
          time: lengthOf(Math.abs(daysBetween(race.on, last)), language),
        }),
      ),
    race?.on && !last && element("p", {}, words.noRuns),
    race?.on &&
      rows.length > 0 && [
        element("p", {}, element("strong", {}, words.goIf)),
        element(
          "ul",
          { class: "sg-checks" },
          rows.map(({ of, text }) =>
            element(
              "li",
              {},
              element(
                "label",
                { class: "sg-check" },
                element("input", {
                  type: "checkbox",
                  checked: met.includes(text),
                  onchange: ({ target }) =>
                    keep({
                      race: {
                        ...race,
                        met: target.checked
                          ? [...met, text]
                          : met.filter((other) => other !== text),
                      },
                    }),
                }),
                element(
                  "span",
                  {},
                  text,
                  " ",
                  element("a", { href: `${root.dataset.root}${of.url}#plan` }, of.name),
                ),
              ),
            ),
          ),
        ),
        element(
          "p",
          {},
          rows.every(({ text }) => met.includes(text)) ? words.raceGo : words.raceNo,
        ),
      ],
  );
}
