// An element with attributes, listeners (`onclick`) and children; text is always text.
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return made;
}

// The same within an SVG.
export function draw(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.flat(3));
  return made;
}

// "{sets} sets" with its values.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// A text in which each of these numbers is a link that dials it.
export function withCalls(text, numbers) {
  if (!numbers.length) return [text];
  const shapes = numbers.map((number) => number.replace(/[+().]/g, "\\$&"));
  const parts = text.split(new RegExp(`(?<!\\d)(${shapes.join("|")})(?!\\d)`));
  return parts.map((part, i) => {
    const dialled = part.replace(/[ ().-]/g, "");
    const isNumber = i % 2 && /^\+?\d{3,}$/.test(dialled);
    return isNumber ? element("a", { href: `tel:${dialled}` }, part) : part;
  });
}

// Shows the body again. What had the focus keeps it, and what stood open stays open, by its id.
export function keepFocus(body, show) {
  const focused = document.activeElement.id;
  const open = [...body.querySelectorAll("details[open]")].map(({ id }) => id);
  show();
  for (const details of body.querySelectorAll("details"))
    if (open.includes(details.id)) details.open = true;
  if (focused) document.getElementById(focused)?.focus();
}

export const button = (text, onclick, attributes) =>
  element("button", { type: "button", class: "sg-choice", onclick, ...attributes }, text);

export const list = (lines, attributes = {}) =>
  element(
    "ul",
    attributes,
    lines.map((line) => element("li", {}, line)),
  );
