// An exercise of "My plan": its picture, its dose and how to change it, its days.
import { element, fill } from "./dom.js";
import { doseOf, picture, plannedOf } from "./programme-words.js";

const TIMES_A_DAY = [1, 2, 3, 4, 5, 6];

function numberField(item, name, label, [low, high], change) {
  if (!item[name] || low === high) return null;
  return element(
    "label",
    { class: "sg-filter__field" },
    element("span", {}, fill(label, { low, high })),
    element("input", {
      type: "number",
      inputmode: "numeric",
      id: `item-${item.key}-${name}`,
      min: low,
      max: high,
      value: item[name],
      onchange: ({ target }) => {
        target.value = Math.max(low, Math.min(high, Math.round(target.value) || item[name]));
        change({ [name]: Number(target.value) });
      },
    }),
  );
}

function timesField(words, item, change) {
  return element(
    "label",
    { class: "sg-filter__field" },
    element("span", {}, words.timesField),
    element(
      "select",
      {
        id: `item-${item.key}-times`,
        onchange: ({ target }) => change({ times: Number(target.value) }),
      },
      TIMES_A_DAY.map((value) =>
        element("option", { value, selected: value === item.times }, value),
      ),
    ),
  );
}

function dayBoxes(words, item, change) {
  return element(
    "fieldset",
    { class: "sg-days" },
    element("legend", {}, words.days),
    words.dayNames.map((name, at) => {
      const day = String(at + 1);
      return element(
        "label",
        {},
        element("input", {
          type: "checkbox",
          id: `item-${item.key}-${day}`,
          checked: item.days.includes(day),
          "aria-label": words.dayLong[at],
          onchange: ({ target }) =>
            change({
              days: target.checked
                ? [...item.days, day].sort().join("")
                : item.days.replace(day, ""),
            }),
        }),
        element("span", { "aria-hidden": "true" }, name),
      );
    }),
  );
}

const daysOf = (words, item) =>
  item.days ? [...item.days].map((day) => words.dayNames[day - 1]).join(", ") : words.everyDay;

// `acts` are buttons, each `[text, act, isOff]`; `changed` hears of another number, `chosen` of
// other days or times.
export function itemCard(about, item, acts, changed, chosen) {
  const { root, words, data } = about;
  const exercise = data.exercises[item.exercise];
  const condition = data.conditions[item.condition];
  const stage = condition?.stages[item.stage - 1];
  const dose = element("p", { class: "sg-dose" }, doseOf(about, item));
  // A number changes the dose and nothing else of the page: what is about to be pressed stays.
  const change = (values) => {
    Object.assign(item, values);
    changed(item);
    dose.textContent = doseOf(about, item);
  };
  const choose = (values) => {
    Object.assign(item, values);
    chosen();
  };
  const fields = [
    numberField(item, "sets", words.setsField, exercise.range.sets, change),
    numberField(item, "reps", words.repsField, exercise.range.reps, change),
    numberField(item, "hold", words.holdField, exercise.range.hold_seconds, change),
    timesField(words, item, choose),
  ].filter(Boolean);
  const button = ([text, act, isOff]) =>
    element(
      "button",
      {
        type: "button",
        class: "sg-choice sg-choice--quiet",
        "aria-label": `${text}: ${exercise.name}`,
        onclick: act,
        disabled: isOff,
      },
      text,
    );
  const steps = element(
    "ol",
    {},
    exercise.steps.map((step) => element("li", {}, step)),
  );
  const cautions = element(
    "ul",
    {},
    exercise.cautions.map((text) => element("li", {}, text)),
  );
  return element(
    "li",
    { class: "sg-item" },
    picture(about, exercise, exercise.shows),
    element(
      "div",
      {},
      element(
        "h3",
        { tabindex: "-1" },
        element("a", { href: root.dataset.root + exercise.url }, exercise.name),
      ),
      condition &&
        element(
          "p",
          { class: "sg-quiet" },
          stage ? `${condition.name}, ${stage.name}` : condition.name,
        ),
      dose,
      element("p", { class: "sg-quiet" }, daysOf(words, item)),
    ),
    element(
      "details",
      { class: "sg-fold sg-item__more", id: `item-${item.key}-change` },
      element("summary", { "aria-label": `${words.change}: ${exercise.name}` }, words.change),
      element("p", { class: "sg-quiet" }, plannedOf(about, item)),
      fields.length > 0 && element("div", { class: "sg-filter" }, fields),
      dayBoxes(words, item, choose),
      element("div", { class: "sg-choices" }, acts.map(button)),
    ),
    element(
      "details",
      { class: "sg-fold sg-item__more", id: `item-${item.key}-how` },
      element("summary", {}, words.how),
      steps,
      element("p", {}, element("strong", {}, words.care)),
      cautions,
    ),
  );
}
