// "My programme": the whole plan lives in the address. Order, adjust within the exercise's
// range, choose days, print, put it into a calendar, go through a session.
import { diaryParts } from "./diary.js";
import { element, fill, keepFocus, withCalls } from "./dom.js";
import { parsePlan, planText } from "./plan.js";
import { downloadCalendar } from "./programme-calendar.js";
import { itemCard } from "./programme-card.js";
import { printSheet } from "./programme-sheet.js";
import { conditionsOf, redFlagsOf } from "./programme-words.js";
import { readyButtons } from "./ready.js";
import { startSession } from "./session.js";
import { change, keyOf, readState } from "./store.js";

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
  const known = (item) => Object.hasOwn(data.exercises, item.exercise);
  const read = (plan) =>
    plan
      .map(renewed)
      .filter(known)
      .map((item, key) => ({ ...item, key }));
  const isDated = () => items.some((item) => item.days);
  const calendarButton = button(words.calendar, () => downloadCalendar(about, items));
  let items = [];

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
    items = next;
    keep();
    show();
    if (say) status.textContent = say;
  }

  // Whoever pressed a button that is gone goes on from the exercise at its place.
  const focusItem = (i) =>
    (
      body.querySelectorAll(".sg-item h2")[Math.min(i, items.length - 1)] ?? body.querySelector("a")
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
    go(
      next,
      fill(words.moved, { name: data.exercises[next[i + by].exercise].name, place: i + by + 1 }),
    );
    focusItem(i + by);
  }

  function remove(i) {
    go(
      items.filter((_, at) => at !== i),
      fill(words.removed, { name: data.exercises[items[i].exercise].name }),
    );
    focusItem(i);
  }

  function clear() {
    const before = items;
    go([], words.cleared);
    const undo = button(words.bringBack, () => {
      go(before);
      focusItem(0);
    });
    body.append(undo);
    undo.focus();
  }

  function card(item, i) {
    const acts = [
      [words.up, () => move(i, -1), i === 0],
      [words.down, () => move(i, 1), i === items.length - 1],
      [words.remove, () => remove(i)],
    ];
    return itemCard(about, item, acts, () => {
      keep();
      calendarButton.hidden = !isDated();
    });
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

  // What became of the plan: the diary, and whether a stage is done.
  function showDiary() {
    const { open, view } = diaryParts(about, { ...readState(), items }, change);
    const kept = (check) => {
      const isKept = change({ checks: [...readState().checks, check] });
      show();
      return isKept;
    };
    const moved = ({ condition, stage }, next) => {
      const rest = items.filter((item) => item.condition !== condition || item.stage !== stage);
      go(read([...rest, ...next]), fill(words.ready.moved, { stage: stage + 1 }));
      focusItem(rest.length);
    };
    body.prepend(open);
    body.append(...readyButtons(about, items, { moved, kept }), view);
  }

  function show() {
    keepFocus(body, () => {
      showPlan();
      showDiary();
    });
  }

  function showPlan() {
    if (!items.length) {
      body.replaceChildren(
        element("p", {}, words.empty),
        element(
          "p",
          { class: "sg-home__go" },
          element(
            "a",
            { class: "sg-go", href: `${root.dataset.root}conditions/` },
            words.toConditions,
          ),
          " ",
          element("a", { href: `${root.dataset.root}exercises/` }, words.toExercises),
          " ",
          element("a", { href: `${root.dataset.root}find/` }, words.toFinder),
        ),
      );
      return;
    }
    calendarButton.hidden = !isDated();
    keepFocus(body, () =>
      body.replaceChildren(
        ...[
          conditionsOf(about, items).length > 0 &&
            element(
              "details",
              { class: "sg-details sg-details--flags", id: "red-flags" },
              element("summary", {}, words.flags),
              element("div", { class: "sg-cards-care" }, redFlagsOf(about, items).map(flagCard)),
            ),
          element(
            "div",
            { class: "sg-choices" },
            button(words.start, () => startSession(about, items), true),
            button(words.print, () => printSheet(sheet, about, items)),
            calendarButton,
            button(words.copy, async () => {
              try {
                await navigator.clipboard.writeText(location.href);
                status.textContent = words.copied;
              } catch {
                status.textContent = words.copyByHand;
              }
            }),
            button(words.clear, clear),
          ),
          element("ol", { class: "sg-items" }, items.map(card)),
        ].filter(Boolean),
      ),
    );
  }

  addEventListener("hashchange", () => {
    if (parsePlan(location.hash)) open();
    else write(); // A link within the page: the address goes on holding the plan.
  });
  addEventListener("storage", ({ key }) => {
    if (key === keyOf("plan")) open();
  }); // From another tab.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) open();
  });
  open();
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
