// Going through today's exercises: large type, a timer for holds and rests, and a note on pain.
// Notes stay on the device; sound is off until asked for.
import { download } from "./calendar.js";
import { iso } from "./day.js";
import { element } from "./dom.js";
import { isOn, planText } from "./plan.js";
import { doseOf, picture } from "./programme-words.js";

const STORE = "sg-notes";
const PLACE = "sg-place";

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

// Phones drop a page that is out of sight: starting the same session again in this tab goes on
// where it was left.
function readPlace(session) {
  try {
    const [of, at, set] = JSON.parse(sessionStorage.getItem(PLACE));
    return of === session ? [at, set] : [0, 1];
  } catch {
    return [0, 1];
  }
}

function writePlace(...place) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  } catch {
    /* It starts from the beginning. */
  }
}

export function startSession(about, items) {
  const { root, words, data } = about;
  const today = String(new Date().getDay() || 7);
  const due = items.filter((item) => isOn(item, today));
  const list = due.length ? due : items;
  const dialog = element("dialog", { class: "sg-session", "aria-label": words.session });
  root.append(dialog);
  const session = iso(new Date()) + planText(list);
  let [at, set] = readPlace(session);
  let clock = 0;
  let sound = false;
  let lock = null;

  async function stayAwake() {
    try {
      lock = await navigator.wakeLock?.request("screen");
    } catch {
      /* The browser may refuse; the session goes on. */
    }
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
    const end = Date.now() + seconds * 1000; // Out of sight, a page's own clock runs late.
    const shown = element(
      "p",
      { class: "sg-session__time", role: "timer", "aria-label": text },
      String(seconds),
    );
    clock = setInterval(() => {
      const left = Math.round((end - Date.now()) / 1000);
      shown.textContent = String(Math.max(left, 0));
      if (left <= 0) {
        clearInterval(clock);
        beep();
        done();
      }
    }, 1000);
    return shown;
  }

  const button = (text, act, main) =>
    element(
      "button",
      { type: "button", class: `sg-choice${main ? " sg-choice--main" : ""}`, onclick: act },
      text,
    );

  function frame(...children) {
    dialog.replaceChildren(
      element(
        "div",
        { class: "sg-session__bar" },
        element(
          "span",
          {},
          words.progress
            .replace("{at}", Math.min(at + 1, list.length))
            .replace("{of}", list.length),
        ),
        element(
          "label",
          { class: "sg-check" },
          element("input", {
            type: "checkbox",
            checked: sound,
            onchange: (event) => {
              sound = event.target.checked;
            },
          }),
          words.sound,
        ),
        button(words.close, end),
      ),
      ...children.filter(Boolean),
    );
  }

  function show() {
    clearInterval(clock);
    if (at >= list.length) {
      writePlace();
      finish();
      return;
    }
    writePlace(session, at, set);
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
    const before = () => {
      if (set > 1) set -= 1;
      else set = list[--at].sets || 1;
      show();
    };
    frame(
      !due.length && element("p", { class: "sg-quiet" }, words.notToday),
      element("h2", { tabindex: "-1" }, exercise.name),
      element("p", { class: "sg-session__dose" }, doseOf(about, item)),
      item.sets > 1 &&
        element("p", {}, words.setOf.replace("{set}", set).replace("{sets}", item.sets)),
      picture(about, exercise, exercise.shows),
      element(
        "ol",
        {},
        exercise.steps.map((step) => element("li", {}, step)),
      ),
      (at > 0 || set > 1) && button(words.before, before),
      element(
        "div",
        { class: "sg-session__do" },
        slot,
        element(
          "div",
          { class: "sg-choices" },
          item.hold > 0 &&
            button(words.startHold, () =>
              slot.replaceChildren(timer(item.hold, words.startHold, () => {})),
            ),
          button(set < (item.sets || 1) ? words.doneSet : words.doneExercise, next, true),
        ),
      ),
    );
    dialog.querySelector("h2").focus();
  }

  function rest(seconds) {
    frame(
      element("h2", { tabindex: "-1" }, words.rest),
      timer(seconds, words.rest, show),
      element("div", { class: "sg-choices" }, button(words.skip, show, true)),
    );
  }

  function finish() {
    const limits = list
      .map((item) => data.conditions[item.condition]?.stages[item.stage - 1]?.limit)
      .filter((limit) => limit !== undefined);
    const limit = limits.length ? Math.min(...limits) : null;
    const verdict = element("p", { role: "status" });
    const said = element("p", { role: "status" });
    let earlier = readNotes(); // Saving again replaces the note of this session.
    const note = element("textarea", { rows: 2, maxlength: 500, id: "sg-note" });
    let pain = null;
    const scale = element(
      "fieldset",
      { class: "sg-pain" },
      element("legend", {}, words.pain),
      [...Array(11).keys()].map((value) =>
        element(
          "label",
          {},
          element("input", {
            type: "radio",
            name: "sg-pain",
            value,
            onchange: () => {
              pain = value;
              verdict.textContent =
                limit === null
                  ? ""
                  : value > limit
                    ? words.over.replace("{limit}", limit)
                    : words.within.replace("{limit}", limit);
            },
          }),
          String(value),
        ),
      ),
    );
    frame(
      element("h2", { tabindex: "-1" }, words.done),
      scale,
      verdict,
      element("label", { for: "sg-note" }, words.note),
      note,
      element(
        "div",
        { class: "sg-choices" },
        button(
          words.save,
          () => {
            const kept = writeNotes([
              ...earlier,
              {
                on: iso(new Date()),
                pain,
                note: note.value,
                exercises: list.map((item) => item.exercise),
              },
            ]);
            said.textContent = kept ? words.saved : words.notSaved;
          },
          true,
        ),
        button(words.exportNotes, () =>
          download("pain-notes.json", "application/json", JSON.stringify(readNotes(), null, 2)),
        ),
        button(words.erase, () => {
          earlier = [];
          writeNotes(earlier);
          said.textContent = words.erased;
        }),
      ),
      said,
    );
    dialog.querySelector("h2").focus();
  }

  dialog.addEventListener("cancel", () => {
    clearInterval(clock);
    lock?.release?.();
    setTimeout(() => dialog.remove());
  });
  stayAwake();
  dialog.showModal();
  show();
}
