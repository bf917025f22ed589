// Going through today's exercises: large type, a timer for holds and rests, and a note on pain.
// Notes stay on the device; sound is off until asked for.
import { download } from "./calendar.js";
import { iso } from "./day.js";
import { element } from "./dom.js";

const STORE = "sg-notes";

function readNotes() {
  try {
    return JSON.parse(localStorage.getItem(STORE) || "[]");
  } catch {
    return [];
  }
}

function writeNotes(notes) {
  try {
    if (notes.length) localStorage.setItem(STORE, JSON.stringify(notes));
    else localStorage.removeItem(STORE);
    return true;
  } catch {
    return false;
  }
}

export function startSession({ root, words, data, items, doseText, picture }) {
  const today = String(new Date().getDay() || 7);
  const due = items.filter((item) => !item.days || item.days.includes(today));
  const list = due.length ? due : items;
  const dialog = element("dialog", { class: "sg-session", "aria-label": words.session });
  root.append(dialog);
  let at = 0;
  let set = 1;
  let clock = 0;
  let sound = false;
  let lock = null;

  async function stayAwake() {
    try {
      lock = await navigator.wakeLock?.request("screen");
    } catch { /* The browser may refuse; the session goes on. */ }
  }

  function beep() {
    if (!sound) return;
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    tone.connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.2);
    tone.onended = () => audio.close();
  }

  function end() {
    clearInterval(clock);
    lock?.release?.();
    dialog.close();
    dialog.remove();
  }

  function timer(seconds, text, done) {
    clearInterval(clock);
    let left = seconds;
    const shown = element("p", { class: "sg-session__time", role: "timer", "aria-label": text }, String(left));
    clock = setInterval(() => {
      left -= 1;
      shown.textContent = String(Math.max(left, 0));
      if (left <= 0) {
        clearInterval(clock);
        beep();
        done();
      }
    }, 1000);
    return shown;
  }

  const button = (text, act, main) => element("button", { type: "button", class: `sg-choice${main ? " sg-choice--main" : ""}`, onclick: act }, text);

  function frame(...children) {
    dialog.replaceChildren(
      element("div", { class: "sg-session__bar" },
        element("span", {}, words.progress.replace("{at}", Math.min(at + 1, list.length)).replace("{of}", list.length)),
        element("label", { class: "sg-check" }, element("input", {
          type: "checkbox", checked: sound, onchange: (event) => { sound = event.target.checked; },
        }), words.sound),
        button(words.close, end)),
      ...children.filter(Boolean));
  }

  function show() {
    clearInterval(clock);
    if (at >= list.length) {
      finish();
      return;
    }
    const item = list[at];
    const exercise = data.exercises[item.exercise];
    const slot = element("div");
    const next = () => {
      if (set < (item.sets || 1)) {
        set += 1;
        rest(exercise.rest || 60);
      } else {
        at += 1;
        set = 1;
        show();
      }
    };
    frame(
      element("h2", { tabindex: "-1" }, exercise.name),
      element("p", { class: "sg-session__dose" }, doseText(words, item, exercise.sides)),
      item.sets > 1 && element("p", {}, words.setOf.replace("{set}", set).replace("{sets}", item.sets)),
      picture(root, exercise, exercise.shows),
      element("ol", {}, exercise.steps.map((step) => element("li", {}, step))),
      element("div", { class: "sg-session__do" }, slot, element("div", { class: "sg-choices" },
        item.hold > 0 && button(words.startHold, () => slot.replaceChildren(timer(item.hold, words.startHold, () => {}))),
        button(set < (item.sets || 1) ? words.doneSet : words.doneExercise, next, true))));
    dialog.querySelector("h2").focus();
  }

  function rest(seconds) {
    frame(
      element("h2", { tabindex: "-1" }, words.rest),
      timer(seconds, words.rest, show),
      element("div", { class: "sg-choices" }, button(words.skip, show, true)));
  }

  function finish() {
    const limits = list.map((item) => data.conditions[item.condition]?.limits[item.stage - 1]).filter((limit) => limit !== undefined);
    const limit = limits.length ? Math.min(...limits) : null;
    const verdict = element("p", { role: "status" });
    const note = element("textarea", { rows: 2, maxlength: 500, id: "sg-note" });
    let pain = null;
    const scale = element("fieldset", { class: "sg-pain" }, element("legend", {}, words.pain),
      [...Array(11).keys()].map((value) => element("label", {}, element("input", {
        type: "radio", name: "sg-pain", value, onchange: () => {
          pain = value;
          verdict.textContent = limit === null ? "" : value > limit ? words.over.replace("{limit}", limit) : words.within.replace("{limit}", limit);
        },
      }), String(value))));
    frame(
      element("h2", { tabindex: "-1" }, words.done),
      scale, verdict,
      element("label", { for: "sg-note" }, words.note), note,
      element("div", { class: "sg-choices" },
        button(words.save, () => {
          const kept = writeNotes([...readNotes(), { on: iso(new Date()), pain, note: note.value, exercises: list.map((item) => item.exercise) }]);
          verdict.textContent = kept ? words.saved : words.notSaved;
        }, true),
        button(words.exportNotes, () => download("pain-notes.json", "application/json", JSON.stringify(readNotes(), null, 2))),
        button(words.erase, () => {
          writeNotes([]);
          verdict.textContent = words.erased;
        })));
    dialog.querySelector("h2").focus();
  }

  dialog.addEventListener("cancel", () => { clearInterval(clock); lock?.release?.(); setTimeout(() => dialog.remove()); });
  stayAwake();
  dialog.showModal();
  show();
}
