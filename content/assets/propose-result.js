// What comes of the form, beside it: what is still wrong, the record as it will read and as YAML,
// and the ways to hand it on.
import { download } from "./calendar.js";
import { element, fill } from "./dom.js";
import { titleOf } from "./propose-fields.js";
import { readParts } from "./propose-reading.js";

// In characters: the way to GitHub takes no much longer address.
const MOST_ADDRESS = 7500;
const MOST_PROBLEMS = 5;

// A panel whose `show` takes a record:
// `{ kind, kindName, id, from, value, shape, yaml, problems }`,
// `from` being the one that is changed. `addresses` are those of the repository and of its editor;
// `on` is what to do: `go` to a field, or when the record was `downloaded` or `erased`.
export function resultPanel(side, words, addresses, on) {
  const status = element("p", { role: "status", class: "sg-propose__state" });
  const list = element("ul", { class: "sg-propose__problems" });
  const code = element("code", { tabindex: "0", "aria-label": words.yaml });
  const reading = element("div", { class: "sg-propose__reading" });
  const said = element("p", { role: "status" });
  const actions = element("div", { class: "sg-choices" });
  const erase = element("div", { class: "sg-choices" });
  side.replaceChildren(
    element("h2", {}, words.result),
    status,
    list,
    actions,
    said,
    element("details", { class: "sg-details" }, element("summary", {}, words.preview), reading),
    element(
      "details",
      { class: "sg-details", open: true },
      element("summary", {}, words.yaml),
      element("pre", {}, code),
    ),
    erase,
  );

  const titled = (name) => titleOf(name, words);
  const act = (label, run, look = "") =>
    element("button", { type: "button", class: `sg-choice ${look}`.trim(), onclick: run }, label);

  function offerErase() {
    erase.replaceChildren(
      act(
        words.erase,
        () => {
          erase.replaceChildren(
            element("span", {}, words.eraseSure),
            act(words.eraseYes, () => {
              on.erased();
              offerErase();
              said.textContent = words.erased;
            }),
            act(words.eraseNo, offerErase, "sg-choice--quiet"),
          );
        },
        "sg-choice--quiet",
      ),
    );
  }
  offerErase();

  async function copy({ yaml, from }) {
    try {
      await navigator.clipboard.writeText(yaml);
      said.textContent = from ? fill(words.copiedChange, { id: from }) : words.copied;
    } catch {
      getSelection().selectAllChildren(code);
      said.textContent = words.copyByHand;
    }
  }

  // The address of an issue about the record; with its YAML, unless that makes it too long.
  function issue({ kind, kindName, from, value, yaml }) {
    const name = value.name || "";
    const query = new URLSearchParams({
      template: from
        ? "2-correction.yml"
        : kind === "exercises"
          ? "4-exercise.yml"
          : "3-condition.yml",
      title: fill(from ? words.changeTitle : words.issueTitle, { kind: kindName, name }),
      ...(from ? { page: `${kind}/${from}/` } : { name }),
    });
    const short = `${addresses.repository}/issues/new?${query}`;
    query.set("yaml", yaml);
    const whole = `${addresses.repository}/issues/new?${query}`;
    const isLong = whole.length > MOST_ADDRESS;
    return { href: isLong ? short : whole, isLong };
  }

  function issueLink(record) {
    const { href, isLong } = issue(record);
    return element(
      "a",
      {
        class: "sg-choice",
        href,
        rel: "noopener",
        target: "_blank",
        onclick: () => isLong && copy(record),
      },
      words.issue,
    );
  }

  return {
    show(record) {
      const { kind, id, value, shape, yaml, problems } = record;
      code.textContent = yaml;
      const text = problems.length
        ? fill(problems.length === 1 ? words.stateOne : words.state, { count: problems.length })
        : words.sound;
      // A status that is written anew is read out anew.
      if (status.textContent !== text) status.textContent = text;
      status.dataset.sound = String(!problems.length);
      list.replaceChildren(
        ...problems.slice(0, MOST_PROBLEMS).map(({ path, text: why }) =>
          element(
            "li",
            {},
            act(
              `${path
                .filter((key) => typeof key === "string")
                .map(titled)
                .join(", ")}: ${why}`,
              () => on.go(path),
              "sg-choice--quiet",
            ),
          ),
        ),
      );
      reading.replaceChildren(...readParts(value, shape, titled));
      actions.replaceChildren(
        ...[
          act(
            words.download,
            () => {
              download(`${id || kind}.yaml`, "application/yaml", yaml);
              said.textContent = words.downloaded;
              on.downloaded();
            },
            problems.length ? "" : "sg-choice--main",
          ),
          act(words.copy, () => copy(record)),
          addresses.repository && issueLink(record),
          addresses.edit &&
            element(
              "a",
              {
                class: "sg-choice",
                href: `${addresses.edit}data/${kind}.yaml`,
                rel: "noopener",
                target: "_blank",
                onclick: () => copy(record),
              },
              words.edit,
            ),
        ].filter(Boolean),
      );
    },
  };
}
