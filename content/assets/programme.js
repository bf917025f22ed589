// "My programme": the whole plan lives in the address. Order, adjust within the exercise's
// range, choose days, print, put it into a calendar, go through a session.
import { addDays, calendarText, download, weekday } from "./calendar.js";
import { element, fill, keepFocus, withCalls } from "./dom.js";
import { isOn, parsePlan, planText, STORE, storePlan, storedPlan } from "./plan.js";
import { startSession } from "./session.js";

const CALENDAR_WEEKS = 12;

export function doseText(words, item, sides) {
  let text = "";
  if (item.sets && item.reps) text = fill(item.sets > 1 ? words.setsOf : words.setOf1, item);
  else if (item.reps) text = fill(item.reps > 1 ? words.times : words.time, item);
  else if (item.sets && item.hold) text = fill(words.holds, item);
  else if (item.hold) text = fill(words.hold, item);
  else if (item.sets) text = fill(item.sets > 1 ? words.sets : words.set1, item);
  if (item.reps && item.hold) text += fill(words.holdEach, item);
  return sides && text ? `${text}, ${words.eachSide}` : text;
}

function picture(root, exercise, alt = "") {
  return (
    exercise.figure &&
    element("img", {
      class: "sg-picture",
      src: root.dataset.root + exercise.figure,
      alt,
      width: 120,
      height: 120,
    })
  );
}

function run(root, words, data) {
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
      ?.map(renewed)
      .filter(known)
      .map((item, key) => ({ ...item, key }));
  const isDated = () => items.some((item) => item.days);
  const calendarButton = button(words.calendar, calendar);
  let items = [];

  // Where the address holds the reader's own plan, reloading and going back show the plan as it is
  // now: another page may have changed it meanwhile.
  const write = () =>
    history.replaceState({ own: !notice.hasChildNodes() }, "", location.pathname + planText(items));

  function keep() {
    for (const part of [notice, gone, sheet, status]) part.replaceChildren();
    storePlan(items);
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
    const stored = storedPlan();
    const linked = parsePlan(location.hash) ?? [];
    const opened = history.state?.own || !linked.length ? (stored ?? []) : linked;
    const own = read(stored);
    const given = read(linked);
    if (own && (history.state?.own || !given.length)) go(own);
    else if (!own?.length || planText(own) === planText(given)) go(given);
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

  function numberField(item, name, label, [low, high], change) {
    if (!item[name] || low === high) return null;
    return element(
      "label",
      { class: "sg-filter__field" },
      element("span", {}, fill(label, { low, high })),
      element("input", {
        type: "number",
        inputmode: "numeric",
        id: `item-${item.key}-${name}`,
        min: low,
        max: high,
        value: item[name],
        onchange: ({ target }) => {
          target.value = Math.max(low, Math.min(high, Math.round(target.value) || item[name]));
          change({ [name]: Number(target.value) });
        },
      }),
    );
  }

  function days(item, change) {
    return element(
      "fieldset",
      { class: "sg-days" },
      element("legend", {}, words.days),
      words.dayNames.map((name, at) => {
        const day = String(at + 1);
        return element(
          "label",
          {},
          element("input", {
            type: "checkbox",
            id: `item-${item.key}-${day}`,
            checked: item.days.includes(day),
            "aria-label": words.dayLong[at],
            onchange: ({ target }) =>
              change({
                days: target.checked
                  ? [...item.days, day].sort().join("")
                  : item.days.replace(day, ""),
              }),
          }),
          element("span", { "aria-hidden": "true" }, name),
        );
      }),
    );
  }

  // The dose of its page, with how often a day, which the plan leaves to the reader.
  const planned = (item) =>
    fill(words.planned, {
      dose:
        data.conditions[item.condition]?.planned[item.stage - 1]?.[item.exercise] ??
        data.exercises[item.exercise].planned,
    });

  function card(item, i) {
    const exercise = data.exercises[item.exercise];
    const condition = data.conditions[item.condition];
    const stage = condition?.stages[item.stage - 1];
    const dose = element("p", { class: "sg-dose" }, doseText(words, item, exercise.sides));
    // A choice changes the dose and nothing else of the page: what is about to be pressed stays.
    const change = (values) => {
      Object.assign(item, values);
      keep();
      dose.textContent = doseText(words, item, exercise.sides);
      calendarButton.hidden = !isDated();
    };
    const fields = [
      numberField(item, "sets", words.setsField, exercise.range.sets, change),
      numberField(item, "reps", words.repsField, exercise.range.reps, change),
      numberField(item, "hold", words.holdField, exercise.range.hold_seconds, change),
    ].filter(Boolean);
    const act = (text, name, run, off) =>
      element(
        "button",
        {
          type: "button",
          class: "sg-choice sg-choice--quiet",
          "aria-label": `${text}: ${name}`,
          onclick: run,
          disabled: off,
        },
        text,
      );
    return element(
      "li",
      { class: "sg-item sg-stage" },
      picture(root, exercise, exercise.shows),
      element(
        "h2",
        { tabindex: "-1" },
        element("a", { href: root.dataset.root + exercise.url }, exercise.name),
      ),
      condition &&
        element("p", { class: "sg-quiet" }, stage ? `${condition.name}, ${stage}` : condition.name),
      dose,
      element("p", { class: "sg-quiet" }, planned(item)),
      fields.length > 0 && element("div", { class: "sg-filter" }, fields),
      days(item, change),
      element(
        "details",
        { class: "sg-details", id: `item-${item.key}-how` },
        element("summary", {}, words.how),
        element(
          "ol",
          {},
          exercise.steps.map((step) => element("li", {}, step)),
        ),
        element("p", {}, element("strong", {}, words.care)),
        element(
          "ul",
          {},
          exercise.cautions.map((text) => element("li", {}, text)),
        ),
      ),
      element(
        "div",
        { class: "sg-choices" },
        act(words.up, exercise.name, () => move(i, -1), i === 0),
        act(words.down, exercise.name, () => move(i, 1), i === items.length - 1),
        act(words.remove, exercise.name, () => remove(i)),
      ),
    );
  }

  const conditions = () =>
    [...new Set(items.map((item) => item.condition).filter(Boolean))].map(
      (id) => data.conditions[id],
    );

  // The tiers of the red flags of all that is in the plan, each with their short names.
  function redFlags() {
    const ids = new Set(conditions().flatMap((condition) => condition.flags));
    const flags = Object.entries(data.flags)
      .filter(([id]) => ids.has(id))
      .map(([, flag]) => flag);
    return words.tiers
      .map((tier) => ({
        ...tier,
        names: flags.filter(([, of]) => of === tier.id).map(([name]) => name),
      }))
      .filter(({ names }) => names.length);
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

  const flagText = ({ heading, names, action }) => [heading, ` ${names.join("; ")}. `, action];

  function line(item) {
    const { name, sides } = data.exercises[item.exercise];
    return `${name}: ${doseText(words, item, sides)}`;
  }

  function calendar() {
    const today = new Date();
    const flags = redFlags().map((tier) => flagText(tier).join(""));
    const events = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => {
      const due = items.filter((item) => isOn(item, day)).map(line);
      const on = addDays(today, (day - weekday(today) + 7) % 7);
      const description = [...due, location.href, ...flags].join("\n");
      return due.length
        ? [{ key: day, on, summary: words.calendarTitle, description, weeks: CALENDAR_WEEKS }]
        : [];
    });
    const exercises = items
      .map((item) => item.exercise)
      .sort()
      .join(); // Another dose renews the events.
    download("programme.ics", "text/calendar", calendarText(exercises, events, today));
  }

  async function print() {
    const { qrcode } = await import("./vendor/qrcode.js");
    const code = qrcode(0, "L");
    code.addData(location.href);
    code.make();
    const drawing = new DOMParser().parseFromString(
      code.createSvgTag({ cellSize: 2, margin: 0, scalable: true }),
      "image/svg+xml",
    ).documentElement;
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", words.qr);
    fillSheet(document.importNode(drawing, true));
    await Promise.allSettled([...sheet.querySelectorAll("img")].map((image) => image.decode()));
    window.print();
  }

  function fillSheet(drawing) {
    const today = new Date().toLocaleDateString(document.documentElement.lang || "en", {
      dateStyle: "long",
    });
    const reviewed = conditions().every((condition) => condition.review === "signed");
    const row = (item) => {
      const exercise = data.exercises[item.exercise];
      const sides = exercise.sides ? words.sides : [""];
      return element(
        "tr",
        {},
        element(
          "th",
          { scope: "row" },
          picture(root, exercise),
          exercise.name,
          element("span", { class: "sg-sheet__dose" }, doseText(words, item, exercise.sides)),
          element("span", { class: "sg-sheet__how" }, planned(item)),
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
          element(
            "p",
            {},
            conditions()
              .map((condition) => condition.name)
              .join(", "),
          ),
          element("p", {}, `${today}. ${reviewed ? words.reviewed : words.notReviewed}`),
        ),
        drawing,
      ),
      ...redFlags().map(flagLine),
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

  function show() {
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
          conditions().length > 0 &&
            element(
              "details",
              { class: "sg-details sg-details--flags", id: "red-flags" },
              element("summary", {}, words.flags),
              element("div", { class: "sg-cards-care" }, redFlags().map(flagCard)),
            ),
          element(
            "div",
            { class: "sg-choices" },
            button(
              words.start,
              () => startSession({ root, words, data, items, doseText, picture }),
              true,
            ),
            button(words.print, print),
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
    if (key === STORE) open();
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
      (data) => run(root, words, data),
      () => {
        root.replaceChildren(element("p", { role: "alert" }, words.notRead));
        root.hidden = false;
      },
    );
}
