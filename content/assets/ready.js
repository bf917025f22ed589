// "Ready to move on?": the sentences of a stage's own page one by one, with a counter or a timer
// where they count something. Nothing is scored: the reader says what is true.
import { dayText, iso } from "./day.js";
import { button, element, fill, list } from "./dom.js";
import { parseItem } from "./plan.js";

const MAIN = { class: "sg-choice sg-choice--main" };
const matches = (pattern, sentence) => new RegExp(pattern, "i").test(sentence);
const notYet = (sentences, answers) => sentences.filter((_, at) => answers[at] === false);

// How a result reads in the diary.
export function checkText({ words, data }, { on, condition, stage, answers, counts = [] }) {
  const { ready } = words;
  const about = data.conditions[condition];
  const sentences = about?.stages?.[stage - 1]?.on ?? [];
  const said = answers.includes(false) ? ready.wasNotYet : ready.wasReady;
  const line = (sentence, at) =>
    (counts[at] || answers[at] === false) &&
    sentence + (counts[at] ? fill(ready.sides, counts[at]) : "");
  return [
    element("strong", {}, fill(said, { date: dayText(on), name: about?.name ?? "", stage })),
    list(sentences.map(line).filter(Boolean)),
  ];
}

// Counts left and right by turns; `count` is `{left, right}`, and `isTimed` counts seconds.
function counter({ ready }, count, isTimed) {
  const sides = Object.keys(count);
  const shown = sides.map(() => element("output"));
  const boxes = sides.map((name, at) =>
    element("div", { class: "sg-side" }, element("span", {}, ready[name]), shown[at]),
  );
  let at = 0;
  let clock = 0;
  function show() {
    sides.forEach((name, i) => {
      shown[i].textContent = count[name];
      boxes[i].toggleAttribute("data-on", i === at);
    });
    const says = isTimed ? (clock ? ready.stop : ready.start) : ready.count;
    tap.textContent = fill(says, { side: ready[sides[at]] });
  }
  function stop() {
    clearInterval(clock);
    clock = 0;
  }
  function tapped() {
    const start = Date.now();
    if (!isTimed) count[sides[at]] += 1;
    else if (clock) stop();
    else
      clock = setInterval(() => {
        if (!tap.isConnected) return stop();
        count[sides[at]] = Math.floor((Date.now() - start) / 1000);
        show();
      }, 250);
    show();
  }
  const turn = () => {
    stop();
    at = 1 - at;
    show();
  };
  const zero = () => {
    stop();
    count[sides[at]] = 0;
    show();
  };
  const tap = button("", tapped, { class: "sg-choice sg-tap" });
  show();
  return element(
    "div",
    {},
    element("p", { class: "sg-quiet" }, isTimed ? ready.howTimed : ready.howCounted),
    element("div", { class: "sg-sides" }, boxes),
    tap,
    element(
      "div",
      { class: "sg-choices" },
      button(ready.otherSide, turn),
      button(ready.zero, zero),
    ),
  );
}

// Opens the test. `kept` gets the result and gives whether it is kept; `passed` gets the items of
// the next stage if the reader takes them.
export function readyTest(about, condition, stageNumber, { passed, kept }) {
  const { root, words, data } = about;
  const { ready } = words;
  const { name, stages } = data.conditions[condition];
  const { [stageNumber - 1]: stage, [stageNumber]: next } = stages;
  const answers = [];
  const counts = stage.on.map(() => null);
  const dialog = element("dialog", { class: "sg-ready", "aria-label": ready.title });
  const close = () => dialog.close();
  dialog.addEventListener("close", () => {
    dialog.remove();
    document.getElementById(`ready-${condition}-${stageNumber}`)?.focus();
  });

  function frame(where, title, body, ...buttons) {
    dialog.replaceChildren(
      element(
        "div",
        { class: "sg-ready__bar" },
        element("span", {}, where),
        button(words.close, close),
      ),
      element("h2", { tabindex: "-1" }, title),
      ...body.filter(Boolean),
      element("div", { class: "sg-ready__do sg-choices" }, buttons),
    );
    dialog.querySelector("h2").focus();
  }

  function ask() {
    const at = answers.length;
    const sentence = stage.on[at];
    if (!sentence) return finish();
    const isGuide = matches(ready.guides, sentence);
    const isTimed = matches(ready.timed, sentence);
    const count = { left: 0, right: 0 };
    const answer = (text, value, attributes) =>
      button(
        text,
        () => {
          answers.push(value);
          if (count.left || count.right) counts[at] = count;
          ask();
        },
        attributes,
      );
    frame(
      fill(ready.progress, { at: at + 1, of: stage.on.length }),
      sentence,
      [
        element("p", { class: "sg-quiet" }, isGuide ? ready.guide : ready.isTrue),
        !isGuide && (isTimed || matches(ready.counted, sentence)) && counter(words, count, isTimed),
      ],
      isGuide
        ? answer(ready.next, null, MAIN)
        : [answer(ready.yes, true, MAIN), answer(ready.notYet, false)],
    );
  }

  function finish() {
    const open = notYet(stage.on, answers);
    const number = stageNumber + 1;
    const check = { on: iso(new Date()), condition, stage: stageNumber, answers, counts };
    const said = (text, sentences) =>
      sentences.length > 0 && [element("p", {}, text), list(sentences)];
    const isKept = element("p", { class: "sg-quiet" }, kept(check) ? ready.kept : words.notSaved);
    const take = () => {
      close();
      passed(next.items.map(parseItem).filter(Boolean));
    };
    const result = open.length
      ? [ready.openTitle, said(ready.open, open), said(ready.back, stage.back)]
      : next
        ? [ready.passedTitle, said(fill(ready.starts, { number }), next.start)]
        : [ready.lastTitle, element("p", {}, ready.last)];
    frame(
      `${name}, ${stage.name}`,
      result[0],
      [...result.slice(1), isKept].flat(),
      open.length || !next ? [] : button(fill(ready.take, { number }), take, MAIN),
      button(ready.done, close),
    );
  }

  root.append(dialog);
  dialog.showModal();
  ask();
}

// A button for each stage of the plan. `kept` gets a result; `moved` the stage that is passed, and
// the items of the next.
export function readyButtons(about, items, { moved, kept }) {
  const { words, data } = about;
  const stages = new Map(items.map((item) => [`${item.condition}:${item.stage}`, item]));
  return [...stages.values()].map(({ condition, stage }) => {
    const { name, stages } = data.conditions[condition] ?? {};
    if (!stages?.[stage - 1]?.on.length) return "";
    const passed = (next) => moved({ condition, stage }, next);
    const open = () => readyTest(about, condition, stage, { passed, kept });
    return element(
      "div",
      { class: "sg-move-on" },
      element("p", {}, element("strong", {}, name), `, ${stages[stage - 1].name}`),
      button(words.ready.title, open, { id: `ready-${condition}-${stage}` }),
    );
  });
}
