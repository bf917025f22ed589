// A record as YAML, laid out as the data files are. Nothing here touches the page.

// A word that YAML takes as it is, wherever it is.
const WORD = /^[a-z0-9-]+$/;
const PLAIN = /^\p{L}[\p{L}\p{N}_ .'’()/–-]*[\p{L}\p{N}_.)]$/u;
const PLAIN_WORDS = new Set(["true", "false", "yes", "no", "on", "off", "null"]);
// Characters of the longest line.
const LINE = 88;

export function yamlText(id, value) {
  return `${id || "the-id"}:\n${lines(value, "  ").join("\n")}\n`;
}

function lines(part, indent) {
  return Object.entries(part).flatMap(([name, value]) => fieldLines(name, value, indent));
}

function fieldLines(name, value, indent) {
  const head = `${indent}${name}:`;
  if (Array.isArray(value)) {
    if (!value.length) return [`${head} []`];
    const flow = `${head} [${value.map((item) => scalar(item, true)).join(", ")}]`;
    const short = value.every((item) => typeof item === "string" && WORD.test(item));
    if (short && flow.length <= LINE) return [flow];
    return [head, ...value.flatMap((item) => itemLines(item, `${indent}  `))];
  }
  if (value !== null && typeof value === "object") {
    return isShort(value) ? [`${head} ${flowText(value)}`] : [head, ...lines(value, `${indent}  `)];
  }
  return scalarLines(head, value, `${indent}  `);
}

function itemLines(item, indent) {
  if (item === null || typeof item !== "object")
    return scalarLines(`${indent}-`, item, `${indent}  `);
  if (isShort(item)) return [`${indent}- ${flowText(item)}`];
  const [first, ...rest] = lines(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

// A dose or the like: words and numbers alone, on one line.
function isShort(part) {
  return Object.values(part).every(
    (value) =>
      typeof value === "number" ||
      typeof value === "boolean" ||
      (typeof value === "string" && /^[a-z0-9–-]{1,24}$/.test(value)),
  );
}

function flowText(part) {
  return `{${Object.entries(part)
    .map(([name, value]) => `${name}: ${scalar(value, true)}`)
    .join(", ")}}`;
}

function scalar(value, inFlow = false) {
  if (typeof value !== "string") return String(value);
  const isWord = WORD.test(value) && /^[a-z]/.test(value) && !PLAIN_WORDS.has(value);
  const isRange = /^\d{1,6}[-–]\d{1,6}$/.test(value);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const isPlain = PLAIN.test(value) && !PLAIN_WORDS.has(value.toLowerCase()) && !inFlow;
  return isWord || isRange || isDay || isPlain
    ? value
    : JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, " ");
}

// A long text is folded; a blank line keeps paragraphs apart.
function scalarLines(head, value, indent) {
  if (typeof value !== "string" || (value.length + head.length < LINE && !value.includes("\n")))
    return [`${head} ${scalar(value)}`];
  const paragraphs = value
    .split(/\n\n/)
    .map((paragraph) => wrapped(paragraph.replace(/\n/g, " "), LINE - indent.length));
  return [
    `${head} >-`,
    ...paragraphs.flatMap((rows, at) => [...(at ? [""] : []), ...rows.map((row) => indent + row)]),
  ];
}

function wrapped(words, width) {
  const rows = [""];
  for (const word of words.split(" ")) {
    if (rows.at(-1) && rows.at(-1).length + word.length >= width) rows.push("");
    rows[rows.length - 1] += (rows.at(-1) ? " " : "") + word;
  }
  return rows;
}
