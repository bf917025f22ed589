// Pain over the weeks, drawn and as a table: what was felt at each moment, the limit and the steps.
import { dayText, daysLater } from "./day.js";
import { draw, element, fill } from "./dom.js";
import { idOf, inOrder, limitOf, MOMENTS } from "./pain-advice.js";

const [WIDTH, HEIGHT, LEFT, TOP, STEP] = [320, 168, 20, 14, 13];
const SHAPES = {
  during: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
  later: "M-3.5-3.5h7v7h-7z",
  morning: "M0-5 4.8 3.8h-9.6z",
};

const path = (look, d, more) => draw("path", { class: look, d, ...more });
const text = (x, y, words, anchor = "start") =>
  draw("text", { x, y, "text-anchor": anchor }, words);
const mark = (moment, kind, x, y) =>
  path(`sg-mark sg-mark--${moment} sg-mark--${kind}`, SHAPES[moment], {
    transform: `translate(${x} ${y})`,
  });
const dayNumber = (day) => Date.parse(`${day}T00:00Z`) / 864e5;

// `rows` are entries with their limit, oldest first.
function picture({ words: { chart } }, name, rows, checks) {
  const first = rows[0].entry.on;
  const days = Math.max(7, dayNumber(rows.at(-1).entry.on) + 1 - dayNumber(first));
  const x = (day) => LEFT + 8 + ((dayNumber(day) - dayNumber(first)) / days) * (WIDTH - LEFT - 20);
  const y = (pain) => TOP + (10 - pain) * STEP;
  const limits = rows.filter(({ limit }) => limit !== undefined);
  const limit = limits.map(
    (row, at) => `${at ? `H${x(row.entry.on)}V` : `M${LEFT} `}${y(row.limit)}`,
  );
  const felt = MOMENTS.map((moment) => {
    const marks = rows
      .filter(({ entry }) => moment in entry.pain)
      .map(({ entry: { kind, on, pain } }) => [
        kind,
        x(daysLater(on, moment === "morning" ? 1 : 0)),
        y(pain[moment]),
      ]);
    const points = marks.map(([, ...point]) => point).join(" ");
    return [
      draw("polyline", { class: `sg-line sg-line--${moment}`, points }),
      marks.map((one) => mark(moment, ...one)),
    ];
  });
  return draw(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      "aria-label": fill(chart.label, { name, count: rows.length }),
    },
    [0, 5, 10].map((pain) => [
      path("sg-grid", `M${LEFT} ${y(pain)}H${WIDTH}`),
      text(LEFT - 5, y(pain) + 4, pain, "end"),
    ]),
    limits.length ? path("sg-limit", `${limit.join("")}H${WIDTH}`) : [],
    checks.map(({ on, stage }) => [
      path("sg-step", `M${x(on)} ${TOP}V${y(0)}`),
      text(x(on) + 3, TOP - 3, fill(chart.step, { stage: stage + 1 })),
    ]),
    felt,
    text(LEFT, HEIGHT - 4, dayText(first)),
    text(WIDTH, HEIGHT - 4, dayText(daysLater(first, days)), "end"),
  );
}

function painChart(about, id, entries, checks) {
  const { chart, diary } = about.words;
  const name = about.data.conditions[id]?.name ?? diary.noCondition;
  const rows = entries.map((entry) => ({ entry, limit: limitOf(about.data, entry) }));
  const key = (said, ...shapes) =>
    element("li", {}, draw("svg", { viewBox: "-12 -6 24 12" }, shapes), said);
  const line = (cell, head, ...values) => [
    element("th", { scope: cell === "th" ? "col" : "row" }, head),
    values.map((value) => element(cell, { scope: cell === "th" && "col" }, `${value ?? "–"}`)),
  ];
  const moments = MOMENTS.map((moment) => diary.moments[moment]);
  const ruler = "M-12 0H12";
  return element(
    "figure",
    { class: "sg-chart" },
    element("figcaption", {}, name),
    picture(about, name, rows, checks),
    element(
      "ul",
      { "aria-hidden": "true" },
      MOMENTS.map((moment, at) =>
        key(moments[at], path(`sg-line sg-line--${moment}`, ruler), mark(moment, "session", 0, 0)),
      ),
      key(chart.limit, path("sg-limit", ruler)),
      key(chart.run, mark("during", "run", 0, 0)),
    ),
    element(
      "details",
      { class: "sg-details", id: `chart-${id}` },
      element("summary", {}, chart.table),
      element(
        "table",
        { class: "sg-numbers" },
        element("tr", {}, line("th", diary.day, ...moments, chart.limit)),
        rows.map(({ entry: { on, kind, pain }, limit }) => {
          const felt = MOMENTS.map((moment) => pain[moment]);
          return element(
            "tr",
            {},
            line("td", `${dayText(on)} ${diary.kinds[kind]}`, ...felt, limit),
          );
        }),
      ),
      checks.map(({ on, stage }) =>
        element("p", {}, `${dayText(on)}: ${fill(chart.step, { stage: stage + 1 })}`),
      ),
    ),
  );
}

// A chart for each condition with more than one entry, or null.
export function painCharts(about, { diary, checks }) {
  const felt = inOrder(diary).filter(({ pain }) => Object.keys(pain).length);
  const charts = [...new Set(felt.map(idOf))].map((id) => {
    const own = felt.filter((entry) => idOf(entry) === id);
    const steps = checks.filter((one) => one.condition === id && !one.answers.includes(false));
    return own.length > 1 && painChart(about, id, own, steps);
  });
  return charts.some(Boolean) ? element("div", {}, charts) : null;
}
