// Pages whose names are near to a text. It compares letters of names, and nothing else.
const SMALL_WORDS = new Set(["a", "an", "and", "at", "from", "in", "is", "my", "of", "on", "or", "the", "to", "with", "html", "index"]);
const LEAST = 0.6;
const AS_NEAR = 0.2;

const wordsOf = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase()
  .split(/[^\p{L}\p{N}]+/u).filter(Boolean);

export async function loadNames(address) {
  const { kinds, spellings, pages } = await (await fetch(address)).json();
  const rows = pages.map(([kind, id, name, region, ...others]) => ({
    name, kind: kinds[kind], note: [kinds[kind], region].filter(Boolean).join(" › "), url: `${kind}/${id}/`,
    forms: [name, ...others].map((form) => wordsOf(form).filter((word) => !SMALL_WORDS.has(word))),
  }));
  const known = [...new Set(rows.flatMap((row) => row.forms.flat()))];
  return { kinds, spellings, rows, known };
}

// How many letters must be added, dropped, changed or swapped with a neighbour.
function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

function likeness(typed, word) {
  if (typed === word) return 1;
  if (typed.length > 2 && word.startsWith(typed)) return 0.95;
  const limit = typed.length < 4 ? 0 : typed.length < 6 ? 1 : typed.length < 10 ? 2 : 3;
  const apart = distance(typed, word, limit);
  return apart > limit ? 0 : 0.9 - apart / typed.length;
}

const own = (table, word) => (Object.hasOwn(table, word) ? table[word] : "");

// The words of a text, each as it is meant: known slips are put right.
const meant = (names, text) => wordsOf(text).filter((word) => !SMALL_WORDS.has(word))
  .flatMap((word) => (own(names.spellings, word) ? wordsOf(names.spellings[word]) : [word]));

// Whether a word of the text begins no word of any name.
export const hasSlip = (names, text) => wordsOf(text).some((word) => own(names.spellings, word)
  || (word.length > 3 && !SMALL_WORDS.has(word) && !names.known.some((other) => other.startsWith(word))));

export function nearest(names, text, count) {
  const typed = meant(names, text).filter((word) => !own(names.kinds, word)).slice(0, 8);
  if (!typed.length) return [];
  const like = typed.map((word) => new Map(names.known.map((other) => [other, likeness(word, other)])));
  const near = (form) => {
    if (!form.length) return 0;
    const found = like.map((table) => Math.max(...form.map((word) => table.get(word))));
    const covered = Math.min(1, typed.length / form.length);
    return found.reduce((sum, one) => sum + one, 0) / typed.length + covered / 100;
  };
  return names.rows
    .map((row) => ({ row, near: Math.max(near(row.forms[0]) + 0.005, ...row.forms.slice(1).map(near)) }))
    .filter((found) => found.near >= LEAST)
    .sort((a, b) => b.near - a.near || a.row.name.localeCompare(b.row.name))
    .filter((found, _, all) => found.near > all[0].near - AS_NEAR)
    .slice(0, count)
    .map((found) => found.row);
}
