// Leads through a session: each step by itself, one screen at a time, so that nobody has to touch
// or look. The steps are in session-steps.js, what is heard and felt in session-cues.js.
import { iso } from "./day.js";
import { draw, element, fill } from "./dom.js";
import { planText } from "./plan.js";
import { doseOf, picture } from "./programme-words.js";
import { hush, isHere, isOn, SENSES, say, setOn, signal } from "./session-cues.js";
import { secondsFrom, stepsOf } from "./session-steps.js";
import { keyOf } from "./store.js";

const TICK_MS = 250;
const LAST_SECONDS = 3;
const RING = 100; // Its length, as pathLength says.

// Phones drop a page that is out of sight: the same session goes on where it was left.
function readPlace(of, count) {
  try {
    const place = JSON.parse(sessionStorage.getItem(keyOf("session")));
    return place?.of === of && place.at < count ? place.at : 0;
  } catch {
    return 0;
  }
}

function writePlace(place) {
  try {
    sessionStorage.setItem(keyOf("session"), JSON.stringify(place));
  } catch {
    /* It starts from the beginning. */
  }
}

function ring() {
  const circle = { cx: 50, cy: 50, r: 46, pathLength: RING };
  return draw(
    "svg",
    { viewBox: "0 0 100 100", class: "sg-ring", "aria-hidden": "true" },
    draw("circle", circle),
    draw("circle", circle),
  );
}

// `finish(list)` gives what the last screen asks about these items.
export function startSession(about, items, finish) {
  const { root, words, data } = about;
  const steps = stepsOf(about, items);
  const of = iso(new Date()) + planText(items);
  const dialog = element("dialog", {
    class: "sg-session",
    "data-md-color-scheme": "slate",
    "aria-label": words.session,
  });
  const spoken = element("p", { role: "status", class: "sg-session__said" });
  let at = readPlace(of, steps.length);
  let clock = 0;
  let started = 0; // When this step would have begun if it had never been paused.
  let paused = null; // How many seconds of it were over at the pause.
  let heard = 0; // Up to which second its cues were given.
  let lock = null;

  const step = () => steps[at];
  const elapsed = () => paused ?? (Date.now() - started) / 1000;
  const number = element("span", {
    class: "sg-session__number",
    role: "timer",
    "aria-live": "off",
  });
  const arc = ring();

  async function stayAwake() {
    try {
      lock = await navigator.wakeLock?.request("screen");
    } catch {
      /* The browser may refuse; the session goes on. */
    }
  }
  const onSight = () => document.visibilityState === "visible" && stayAwake();

  function tell(text) {
    spoken.textContent = text;
    say(text);
  }

  function close() {
    clearInterval(clock);
    hush();
    document.removeEventListener("visibilitychange", onSight);
    lock?.release?.();
    dialog.close();
    dialog.remove();
  }

  function drawTime() {
    const { seconds } = step();
    const left = Math.max(0, Math.ceil(seconds - elapsed()));
    if (number.textContent !== String(left)) number.textContent = String(left);
    arc.lastChild.style.strokeDashoffset = seconds ? RING * Math.min(1, elapsed() / seconds) : 0;
  }

  // A page that was out of sight catches up with its own step, never with the next ones.
  function tick() {
    const { seconds, cues } = step();
    if (!seconds || paused !== null) return;
    const now = elapsed();
    const due = cues.filter(([second]) => second > heard && second <= now);
    if (due.length) say(due.at(-1)[1]);
    const before = Math.ceil(seconds - heard);
    const left = Math.ceil(seconds - now);
    if (left < before && left > 0 && left <= LAST_SECONDS) signal(false);
    heard = now;
    if (now >= seconds) {
      signal(true);
      go(at + 1);
    } else drawTime();
  }

  const button = (text, act, look = "", more = {}) =>
    element("button", { type: "button", class: `sg-choice ${look}`, onclick: act, ...more }, text);

  function pause() {
    if (paused === null) paused = elapsed();
    else {
      started = Date.now() - paused * 1000;
      paused = null;
    }
    hush();
    dialog.querySelector("#session-pause").textContent = paused === null ? words.pause : words.goOn;
    dialog.classList.toggle("sg-session--paused", paused !== null);
  }

  const exerciseOf = ({ item }) => data.exercises[item.exercise];

  // One bar for each exercise, full as far as the session has come.
  function progress() {
    return items.map((item) => {
      const own = steps.filter((one) => one.item === item);
      const over = own.filter((one) => steps.indexOf(one) < at).length;
      return element(
        "span",
        { class: "sg-session__part" },
        element("span", { style: `inline-size:${(100 * over) / own.length}%` }),
      );
    });
  }

  function nextCard() {
    const next = steps.slice(at + 1).find(({ kind }) => kind === "work");
    if (!next) return null;
    const exercise = exerciseOf(next);
    return element(
      "div",
      { class: "sg-session__next" },
      picture(about, exercise),
      element(
        "div",
        {},
        element(
          "strong",
          {},
          fill(words.next, { name: exercise.name }),
          next.side && `, ${next.side}`,
        ),
        element("span", {}, doseOf(about, next.item)),
      ),
    );
  }

  const titles = { ready: words.ready1, switch: words.switch, rest: words.rest };
  const passes = { ready: words.startNow, switch: words.startNow, rest: words.skip };

  function limitLine({ item }) {
    const limit = data.conditions[item.condition]?.stages[item.stage - 1]?.limit;
    return limit === undefined ? words.painAny : fill(words.painLimit, { limit });
  }

  function senses() {
    return element(
      "fieldset",
      { class: "sg-session__senses" },
      element("legend", {}, words.senses),
      SENSES.filter((sense) => isHere[sense]()).map((sense) =>
        element(
          "label",
          { class: "sg-check" },
          element("input", {
            type: "checkbox",
            checked: isOn(sense),
            onchange: ({ target }) => {
              setOn(sense, target.checked);
              if (target.checked && sense === "voice") say(step().say);
            },
          }),
          words[sense],
        ),
      ),
    );
  }

  function show() {
    const current = step();
    const exercise = exerciseOf(current);
    const isWork = current.kind === "work";
    const minutes = Math.max(1, Math.round(secondsFrom(steps, at) / 60));
    const sets = current.item.sets || 1;
    dialog.replaceChildren(
      element("div", { class: "sg-session__bar", "aria-hidden": "true" }, progress()),
      element(
        "p",
        { class: "sg-session__where" },
        element("span", {}, sets > 1 ? fill(words.setOf, { set: current.set, sets }) : ""),
        element("span", {}, fill(words.minutesLeft, { minutes })),
        button(words.close, close, "sg-choice--quiet"),
      ),
      element(
        "h2",
        { tabindex: "-1" },
        isWork ? exercise.name : titles[current.kind],
        current.side && `, ${current.side}`,
      ),
      ...[
        isWork && element("p", { class: "sg-session__dose" }, doseOf(about, current.item)),
        element(
          "div",
          { class: "sg-session__dial" },
          isWork && picture(about, exercise, exercise.shows),
          current.seconds > 0 && element("div", { class: "sg-session__ring" }, arc, number),
        ),
        isWork
          ? element(
              "details",
              { class: "sg-fold" },
              element("summary", {}, words.how),
              element(
                "ol",
                {},
                exercise.steps.map((line) => element("li", {}, line)),
              ),
            )
          : nextCard(),
      ].filter(Boolean),
      element(
        "div",
        { class: "sg-session__do" },
        element(
          "div",
          { class: "sg-choices" },
          button(words.before, () => go(at - 1), "", { disabled: at === 0 }),
          button(
            isWork ? words.doneSet : passes[current.kind],
            () => go(at + 1),
            "sg-choice--main",
          ),
          button(words.pause, pause, "", { id: "session-pause" }),
        ),
        element(
          "p",
          { class: "sg-session__limit" },
          limitLine(current),
          " ",
          button(words.itHurts, () => end(at > 0, words.stopped), "sg-choice--quiet"),
        ),
        senses(),
      ),
      spoken,
    );
    drawTime();
    dialog.querySelector("h2").focus();
  }

  function go(to) {
    if (to >= steps.length) {
      end(true);
      return;
    }
    at = Math.max(0, to);
    paused = null;
    heard = -1;
    started = Date.now();
    dialog.classList.remove("sg-session--paused");
    dialog.dataset.kind = step().kind;
    writePlace({ of, at });
    show();
    tell(step().say);
    heard = 0;
  }

  // The last screen: how it felt. Nothing is asked of who has done nothing.
  function end(isSomethingDone, title = words.done) {
    clearInterval(clock);
    writePlace({});
    if (!isSomethingDone) {
      close();
      return;
    }
    dialog.dataset.kind = "done";
    dialog.replaceChildren(
      element("p", { class: "sg-session__where" }, button(words.close, close, "sg-choice--quiet")),
      element("h2", { tabindex: "-1" }, title),
      finish(items),
      spoken,
    );
    tell(title);
    dialog.querySelector("h2").focus();
  }

  dialog.addEventListener("keydown", (event) => {
    const isControl = event.target.closest("input, textarea, summary, button");
    if (dialog.dataset.kind === "done" || event.target.closest("textarea")) return;
    if (event.key === " " && !isControl) pause();
    else if (event.key === "ArrowRight" && !event.target.closest("input")) go(at + 1);
    else if (event.key === "ArrowLeft" && !event.target.closest("input")) go(at - 1);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.addEventListener("visibilitychange", onSight);
  root.append(dialog);
  stayAwake();
  dialog.showModal();
  go(at);
  clock = setInterval(tick, TICK_MS);
}
