// Ranks pages by the words that they share with a whole sentence. Pure: the index in, rows out.
//
// Words that say nothing are dropped; a phrase of the lay words stands for what it means; rare
// words count more than common ones. It compares words, and never says what somebody has.

// Words that a phrase may hold or not: "can't put any weight" is "can't put weight".
const FILLERS = new Set(`a also am an any are been being but cos cuz coz damn did does doing especially even feels
felt got gotta had has have having he her here hers him his i if im is it its itself ive just kind kinda like literally
m me mine my of or our please pretty quite rather re really s said says she so some something sometimes sort such
t than that thats the their them there theres they this those today too u ur ve very was we well were whats x yesterday
you your yours and then properly totally absolutely completely`.split(/\s+/));
// Words that say nothing alone, though a phrase may need them.
const STOP = new Set(`about after again all another around as at away be because before by came come comes could d do done
each every everything for from gave get gets getting give go goes going gone how in into keep keeps know last little ll lot lots
made make makes maybe now off ok on once one only other out over own run runner running runs ran jog jogging say seem should side
since still suddenly their these they thing think though through thru tho time times to try trying two up us wanna want way went
what myself when where which while who why will with without would bad badly weird strange bit`
  .split(/\s+/));
const NOT = new Set(["cant", "cannot", "wont", "not", "dont", "doesnt", "couldnt", "unable", "never", "no", "isnt", "didnt",
  "havent", "hasnt", "hadnt", "wasnt", "arent", "aint", "wouldnt"]);
const LONGEST_PHRASE = 5;
const MOST_FLAGS = 3;
const MOST_PAGES = 15;
const LEAST = 0.12;
const LEAST_OF_BEST = 0.45;
const NEARLY_WHOLE = 0.9;
const PRIOR = { conditions: 1.03, signs: 1 };
// How near a red flag must be to the best page, and how much it must share that ordinary signs
// don't say: less for what is more dangerous, so that it is rather shown once too often.
const FLAG_FROM = { emergency: [0.55, 3.5], "same-day": [0.6, 3.5], "within-days": [0.75, 4.5] };
const FLAG_BESIDE_NAME = [0.85, 4]; // Where the name of a page was typed.

export const wordsOf = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase()
  .split(/[^\p{L}\p{N}]+/u).filter(Boolean);

// Endings go, so that "swelling" and "swells" are one word. Both sides are cut alike.
export function stem(word) {
  if (NOT.has(word)) return "not";
  let cut = word;
  if (cut.length > 4 && cut.endsWith("ies")) cut = `${cut.slice(0, -3)}y`;
  else if (cut.length > 5 && cut.endsWith("ing")) cut = cut.slice(0, -3);
  else if (cut.length > 4 && cut.endsWith("ed")) cut = cut.slice(0, -2);
  else if (cut.length > 3 && /[^su]s$/.test(cut)) cut = cut.slice(0, -1);
  cut = cut.replace(/([b-df-hj-np-tv-z])\1$/, "$1");
  return cut.length > 3 ? cut.replace(/e$/, "") : cut;
}

export const stemsOf = (text) => wordsOf(text).filter((word) => !FILLERS.has(word)).map(stem);
const STOP_STEMS = new Set([...STOP].map(stem));

// How many letters must be added, dropped, changed or swapped with a neighbour.
export function distance(a, b, limit) {
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

// Cuts stems into units: the longest phrases of the lay words, and single words between them.
function unitsOf(stems, phrases) {
  const units = [];
  for (let at = 0; at < stems.length;) {
    let size = Math.min(LONGEST_PHRASE, stems.length - at);
    while (size > 1 && !phrases.has(stems.slice(at, at + size).join(" "))) size--;
    const part = stems.slice(at, at + size);
    const concepts = phrases.get(part.join(" ")) ?? [];
    if (concepts.length || !STOP_STEMS.has(part[0])) units.push({ stems: part, concepts });
    at += size;
  }
  return units;
}

const plainWords = ({ stems }) => stems.filter((word) => word !== "not" && !STOP_STEMS.has(word));
const saysMore = (unit) => unit.concepts.length > 0 || plainWords(unit).length > 0;

function termsOf(units) {
  const terms = new Set();
  for (const { stems, concepts } of units) {
    // "Cannot walk" does not say "walk".
    if (!stems.includes("not") || !concepts.length) for (const word of plainWords({ stems })) terms.add(word);
    for (const concept of concepts) terms.add(`#${concept}`);
  }
  return terms;
}

// What the index says, ready for any number of questions.
export function prepare({ kinds, tiers, layWords, misspellings, pages, others }) {
  const phrases = new Map(), regionsOf = new Map();
  for (const [concept, [regions, ...words]] of Object.entries(layWords)) {
    regionsOf.set(concept, regions);
    for (const text of words) {
      const key = stemsOf(text).join(" ");
      if (!key || key === "not" || STOP_STEMS.has(key)) continue;
      const known = phrases.get(key) ?? phrases.set(key, []).get(key);
      if (!known.includes(concept)) known.push(concept);
    }
  }
  const units = (text) => unitsOf(stemsOf(text), phrases);
  const terms = (text) => termsOf(units(text));
  const rows = pages.map(([kind, id, name, regions, text, aliases, flag, listed]) => ({
    kind: kinds[kind], isRecord: true, url: `${kind}/${id}/`, id: `${kind}/${id}`, name, aliases, regions, text, listed,
    flag: flag && {
      tier: flag[0], tierName: tiers[flag[0]], order: Object.keys(tiers).indexOf(flag[0]), action: flag[1],
      toldBy: [name, ...aliases, ...flag[2]].map(units).map((all) => all.filter(saysMore)).filter((all) => all.length),
    },
    phrases: [name, ...aliases].map((words) => ({ words, units: units(words), terms: terms(words) })),
    body: terms(text),
    prior: PRIOR[kind] ?? 0.8,
  }));
  for (const [url, name, text, headings] of others) {
    rows.push({
      kind: "", url, id: url, name, aliases: [], regions: [], text, listed: [], flag: null,
      phrases: [name, ...headings].map((words) => ({ words, units: units(words), terms: terms(words) })), body: terms(text), prior: 0.7,
    });
  }
  const known = new Set();
  for (const key of phrases.keys()) for (const word of key.split(" ")) known.add(word);
  for (const row of rows) {
    for (const { terms: own } of row.phrases) for (const term of own) known.add(term);
    for (const term of row.body) known.add(term);
  }
  return { rows, phrases, regionsOf, known, words: [...known].filter((word) => word[0] !== "#" && word.length > 3), misspellings };
}

const own = (table, word) => (Object.hasOwn(table, word) ? table[word] : "");

// The stems of a question; what is spelt like no known word becomes the nearest one.
function readQuestion(index, text) {
  const words = wordsOf(text).flatMap((word) => (own(index.misspellings, word) ? wordsOf(index.misspellings[word]) : [word]))
    .filter((word) => !FILLERS.has(word));
  return words.map((word, at) => {
    const cut = stem(word);
    if (index.known.has(cut) || STOP_STEMS.has(cut) || cut === "not" || word.length < 4) return cut;
    // The last word may still be in the middle of being typed.
    if (at === words.length - 1) {
      const begun = index.words.find((other) => other.startsWith(cut));
      if (begun) return begun;
    }
    const limit = cut.length < 6 ? 1 : 2;
    let best = cut, apart = limit + 1;
    for (const other of index.words) {
      if (other[0] !== cut[0]) continue;
      const now = distance(cut, other, limit);
      if (now < apart) [best, apart] = [other, now];
    }
    return best;
  });
}

// The larger part of the body that a phrase names: the foot, of "the front of my foot".
function largerPart({ stems, concepts }, { phrases, regionsOf }) {
  const regions = concepts.flatMap((concept) => regionsOf.get(concept));
  return stems.length < 2 || !regions.length ? [] : stems.flatMap((word) => phrases.get(word) ?? [])
    .filter((other) => regions.every((region) => regionsOf.get(other).includes(region)));
}

function matchOf(unit, terms) {
  const says = (concept) => terms.has(`#${concept}`);
  let best = unit.concepts.some(says) ? 0.9 : unit.larger.some(says) ? 0.6 : 0;
  const said = unit.concepts.length && unit.stems.includes("not") ? [] : plainWords(unit);
  if (said.length && said.every((word) => terms.has(word))) best = 1;
  return best;
}

const isSaid = ({ stems, concepts }, said) => (concepts.length
  ? concepts.some((concept) => said.has(`#${concept}`)) : plainWords({ stems }).every((word) => said.has(word)));

const LISTED = { hallmark: 0.85, common: 0.75, sometimes: 0.6 };

export function rank(index, text) {
  const stems = readQuestion(index, text);
  const units = unitsOf(stems, index.phrases).filter(saysMore);
  if (!units.length) return { flags: [], pages: [] };
  for (const unit of units) unit.larger = largerPart(unit, index);
  const { rows } = index;
  // matches[row][unit]: how well the unit is in the row's names, or less in its text.
  const byPhrase = rows.map((row) => row.phrases.map((phrase) => units.map((unit) => matchOf(unit, phrase.terms))));
  const matches = rows.map((row, at) => units.map((unit, u) =>
    Math.max(0.5 * matchOf(unit, row.body), ...byPhrase[at].map((phrase) => phrase[u]))));
  const rarity = units.map((_, u) => Math.log(1 + rows.length / (1 + matches.filter((match) => match[u] > 0.6).length)));
  const whole = rarity.reduce((sum, one) => sum + one, 0);
  const rarityOf = new Map();
  const termRarity = (term) => {
    if (!rarityOf.has(term)) {
      const count = rows.filter((row) => row.phrases.some((phrase) => phrase.terms.has(term))).length;
      rarityOf.set(term, Math.log(1 + rows.length / (1 + count)));
    }
    return rarityOf.get(term);
  };
  const weigh = (match) => match.reduce((sum, one, u) => sum + one * rarity[u], 0);
  // What a phrase says beyond the question.
  const beyond = (phrase) => phrase.units
    .filter(({ stems, concepts }) => !units.some((unit) => concepts.some((one) => unit.concepts.includes(one)) || stems.every((word) => unit.stems.includes(word))))
    .reduce((sum, unit) => sum + Math.max(0, ...unit.stems.filter((word) => word !== "not").map(termRarity)), 0);
  const likeness = (row, at) => {
    let best = 0, alias = "";
    row.phrases.forEach((phrase, p) => {
      const shared = weigh(byPhrase[at][p]);
      if (!shared) return;
      const like = (2 * shared) / (whole + shared + beyond(phrase));
      if (like > best) [best, alias] = [like, phrase.words];
    });
    return [best, alias];
  };
  const own = rows.map((row, at) => likeness(row, at));
  const found = rows.map((row, at) => {
    const match = [...matches[at]];
    let [like, alias] = own[at];
    for (const [other, typicality] of row.listed) {
      const share = LISTED[typicality];
      matches[other].forEach((one, u) => { match[u] = Math.max(match[u], share * one); });
      like = Math.max(like, share * own[other][0]);
    }
    const elsewhere = units.some((unit) => {
      const regions = unit.concepts.flatMap((concept) => index.regionsOf.get(concept));
      return regions.length && row.regions.length && !row.regions.includes("whole-body") && !regions.some((region) => row.regions.includes(region));
    });
    const prior = own[at][0] > NEARLY_WHOLE ? 1.1 : row.prior; // Its own name was typed.
    const score = prior * (elsewhere ? 0.7 : 1) * (0.6 * (weigh(match) / whole) + 0.4 * like);
    return { row, at, score, alias: alias === row.name ? "" : alias };
  }).sort((a, b) => b.score - a.score || a.row.name.localeCompare(b.row.name));
  const best = found.length ? found[0].score : 0;
  // A red flag comes first if it shares more than a part of the body and what many pages say.
  const ordinary = rows.flatMap((row, at) => (row.prior >= 1 && !row.flag ? [at] : []));
  const telling = units.map((unit, u) => {
    const count = ordinary.filter((at) => byPhrase[at].some((phrase) => phrase[u] > 0.6)).length;
    const isPart = unit.concepts.some((concept) => index.regionsOf.get(concept).length);
    return isPart && count > 2 ? 0 : Math.log(1 + ordinary.length / (1 + count));
  });
  const isNamed = best > 1.05 && !found[0].row.flag;
  const said = termsOf(units);
  for (const unit of units) for (const concept of unit.larger) said.add(`#${concept}`);
  const isTold = (row) => row.flag && !isNamed && row.flag.toldBy.some((all) => all.every((unit) => isSaid(unit, said)));
  const isNear = ({ row, score, at }) => {
    if (!row.flag) return false;
    const [near, told] = isNamed ? FLAG_BESIDE_NAME : FLAG_FROM[row.flag.tier];
    return score >= near * best && telling.reduce((sum, one, u) => sum + one * matches[at][u], 0) >= told;
  };
  const told = found.filter(({ row }) => isTold(row));
  const near = found.filter((one) => !told.includes(one) && isNear(one));
  const flags = [...told, ...near].slice(0, MOST_FLAGS).sort((a, b) => a.row.flag.order - b.row.flag.order);
  const pages = found.filter((one) => !flags.includes(one) && one.score > Math.max(LEAST, LEAST_OF_BEST * best)).slice(0, MOST_PAGES);
  return { flags, pages };
}
