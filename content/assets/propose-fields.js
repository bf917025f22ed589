// The fields of a form for a record, each made from its shape (see proposal.js).
import { element, fill } from "./dom.js";
import { blank } from "./proposal.js";

// Of a record that must have none: how many stand open at once.
const FIRST_FIELDS = 6;
// Characters from which on a text has lines of its own, and more of them.
const LONG_TEXT = 130;
const VERY_LONG_TEXT = 400;
const CONTROLS = "input, select, textarea";

export const fieldId = (path) => `sg-field-${path.join(".")}`;

export const titleOf = (name, words) =>
  words.names[name] ?? name.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());

export const button = (text, name, act, more = {}) =>
  element(
    "button",
    {
      type: "button",
      class: "sg-choice sg-choice--quiet",
      "aria-label": `${text}: ${name}`,
      onclick: act,
      ...more,
    },
    text,
  );

export function focusIn(spot) {
  (spot?.matches(CONTROLS) ? spot : spot?.querySelector(`${CONTROLS}, button`))?.focus();
}

// What makes fields. `at(path)` is the value of the draft, `set(path, value)` changes one, and
// `rebuild(path, value, draw, focus)` changes what there is to fill in: `draw` makes anew the field
// that is at `path`, or less, and the rest of the form stays. `focus` is the path to go on at.
export function fieldsFor(words, { at, set, rebuild }) {
  const titled = (path, { name, shape, required }) =>
    field([...path, name], titleOf(name, words), shape, required);
  const help = (path, shape) =>
    shape.description &&
    element(
      "span",
      { class: "sg-propose__help", id: `${fieldId(path)}-help` },
      shape.description.replace(words.forYaml, ""),
    );

  function labelled(path, label, shape, control) {
    return element(
      "div",
      { class: "sg-propose__field" },
      element("label", { for: fieldId(path) }, label),
      help(path, shape),
      control,
      element("span", { class: "sg-propose__problem", id: `${fieldId(path)}-problem` }),
    );
  }

  function group(path, label, shape, ...children) {
    return element(
      "fieldset",
      { class: "sg-propose__group", id: fieldId(path), "data-sort": shape.sort },
      element("legend", {}, label),
      help(path, shape),
      ...children,
      element("span", { class: "sg-propose__problem", id: `${fieldId(path)}-problem` }),
    );
  }

  function control(path, shape, value) {
    const common = {
      id: fieldId(path),
      "aria-describedby": `${fieldId(path)}-help ${fieldId(path)}-problem`,
      oninput: (event) => set(path, event.target.value),
    };
    switch (shape.sort) {
      case "choice":
        return element(
          "select",
          common,
          element("option", { value: "" }, words.choose),
          shape.enum.map((word, i) =>
            element(
              "option",
              { value: word, selected: word === value },
              shape.enumDescriptions?.[i] ? `${word}: ${shape.enumDescriptions[i]}` : word,
            ),
          ),
        );
      case "ref":
        return element("input", {
          ...common,
          value,
          list: `sg-ids-${shape.kind}`,
          spellcheck: "false",
          autocapitalize: "none",
        });
      case "number":
        return element("input", { ...common, value, inputmode: "numeric" });
      case "span":
        return element("input", { ...common, value });
      case "day":
        return element("input", { ...common, value, type: "date" });
      default: {
        if ((shape.maxLength ?? 0) <= LONG_TEXT) return element("input", { ...common, value });
        const area = element("textarea", {
          ...common,
          rows: shape.maxLength > VERY_LONG_TEXT ? 4 : 2,
        });
        area.value = value;
        return area;
      }
    }
  }

  function field(path, label, shape, required) {
    const value = at(path);
    const draw = () =>
      document.getElementById(fieldId(path)).replaceWith(field(path, label, shape, required));
    if (value === undefined && ["part", "list"].includes(shape.sort)) {
      const first = shape.sort === "list" ? [blank(shape.item)] : blank(shape);
      return element(
        "div",
        { class: "sg-propose__field", id: fieldId(path) },
        element("span", { class: "sg-propose__label" }, label),
        help(path, shape),
        button(words.add, label, () =>
          rebuild(path, first, draw, shape.sort === "list" ? [...path, 0] : path),
        ),
      );
    }
    switch (shape.sort) {
      case "review":
        return null;
      case "part":
        return group(
          path,
          label,
          shape,
          parts(path, shape),
          !required && button(words.remove, label, () => rebuild(path, undefined, draw, path)),
        );
      case "list":
        return group(
          path,
          label,
          shape,
          value.map((_, i) => item(path, i, label, shape, draw)),
          adder(path, label, shape, draw),
        );
      case "choices":
        return group(
          path,
          label,
          shape,
          element(
            "div",
            { class: "sg-checks" },
            shape.item.enum.map((word, i) =>
              element(
                "label",
                { class: "sg-check" },
                element("input", {
                  type: "checkbox",
                  value: word,
                  checked: (value ?? []).includes(word),
                  onchange: (event) =>
                    set(
                      path,
                      shape.item.enum.filter((one) =>
                        one === word ? event.target.checked : (at(path) ?? []).includes(one),
                      ),
                    ),
                }),
                element("span", {}, shape.item.enumDescriptions?.[i] || word),
              ),
            ),
          ),
        );
      case "source":
        return source(path, label, shape, value ?? "", draw);
      case "yes":
        return required
          ? yesOrNo(path, label, shape, value)
          : element(
              "div",
              { class: "sg-propose__field" },
              element(
                "label",
                { class: "sg-check" },
                element("input", {
                  type: "checkbox",
                  id: fieldId(path),
                  checked: Boolean(value),
                  onchange: (event) => set(path, event.target.checked),
                }),
                element("span", {}, label, " ", help(path, shape)),
              ),
            );
      default:
        return labelled(path, label, shape, control(path, shape, value ?? ""));
    }
  }

  function parts(path, shape) {
    const must = shape.fields.filter((one) => one.required);
    const may = shape.fields.filter((one) => !one.required);
    const shown = must.length ? must : may.splice(0, FIRST_FIELDS);
    return [shown.map((one) => titled(path, one)), folded(path, may)];
  }

  // Those that may be left out stand folded below the others.
  function folded(path, may) {
    const isOpen = may.some(({ name }) => at([...path, name]) !== undefined);
    return (
      may.length > 0 &&
      element(
        "details",
        { class: "sg-details", open: isOpen },
        element("summary", {}, words.more),
        may.map((one) => titled(path, one)),
      )
    );
  }

  // Adds one more item above its button; of the others, only whether they may go can change.
  function adder(path, label, shape, draw) {
    const add = button(
      words.add,
      label,
      () => {
        const count = at(path).length;
        rebuild(
          path,
          [...at(path), blank(shape.item)],
          () => {
            add.before(item(path, count, label, shape, draw));
            for (const one of add.parentElement.children) {
              const remove = one.querySelector(":scope > button");
              if (remove) remove.disabled = count + 1 <= (shape.minItems ?? 0);
            }
          },
          [...path, count],
        );
      },
      { "data-add": path.join(".") },
    );
    return add;
  }

  function item(path, i, label, shape, draw) {
    const here = [...path, i];
    const name = `${label} ${i + 1}`;
    const remove = button(
      words.remove,
      name,
      () =>
        rebuild(
          path,
          at(path).filter((_, other) => other !== i),
          draw,
          path,
        ),
      { disabled: at(path).length <= (shape.minItems ?? 0) },
    );
    if (shape.item.sort === "part")
      return element(
        "div",
        { class: "sg-propose__item", id: fieldId(here) },
        element("p", { class: "sg-propose__label" }, name),
        parts(here, shape.item),
        remove,
      );
    return element(
      "div",
      { class: "sg-propose__row" },
      labelled(here, name, { ...shape.item, description: "" }, control(here, shape.item, at(here))),
      remove,
    );
  }

  // One of two buttons; neither is pressed before somebody chooses.
  function radio(path, text, value, checked, onchange) {
    return element(
      "label",
      { class: "sg-check" },
      element("input", { type: "radio", name: fieldId(path), value, checked, onchange }),
      element("span", {}, text),
    );
  }

  function yesOrNo(path, label, shape, value) {
    return group(
      path,
      label,
      shape,
      radio(path, words.yes, "true", value === true, () => set(path, true)),
      radio(path, words.no, "false", value === false, () => set(path, false)),
    );
  }

  function source(path, label, _shape, value, draw) {
    const isList = Array.isArray(value);
    return group(
      path,
      label,
      { sort: "source", description: "" },
      radio(path, words.general, "general", value === "general", () =>
        rebuild(path, "general", draw, path),
      ),
      radio(path, words.references, "references", isList, () => rebuild(path, [""], draw, path)),
      isList && [
        value.map((id, i) =>
          element(
            "div",
            { class: "sg-propose__row" },
            labelled(
              [...path, i],
              fill(words.reference, { number: i + 1 }),
              {},
              control([...path, i], { sort: "ref", kind: "references" }, id),
            ),
            button(
              words.remove,
              fill(words.reference, { number: i + 1 }),
              () =>
                rebuild(
                  path,
                  at(path).filter((_, other) => other !== i),
                  draw,
                  path,
                ),
              { disabled: value.length < 2 },
            ),
          ),
        ),
        button(
          words.add,
          words.references,
          () => rebuild(path, [...at(path), ""], draw, [...path, value.length]),
          { "data-add": path.join(".") },
        ),
      ],
    );
  }

  return { titled, labelled, folded };
}
