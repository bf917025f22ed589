// Asks how it felt, and logs a run: pain from 0 to 10 and, of the page's own sentences, the one
// that fits.
import { adviceView } from "./advice-view.js";
import { iso } from "./day.js";
import { element } from "./dom.js";
import { readState } from "./store.js";

let count = 0; // Each question is a group of radio buttons of its own.

function radios(legend, className, options, chosen, pick) {
  const name = `sg-felt-${++count}`;
  return element(
    "fieldset",
    { class: className },
    element("legend", {}, legend),
    options.map(([value, text]) =>
      element(
        "label",
        {},
        element("input", {
          type: "radio",
          name,
          value,
          checked: value === chosen,
          onchange: () => pick(value),
        }),
        element("span", {}, text),
      ),
    ),
  );
}

// Fills `entry` with what is answered.
function questions({ words, data }, entry, moments) {
  const rule = data.rules[data.conditions[entry.conditions[0]]?.rule];
  return moments.map((moment) => {
    const sentences = Object.entries(rule?.[moment] ?? {});
    return element(
      "div",
      { class: "sg-felt" },
      radios(
        words.diary.ask[moment],
        "sg-scale",
        [...Array(11).keys()].map((number) => [number, String(number)]),
        entry.pain[moment],
        (number) => {
          entry.pain[moment] = number;
        },
      ),
      element(
        "p",
        { class: "sg-scale__ends", "aria-hidden": "true" },
        element("span", {}, words.diary.least),
        element("span", {}, words.diary.most),
      ),
      sentences.length > 0 &&
        radios(
          words.diary.fits,
          "sg-fits",
          [...sentences, ["", words.diary.noneFits]],
          entry.fits[moment],
          (colour) => {
            entry.fits[moment] = colour;
          },
        ),
    );
  });
}

// One entry for each condition, as two sore places are two answers: with the stage whose limit is
// the lowest, and the exercises done for it.
function newEntries({ data }, kind, items) {
  const now = new Date();
  const limitOf = ({ condition, stage }) => data.conditions[condition]?.stages[stage - 1]?.limit;
  const named = [...new Set(items.map(({ condition }) => condition).filter(Boolean))];
  return (named.length ? named : [""]).map((condition, at) => {
    const own = items.filter((item) => item.condition === condition || (!at && !item.condition));
    const [first] = own
      .filter((item) => item.condition && item.stage)
      .sort((a, b) => limitOf(a) - limitOf(b));
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

function field(label, attributes, change) {
  const onchange = ({ target }) => target.validity.valid && change(target.value);
  return element(
    "label",
    { class: "sg-filter__field" },
    element("span", {}, label),
    element("input", { ...attributes, onchange }),
  );
}

// The fields of a run. `show` is called when another condition has other questions.
function runFields({ words, data }, entries, items, show) {
  const [entry] = entries;
  const ids = [...new Set(items.map(({ condition }) => condition).filter(Boolean))];
  const whole = (name) => (value) => {
    entry[name] = Math.round(value);
  };
  const stages = data.conditions[entry.conditions[0]]?.stages ?? [];
  const programme = stages.find((stage) => stage.programme)?.programme;
  return element(
    "div",
    { class: "sg-filter" },
    field(
      words.diary.day,
      { type: "date", value: entry.on, max: iso(new Date()), required: true },
      (value) => {
        entry.on = value;
      },
    ),
    field(
      words.diary.minutes,
      { type: "number", inputmode: "numeric", min: 1, max: 999, value: entry.minutes },
      whole("minutes"),
    ),
    ids.length > 1 &&
      radios(
        words.diary.about,
        "sg-fits",
        ids.map((id) => [id, data.conditions[id].name]),
        entry.conditions[0],
        (id) => {
          Object.assign(
            entry,
            newEntries(
              { data },
              "run",
              items.filter((i) => i.condition === id),
            )[0],
          );
          show(id);
        },
      ),
    programme &&
      field(
        words.diary.step,
        { type: "number", inputmode: "numeric", min: 1, max: 99, value: entry.step },
        (value) => {
          Object.assign(entry, { programme, step: Math.round(value) });
        },
      ),
  );
}

// Asks about these `moments`. Without an `entry` it is new, with one entry for each condition of the
// items. `saved` gets a list of entries, and gives whether they are kept.
export function painForm(about, { kind, items = [], entry, moments, saved }) {
  const { words, data } = about;
  const made = newEntries(about, kind, items);
  const entries = entry ? [structuredClone(entry)] : kind === "run" ? made.slice(0, 1) : made;
  const fields = element("div");
  const note = element("textarea", { rows: 2, maxlength: 500 }, entries[0].note);

  function show(focus) {
    fields.replaceChildren(
      ...[
        kind === "run" &&
          moments.includes("during") &&
          runFields(about, entries, entry ? [] : items, show),
        ...entries.map((one) =>
          element(
            "div",
            { class: "sg-felts" },
            entries.length > 1 &&
              element("p", {}, element("strong", {}, data.conditions[one.conditions[0]].name)),
            questions(about, one, moments),
          ),
        ),
      ].filter(Boolean),
    );
    if (focus) fields.querySelector(`[value="${focus}"]`)?.focus();
  }

  function save(event) {
    event.preventDefault();
    for (const one of entries) one.note = note.value.trim();
    const kept = saved(entries);
    const { diary } = readState();
    form.replaceChildren(
      element("p", { role: "status" }, kept ? words.diary.saved : words.notSaved),
      ...entries.map((one) => adviceView(about, one, diary)),
    );
  }

  const form = element(
    "form",
    { class: "sg-feel", onsubmit: save },
    fields,
    element("label", {}, element("span", { class: "sg-quiet" }, words.diary.note), note),
    element(
      "div",
      { class: "sg-choices" },
      element("button", { class: "sg-choice sg-choice--main" }, words.diary.save),
    ),
  );
  show();
  return form;
}
