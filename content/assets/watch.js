// "On your watch": one step of a walk-run programme as a workout for Garmin, or as text for
// intervals.icu. Both are made here and sent nowhere.
import { digest, download } from "./calendar.js";
import { element, fill } from "./dom.js";
import { fitWorkout } from "./fit.js";
import { workoutOf, workoutText } from "./workout.js";

// The same step is the same file, whenever it is made.
const CREATED = Date.UTC(2026, 0, 1);

function start(root) {
  const { id, title } = root.dataset;
  const words = JSON.parse(root.dataset.words);
  const steps = JSON.parse(root.dataset.steps).map((step, at) => ({
    ...step,
    file: `${id}-${at + 1}.fit`,
    blocks: workoutOf(step),
  }));
  const text = element("pre", { class: "sg-workout", tabindex: "0", "aria-label": words.text });
  const status = element("p", { role: "status", class: "sg-quiet" });
  const select = element(
    "select",
    { onchange: show },
    steps.map(({ name }, at) => element("option", { value: at }, name)),
  );
  const chosen = () => steps[select.value];

  // A step that goes by distance has rounds that go by time: they are about that far.
  function notesOf({ intervals, metres }) {
    const isRounds = metres && intervals.length;
    return [...(isRounds ? [fill(words.distance, { km: metres / 1000 })] : []), words.rule];
  }

  function show() {
    text.textContent = workoutText(chosen().blocks, notesOf(chosen()), words);
    status.textContent = "";
  }

  function save() {
    const step = chosen();
    const name = fill(words.name, { step: step.name, title });
    const bytes = fitWorkout({
      name,
      notes: notesOf(step).join(" "),
      blocks: step.blocks,
      words,
      created: CREATED,
      serial: digest(name) || 1,
    });
    download(step.file, "application/octet-stream", bytes);
    status.textContent = fill(words.saved, { file: step.file });
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(text.textContent);
      status.textContent = words.copied;
    } catch {
      getSelection().selectAllChildren(text);
      status.textContent = words.byHand;
    }
  }

  const button = (label, act) =>
    element("button", { type: "button", class: "sg-choice", onclick: act }, label);
  show();
  root.replaceChildren(
    element(
      "div",
      { class: "sg-filter" },
      element("label", { class: "sg-filter__field" }, element("span", {}, words.step), select),
    ),
    text,
    element("div", { class: "sg-choices" }, button(words.download, save), button(words.copy, copy)),
    status,
  );
}

start(document.getElementById("sg-watch"));
