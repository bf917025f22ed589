// Turns a walk-run programme into dated sessions: choose days, step down after pain, print or
// put it into a calendar. Its state lives in the address.
import { calendarText, digest, download } from "./calendar.js";
import { takeTurn } from "./calendar-turn.js";
import { iso } from "./day.js";
import { element, fill, keepFocus } from "./dom.js";
import { change } from "./store.js";
import { MOST_SESSIONS, sessions } from "./walk-run.js";

const DAY = /^\d{4}-\d\d-\d\d$/;

// Null where the address holds no plan: any link within the page has a fragment too. It stands
// behind `#` and not behind `?`, because that is never sent anywhere.
function readState() {
  const query = new URLSearchParams(location.hash.slice(1));
  if (!query.has("days")) return null;
  const start = DAY.test(query.get("start") || "")
    ? new Date(`${query.get("start")}T12:00`)
    : new Date();
  return {
    days: [...new Set((query.get("days") || "").match(/[1-7]/g) || [])].map(Number).sort(),
    start: Number.isNaN(start.getTime()) ? new Date() : start,
    down: (query.get("down") || "")
      .split(",")
      .map(Number)
      .filter((n) => n > 0 && n <= MOST_SESSIONS),
  };
}

function start(root) {
  const words = JSON.parse(root.dataset.words);
  const steps = JSON.parse(root.dataset.steps);
  // The fields stay as long as the page: a date is typed in three parts.
  const dayBoxes = words.dayNames.map((_, at) =>
    element("input", {
      type: "checkbox",
      "aria-label": words.dayLong[at],
      onchange: ({ target }) =>
        go({
          days: target.checked
            ? [...state.days, at + 1].sort()
            : state.days.filter((day) => day !== at + 1),
          down: [],
        }),
    }),
  );
  const startField = element("input", {
    type: "date",
    onchange: ({ target }) =>
      DAY.test(target.value) && go({ start: new Date(`${target.value}T12:00`), down: [] }),
  });
  const body = element("div");
  const status = element("p", { role: "status", class: "sg-quiet" });
  root.replaceChildren(
    element(
      "div",
      { class: "sg-filter" },
      element(
        "fieldset",
        { class: "sg-days" },
        element("legend", {}, words.days),
        words.dayNames.map((name, at) =>
          element("label", {}, dayBoxes[at], element("span", { "aria-hidden": "true" }, name)),
        ),
      ),
      element("label", { class: "sg-filter__field" }, element("span", {}, words.start), startField),
    ),
    body,
    status,
  );
  root.hidden = false;
  let state = readState() ?? { days: [], start: new Date(), down: [] };

  function keep() {
    const query = new URLSearchParams({ days: state.days.join(""), start: iso(state.start) });
    if (state.down.length) query.set("down", state.down.join(","));
    history.replaceState(null, "", `${location.pathname}#${query}`);
  }

  function go(change) {
    state = { ...state, ...change };
    keep();
    show();
  }

  const adjacent = (days) => days.some((day) => days.includes((day % 7) + 1));
  const language = document.documentElement.lang || "en";

  function runs(made) {
    return element(
      "ol",
      { class: "sg-plan-list" },
      made.map(({ date, step }, i) => {
        const number = i + 1;
        const stepped = state.down.includes(number);
        return element(
          "li",
          {},
          element(
            "strong",
            {},
            date.toLocaleDateString(language, { weekday: "short", day: "numeric", month: "short" }),
          ),
          element("span", {}, `${steps[step].name}: ${steps[step].text}`),
          element(
            "button",
            {
              type: "button",
              id: `plan-down-${number}`,
              class: "sg-choice sg-choice--quiet",
              "aria-pressed": stepped ? "true" : "false",
              onclick: () =>
                go({
                  down: stepped
                    ? state.down.filter((n) => n !== number)
                    : [...state.down.filter((n) => n < number), number],
                }),
            },
            stepped ? words.undo : words.pain,
          ),
        );
      }),
    );
  }

  function exportCalendar(made) {
    // To a calendar, stepping down moves the runs of a plan, and other days are another plan.
    const plan = digest([root.dataset.title, ...state.days, iso(state.start)].join()).toString(36);
    const dated = made.map(({ date, step }, i) => ({
      key: String(i + 1),
      on: date,
      summary: `${root.dataset.title}: ${steps[step].name}`,
      description: [steps[step].text, location.href, ...words.flags].join("\n"),
    }));
    const turn = takeTurn(
      dated.map(({ key }) => key),
      plan,
    );
    const gone = turn.gone.map((key) => ({
      key,
      on: state.start,
      summary: root.dataset.title,
      cancelled: true,
    }));
    download("walk-run.ics", "text/calendar", calendarText(turn, [...dated, ...gone]));
  }

  function join() {
    const url = location.pathname.slice(globalThis.__md_scope.pathname.length);
    const runs = { programme: root.dataset.title, url, steps, ...state, start: iso(state.start) };
    const kept = change({ runs });
    status.textContent = kept ? words.joined : words.notJoined;
  }

  function show() {
    dayBoxes.forEach((box, at) => {
      box.checked = state.days.includes(at + 1);
    });
    if (startField.value !== iso(state.start)) startField.value = iso(state.start);
    const sound = state.days.length > 0 && !adjacent(state.days);
    const made = sound ? sessions(steps, state.days, state.start, state.down) : [];
    keepFocus(body, () =>
      body.replaceChildren(
        ...(made.length
          ? [
              element(
                "div",
                { class: "sg-choices" },
                element(
                  "button",
                  { type: "button", class: "sg-choice sg-choice--main", onclick: join },
                  words.join,
                ),
                element(
                  "button",
                  { type: "button", class: "sg-choice", onclick: () => window.print() },
                  words.print,
                ),
                element(
                  "button",
                  { type: "button", class: "sg-choice", onclick: () => exportCalendar(made) },
                  words.calendar,
                ),
              ),
              runs(made),
            ]
          : []),
      ),
    );
    status.textContent = !state.days.length
      ? words.choose
      : !sound
        ? words.rest
        : fill(words.count, {
            sessions: made.length,
            end: made.at(-1).date.toLocaleDateString(language, { dateStyle: "long" }),
          });
  }

  addEventListener("hashchange", () => {
    const given = readState();
    if (given) go(given);
    else if (state.days.length) keep();
  });
  show();
}

const root = document.getElementById("sg-planner");
if (root) start(root);
