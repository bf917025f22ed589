// Proposes a plan from a stage's own exercises, and says of each why it is in it or left out.
import { element, fill } from "./dom.js";
import { parseItem } from "./plan.js";
import { doseOf } from "./programme-words.js";

const SECONDS_A_REP = 4;
const DEFAULT_REST_SECONDS = 60;
// Times a week -> weekdays with as many days between as there can be.
const WEEKDAYS = ["", "1", "14", "135", "1246", "12456", "123456", ""];

// About how long an exercise takes, rests and both sides counted.
export function secondsOf({ exercises }, { exercise, sets, reps, hold }) {
  const { sides, up = 0, pause = 0, down = 0, rest = DEFAULT_REST_SECONDS } = exercises[exercise];
  const pace = Math.max(up + pause + down, SECONDS_A_REP);
  const set = reps ? reps * (hold || pace) : hold || pace;
  return (sides ? 2 : 1) * (sets || 1) * set + ((sets || 1) - 1) * rest;
}

// `wish` is `{ condition, stage, days, minutes, level, equipment: Set }`. Returns rows `{ item,
// seconds, missing: [equipment], tooHard, tooLong }`; what is none of these is in the plan.
export function propose(data, { condition, stage, days, minutes, level, equipment }) {
  let left = minutes * 60;
  return data.conditions[condition].stages[stage - 1].items.map((text) => {
    const item = parseItem(text);
    const seconds = secondsOf(data, item);
    const missing = (data.exercises[item.exercise].equipment ?? []).filter(
      (id) => !equipment.has(id),
    );
    const tooHard = !missing.length && data.exercises[item.exercise].level > level;
    const tooLong = !missing.length && !tooHard && seconds > left;
    if (!missing.length && !tooHard && !tooLong) left -= seconds;
    const often = item.days.length || 7;
    return {
      item: days < often ? { ...item, days: WEEKDAYS[days] } : item,
      seconds,
      missing,
      tooHard,
      tooLong,
      isFewer: days < often,
    };
  });
}

const field = (label, control) =>
  element("label", { class: "sg-filter__field" }, element("span", {}, label), control);

const select = (id, options, chosen, onchange) =>
  element(
    "select",
    { id, onchange },
    options.map(([value, text]) =>
      element("option", { value, selected: String(value) === String(chosen) }, text),
    ),
  );

// The form and the proposal; `take(items)` gets what the reader accepts. `region` narrows the list.
export function planMaker(about, region, take) {
  const { root, words, data } = about;
  const all = Object.entries(data.conditions).filter(
    ([, { regions }]) => !region || regions.includes(region),
  );
  const equipment = Object.entries(data.equipment).filter(([id]) => id !== "none");
  const wish = {
    condition: all[0][0],
    stage: 1,
    days: 7,
    minutes: 20,
    level: data.levels.length - 1,
    equipment: new Set(equipment.map(([id]) => id)),
  };
  const body = element("div");
  const set = (values) => {
    Object.assign(wish, values);
    show();
  };

  function row({ item, seconds, missing, tooHard, tooLong, isFewer }, stage) {
    const { level } = data.exercises[item.exercise];
    const isOut = missing.length || tooHard || tooLong;
    const why = missing.length
      ? fill(words.needs, { what: missing.map((id) => data.equipment[id]).join(", ") })
      : tooHard
        ? fill(words.tooHard, { level: data.levels[level] })
        : tooLong
          ? fill(words.tooLong, { minutes: wish.minutes })
          : fill(words.because, { stage: stage.name, minutes: Math.ceil(seconds / 60) });
    return element(
      "li",
      { class: isOut ? "sg-made sg-made--out" : "sg-made" },
      element("strong", {}, data.exercises[item.exercise].name),
      element("span", {}, doseOf(about, item)),
      element("span", { class: "sg-quiet" }, why, isFewer && ` ${words.fewer}`),
    );
  }

  function show() {
    const condition = data.conditions[wish.condition];
    const stage = condition.stages[wish.stage - 1];
    const rows = propose(data, wish);
    const items = rows
      .filter((row) => !row.missing.length && !row.tooHard && !row.tooLong)
      .map((row) => row.item);
    const { id } = document.activeElement;
    body.replaceChildren(
      element(
        "div",
        { class: "sg-filter" },
        field(
          words.whichProblem,
          select(
            "make-condition",
            all.map(([id, { name }]) => [id, name]),
            wish.condition,
            (event) => set({ condition: event.target.value, stage: 1 }),
          ),
        ),
        field(
          words.whichStage,
          select(
            "make-stage",
            condition.stages.map(({ name }, at) => [at + 1, `${at + 1}. ${name}`]),
            wish.stage,
            (event) => set({ stage: Number(event.target.value) }),
          ),
        ),
        field(
          words.howOften,
          select(
            "make-days",
            [7, 6, 5, 4, 3, 2, 1].map((n) => [n, n]),
            wish.days,
            (event) => set({ days: Number(event.target.value) }),
          ),
        ),
        field(
          words.upTo,
          select(
            "make-level",
            data.levels.map((name, at) => [at, name]),
            wish.level,
            (event) => set({ level: Number(event.target.value) }),
          ),
        ),
        field(
          words.howLong,
          select(
            "make-minutes",
            [10, 15, 20, 30, 45, 60].map((n) => [n, n]),
            wish.minutes,
            (event) => set({ minutes: Number(event.target.value) }),
          ),
        ),
      ),
      element(
        "fieldset",
        { class: "sg-at-hand" },
        element("legend", {}, words.atHand),
        equipment.map(([id, name]) =>
          element(
            "label",
            { class: "sg-check" },
            element("input", {
              type: "checkbox",
              id: `make-${id}`,
              checked: wish.equipment.has(id),
              onchange: ({ target }) => {
                wish.equipment[target.checked ? "add" : "delete"](id);
                show();
              },
            }),
            name,
          ),
        ),
      ),
      element("p", {}, element("strong", {}, words.startIf)),
      element(
        "ul",
        {},
        stage.start.map((text) => element("li", {}, text)),
      ),
      element(
        "ul",
        { class: "sg-rows" },
        rows.map((one) => row(one, stage)),
      ),
      element(
        "div",
        { class: "sg-choices" },
        element(
          "button",
          {
            type: "button",
            class: "sg-choice sg-choice--main",
            disabled: !items.length,
            onclick: () => take(items),
          },
          fill(words.takePlan, { count: items.length }),
        ),
        element("a", { href: root.dataset.root + condition.url }, fill(words.readPage, condition)),
      ),
    );
    if (id) document.getElementById(id)?.focus();
  }

  show();
  return body;
}
