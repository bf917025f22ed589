// The diary of the plan's page: what is still open, the rule's advice, the chart and all entries.
import { adviceView, titleOf } from "./advice-view.js";
import { daysLater, iso } from "./day.js";
import { button, element, fill, keepFocus, list } from "./dom.js";
import { adviceOn, idOf, inOrder, MOMENTS, openMoments, timeOf } from "./pain-advice.js";
import { painCharts } from "./pain-chart.js";
import { painForm } from "./pain-form.js";
import { checkText } from "./ready.js";
import { readState } from "./state.js";

const FRESH_DAYS = 7;
const NEWEST = 8;
const WORST_FIRST = ["back", "same", "go", ""];

// `open` is for the top of the page, `view` for its end. `state` is the document, its items those
// of the page; `keep` stores fields of it, and gives whether they will be there tomorrow.
export function diaryParts(about, state, keep) {
  const { words, data } = about;
  const says = words.diary;
  const open = element("div", { class: "sg-open" });
  const body = element("div");
  const said = element("p", { role: "status", class: "sg-quiet" });
  const undo = element("div");
  const heading = element("h2", { tabindex: "-1" }, says.title);
  const view = element("section", { class: "sg-diary" }, heading, said, undo, body);
  let diary = [];
  let editing = "";
  let asked = null;

  // By the names of today. What is no longer in the library has no rule.
  const now = (id) => (Object.hasOwn(data.moved, id) ? data.moved[id] : id);
  const isKnown = (id) => Object.hasOwn(data.conditions, id);
  const renewed = (entry) => ({ ...entry, conditions: entry.conditions.map(now).filter(isKnown) });

  // Another page may have written meanwhile, so the document is read again.
  function set(next, text, canUndo) {
    const { diary, checks } = readState();
    const kept = keep(next({ diary, checks }));
    editing = "";
    show();
    said.textContent = kept ? text : words.notSaved;
    undo.replaceChildren();
    if (canUndo) undo.append(button(says.undo, () => set(() => ({ diary, checks }), says.undone)));
    (undo.firstChild ?? heading).focus();
    return kept;
  }

  // With other answers, the red flags may have to be asked again.
  function save(changed) {
    const entries = changed.map(({ asked: _, ...entry }) => entry);
    const merge = ({ diary }) => {
      const all = new Map([...diary, ...entries].map((one) => [one.id, one]));
      return { diary: [...all.values()] };
    };
    const kept = set(merge, says.saved);
    document.getElementById(`advice-${entries[0].id}`)?.querySelector("h3").focus();
    return kept;
  }

  // What is felt holds for all of that day's entries of the condition.
  function question({ entry, moment }, at, all) {
    const same = all.filter((one) => one.moment === moment && idOf(one.entry) === idOf(entry));
    if (same[0].entry !== entry) return null;
    const saved = ([{ pain, fits, note }]) =>
      save(
        same.map(({ entry: one }) => ({
          ...one,
          pain: { ...one.pain, [moment]: pain[moment] },
          fits: { ...one.fits, [moment]: fits[moment] },
          note: one === entry ? note : one.note,
        })),
      );
    return element(
      "details",
      { class: "sg-details", id: `open-${entry.id}-${moment}`, open: at === 0 },
      element("summary", {}, says[moment === "later" ? "now" : "thisMorning"]),
      element("p", { class: "sg-quiet" }, titleOf(about, entry)),
      painForm(about, { kind: entry.kind, entry, moments: [moment], saved }),
    );
  }

  function showOpen() {
    const asks = openMoments(diary, new Date());
    const ids = asks.map(({ entry, moment }) => entry.id + moment).join();
    if (ids === asked) return;
    asked = ids;
    keepFocus(open, () => open.replaceChildren(...asks.map(question).filter(Boolean)));
  }

  // Of the last day with an entry of this condition, the strictest advice.
  function advice(id) {
    const own = diary.filter((entry) => idOf(entry) === id);
    const last = own.at(-1).on;
    if (!id || last < daysLater(iso(new Date()), -FRESH_DAYS)) return null;
    const rank = (one) => WORST_FIRST.indexOf(adviceOn(data, one, diary).verdict);
    const [entry] = own.filter(({ on }) => on === last).sort((a, b) => rank(a) - rank(b));
    const isAsked = () =>
      keep({
        diary: readState().diary.map((one) =>
          one.id === entry.id ? { ...one, asked: true } : one,
        ),
      });
    return element("div", { id: `advice-${entry.id}` }, adviceView(about, entry, diary, isAsked));
  }

  function row(entry) {
    const name = titleOf(about, entry);
    const { verdict } = adviceOn(data, entry, diary);
    const act = (text, onclick) =>
      button(text, onclick, {
        class: "sg-choice sg-choice--quiet",
        id: `${text}-${entry.id}`,
        "aria-label": `${text}: ${name}`,
      });
    const remove = () =>
      set(
        ({ diary }) => ({ diary: diary.filter(({ id }) => id !== entry.id) }),
        fill(says.removed, { name }),
        true,
      );
    const edit = () => {
      editing = editing === entry.id ? "" : entry.id;
      show();
    };
    const felt = MOMENTS.filter((moment) => moment in entry.pain).map(
      (moment) => `${says.moments[moment]} ${entry.pain[moment]}`,
    );
    if (entry.minutes) felt.push(fill(says.ran, entry));
    return [
      element("strong", {}, name),
      verdict &&
        element("span", { class: `sg-advised sg-advised--${verdict}` }, says.verdicts[verdict]),
      element("p", {}, felt.join(" · ")),
      entry.note && element("p", { class: "sg-quiet" }, entry.note),
      act(says.edit, edit),
      act(says.remove, remove),
      editing === entry.id &&
        painForm(about, { kind: entry.kind, entry, moments: MOMENTS, saved: save }),
    ];
  }

  function erase() {
    if (confirm(says.reallyErase)) set(() => ({ diary: [], checks: [] }), says.erased, true);
  }

  function show() {
    const stored = readState();
    const { checks } = stored;
    diary = inOrder(stored.diary.map(renewed));
    const ids = [...new Set(diary.map(idOf))];
    const rows = [...diary, ...checks]
      .sort((a, b) => timeOf(b).localeCompare(timeOf(a)))
      .map((one) => (one.pain ? row(one) : checkText(about, one)));
    const older = rows.slice(NEWEST);
    showOpen();
    keepFocus(body, () =>
      body.replaceChildren(
        ...[
          !rows.length && element("p", {}, says.empty),
          ...ids.map(advice),
          painCharts(about, { diary, checks }),
          element(
            "details",
            { class: "sg-details", id: "sg-ran" },
            element("summary", {}, says.logRun),
            painForm(about, {
              kind: "run",
              items: state.items,
              moments: ["during"],
              saved: save,
            }),
          ),
          rows.length > 0 && list(rows.slice(0, NEWEST), { class: "sg-entries" }),
          older.length > 0 &&
            element(
              "details",
              { class: "sg-details", id: "sg-older" },
              element("summary", {}, fill(says.older, { count: older.length })),
              list(older, { class: "sg-entries" }),
            ),
          rows.length > 0 && button(says.erase, erase),
        ].filter(Boolean),
      ),
    );
  }

  // Who comes back to the open page the next morning is asked.
  document.addEventListener("visibilitychange", function look() {
    if (!view.isConnected) document.removeEventListener("visibilitychange", look);
    else if (!document.hidden) showOpen();
  });
  show();
  return { open, view };
}
