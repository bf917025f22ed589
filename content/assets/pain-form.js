// Asks how it felt, and logs a run: pain from 0 to 10 and, of the page's own sentences, the one
// that fits.
import { adviceView } from "./advice-view.js";
import { iso } from "./day.js";
import { element, fill } from "./dom.js";
import { adviceOn, idOf, inOrder } from "./pain-advice.js";
import { readState } from "./state.js";

let count = 0;

// A question with one answer, which goes into `values[name]`.
function radios(legend, look, options, values, name, then) {
  const group = `felt-${++count}`;
  return element(
    "fieldset",
    { class: look },
    element("legend", {}, legend),
    options.map(([value, text]) =>
      element(
        "label",
        {},
        element("input", {
          type: "radio",
          name: group,
          value,
          checked: value === values[name],
          onchange: () => {
            values[name] = value;
            then?.(value);
          },
        }),
        element("span", {}, text),
      ),
    ),
  );
}

function field(label, attributes, values, name) {
  const isNumber = attributes.type === "number";
  const onchange = ({ target }) => {
    if (target.validity.valid) values[name] = isNumber ? Number(target.value) : target.value;
  };
  return element(
    "label",
    { class: "sg-filter__field" },
    element("span", {}, label),
    element("input", { min: 1, max: 999, value: values[name], ...attributes, onchange }),
  );
}

// Pain and what fits, for each of these moments.
function questions({ words: { diary }, data }, entry, moments) {
  const { rule, limit } = adviceOn(data, entry, []);
  const numbers = [...Array(11).keys()].map((number) => [number, number]);
  return moments.map((moment) => {
    const sentences = Object.entries(rule?.[moment] ?? {});
    const options = [...sentences, ["", diary.noneFits]];
    const isLimited = moment === "during" && entry.kind === "session" && limit !== undefined;
    return element(
      "div",
      { class: "sg-felt" },
      radios(diary.ask[moment], "sg-scale", numbers, entry.pain, moment),
      element(
        "p",
        { class: "sg-scale__ends" },
        isLimited ? fill(diary.limit, { limit }) : diary.scale,
      ),
      sentences.length > 0 && radios(diary.fits, "sg-fits", options, entry.fits, moment),
    );
  });
}

const conditionsIn = (items) => [...new Set(items.map((item) => item.condition).filter(Boolean))];

// One entry for each condition, as two sore places are two answers: with the stage whose limit is
// the lowest, and the exercises done for it.
function newEntries({ data }, kind, items) {
  const now = new Date();
  const limitOf = ({ condition, stage }) => data.conditions[condition].stages[stage - 1].limit;
  const named = conditionsIn(items);
  return (named.length ? named : [""]).map((condition, at) => {
    const own = items.filter((item) => item.condition === condition || (!at && !item.condition));
    const staged = own.filter((item) => data.conditions[item.condition]?.stages[item.stage - 1]);
    const [first] = staged.sort((a, b) => limitOf(a) - limitOf(b));
    return {
      id: `${now.getTime()}-${++count}`,
      on: iso(now),
      at: now.toTimeString().slice(0, 5),
      kind,
      exercises: kind === "run" ? [] : own.map(({ exercise }) => exercise),
      conditions: condition ? [condition] : [],
      stage: first?.stage ?? 0,
      pain: {},
      fits: {},
      note: "",
    };
  });
}

// The fields of a run. `turn` hears that it is about another condition.
function runFields({ words: { diary }, data }, entry, ids, turn) {
  const stages = data.conditions[idOf(entry)]?.stages ?? [];
  const programme = stages.find((stage) => stage.programme)?.programme;
  if (programme) entry.programme = programme;
  const day = { type: "date", min: "", max: iso(new Date()), required: true };
  const number = { type: "number", inputmode: "numeric" };
  const options = ids.map((id) => [id, data.conditions[id].name]);
  return element(
    "div",
    { class: "sg-filter" },
    ids.length > 1 && radios(diary.about, "sg-fits", options, entry.conditions, 0, turn),
    field(diary.day, day, entry, "on"),
    field(diary.minutes, number, entry, "minutes"),
    programme && field(diary.step, number, entry, "step"),
  );
}

// Asks about these `moments`. Without an `entry` it is new, with one entry for each condition of
// the items. `saved` gets a list of entries, and gives whether they are kept.
export function painForm(about, { kind, items = [], entry, moments, saved }) {
  const { words, data } = about;
  const isRun = kind === "run";
  let entries = entry ? [structuredClone(entry)] : newEntries(about, kind, items);
  if (isRun) entries = entries.slice(0, 1);
  const fields = element("div");
  const note = element("textarea", { rows: 2, maxlength: 500 }, entries[0].note);

  function show() {
    fields.replaceChildren(
      isRun && moments.includes("during")
        ? runFields(about, entries[0], entry ? [] : conditionsIn(items), turn)
        : "",
      ...entries.map((one) =>
        element(
          "div",
          { class: "sg-felts" },
          entries.length > 1 && element("strong", {}, data.conditions[idOf(one)].name),
          questions(about, one, moments),
        ),
      ),
    );
  }

  // Another condition has another rule, and so other sentences.
  function turn(id) {
    const own = items.filter(({ condition }) => condition === id);
    const { on, minutes } = entries[0];
    entries = newEntries(about, kind, own).map((made) => ({ ...made, on, minutes }));
    show();
    fields.querySelector(`[value="${id}"]`).focus();
  }

  function save(event) {
    event.preventDefault();
    for (const one of entries) {
      one.note = note.value.trim();
      if (!one.step) delete one.programme;
    }
    const kept = saved(entries);
    form.replaceChildren(
      element("p", { role: "status" }, kept ? words.diary.saved : words.notSaved),
      ...entries.map((one) => adviceView(about, one, inOrder(readState().diary))),
    );
  }

  const form = element(
    "form",
    { class: "sg-feel", onsubmit: save },
    fields,
    element("label", {}, element("span", {}, words.diary.note), note),
    element("button", { class: "sg-choice sg-choice--main" }, words.diary.save),
  );
  show();
  return form;
}
