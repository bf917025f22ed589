// A record as it is being written: its shape, read from the same schema that editors use, and what
// is still wrong with it. Nothing here touches the page.

// "Fields" of a schema node: { sort, ...limits }, with references followed.
export function shapeOf(node, schema, ids) {
  const { description = "" } = node;
  if (node.$ref?.startsWith("#/")) {
    const name = node.$ref.split("/").at(-1);
    return { ...shapeOf(schema.definitions[name], schema, ids), description, part: name };
  }
  if (node.$ref) {
    const kind = node.$ref.split("/").at(-1);
    return { sort: "ref", kind, known: ids.definitions[kind].anyOf[0].enum, description };
  }
  const about = { ...node, description };
  if (node.anyOf) {
    const isSource = node.anyOf.some((one) => one.const === "general");
    if (!isSource)
      return { ...about, sort: "span", ...node.anyOf[0], pattern: node.anyOf[1].pattern };
    return { ...about, sort: "source", known: ids.definitions.references.anyOf[0].enum };
  }
  if (node.enum) return { ...about, sort: "choice" };
  if (node.type === "array") {
    const item = shapeOf(node.items, schema, ids);
    return { ...about, sort: item.sort === "choice" ? "choices" : "list", item };
  }
  if (node.type === "object") {
    if (node.properties.digest) return { ...about, sort: "review" };
    const fields = () =>
      Object.entries(node.properties)
        .map(([name, inner]) => ({
          name,
          required: node.required.includes(name),
          shape: Object.assign(shapeOf(inner, schema, ids), { default: inner.default }),
        }))
        .sort((a, b) => (a.shape.sort === "review") - (b.shape.sort === "review"));
    let made;
    return {
      ...about,
      sort: "part",
      get fields() {
        made ??= fields();
        return made;
      },
    };
  }
  if (node.type === "boolean") return { ...about, sort: "yes" };
  if (node.type === "integer") return { ...about, sort: "number" };
  return { ...about, sort: node.pattern?.startsWith("^\\d{4}") ? "day" : "text" };
}

// What a field holds before anything is typed: nothing that would read like a fact.
export function blank(shape) {
  switch (shape.sort) {
    case "review":
      return { state: "draft" };
    case "choices":
      return [];
    case "list":
      return Array.from({ length: shape.minItems ?? 0 }, () => blank(shape.item));
    case "part":
      return Object.fromEntries(
        shape.fields
          .filter((field) => field.required)
          .map((field) => [field.name, blank(field.shape)]),
      );
    default:
      return "";
  }
}

// The draft of a record as the API gives it. What counts the same when it is left out is left out.
export function draftOf(value, shape) {
  switch (shape.sort) {
    case "part":
      return Object.fromEntries(
        shape.fields
          .filter(
            ({ name, required, shape: inner }) =>
              value[name] !== undefined && (required || !isDefault(value[name], inner)),
          )
          .map(({ name, shape: inner }) => [name, draftOf(value[name], inner)]),
      );
    case "list":
      return value.map((item) => draftOf(item, shape.item));
    case "span":
      return value.min === value.max ? String(value.min) : `${value.min}-${value.max}`;
    case "number":
      return String(value);
    case "review":
      return Object.fromEntries(Object.entries(value).filter(([, said]) => said !== ""));
    default:
      return value;
  }
}

function isDefault(value, shape) {
  if (shape.default !== undefined) return value === shape.default;
  if (shape.sort === "part")
    return Object.entries(value).every(
      ([, inner]) => inner === "" || inner === false || (Array.isArray(inner) && !inner.length),
    );
  return value === "" || value === false || (Array.isArray(value) && !value.length);
}

// Without what was left empty; undefined where nothing is left of something that may be left out.
export function cleaned(value, shape, required = true) {
  switch (shape.sort) {
    case "part": {
      const pairs = shape.fields
        .map(({ name, shape: inner, required: must }) => [
          name,
          value?.[name] === undefined ? undefined : cleaned(value[name], inner, must),
        ])
        .filter(([, inner]) => inner !== undefined);
      const written = pairs.some(
        ([name, inner]) =>
          JSON.stringify(inner) !==
          JSON.stringify(blank(shape.fields.find((field) => field.name === name).shape)),
      );
      return required || written ? Object.fromEntries(pairs) : undefined;
    }
    case "list":
    case "choices": {
      const items = value
        .map((item) => (shape.item.sort === "text" ? text(item) : cleaned(item, shape.item)))
        .filter((item) => item !== "");
      return items.length || required ? items : undefined;
    }
    case "source":
      return typeof value === "string"
        ? value
        : value.map((id) => idOf(id, shape.known)).filter(Boolean);
    case "yes":
      return value || required ? value : undefined;
    case "number":
    case "span": {
      const said = text(String(value));
      if (!said && !required) return undefined;
      return /^-?\d{1,6}$/.test(said) ? Number(said) : said;
    }
    case "review":
      return value;
    case "ref":
      return idOf(value, shape.known) || (required ? "" : undefined);
    default: {
      const said = text(value);
      return said || required ? said : undefined;
    }
  }
}

// What was typed as an id; a name such as Knee becomes the id that it plainly is.
function idOf(value, known) {
  const said = text(value);
  return !known.includes(said) && known.includes(slug(said)) ? slug(said) : said;
}

function text(value) {
  return value
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

// Everything that is wrong: { path, say, ...numbers }, in the order of the fields.
export function* problems(value, shape, path = []) {
  switch (shape.sort) {
    case "part":
      for (const field of shape.fields) {
        if (value[field.name] !== undefined)
          yield* problems(value[field.name], field.shape, [...path, field.name]);
        else if (field.required) yield { path: [...path, field.name], say: "missing" };
      }
      return;
    case "list":
    case "choices":
      if (value.length < (shape.minItems ?? 0))
        yield { path, say: "tooFew", count: shape.minItems };
      if (shape.uniqueItems && new Set(value).size < value.length) yield { path, say: "twice" };
      for (const [at, item] of value.entries()) yield* problems(item, shape.item, [...path, at]);
      return;
    case "source":
      if (value === "general") return;
      if (!value.length) yield { path, say: "noSource" };
      for (const id of value)
        if (!shape.known.includes(id)) yield { path, say: "unknown", id, kind: "references" };
      return;
    case "number":
    case "span": {
      if (value === "") {
        yield { path, say: "missing" };
        return;
      }
      const range =
        typeof value === "number"
          ? [value, value]
          : shape.sort === "span" && new RegExp(shape.pattern).test(value)
            ? value.split(/[-–]/).map(Number)
            : null;
      if (!range || range[0] > range[1])
        yield { path, say: shape.sort === "span" ? "notSpan" : "notNumber" };
      else if (range[0] < shape.minimum || range[1] > shape.maximum) {
        yield { path, say: "outside", low: shape.minimum, high: shape.maximum };
      }
      return;
    }
    case "ref":
      if (!value) yield { path, say: "missing" };
      else if (!shape.known.includes(value))
        yield { path, say: "unknown", id: value, kind: shape.kind };
      return;
    case "choice":
      if (!shape.enum.includes(value)) yield { path, say: "choose" };
      return;
    case "yes":
      if (value === "") yield { path, say: "choose" };
      return;
    case "text":
    case "day":
      if (!value) yield { path, say: "missing" };
      else if (shape.maxLength && [...value].length > shape.maxLength)
        yield { path, say: "tooLong", count: [...value].length, most: shape.maxLength };
      else if (shape.pattern && !new RegExp(shape.pattern).test(value)) {
        yield {
          path,
          say:
            shape.sort === "day"
              ? "notDay"
              : shape.pattern.startsWith("^https")
                ? "notAddress"
                : shape.pattern.startsWith("^(?!")
                  ? "notPlain"
                  : "notForm",
        };
      }
  }
}

// The pattern of ids and their greatest length.
const idForm = (ids) => Object.values(ids.definitions)[0].anyOf[1];

// What is wrong with an id, or "". `from` is the record that is changed, if it is none that is new.
export function idProblem(id, ids, from = "", isFixed = false) {
  if (from && id === from) return "";
  if (isFixed) return "fixed";
  if (!id) return "missing";
  const { pattern, maxLength } = idForm(ids);
  const fits = (text) => new RegExp(pattern).test(text);
  if (id.length > maxLength || !fits(`${id}-x`)) return "notId";
  if (!fits(id)) return "reserved"; // It has the form of one: only as a whole it is none.
  const taken = Object.values(ids.definitions).some((kind) => kind.anyOf[0].enum.includes(id));
  return taken ? "taken" : "";
}

// The id that a name makes.
export const idFrom = (name, ids) => slug(name).slice(0, idForm(ids).maxLength).replace(/-+$/, "");

function slug(name) {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
