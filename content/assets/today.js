// What is due today: tick by tick, with the run of the day; a busy day puts it off.
import { iso } from "./day.js";
import { element, fill } from "./dom.js";
import { dueOn, putOff, runOn, streak, timesDone, withTimesDone } from "./due.js";
import { doseOf, picture } from "./programme-words.js";

function ticks({ words, data }, state, day, item, keep) {
  const { name } = data.exercises[item.exercise];
  const done = timesDone(state, day, item);
  return element(
    "span",
    { class: "sg-ticked" },
    [...Array(item.times).keys()].map((at) =>
      element("input", {
        type: "checkbox",
        id: `tick-${item.key}-${at}`,
        checked: at < done,
        "aria-label": fill(item.times > 1 ? words.tickOf : words.tick, {
          name,
          at: at + 1,
          of: item.times,
        }),
        onchange: ({ target }) =>
          keep({ done: withTimesDone(state, day, item, done + (target.checked ? 1 : -1)) }),
      }),
    ),
  );
}

// `keep(values)` changes the document and shows the page again; `start(items)` begins a session.
export function todayView(about, state, keep, start) {
  const { root, words } = about;
  const day = iso(new Date());
  const due = dueOn(state, day);
  const run = runOn(state, day);
  const inRow = streak(state, day);
  const open = due.filter((item) => timesDone(state, day, item) < item.times);
  const choice = (text, act, look = "") =>
    element("button", { type: "button", class: `sg-choice ${look}`, onclick: act }, text);
  const wasPutOff = Boolean(state.moved[day]);
  return element(
    "section",
    { class: "sg-today", id: "today", "aria-labelledby": "today-title" },
    element("h2", { id: "today-title", tabindex: "-1" }, words.today),
    element(
      "p",
      {},
      !due.length && !run
        ? wasPutOff
          ? words.putOff
          : words.restDay
        : open.length
          ? fill(words.toDo, { count: open.length })
          : words.allDone,
      inRow > 1 && ` ${fill(words.inRow, { count: inRow })}`,
    ),
    run &&
      element(
        "p",
        { class: "sg-today__run" },
        element("a", { href: root.dataset.root + run.url }, `${run.programme}, ${run.name}`),
        `: ${run.text}`,
      ),
    due.length > 0 &&
      element(
        "ul",
        { class: "sg-moves" },
        due.map((item) => {
          const exercise = about.data.exercises[item.exercise];
          return element(
            "li",
            { class: "sg-move" },
            picture(about, exercise),
            element(
              "div",
              {},
              element("p", { class: "sg-move__name" }, exercise.name),
              element("p", { class: "sg-move__dose", "data-dose": item.key }, doseOf(about, item)),
            ),
            ticks(about, state, day, item, keep),
          );
        }),
      ),
    element(
      "div",
      { class: "sg-choices" },
      state.items.length > 0 &&
        choice(words.start, () => start(due.length ? due : state.items), "sg-choice--main"),
      open.length > 0 && choice(words.busy, () => keep({ moved: putOff(state, day) })),
      wasPutOff &&
        choice(words.notBusy, () => {
          const { [day]: _, ...moved } = state.moved;
          keep({ moved });
        }),
    ),
  );
}
