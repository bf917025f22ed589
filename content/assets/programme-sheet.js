// The plan on paper: a table to tick off, with a code that leads back to it.
import { element } from "./dom.js";
import { isOn } from "./plan.js";
import { conditionsOf, doseOf, flagText, picture, redFlagsOf } from "./programme-words.js";

// Loaded while nobody waits: what the browser prints of its own accord can't wait for it.
let qrcode = null;
import("./vendor/qrcode.js").then(
  (made) => {
    qrcode = made.qrcode;
  },
  () => {
    /* The sheet does without. */
  },
);

function code(label) {
  if (!qrcode) return null;
  const made = qrcode(0, "L");
  made.addData(location.href);
  made.make();
  const drawing = new DOMParser().parseFromString(
    made.createSvgTag({ cellSize: 2, margin: 0, scalable: true }),
    "image/svg+xml",
  ).documentElement;
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", label);
  return document.importNode(drawing, true);
}

// A box for each side, or for each time of the day.
const boxes = ({ times }, { sides }, words) =>
  times > 1 ? [...Array(times).keys()].map((at) => at + 1) : sides ? words.sides : [""];

export function fillSheet(sheet, about, items) {
  const { words, data } = about;
  const conditions = conditionsOf(about, items);
  const today = new Date().toLocaleDateString(document.documentElement.lang || "en", {
    dateStyle: "long",
  });
  const reviewed = conditions.every((condition) => condition.review === "signed");
  const row = (item) => {
    const exercise = data.exercises[item.exercise];
    return element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        picture(about, exercise),
        exercise.name,
        element("span", { class: "sg-sheet__dose" }, doseOf(about, item)),
        element("span", { class: "sg-sheet__how" }, exercise.steps.join(" ")),
      ),
      words.dayNames.map((_, at) =>
        element(
          "td",
          {},
          isOn(item, at + 1)
            ? boxes(item, exercise, words).map((mark) =>
                element("span", { class: "sg-box" }, String(mark)),
              )
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
      code(words.qr),
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
