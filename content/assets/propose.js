// "Propose a change": a form for each kind of record, made from the schema of its file. All that
// is typed stays in this browser until it is erased.
import { download } from "./calendar.js";
import { element, fill } from "./dom.js";
import { blank, cleaned, draftOf, idProblem, problems, shapeOf, slug, yamlText } from "./proposal.js";

const STORE = "strideguide-proposals";
const MOST_ADDRESS = 7500;
const FIRST_FIELDS = 6;
const LONG_TEXT = 130;
const EMPTY = new Set(["missing", "choose", "tooFew", "noSource"]);

const root = document.getElementById("sg-propose");
if (root) start(root);

async function start(root) {
  const words = JSON.parse(root.dataset.words);
  const [picker, from] = root.querySelectorAll("select");
  const unpicked = picker.value;
  const read = async (name) => (await fetch(`${root.dataset.schemas}${name}.json`)).json();
  const notes = root.querySelector(".sg-propose__notes");
  const ids = await read("ids").catch(() => { notes.textContent = words.notLoaded; });
  if (!ids) return;
  const kinds = [...root.querySelector("select").options].map((option) => option.value);
  const schemas = new Map();
  const form = element("form", { class: "sg-propose__form", novalidate: true, autocomplete: "off" });
  const side = element("div", { class: "sg-propose__side" });
  root.append(form, side, ...Object.entries(ids.definitions).map(([kind, { anyOf }]) =>
    element("datalist", { id: `sg-ids-${kind}` }, anyOf[0].enum.map((id) => element("option", { value: id })))));

  const drafts = {};
  let kind;
  let shape;
  let draft;
  let output;
  let isDone = false;

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(STORE)) ?? {};
    } catch {
      return {};
    }
  }

  function store() {
    drafts[kind] = draft;
    try {
      // Another tab may have written another kind meanwhile.
      localStorage.setItem(STORE, JSON.stringify({ ...stored(), [kind]: draft }));
      return true;
    } catch {
      notes.textContent = words.notKept;
      return false;
    }
  }

  addEventListener("beforeunload", (event) => {
    if (draft && isWritten() && !store()) event.preventDefault();
  });

  const isWritten = () => JSON.stringify(draft.value) !== JSON.stringify(blank(shape));
  const isFixed = () => "fixed" in picker.selectedOptions[0].dataset;
  const fresh = () => ({ id: "", ownId: false, from: "", value: blank(shape) });

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
    draft = stored()[kind] ?? drafts[kind] ?? fresh();
    notes.textContent = isWritten() ? words.kept : "";
    const known = ids.definitions[kind].anyOf[0].enum;
    from.replaceChildren(isFixed() ? "" : element("option", { value: "" }, words.blank),
      ...known.map((id) => element("option", { value: id }, id)));
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
      const known = stored()[`${kind}/${wanted}`] ?? drafts[`${kind}/${wanted}`];
      const next = known ?? (wanted ? await existing(wanted) : fresh());
      if (from.value !== wanted || kind !== here) return;
      keepAside();
      draft = next;
      notes.textContent = wanted ? fill(words.changing, { id: wanted }) : "";
      isDone = false;
      store();
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

  function keepAside() {
    if (!isWritten()) return;
    const key = `${kind}/${draft.from ?? ""}`;
    drafts[key] = draft;
    try {
      localStorage.setItem(STORE, JSON.stringify({ ...stored(), [key]: draft }));
    } catch {
      notes.textContent = words.notKept;
    }
  }

  picker.addEventListener("change", () => {
    history.replaceState(null, "", `#${picker.value}`);
    open(picker.value);
  });
  addEventListener("hashchange", () => kinds.includes(location.hash.slice(1)) && open(location.hash.slice(1)));

  // The value at a path of the draft.
  const at = (path) => path.reduce((value, key) => value?.[key], draft.value);

  function write(path, value) {
    const last = path.at(-1);
    const owner = at(path.slice(0, -1));
    if (value === undefined) delete owner[last];
    else owner[last] = value;
  }

  function set(path, value) {
    write(path, value);
    const last = path.at(-1);
    if (path.length === 1 && last === "name" && !draft.ownId) {
      draft.id = slug(value);
      form.querySelector("#sg-field-id").value = draft.id;
    }
    store();
    showOutput();
  }

  // A change of what there is to fill in: `draw` makes anew the field that is at `path`, or less,
  // and the rest of the form stays. `focus` is the path to go on at.
  function rebuild(path, value, draw, focus) {
    write(path, value);
    draw();
    store();
    showOutput();
    const target = form.querySelector(`[id="${fieldId(focus)}"]`);
    (target?.matches("input, select, textarea, button") ? target : target?.querySelector("input, select, textarea, button"))?.focus();
  }

  const fieldId = (path) => `sg-field-${path.join(".")}`;
  const titleOf = (name) => (words.names[name] ?? name.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase()));
  const help = (path, shape) => shape.description && element("span", { class: "sg-propose__help", id: `${fieldId(path)}-help` }, shape.description.replace(words.forYaml, ""));

  function labelled(path, label, shape, control) {
    return element("div", { class: "sg-propose__field" },
      element("label", { for: fieldId(path) }, label), help(path, shape), control,
      element("span", { class: "sg-propose__problem", id: `${fieldId(path)}-problem` }));
  }

  function group(path, label, shape, ...children) {
    return element("fieldset", { class: "sg-propose__group", id: fieldId(path), "data-sort": shape.sort },
      element("legend", {}, label), help(path, shape), ...children,
      element("span", { class: "sg-propose__problem", id: `${fieldId(path)}-problem` }));
  }

  const button = (text, name, act, more = {}) => element("button", {
    type: "button", class: "sg-choice sg-choice--quiet", "aria-label": `${text}: ${name}`, onclick: act, ...more,
  }, text);

  function control(path, shape, value) {
    const common = {
      id: fieldId(path), "aria-describedby": `${fieldId(path)}-help ${fieldId(path)}-problem`,
      oninput: (event) => set(path, event.target.value),
    };
    switch (shape.sort) {
      case "choice": return element("select", common, element("option", { value: "" }, words.choose),
        shape.enum.map((word, i) => element("option", { value: word, selected: word === value }, shape.enumDescriptions?.[i] ? `${word}: ${shape.enumDescriptions[i]}` : word)));
      case "ref": return element("input", { ...common, value, list: `sg-ids-${shape.kind}`, spellcheck: "false", autocapitalize: "none" });
      case "number": return element("input", { ...common, value, inputmode: "numeric" });
      case "span": return element("input", { ...common, value });
      case "day": return element("input", { ...common, value, type: "date" });
      default: {
        if ((shape.maxLength ?? 0) <= LONG_TEXT) return element("input", { ...common, value });
        const area = element("textarea", { ...common, rows: shape.maxLength > 400 ? 4 : 2 });
        area.value = value;
        return area;
      }
    }
  }

  function field(path, label, shape, required) {
    const value = at(path);
    const draw = () => document.getElementById(fieldId(path)).replaceWith(field(path, label, shape, required));
    if (value === undefined && ["part", "list"].includes(shape.sort)) {
      const first = shape.sort === "list" ? [blank(shape.item)] : blank(shape);
      return element("div", { class: "sg-propose__field", id: fieldId(path) }, element("span", { class: "sg-propose__label" }, label), help(path, shape),
        button(words.add, label, () => rebuild(path, first, draw, shape.sort === "list" ? [...path, 0] : path)));
    }
    switch (shape.sort) {
      case "review": return null;
      case "part": return group(path, label, shape, parts(path, shape),
        !required && button(words.remove, label, () => rebuild(path, undefined, draw, path)));
      case "list": return group(path, label, shape,
        value.map((_, i) => item(path, i, label, shape, draw)), adder(path, label, shape, draw));
      case "choices": return group(path, label, shape, element("div", { class: "sg-checks" },
        shape.item.enum.map((word, i) => element("label", { class: "sg-check" },
          element("input", {
            type: "checkbox", value: word, checked: (value ?? []).includes(word),
            onchange: (event) => set(path, shape.item.enum.filter((one) => (one === word ? event.target.checked : (at(path) ?? []).includes(one)))),
          }), element("span", {}, shape.item.enumDescriptions?.[i] || word)))));
      case "source": return source(path, label, shape, value ?? "general", draw);
      case "yes": return element("div", { class: "sg-propose__field" }, element("label", { class: "sg-check" },
        element("input", { type: "checkbox", id: fieldId(path), checked: Boolean(value), onchange: (event) => set(path, event.target.checked) }),
        element("span", {}, label, " ", help(path, shape))));
      default: return labelled(path, label, shape, control(path, shape, value ?? ""));
    }
  }

  function parts(path, shape) {
    const made = ({ name, shape: inner, required }) => field([...path, name], titleOf(name), inner, required);
    const must = shape.fields.filter((one) => one.required);
    const may = shape.fields.filter((one) => !one.required);
    const shown = must.length ? must : may.splice(0, FIRST_FIELDS);
    const isOpen = may.some(({ name }) => at([...path, name]) !== undefined);
    return [shown.map(made), may.length > 0 && element("details", { class: "sg-details", open: isOpen },
      element("summary", {}, words.more), may.map(made))];
  }

  // Adds one more item above its button; of the others, only whether they may go can change.
  function adder(path, label, shape, draw) {
    const add = button(words.add, label, () => {
      const count = at(path).length;
      rebuild(path, [...at(path), blank(shape.item)], () => {
        add.before(item(path, count, label, shape, draw));
        for (const one of add.parentElement.children) {
          const remove = one.querySelector(":scope > button");
          if (remove) remove.disabled = count + 1 <= (shape.minItems ?? 0);
        }
      }, [...path, count]);
    }, { "data-add": path.join(".") });
    return add;
  }

  function item(path, i, label, shape, draw) {
    const here = [...path, i];
    const name = `${label} ${i + 1}`;
    const remove = button(words.remove, name, () => rebuild(path, at(path).filter((_, other) => other !== i), draw, path),
      { disabled: at(path).length <= (shape.minItems ?? 0) });
    if (shape.item.sort === "part") return element("div", { class: "sg-propose__item", id: fieldId(here) }, element("p", { class: "sg-propose__label" }, name), parts(here, shape.item), remove);
    return element("div", { class: "sg-propose__row" }, labelled(here, name, { ...shape.item, description: "" }, control(here, shape.item, at(here))), remove);
  }

  function source(path, label, shape, value, draw) {
    const isGeneral = value === "general";
    const name = fieldId(path);
    const radio = (general, text) => element("label", { class: "sg-check" }, element("input", {
      type: "radio", name, value: general ? "general" : "references", checked: isGeneral === general,
      onchange: () => rebuild(path, general ? "general" : [""], draw, path),
    }), element("span", {}, text));
    return group(path, label, { sort: "source", description: "" }, radio(true, words.general), radio(false, words.references),
      !isGeneral && [value.map((id, i) => element("div", { class: "sg-propose__row" },
        labelled([...path, i], fill(words.reference, { number: i + 1 }), {}, control([...path, i], { sort: "ref", kind: "references" }, id)),
        button(words.remove, fill(words.reference, { number: i + 1 }), () => rebuild(path, at(path).filter((_, other) => other !== i), draw, path), { disabled: value.length < 2 }))),
      button(words.add, words.references, () => rebuild(path, [...at(path), ""], draw, [...path, value.length]), { "data-add": path.join(".") })]);
  }

  function show() {
    const id = element("input", {
      id: "sg-field-id", value: draft.id, spellcheck: "false", autocapitalize: "none", "aria-describedby": "sg-field-id-help sg-field-id-problem",
      oninput: (event) => {
        draft.id = event.target.value.trim();
        draft.ownId = draft.id !== "";
        store();
        showOutput();
      },
    });
    const [name, ...others] = shape.fields;
    const made = ({ name: key, shape: inner, required }) => field([key], titleOf(key), inner, required);
    const may = others.filter((one) => !one.required);
    form.replaceChildren(...[
      shape.description && element("p", { class: "sg-lead" }, shape.description),
      made(name),
      labelled(["id"], words.id, { description: words.idHelp }, id),
      others.filter((one) => one.required).map(made),
      may.length > 0 && element("details", { class: "sg-details", open: may.some((one) => draft.value[one.name] !== undefined) }, element("summary", {}, words.more), may.map(made)),
    ].flat(Infinity).filter(Boolean));
    showOutput();
  }
  form.addEventListener("submit", (event) => event.preventDefault());

  function showOutput() {
    const value = cleaned(draft.value, shape);
    const found = [...problems(value, shape)].map((one) => ({ ...one, text: fill(words.problems[one.say], one) }));
    const wrongId = idProblem(draft.id, ids, draft.from, isFixed());
    if (wrongId) found.unshift({ path: ["id"], say: wrongId, text: words.problems[wrongId] });
    for (const spot of form.querySelectorAll(".sg-propose__problem")) spot.textContent = "";
    for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
    if (isWritten()) {
      // What is not written yet is told in the list; beside its field once somebody is done.
      for (const { path, text } of found.filter((one) => isDone || !EMPTY.has(one.say))) {
        const spot = document.getElementById(`${fieldId(path)}-problem`);
        if (spot && !spot.textContent) spot.textContent = text;
        document.getElementById(fieldId(path))?.setAttribute("aria-invalid", "true");
      }
    }
    const yaml = yamlText(draft.id, value);
    output ??= panel();
    output.show(yaml, value, found);
  }

  function forget(key) {
    delete drafts[key];
    const { [key]: gone, ...others } = stored();
    try {
      if (gone) localStorage.setItem(STORE, JSON.stringify(others));
    } catch {
      notes.textContent = words.notKept;
    }
  }

  function panel() {
    const status = element("p", { role: "status", class: "sg-propose__state" });
    const list = element("ul", { class: "sg-propose__problems" });
    const code = element("code", { tabindex: "0", "aria-label": words.yaml });
    const reading = element("div", { class: "sg-propose__reading" });
    const said = element("p", { role: "status" });
    const actions = element("div", { class: "sg-choices" });
    const erase = element("div", { class: "sg-choices" });
    side.replaceChildren(element("h2", {}, words.result), status, list, actions, said,
      element("details", { class: "sg-details" }, element("summary", {}, words.preview), reading),
      element("details", { class: "sg-details", open: true }, element("summary", {}, words.yaml), element("pre", {}, code)),
      erase);

    function askErase() {
      const no = () => erase.replaceChildren(button(words.erase, titleOf(kind), askErase));
      erase.replaceChildren(element("span", {}, words.eraseSure),
        element("button", {
          type: "button", class: "sg-choice", onclick: () => {
            forget(`${kind}/${draft.from ?? ""}`);
            draft = fresh();
            from.value = "";
            store();
            if (isFixed()) open(kind);
            else show();
            no();
            said.textContent = words.erased;
          },
        }, words.eraseYes),
        element("button", { type: "button", class: "sg-choice sg-choice--quiet", onclick: no }, words.eraseNo));
    }
    erase.append(button(words.erase, "", askErase));

    async function copy(yaml) {
      try {
        await navigator.clipboard.writeText(yaml);
        said.textContent = draft.from ? fill(words.copiedChange, { id: draft.from }) : words.copied;
      } catch {
        getSelection().selectAllChildren(code);
        said.textContent = words.copyByHand;
      }
    }

    return {
      show(yaml, value, found) {
        code.textContent = yaml;
        const text = found.length ? fill(found.length === 1 ? words.stateOne : words.state, { count: found.length }) : words.sound;
        if (status.textContent !== text) status.textContent = text;
        status.dataset.sound = String(!found.length);
        list.replaceChildren(...found.slice(0, 5).map(({ path, text: why }) => element("li", {},
          element("button", { type: "button", class: "sg-choice sg-choice--quiet", onclick: () => go(path) }, `${path.filter((key) => typeof key === "string").map(titleOf).join(", ")}: ${why}`))));
        reading.replaceChildren(...readParts(value, shape));
        const file = `${draft.id || kind}.yaml`;
        const act = (label, run, main) => element("button", { type: "button", class: `sg-choice${main ? " sg-choice--main" : ""}`, onclick: run }, label);
        actions.replaceChildren(...[
          act(words.download, () => {
            download(file, "application/yaml", yaml);
            said.textContent = words.downloaded;
            isDone = true;
            showOutput();
          }, !found.length),
          act(words.copy, () => copy(yaml)),
          root.dataset.repository && element("a", { class: "sg-choice", href: issueAddress(yaml, value), rel: "noopener", target: "_blank", onclick: () => isLong(yaml, value) && copy(yaml) }, words.issue),
          root.dataset.edit && element("a", { class: "sg-choice", href: `${root.dataset.edit}data/${kind}.yaml`, rel: "noopener", target: "_blank", onclick: () => copy(yaml) }, words.edit),
        ].filter(Boolean));
      },
    };
  }

  function go(path) {
    for (let length = path.length; length > 0; length -= 1) {
      const target = document.getElementById(fieldId(path.slice(0, length)));
      if (!target) continue;
      for (let details = target.closest("details"); details; details = details.parentElement.closest("details")) details.open = true;
      const spot = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea, button");
      spot?.focus();
      return;
    }
  }

  function issueAddress(yaml, value) {
    const query = new URLSearchParams({
      template: draft.from ? "2-correction.yml" : kind === "exercises" ? "4-exercise.yml" : "3-condition.yml",
      title: fill(draft.from ? words.changeTitle : words.issueTitle, { kind: picker.selectedOptions[0].textContent, name: value.name || "" }),
      ...(draft.from ? { page: `${kind}/${draft.from}/` } : { name: value.name || "" }),
    });
    const short = `${root.dataset.repository}/issues/new?${query}`;
    query.set("yaml", yaml);
    const whole = `${root.dataset.repository}/issues/new?${query}`;
    return whole.length > MOST_ADDRESS ? short : whole;
  }

  const isLong = (yaml, value) => !issueAddress(yaml, value).includes("&yaml=");

  // Roughly as it will read: red flags first, then field by field.
  function readParts(value, shape) {
    const isFlag = ({ name }) => name.startsWith("red_flag");
    const fields = shape.fields.filter((one) => value[one.name] !== undefined && one.shape.sort !== "review" && one.name !== "source");
    return [...fields.filter(isFlag), ...fields.filter((one) => !isFlag(one))].map(({ name, shape: inner }) => {
      const body = readValue(value[name], inner);
      if (name === "name") return element("p", { class: "sg-propose__name" }, body);
      if (name === "text") return body && element("p", {}, body);
      return body && element("div", { class: isFlag({ name }) ? "sg-propose__flags" : null }, element("p", { class: "sg-propose__label" }, titleOf(name)), body);
    }).filter(Boolean);
  }

  function readValue(value, shape) {
    const words = (text) => text.replace(/\[\[([^\]|]*\|)?([^\]]*)\]\]/g, "$2").replaceAll("**", "");
    switch (shape.sort) {
      case "part": {
        const inner = readParts(value, shape);
        return inner.length ? element("div", { class: "sg-propose__inner" }, inner) : null;
      }
      case "list": return value.length ? element("ul", {}, value.map((one) => element("li", {}, readValue(one, shape.item)))) : null;
      case "choices": return value.length ? element("p", {}, value.join(", ")) : null;
      case "source": case "yes": return null;
      case "ref": return value ? element("span", {}, value.replaceAll("-", " ")) : null;
      default: return value === "" ? null : element("span", {}, words(String(value)));
    }
  }

  // Whoever picked a kind before all of this was here has picked it.
  if (picker.value !== unpicked) history.replaceState(null, "", `#${picker.value}`);
  await open(location.hash.slice(1));
}
