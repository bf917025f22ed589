// The sign finder. It narrows the pages by what the reader picks and shows what each of them
// lists; it never weighs or ranks. Its state is behind `#` in the address; nothing leaves the
// device.
import { readChoices, writeChoices } from "./choices.js";
import { element, keepFocus, withCalls } from "./dom.js";

(() => {
  function stateOf(query) {
    const list = (name) => (query.get(name) || "").split(",").filter(Boolean);
    return {
      where: query.get("where") || "",
      checked: query.get("flags") === "none",
      flag: query.get("flags") === "none" ? "" : query.get("flags") || "",
      signs: list("signs"),
      when: query.get("when") || "",
      began: query.get("began") || "",
      order: query.get("order") === "covered" ? "covered" : "name",
    };
  }

  function queryOf(state) {
    const query = new URLSearchParams();
    if (state.where) query.set("where", state.where);
    if (state.flag) query.set("flags", state.flag);
    else if (state.checked) query.set("flags", "none");
    if (state.signs.length) query.set("signs", state.signs.join(","));
    if (state.when) query.set("when", state.when);
    if (state.began) query.set("began", state.began);
    if (state.order !== "name") query.set("order", state.order);
    return query;
  }

  // Pages that list at least one of the chosen signs, with those that they list.
  function matches(data, state, chosen) {
    return data.conditions
      .filter((c) => !state.where || c.regions.includes(state.where))
      .map((c) => ({ condition: c, listed: chosen.filter((i) => c.signs.includes(i)) }))
      .filter((row) => !chosen.length || row.listed.length)
      .sort(
        (a, b) =>
          (state.order === "covered" ? b.listed.length - a.listed.length : 0) ||
          a.condition.name.localeCompare(b.condition.name),
      );
  }

  // The sign not yet chosen that splits the remaining pages most evenly.
  function tellingSign(rows, chosen, open) {
    let best = null;
    for (const i of open) {
      if (chosen.includes(i)) continue;
      const yes = rows.filter((row) => row.condition.signs.includes(i));
      const even = Math.min(yes.length, rows.length - yes.length);
      if (even > 0 && (!best || even > best.even)) best = { sign: i, yes, even };
    }
    return best;
  }

  function start(root) {
    if (root.dataset.ready) return;
    root.dataset.ready = "true";
    const words = JSON.parse(root.dataset.words);
    fetch(root.dataset.source)
      .then((answer) => answer.json())
      .then((data) => run(root, words, data))
      .catch(() => {
        root.hidden = true;
      });
  }

  function run(root, words, data) {
    const status = element("p", { role: "status", class: "sg-finder__status" });
    const body = element("div");
    root.replaceChildren(body, status);
    root.hidden = false;
    document.querySelector(".sg-finder-table")?.setAttribute("hidden", "");
    // Without scripts the map leads to the headings of the table; here it answers the question.
    const map = document.querySelector(".sg-map");
    map.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-region]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go({ where: link.dataset.region }, true);
    });
    const indexOf = new Map(data.signs.map((sign, i) => [sign.id, i]));
    let state = stateOf(readChoices() ?? new URLSearchParams());

    function go(change, focus) {
      state = { ...state, ...change };
      writeChoices(queryOf(state), true);
      show();
      if (focus) body.querySelector("h2")?.focus();
    }

    const heading = (text) => element("h2", { tabindex: "-1", class: "sg-finder__question" }, text);
    const button = (text, act, attributes = {}) =>
      element("button", { type: "button", class: "sg-choice", onclick: act, ...attributes }, text);
    const back = (change) =>
      button(words.back, () => go(change, true), { class: "sg-choice sg-choice--quiet" });

    function askWhere() {
      body.replaceChildren(heading(words.where), map);
      status.textContent = "";
    }

    // Each tier is closed, and names all its red flags in small letters, so that the whole step is
    // one screen. What was looked through lies above the button that says that none fits.
    function askFlags(region) {
      const flags = region.flags.map((i) => data.signs[i]);
      const groups = words.tiers.map((tier) => {
        const own = flags.filter((sign) => sign.tier === tier.id);
        return (
          own.length > 0 &&
          element(
            "details",
            { class: `sg-care sg-care--${tier.id} sg-details sg-flags`, id: `flags-${tier.id}` },
            element(
              "summary",
              {},
              element("h3", { class: "sg-care__head" }, tier.heading),
              element(
                "span",
                { class: "sg-flags__all" },
                `${own.map((sign) => sign.short).join("; ")}.`,
              ),
            ),
            element(
              "div",
              { class: "sg-care__body sg-choices" },
              own.map((sign) => button(sign.name, () => go({ flag: sign.id }, true))),
            ),
          )
        );
      });
      body.replaceChildren(
        heading(words.flags),
        element("div", { class: "sg-cards-care" }, groups),
        element(
          "div",
          { class: "sg-choices" },
          button(words.none, () => go({ checked: true }, true), {
            class: "sg-choice sg-choice--main",
          }),
          back({ where: "" }),
        ),
      );
      status.textContent = "";
    }

    function stop(sign) {
      const tier = words.tiers.find(({ id }) => id === sign.tier);
      body.replaceChildren(
        heading(words.stop),
        element(
          "section",
          { class: `sg-care sg-care--${sign.tier}` },
          element("h3", { class: "sg-care__head" }, `${tier.name}: ${sign.name}`),
          element(
            "div",
            { class: "sg-care__body" },
            element("p", {}, element("strong", {}, withCalls(sign.action, words.numbers))),
            element("p", { class: "sg-care__do" }, withCalls(tier.action, words.numbers)),
            element(
              "p",
              {},
              element("a", { href: `${root.dataset.root}signs/${sign.id}/` }, words.more),
            ),
          ),
        ),
        back({ flag: "" }),
      );
      status.textContent = `${tier.name}. ${sign.action}`;
    }

    function askSigns() {
      const chosen = state.signs.map((id) => indexOf.get(id)).filter((i) => i !== undefined);
      const fits = (sign) =>
        !sign.tier &&
        sign.regions.includes(state.where) &&
        (!state.when || sign.when.includes(state.when)) &&
        (!state.began || sign.onset.includes(state.began));
      const open = data.signs
        .map((_, i) => i)
        .filter((i) => fits(data.signs[i]) || chosen.includes(i));
      const toggle = (id) =>
        go({
          signs: state.signs.includes(id)
            ? state.signs.filter((other) => other !== id)
            : [...state.signs, id],
        });
      const choice = (i) => {
        const sign = data.signs[i];
        const input = element("input", {
          type: "checkbox",
          id: `find-${sign.id}`,
          checked: chosen.includes(i),
          onchange: () => toggle(sign.id),
        });
        return element(
          "label",
          { class: "sg-check", for: input.id },
          input,
          element("span", {}, sign.name),
        );
      };
      const select = (name, legend, options, any) =>
        element(
          "label",
          { class: "sg-filter__field" },
          element("span", {}, legend),
          element(
            "select",
            { id: `find-${name}`, onchange: (event) => go({ [name]: event.target.value }) },
            element("option", { value: "" }, any),
            ...options.map(([value, text]) =>
              element("option", { value, selected: state[name] === value }, text),
            ),
          ),
        );
      const rows = matches(data, state, chosen);
      const telling = rows.length > 1 ? tellingSign(rows, chosen, open) : null;
      const names = (list) => list.map((row) => row.condition.name).join(", ");
      const count = chosen.length ? words.count : words.countAll;
      const said = count.replace("{pages}", rows.length).replace("{signs}", chosen.length);

      body.replaceChildren(
        heading(words.feel),
        element(
          "div",
          { class: "sg-filter" },
          select("when", words.when, words.moments, words.any),
          select("began", words.began, words.onsets, words.any),
        ),
        element(
          "div",
          {},
          element("div", { class: "sg-checks" }, ...open.map(choice)),
          element(
            "div",
            { class: "sg-finder__bar" },
            element("p", { "aria-hidden": "true" }, said),
            button(words.see, () => body.querySelector(".sg-finder__pages").focus(), {
              class: "sg-choice sg-choice--main",
              id: "find-see",
            }),
          ),
        ),
        element("h2", { tabindex: "-1", class: "sg-finder__pages" }, words.results),
        telling &&
          element(
            "p",
            { class: "sg-note" },
            element("strong", {}, words.apart),
            " ",
            words.telling
              .replace("{sign}", data.signs[telling.sign].name)
              .replace("{pages}", names(telling.yes)),
          ),
        element(
          "p",
          {},
          button(
            state.order === "name" ? words.byCovered : words.byName,
            () => go({ order: state.order === "name" ? "covered" : "name" }),
            { class: "sg-choice sg-choice--quiet", id: "find-order" },
          ),
        ),
        element(
          "ul",
          { class: "sg-rows sg-finder__results" },
          ...rows.map(({ condition, listed }) =>
            element(
              "li",
              {},
              element("a", { href: root.dataset.root + condition.url }, condition.name),
              element("span", { class: "sg-rows__note" }, condition.place),
              chosen.length
                ? element(
                    "ul",
                    { class: "sg-finder__listed" },
                    ...chosen.map((i) =>
                      element(
                        "li",
                        { class: listed.includes(i) ? "sg-has" : "sg-has-not" },
                        [
                          listed.includes(i) ? words.lists : words.listsNot,
                          data.signs[i].name,
                        ].join(" "),
                      ),
                    ),
                  )
                : null,
            ),
          ),
        ),
        back({ checked: false, signs: [], when: "", began: "" }),
      );
      status.textContent = said;
    }

    function show() {
      const region = data.regions.find((other) => other.id === state.where);
      root.parentElement.classList.toggle("sg-finding", Boolean(region));
      const flag = data.signs[indexOf.get(state.flag)];
      if (!region) askWhere();
      else if (flag?.tier) stop(flag);
      else if (!state.checked) askFlags(region);
      else keepFocus(body, askSigns);
    }

    addEventListener("popstate", () => {
      const query = readChoices();
      if (!query) return writeChoices(queryOf(state));
      state = stateOf(query);
      show();
    });
    // A part of the map that was picked before this script came led to its heading of the table.
    const picked = location.hash.slice(1);
    writeChoices(queryOf(state));
    if (!state.where && data.regions.some((region) => region.id === picked))
      go({ where: picked }, true);
    else show();
  }

  function startAll() {
    const root = document.getElementById("sg-finder");
    if (root) start(root);
  }

  startAll();
})();
