// "Propose a change": a form for each kind of record, made from the schema of its file. All that
// is typed stays in this browser until it is erased.
import { element, fill } from "./dom.js";
import { blank, cleaned, draftOf, idFrom, idProblem, problems, shapeOf } from "./proposal.js";
import { yamlText } from "./proposal-yaml.js";
import { keptDrafts } from "./propose-drafts.js";
import { fieldId, fieldsFor, focusIn } from "./propose-fields.js";
import { resultPanel } from "./propose-result.js";

// What is wrong with a field because nobody has filled it in yet.
const UNFILLED = new Set(["missing", "choose", "tooFew", "noSource"]);

const root = document.getElementById("sg-propose");
if (root) start(root);

async function start(root) {
  const words = JSON.parse(root.dataset.words);
  const [picker, from] = root.querySelectorAll("select");
  const unpicked = picker.value;
  const read = async (name) => (await fetch(`${root.dataset.schemas}${name}.json`)).json();
  const notes = root.querySelector(".sg-propose__notes");
  const ids = await read("ids").catch(() => {
    notes.textContent = words.notLoaded;
  });
  if (!ids) return;
  const kinds = [...picker.options].map((option) => option.value);
  const schemas = new Map();
  const form = element("form", {
    class: "sg-propose__form",
    novalidate: true,
    autocomplete: "off",
  });
  const side = element("div", { class: "sg-propose__side" });
  root.append(
    form,
    side,
    ...Object.entries(ids.definitions).map(([kind, { anyOf }]) =>
      element(
        "datalist",
        { id: `sg-ids-${kind}` },
        anyOf[0].enum.map((id) => element("option", { value: id })),
      ),
    ),
  );

  const drafts = keptDrafts();
  const fields = fieldsFor(words, { at, set, rebuild });
  let kind;
  let shape;
  let draft;
  let result;
  let isDone = false;

  const isWritten = () => JSON.stringify(draft.value) !== JSON.stringify(blank(shape));
  const isFixed = () => "fixed" in picker.selectedOptions[0].dataset;
  const fresh = () => ({ id: "", ownId: false, from: "", value: blank(shape) });

  // The draft that is open is kept under its kind, one that is put aside under its record.
  function keep(key = kind) {
    const isKept = drafts.set(key, draft);
    if (!isKept) notes.textContent = words.notKept;
    return isKept;
  }
  const aside = (id) => `${kind}/${id ?? ""}`;

  addEventListener("beforeunload", (event) => {
    if (draft && isWritten() && !keep()) event.preventDefault();
  });

  // Until the schema is here, the form on the page stays that of its own kind.
  async function open(wanted) {
    const next = kinds.includes(wanted) ? wanted : kinds[0];
    picker.value = next;
    try {
      if (!schemas.has(next)) schemas.set(next, await read(next));
    } catch {
      picker.value = kind ?? next;
      notes.textContent = words.notLoaded;
      return;
    }
    if (picker.value !== next) return;
    kind = next;
    const schema = schemas.get(kind);
    shape = shapeOf(schema.additionalProperties, schema, ids);
    isDone = false;
    draft = drafts.get(kind) ?? fresh();
    notes.textContent = isWritten() ? words.kept : "";
    const known = ids.definitions[kind].anyOf[0].enum;
    from.replaceChildren(
      isFixed() ? "" : element("option", { value: "" }, words.blank),
      ...known.map((id) => element("option", { value: id }, id)),
    );
    from.value = draft.from || (isFixed() ? known[0] : "");
    if (from.value === (draft.from ?? "")) show();
    else await choose();
  }

  // Each record that is changed has a draft of its own, so that choosing another one loses nothing.
  from.addEventListener("change", choose);

  async function choose() {
    const wanted = from.value;
    const here = kind;
    try {
      const next = drafts.get(aside(wanted)) ?? (wanted ? await existing(wanted) : fresh());
      if (from.value !== wanted || kind !== here) return;
      if (isWritten()) keep(aside(draft.from));
      draft = next;
      notes.textContent = wanted ? fill(words.changing, { id: wanted }) : "";
      isDone = false;
      keep();
      show();
    } catch {
      from.value = draft.from ?? "";
      notes.textContent = words.notRead;
      show();
    }
  }

  async function existing(id) {
    const answer = await fetch(`${root.dataset.api}${kind}/${id}.json`);
    const { fields } = await answer.json();
    return { id, ownId: true, from: id, value: draftOf(fields, shape) };
  }

  picker.addEventListener("change", () => {
    history.replaceState(null, "", `#${picker.value}`);
    open(picker.value);
  });
  addEventListener(
    "hashchange",
    () => kinds.includes(location.hash.slice(1)) && open(location.hash.slice(1)),
  );

  // The value at a path of the draft.
  function at(path) {
    return path.reduce((value, key) => value?.[key], draft.value);
  }

  function write(path, value) {
    const last = path.at(-1);
    const owner = at(path.slice(0, -1));
    if (value === undefined) delete owner[last];
    else owner[last] = value;
  }

  function set(path, value) {
    write(path, value);
    if (path.length === 1 && path[0] === "name" && !draft.ownId) {
      draft.id = idFrom(value, ids);
      form.querySelector("#sg-field-id").value = draft.id;
    }
    changed();
  }

  function rebuild(path, value, draw, focus) {
    write(path, value);
    draw();
    changed();
    focusIn(form.querySelector(`[id="${fieldId(focus)}"]`));
  }

  function changed() {
    keep();
    showResult();
  }

  function show() {
    const id = element("input", {
      id: fieldId(["id"]),
      value: draft.id,
      spellcheck: "false",
      autocapitalize: "none",
      "aria-describedby": "sg-field-id-help sg-field-id-problem",
      oninput: (event) => {
        draft.id = event.target.value.trim();
        draft.ownId = draft.id !== "";
        changed();
      },
    });
    const [name, ...others] = shape.fields;
    form.replaceChildren(
      ...[
        shape.description && element("p", { class: "sg-lead" }, shape.description),
        fields.titled([], name),
        fields.labelled(["id"], words.id, { description: words.idHelp }, id),
        others.filter((one) => one.required).map((one) => fields.titled([], one)),
        fields.folded(
          [],
          others.filter((one) => !one.required),
        ),
      ]
        .flat(Infinity)
        .filter(Boolean),
    );
    showResult();
  }
  form.addEventListener("submit", (event) => event.preventDefault());

  function showResult() {
    const value = cleaned(draft.value, shape);
    const found = [...problems(value, shape)].map((one) => ({
      ...one,
      text: fill(words.problems[one.say], one),
    }));
    const wrongId = idProblem(draft.id, ids, draft.from, isFixed());
    if (wrongId) found.unshift({ path: ["id"], say: wrongId, text: words.problems[wrongId] });
    showProblems(found);
    result ??= resultPanel(side, words, root.dataset, { go, erased, downloaded });
    result.show({
      kind,
      kindName: picker.selectedOptions[0].textContent,
      id: draft.id,
      from: draft.from,
      value,
      shape,
      yaml: yamlText(draft.id, value),
      problems: found,
    });
  }

  // What is not written yet is told in the list; beside its field once somebody is done.
  function showProblems(found) {
    for (const spot of form.querySelectorAll(".sg-propose__problem")) spot.textContent = "";
    for (const control of form.querySelectorAll("[aria-invalid]"))
      control.removeAttribute("aria-invalid");
    if (!isWritten()) return;
    for (const { path, text } of found.filter((one) => isDone || !UNFILLED.has(one.say))) {
      const spot = document.getElementById(`${fieldId(path)}-problem`);
      if (spot && !spot.textContent) spot.textContent = text;
      document.getElementById(fieldId(path))?.setAttribute("aria-invalid", "true");
    }
  }

  function go(path) {
    for (let length = path.length; length > 0; length -= 1) {
      const target = document.getElementById(fieldId(path.slice(0, length)));
      if (!target) continue;
      for (
        let details = target.closest("details");
        details;
        details = details.parentElement.closest("details")
      )
        details.open = true;
      focusIn(target);
      return;
    }
  }

  function downloaded() {
    isDone = true;
    showResult();
  }

  function erased() {
    if (!drafts.drop(aside(draft.from))) notes.textContent = words.notKept;
    draft = fresh();
    from.value = "";
    keep();
    if (isFixed()) open(kind);
    else show();
  }

  // Whoever picked a kind before all of this was here has picked it.
  if (picker.value !== unpicked) history.replaceState(null, "", `#${picker.value}`);
  await open(location.hash.slice(1));
}
