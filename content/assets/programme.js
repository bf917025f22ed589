// "My plan": what is due today, the exercises and their days, the race, and what can be shared. The
// exercises live in the address, too, so that a link or a bookmark holds them.
import { diaryParts } from "./diary.js";
import { element, fill, keepFocus, withCalls } from "./dom.js";
import { planMaker } from "./make-plan.js";
import { painCharts } from "./pain-chart.js";
import { painForm } from "./pain-form.js";
import { parsePlan, planText } from "./plan.js";
import { downloadCalendar } from "./programme-calendar.js";
import { itemCard } from "./programme-card.js";
import { fillSheet } from "./programme-sheet.js";
import { conditionsOf, doseOf, redFlagsOf } from "./programme-words.js";
import { raceView } from "./race.js";
import { readyButtons } from "./ready.js";
import { startSession } from "./session.js";
import { shareView } from "./share.js";
import { readState } from "./state.js";
import { change, keyOf, writeState } from "./store.js";
import { fillSummary } from "./summary.js";
import { todayView } from "./today.js";

function run(about) {
  const { root, words, data } = about;
  const notice = element("div", { role: "status" });
  const gone = element("div", { role: "status" });
  const body = element("div");
  const status = element("p", { role: "status", class: "sg-quiet sg-said" });
  const sheet = element("div", { class: "sg-sheet" });
  root.replaceChildren(notice, gone, body, status, sheet);
  root.hidden = false;

  const button = (text, act, main) =>
    element(
      "button",
      { type: "button", class: `sg-choice${main ? " sg-choice--main" : ""}`, onclick: act },
      text,
    );

  // By the names of today. Without its condition, an exercise is still one.
  const now = (id) => (Object.hasOwn(data.moved, id) ? data.moved[id] : id);
  const renewed = (item) => {
    const condition = now(item.condition);
    const isKnown = Object.hasOwn(data.conditions, condition);
    return {
      ...item,
      exercise: now(item.exercise),
      condition: isKnown ? condition : "",
      stage: isKnown ? item.stage : 0,
    };
  };
  // An item keeps its key as long as the page: what stands open goes with it.
  let keys = 0;
  const read = (plan) =>
    plan
      .map(renewed)
      .filter((item) => Object.hasOwn(data.exercises, item.exercise))
      .map((item) => ({ key: keys++, ...item }));
  let items = [];
  const region = new URLSearchParams(location.hash.slice(1)).get("make");

  // Where the address holds the reader's own plan, reloading and going back show the plan as it is
  // now: another page may have changed it meanwhile.
  const write = () =>
    history.replaceState({ own: !notice.hasChildNodes() }, "", location.pathname + planText(items));

  function keep() {
    for (const part of [notice, gone, sheet, status]) part.replaceChildren();
    change({ items: parsePlan(planText(items)) });
    write();
  }

  function go(next, say) {
    items = read(next);
    keep();
    show();
    if (say) status.textContent = say;
  }

  // Everything else that is kept: ticks, days put off, the race.
  function keepRest(values) {
    change(values);
    show();
  }

  // Another document takes the place of all that is kept; `before` can be brought back.
  function replace(state, say, before) {
    writeState(state);
    go(state.items, say);
    if (!before) return;
    const undo = button(words.bringBack, () => {
      replace(before);
      focusItem(0);
    });
    status.append(" ", undo);
    undo.focus();
  }

  // Whoever pressed a button that is gone goes on from the exercise at its place.
  const focusItem = (i) =>
    (
      body.querySelectorAll(".sg-item h3")[Math.min(i, items.length - 1)] ?? body.querySelector("a")
    ).focus();

  // A plan that came with a link never takes the place of the reader's own unasked.
  function open() {
    const stored = readState().items;
    const linked = parsePlan(location.hash) ?? [];
    const opened = history.state?.own || !linked.length ? stored : linked;
    const own = read(stored);
    const given = read(linked);
    if (history.state?.own || !given.length) go(own);
    else if (!own.length || planText(own) === planText(given)) go(given);
    else {
      items = given;
      show();
      const choice = (text, plan, say, main) =>
        button(
          text,
          () => {
            go(plan, say);
            focusItem(0);
          },
          main,
        );
      notice.replaceChildren(
        element(
          "div",
          { class: "sg-note" },
          element("p", {}, words.shared),
          element(
            "div",
            { class: "sg-choices" },
            choice(words.keep, given, words.kept, true),
            choice(words.backToMine, own, words.mine),
          ),
        ),
      );
    }
    const count = opened.length - read(opened).length;
    if (count)
      gone.replaceChildren(
        element("p", { class: "sg-note" }, fill(count > 1 ? words.gone : words.gone1, { count })),
      );
  }

  function move(i, by) {
    const next = [...items];
    [next[i], next[i + by]] = [next[i + by], next[i]];
    const { name } = data.exercises[items[i].exercise];
    go(next, fill(words.moved, { name, place: i + by + 1 }));
    focusItem(i + by);
  }

  function remove(i) {
    const { name } = data.exercises[items[i].exercise];
    go(
      items.filter((_, at) => at !== i),
      fill(words.removed, { name }),
    );
    focusItem(i);
  }

  function card(item, i) {
    const acts = [
      [words.up, () => move(i, -1), i === 0],
      [words.down, () => move(i, 1), i === items.length - 1],
      [words.remove, () => remove(i)],
    ];
    const changed = () => {
      keep();
      const due = body.querySelector(`[data-dose="${item.key}"]`);
      if (due) due.textContent = doseOf(about, item);
    };
    return itemCard(about, item, acts, changed, () => go(items));
  }

  const flagCard = (tier) =>
    element(
      "section",
      { class: `sg-care sg-care--${tier.id}` },
      element("h3", { class: "sg-care__head" }, tier.heading),
      element(
        "div",
        { class: "sg-care__body" },
        element(
          "ul",
          {},
          tier.names.map((name) => element("li", {}, name)),
        ),
        element("p", { class: "sg-care__do" }, withCalls(tier.action, words.numbers)),
      ),
    );

  const fold = (id, title, content) =>
    element(
      "details",
      { class: "sg-fold", id },
      element("summary", {}, element("h2", { class: "sg-fold__title" }, title)),
      element("div", { class: "sg-fold__body" }, content),
    );

  const make = () => {
    return planMaker(about, region, (made) => {
      go([...items, ...made], words.made);
      focusItem(items.length - made.length);
    });
  };

  const empty = () => [
    element("p", {}, words.empty),
    element(
      "p",
      { class: "sg-home__go" },
      element("a", { class: "sg-go", href: `${root.dataset.root}conditions/` }, words.toConditions),
      " ",
      element("a", { href: `${root.dataset.root}exercises/` }, words.toExercises),
      " ",
      element("a", { href: `${root.dataset.root}find/` }, words.toFinder),
    ),
  ];

  const plan = () => [
    element("h2", { id: "exercises" }, words.plan),
    conditionsOf(about, items).length > 0 &&
      element(
        "details",
        { class: "sg-details sg-details--flags", id: "red-flags" },
        element("summary", {}, words.flags),
        element("div", { class: "sg-cards-care" }, redFlagsOf(about, items).map(flagCard)),
      ),
    element("ol", { class: "sg-items" }, items.map(card)),
    element(
      "div",
      { class: "sg-choices" },
      button(words.calendar, () => downloadCalendar(about, items)),
    ),
  ];

  // A stage that is done makes room for the next one.
  const kept = (check) => {
    const isKept = change({ checks: [...readState().checks, check] });
    show();
    return isKept;
  };
  const movedOn = ({ condition, stage }, next) => {
    const rest = items.filter((item) => item.condition !== condition || item.stage !== stage);
    go([...rest, ...next], fill(words.ready.moved, { stage: stage + 1 }));
    focusItem(rest.length);
  };

  const log = (entries) => {
    const ids = entries.map(({ id }) => id);
    const others = readState().diary.filter(({ id }) => !ids.includes(id));
    const isKept = change({ diary: [...others, ...entries] });
    show();
    return isKept;
  };

  function show() {
    const state = { ...readState(), items };
    const { open, view } = diaryParts(about, state, change);
    const start = (due) =>
      startSession(about, due, (list) =>
        painForm(about, { kind: "session", items: list, moments: ["during"], saved: log }),
      );
    const parts = [
      open,
      items.length > 0 || state.runs ? todayView(about, state, keepRest, start) : empty(),
      items.length > 0 && plan(),
      readyButtons(about, items, { kept, moved: movedOn }),
      (items.length > 0 || state.diary.length > 0) && view,
      fold("make", words.make, make()),
      items.length > 0 && fold("race", words.race, raceView(about, state, keepRest)),
      fold(
        "share",
        words.share,
        shareView(about, {
          say: (text) => status.replaceChildren(text),
          keep: replace,
          printPlan: () => print(),
          printSummary: () => {
            fillSummary(sheet, about, state, painCharts(about, readState()));
            print();
          },
        }),
      ),
    ];
    keepFocus(body, () => body.replaceChildren(...parts.flat(2).filter(Boolean)));
  }

  addEventListener("hashchange", () => {
    if (parsePlan(location.hash)) open();
    else write(); // A link within the page: the address goes on holding the plan.
  });
  addEventListener("storage", ({ key }) => {
    if (key === keyOf("plan")) open();
  }); // From another tab.
  // The browser's own command prints what the button prints.
  addEventListener("beforeprint", () => {
    if (items.length && !sheet.hasChildNodes()) fillSheet(sheet, about, items);
  });
  addEventListener("afterprint", () => sheet.replaceChildren());
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) open();
  });
  open();
  if (region) {
    body.querySelector("#make").open = true;
    body.querySelector("#make select").focus();
  }
}

const root = document.getElementById("sg-programme");
if (root) {
  const words = JSON.parse(root.dataset.words);
  fetch(root.dataset.source)
    .then((answer) => answer.json())
    .then(
      (data) => run({ root, words, data }),
      () => {
        root.replaceChildren(element("p", { role: "alert" }, words.notRead));
        root.hidden = false;
      },
    );
}
