// What leaves the page at the reader's wish alone: the link, a file with everything, and back.
import { download } from "./calendar.js";
import { iso } from "./day.js";
import { element } from "./dom.js";
import { asState, readState, VERSION } from "./state.js";
import { erase } from "./store.js";

// The document of an exported file, or null where it is none.
export function readExport(text) {
  try {
    const given = JSON.parse(text);
    return given?.version >= 1 && given.version <= VERSION ? asState(given) : null;
  } catch {
    return null;
  }
}

// `say` announces; `keep(document)` takes the place of all that is kept.
export function shareView(about, { say, keep, printPlan, printSummary }) {
  const { words } = about;
  const button = (text, act, look = "") =>
    element("button", { type: "button", class: `sg-choice ${look}`, onclick: act }, text);

  async function copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      say(words.copied);
    } catch {
      say(words.copyByHand);
    }
  }

  const send = () =>
    navigator.share({ title: words.title, url: location.href }).catch(() => {
      /* The reader thought better of it. */
    });

  const file = element("input", {
    type: "file",
    accept: "application/json,.json",
    id: "import",
    class: "sg-file",
    onchange: async ({ target }) => {
      const [chosen] = target.files;
      const state = chosen && readExport(await chosen.text());
      if (state) {
        const before = readState();
        keep(state, words.imported, before);
      } else if (chosen) say(words.notImported);
      target.value = "";
    },
  });

  return element(
    "div",
    {},
    element(
      "div",
      { class: "sg-choices" },
      button(words.print, printPlan),
      button(words.summary, printSummary),
      navigator.share ? button(words.send, send) : null,
      button(words.copy, copy),
    ),
    element(
      "div",
      { class: "sg-choices" },
      button(words.exportAll, () =>
        download(
          `my-plan-${iso(new Date())}.json`,
          "application/json",
          `${JSON.stringify(readState(), null, 2)}\n`,
        ),
      ),
      element("label", { class: "sg-choice" }, words.importAll, file),
      button(words.clear, () => {
        if (!confirm(words.clearAsk)) return;
        const before = readState();
        erase();
        keep(readState(), words.cleared, before);
      }),
    ),
  );
}
