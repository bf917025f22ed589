// Pain over the weeks, drawn and as a table: what was felt at each moment, the limit, and the steps.
import { dayText, daysLater } from "./day.js";
import { element, fill } from "./dom.js";
import { adviceOn, inOrder, MOMENTS } from "./pain-advice.js";

const [WIDTH, HEIGHT, LEFT, TOP, STEP] = [320, 168, 20, 14, 13];
const SHAPES = {
  during: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
  later: "M-3.5-3.5h7v7h-7z",
  morning: "M0-5 4.8 3.8h-9.6z",
};

function draw(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.flat(2));
  return made;
}

const dayNumber = (day) => Date.parse(`${day}T00:00Z`) / 864e5;
const mark = (moment, kind, x, y) =>
  draw("path", {
    class: `sg-mark sg-mark--${moment} sg-mark--${kind}`,
    d: SHAPES[moment],
    transform: `translate(${x} ${y})`,
  });

// `entries` are of this condition; `checks` are those that opened its next stage.
function painChart({ words, data }, id, entries, checks) {
  const { chart, diary } = words;
  const rows = inOrder(entries).map((entry) => ({ entry, ...adviceOn(data, entry, entries) }));
  const first = dayNumber(rows[0].entry.on);
  const days = Math.max(7, dayNumber(rows.at(-1).entry.on) + 1 - first);
  const x = (day) => LEFT + 8 + ((dayNumber(day) - first) / days) * (WIDTH - LEFT - 20);
  const y = (pain) => TOP + (10 - pain) * STEP;
  const text = (at, up, words, more) => draw("text", { x: at, y: up, ...more }, words);
  const points = (moment) =>
    rows
      .filter(({ entry }) => typeof entry.pain[moment] === "number")
      .map(({ entry }) => ({
        kind: entry.kind,
        x: x(moment === "morning" ? daysLater(entry.on, 1) : entry.on),
        y: y(entry.pain[moment]),
      }));
  const line = (moment) =>
    draw("polyline", {
      class: `sg-line sg-line--${moment}`,
      points: points(moment).map((point) => `${point.x},${point.y}`),
    });
  const limits = rows.filter(({ limit }) => limit !== undefined);
  const limitPath = limits.map(
    ({ entry, limit }, at) => `${at ? `H${x(entry.on)}V` : `M${LEFT} `}${y(limit)}`,
  );
  const end = daysLater(rows[0].entry.on, days);
  const name = data.conditions[id]?.name ?? diary.noCondition;
  const picture = draw(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      "aria-label": fill(chart.label, { name, count: rows.length }),
    },
    [0, 5, 10].map((pain) => [
      draw("path", { class: "sg-grid", d: `M${LEFT} ${y(pain)}H${WIDTH}` }),
      text(LEFT - 5, y(pain) + 4, pain, { "text-anchor": "end" }),
    ]),
    limits.length ? draw("path", { class: "sg-limit", d: `${limitPath.join("")}H${WIDTH}` }) : [],
    checks.map(({ on, stage }) => [
      draw("path", { class: "sg-step", d: `M${x(on)} ${TOP}V${y(0)}` }),
      text(x(on) + 3, TOP - 3, fill(chart.step, { stage: stage + 1 })),
    ]),
    MOMENTS.map(line),
    MOMENTS.map((moment) => points(moment).map(({ kind, x, y }) => mark(moment, kind, x, y))),
    text(LEFT, HEIGHT - 4, dayText(rows[0].entry.on)),
    text(WIDTH, HEIGHT - 4, dayText(end), { "text-anchor": "end" }),
  );
  const key = (words, ...shapes) =>
    element(
      "li",
      {},
      draw("svg", { viewBox: "-12 -6 24 12", "aria-hidden": "true" }, shapes),
      words,
    );
  const ruler = (name) => draw("path", { class: name, d: "M-12 0H12" });
  const cells = ({ entry, limit }) => [
    element("th", { scope: "row" }, dayText(entry.on)),
    [
      diary.kinds[entry.kind],
      ...MOMENTS.map((moment) => entry.pain[moment] ?? "–"),
      limit ?? "–",
    ].map((value) => element("td", {}, String(value))),
  ];
  return element(
    "figure",
    { class: "sg-chart" },
    element("figcaption", {}, name),
    picture,
    element(
      "ul",
      { "aria-hidden": "true" },
      MOMENTS.map((moment) =>
        key(
          diary.moments[moment],
          ruler(`sg-line sg-line--${moment}`),
          mark(moment, "session", 0, 0),
        ),
      ),
      limits.length > 0 && key(chart.limit, ruler("sg-limit")),
      rows.some(({ entry }) => entry.kind === "run") && key(chart.run, mark("during", "run", 0, 0)),
    ),
    element(
      "details",
      { class: "sg-details", id: `chart-${id}` },
      element("summary", {}, chart.table),
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            [
              diary.day,
              chart.what,
              ...MOMENTS.map((moment) => diary.moments[moment]),
              chart.limit,
            ].map((head) => element("th", { scope: "col" }, head)),
          ),
        ),
        element(
          "tbody",
          {},
          rows.map((row) => element("tr", {}, cells(row))),
        ),
      ),
      checks.map(({ on, stage }) =>
        element("p", {}, `${dayText(on)}: ${fill(chart.step, { stage: stage + 1 })}`),
      ),
    ),
  );
}

// A chart for each condition with more than one entry, or null.
export function painCharts(about, { diary, checks }) {
  const felt = diary.filter(({ pain }) => Object.keys(pain).length);
  const idOf = ({ conditions }) => conditions[0] ?? "";
  const charts = [...new Set(inOrder(felt).map(idOf))].map((id) => {
    const own = felt.filter((entry) => idOf(entry) === id);
    const steps = checks.filter((one) => one.condition === id && !one.answers.includes(false));
    return own.length > 1 && painChart(about, id, own, steps);
  });
  return charts.some(Boolean) ? element("div", {}, charts) : null;
}
