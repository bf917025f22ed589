// A programme on paper: a table to tick off, with a code that leads back to it.
import { element } from "./dom.js";
import { isOn } from "./plan.js";
import {
  conditionsOf,
  doseOf,
  flagText,
  picture,
  plannedOf,
  redFlagsOf,
} from "./programme-words.js";

export async function printSheet(sheet, about, items) {
  const { qrcode } = await import("./vendor/qrcode.js");
  const code = qrcode(0, "L");
  code.addData(location.href);
  code.make();
  const drawing = new DOMParser().parseFromString(
    code.createSvgTag({ cellSize: 2, margin: 0, scalable: true }),
    "image/svg+xml",
  ).documentElement;
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", about.words.qr);
  fillSheet(sheet, about, items, document.importNode(drawing, true));
  await Promise.allSettled([...sheet.querySelectorAll("img")].map((image) => image.decode()));
  window.print();
}

function fillSheet(sheet, about, items, drawing) {
  const { words, data } = about;
  const conditions = conditionsOf(about, items);
  const today = new Date().toLocaleDateString(document.documentElement.lang || "en", {
    dateStyle: "long",
  });
  const reviewed = conditions.every((condition) => condition.review === "signed");
  const row = (item) => {
    const exercise = data.exercises[item.exercise];
    const sides = exercise.sides ? words.sides : [""];
    return element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        picture(about, exercise),
        exercise.name,
        element("span", { class: "sg-sheet__dose" }, doseOf(about, item)),
        element("span", { class: "sg-sheet__how" }, plannedOf(about, item)),
        element("span", { class: "sg-sheet__how" }, exercise.steps.join(" ")),
      ),
      words.dayNames.map((_, at) =>
        element(
          "td",
          {},
          isOn(item, at + 1)
            ? sides.map((side) => element("span", { class: "sg-box" }, side))
            : null,
        ),
      ),
    );
  };
  const flagLine = (tier) => {
    const [head, names, action] = flagText(tier);
    return element(
      "p",
      { class: "sg-sheet__flags" },
      element("strong", {}, head),
      names,
      element("strong", {}, action),
    );
  };
  sheet.replaceChildren(
    element(
      "div",
      { class: "sg-sheet__head" },
      element(
        "div",
        {},
        element("p", { class: "sg-sheet__title" }, words.title),
        element("p", {}, conditions.map((condition) => condition.name).join(", ")),
        element("p", {}, `${today}. ${reviewed ? words.reviewed : words.notReviewed}`),
      ),
      drawing,
    ),
    ...redFlagsOf(about, items).map(flagLine),
    element(
      "table",
      { class: "sg-ticks" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, words.exercise),
          words.dayNames.map((name) => element("th", { scope: "col" }, name)),
        ),
      ),
      element("tbody", {}, items.map(row)),
    ),
  );
}
