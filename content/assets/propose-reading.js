// A record roughly as it will read: red flags first, then field by field.
import { element } from "./dom.js";

export function readParts(value, shape, titleOf) {
  const isFlag = ({ name }) => name.startsWith("red_flag");
  const fields = shape.fields.filter(
    (one) => value[one.name] !== undefined && one.shape.sort !== "review" && one.name !== "source",
  );
  return [...fields.filter(isFlag), ...fields.filter((one) => !isFlag(one))]
    .map(({ name, shape: inner }) => {
      const body = readValue(value[name], inner, titleOf);
      if (name === "name") return element("p", { class: "sg-propose__name" }, body);
      if (name === "text") return body && element("p", {}, body);
      return (
        body &&
        element(
          "div",
          { class: isFlag({ name }) ? "sg-propose__flags" : null },
          element("p", { class: "sg-propose__label" }, titleOf(name)),
          body,
        )
      );
    })
    .filter(Boolean);
}

function readValue(value, shape, titleOf) {
  switch (shape.sort) {
    case "part": {
      const inner = readParts(value, shape, titleOf);
      return inner.length ? element("div", { class: "sg-propose__inner" }, inner) : null;
    }
    case "list":
      return value.length
        ? element(
            "ul",
            {},
            value.map((one) => element("li", {}, readValue(one, shape.item, titleOf))),
          )
        : null;
    case "choices":
      return value.length ? element("p", {}, value.join(", ")) : null;
    case "source":
    case "yes":
      return null;
    case "ref":
      return value ? element("span", {}, value.replaceAll("-", " ")) : null;
    default:
      return value === "" ? null : element("span", {}, withoutMarks(String(value)));
  }
}

function withoutMarks(text) {
  return text.replace(/\[\[([^\]|]*\|)?([^\]]*)\]\]/g, "$2").replaceAll("**", "");
}
