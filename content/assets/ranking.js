// Ranks pages by the words that they share with a whole sentence. Pure: the index in, rows out.
//
// Words that say nothing are dropped; a phrase of the lay words stands for what it means; rare
// words count more than common ones. A red flag is found when the sentence says all that one of
// its phrases says, in any order. It compares words, and never says what somebody has.

// Words that a phrase may hold or not: "can't put any weight" is "can't put weight".
const FILLERS = new Set(`a also am an and any are been being completely cos cuz coz damn did does doing especially even
feels felt fucking got gotta has have he her hers him his i if im is its itself ive just kind kinda like literally m
 mine my or our please pretty properly quite rather re really s said says she so some somehow sometimes sort such t
than that thats the their them then theres they this those today too totally absolutely u ur ve very was we well
were yesterday you your yours but now able can to`.split(/\s+/));
// Words that say nothing alone, though a phrase may need them.
const STOP = new Set(`about after again all another around as at away bad badly be because before bit by came come comes could d do
done each every everything for from gave get gets getting give go goes going gone here how in into keep keeps know last little ll lot
lots made make makes maybe myself himself herself of off ok on once one only other out over own seem should side since still their
these things think though through thru tho time times try trying two up us wanna want way went what when where which while
who why will with would whats it hell help something there thing had having me bloody run runner running runs ran jog jogging say`
  .split(/\s+/));
// What can't be done and what is not there read alike in phrases; only the second takes a word back.
const UNABLE = "cant cannot wont couldnt unable struggle struggling".split(" ");
const ABSENT = "not dont doesnt never no isnt didnt havent hasnt hadnt wasnt werent arent aint without".split(" ");
const NOT = new Set([...UNABLE, ...ABSENT]);
const AGE = /\b(?:(?:aged?|is|im|i'm|i am|turned) )?(\d{1,2})[ -]?(?:yo|y\/o|(?:yr|year)s?[ -]old)\b|\b(?:aged?|is|im|i'm|i am|turned) (\d{1,2})\b(?! ?(?:[a-z]*k|km|mi|miles?|min|mins|minutes?|hours?|days?|weeks?|months?|years?|times?|lbs?|st|stone|out|%))/gi;
const CHILD_BELOW = 18;
const OLD_ABOVE = 64;
const LONGEST_PHRASE = 5;
const MOST_FLAGS = 3;
const MOST_PAGES = 15;
const LEAST_OF_BEST = 0.45;
const NEARLY_WHOLE = 0.9;
const PRIOR = { conditions: 1.03, signs: 1 };
const PAIN = "pain";

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
  if (cut.length > 3) cut = cut.replace(/([b-df-hj-np-tv-z])\1$/, "$1");
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
function unitsOf(stems, { phrases, larger }) {
  const units = [];
  for (let at = 0; at < stems.length;) {
    let size = Math.min(LONGEST_PHRASE, stems.length - at);
    while (size > 1 && !phrases.has(stems.slice(at, at + size).join(" "))) size--;
    const part = stems.slice(at, at + size);
    const concepts = phrases.get(part.join(" ")) ?? [];
    const said = part.filter((word) => word !== "not" && !STOP_STEMS.has(word));
    if (concepts.length || said.length) units.push({ stems: said, concepts, larger: concepts.flatMap((one) => larger.get(one)), at, size });
    at += size;
  }
  return units;
}

function termsOf(units) {
  const terms = new Set();
  for (const { stems, concepts } of units) {
    for (const word of stems) terms.add(word);
    for (const concept of concepts) terms.add(`#${concept}`);
  }
  return terms;
}

// What the index says, ready for any number of questions.
export function prepare({ kinds, tiers, layWords, misspellings, pages, others }) {
  const lexicon = { phrases: new Map(), larger: new Map(), regionsOf: new Map() };
  const { phrases, larger, regionsOf } = lexicon;
  for (const [concept, [regions, parts, ...words]] of Object.entries(layWords)) {
    regionsOf.set(concept, regions);
    larger.set(concept, parts);
    for (const text of words) {
      const key = stemsOf(text).join(" ");
      if (!key || key === "not") continue;
      const known = phrases.get(key) ?? phrases.set(key, []).get(key);
      if (!known.includes(concept)) known.push(concept);
    }
  }
  const phraseOf = (words) => {
    const stems = stemsOf(words);
    const units = unitsOf(stems, lexicon);
    return { words, key: stems.join(" "), units, terms: termsOf(units) };
  };
  const isPart = ({ concepts }) => concepts.some((one) => regionsOf.get(one).length);
  // What a question must say so that a phrase raises a red flag. Pain is not asked for; and a name
  // that says no more than a place raises none.
  const needsOf = ({ units, isName }) => {
    const needs = units.filter(({ concepts }) => !concepts.includes(PAIN));
    return needs.some((unit) => !isName || !isPart(unit)) ? needs : null;
  };
  const rowOf = (row, text, named) => ({ aliases: [], regions: [], listed: [], flag: null, text, ...row,
    phrases: named.map(phraseOf), body: phraseOf(text).terms });
  const rows = pages.map(([kind, id, name, regions, text, aliases, said, flag, listed]) => {
    const row = rowOf({ kind: kinds[kind], isRecord: true, url: `${kind}/${id}/`, id: `${kind}/${id}`, name, aliases, regions, listed,
      flag: flag && { tier: flag[0], tierName: tiers[flag[0]], order: Object.keys(tiers).indexOf(flag[0]), action: flag[1] },
      prior: PRIOR[kind] ?? 0.8 }, text, [name, ...aliases, ...said]);
    row.needs = flag ? row.phrases.map((phrase, at) => needsOf({ ...phrase, isName: at <= aliases.length })).filter(Boolean) : [];
    return row;
  });
  for (const [url, name, text, headings] of others) rows.push(rowOf({ kind: "", url, id: url, name, prior: 0.7, needs: [] }, text, [name, ...headings]));
  // Slips are set right to words of names and of people; a word of a text is only left as it is.
  const words = new Set();
  for (const row of rows) for (const { terms } of row.phrases) for (const term of terms) words.add(term);
  for (const key of phrases.keys()) for (const word of key.split(" ")) words.add(word);
  const known = new Set([...words, ...rows.flatMap((row) => [...row.body])]);
  return { rows, lexicon, isPart, known, words: [...words].filter((word) => word[0] !== "#" && word.length > 3), misspellings };
}

const own = (table, word) => (Object.hasOwn(table, word) ? table[word] : "");

// The stem of a word of a question; what is spelt like no known word becomes the nearest one.
function readWord(index, word, isLast) {
  const cut = stem(word);
  if (index.known.has(cut) || STOP_STEMS.has(cut) || cut === "not" || word.length < 4) return cut;
  // The last word may still be in the middle of being typed.
  const begun = isLast && index.words.find((other) => other.startsWith(cut));
  if (begun) return begun;
  const limit = cut.length < 7 ? 1 : 2;
  let best = cut, apart = limit + 1;
  for (const other of index.words) {
    if (other[0] !== cut[0]) continue;
    const now = distance(cut, other, limit);
    if (now < apart) [best, apart] = [other, now];
  }
  return best;
}

const ageWord = (age) => (age < CHILD_BELOW ? " child " : age > OLD_ABOVE ? " elderly " : " ");

// The units of a question, and whether each is said not to be there: "no fever", "didn't fall".
function readQuestion(index, text) {
  const aged = text.replace(AGE, (_, old, aged) => ageWord(old ?? aged));
  const words = wordsOf(aged).flatMap((word) => (own(index.misspellings, word) ? wordsOf(index.misspellings[word]) : [word]))
    .filter((word) => !FILLERS.has(word));
  const stems = words.map((word, at) => readWord(index, word, at === words.length - 1));
  const units = unitsOf(stems, index.lexicon).map((unit) => ({ ...unit, isAbsent: !index.isPart(unit) && ABSENT.includes(words[unit.at - 1]) }));
  return { key: stems.join(" "), units };
}

function matchOf(unit, terms) {
  if (unit.size > 1 && unit.concepts.some((one) => terms.has(`#${one}`))) return 1;
  if (unit.stems.length && !(unit.size > 1 && unit.concepts.length) && unit.stems.every((word) => terms.has(word))) return 1;
  if (unit.concepts.some((one) => terms.has(`#${one}`))) return 0.9;
  return unit.larger.some((one) => terms.has(`#${one}`)) ? 0.6 : 0;
}

// The red flags of which a question says all that a phrase needs, and how much that is.
function raised(index, units, rarityOf) {
  const said = new Set();
  for (const { stems, concepts, larger, size, isAbsent } of units) {
    if (isAbsent) continue;
    for (const one of [...concepts, ...larger]) said.add(`#${one}`);
    if (size === 1) for (const word of stems) said.add(word);
  }
  const isSaid = ({ stems, concepts }) => (concepts.length ? concepts.some((one) => said.has(`#${one}`)) : stems.every((word) => said.has(word)));
  const flags = new Map();
  for (const row of index.rows) {
    const told = row.needs.filter((needs) => needs.every(isSaid)).map((needs) => needs.reduce((sum, unit) => sum + rarityOf(unit), 0));
    if (told.length) flags.set(row, Math.max(...told));
  }
  return flags;
}

const LISTED = { hallmark: 0.85, common: 0.75, sometimes: 0.6 };

export function rank(index, text) {
  const { key, units } = readQuestion(index, text);
  const isNamed = ({ phrases }) => phrases.some((phrase) => phrase.key === key);
  if (!units.length) {
    const named = key ? index.rows.filter(isNamed).map((row) => ({ row, score: 1, alias: "" })) : [];
    return { flags: named.filter(({ row }) => row.flag), pages: named.filter(({ row }) => !row.flag) };
  }
  const { rows } = index;
  const { regionsOf } = index.lexicon;
  // matches[row][unit]: how well the unit is in the row's names, or less in its text.
  const byPhrase = rows.map((row) => row.phrases.map((phrase) => units.map((unit) => matchOf(unit, phrase.terms))));
  const matches = rows.map((row, at) => units.map((unit, u) =>
    Math.max(0.5 * matchOf(unit, row.body), ...byPhrase[at].map((phrase) => phrase[u]))));
  const rarity = units.map((_, u) => Math.log(1 + rows.length / (1 + matches.filter((match) => match[u] > 0.6).length)));
  const whole = rarity.reduce((sum, one) => sum + one, 0);
  const rarities = new Map();
  const rarityOfTerm = (term) => {
    if (!rarities.has(term)) {
      const count = rows.filter((row) => row.phrases.some((phrase) => phrase.terms.has(term))).length;
      rarities.set(term, Math.log(1 + rows.length / (1 + count)));
    }
    return rarities.get(term);
  };
  const rarityOf = (unit) => Math.max(0, ...unit.concepts.map((one) => rarityOfTerm(`#${one}`)), ...unit.stems.map(rarityOfTerm));
  const weigh = (match) => match.reduce((sum, one, u) => sum + one * rarity[u], 0);
  // What a phrase says beyond the question.
  const beyond = (phrase) => phrase.units
    .filter(({ stems, concepts }) => !units.some((unit) => concepts.some((one) => unit.concepts.includes(one)) || stems.every((word) => unit.stems.includes(word))))
    .reduce((sum, unit) => sum + Math.max(0, ...unit.stems.map(rarityOfTerm)), 0);
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
  const likes = rows.map(likeness);
  const found = rows.map((row, at) => {
    const match = [...matches[at]];
    let [like, alias] = likes[at];
    for (const [other, typicality] of row.listed) {
      const share = LISTED[typicality];
      matches[other].forEach((one, u) => { match[u] = Math.max(match[u], share * one); });
      like = Math.max(like, share * likes[other][0]);
    }
    const elsewhere = units.some((unit) => {
      const regions = unit.concepts.flatMap((concept) => regionsOf.get(concept));
      return regions.length && row.regions.length && !row.regions.includes("whole-body") && !regions.some((region) => row.regions.includes(region));
    });
    // Its own name was typed, or nearly so.
    const prior = isNamed(row) ? 1.2 : likes[at][0] > NEARLY_WHOLE ? 1.1 : row.prior;
    const score = prior * (elsewhere ? 0.7 : 1) * (0.6 * (weigh(match) / whole) + 0.4 * like);
    return { row, at, score, alias: row.aliases.includes(alias) ? alias : "" };
  }).filter(({ score }) => score > 0.12).sort((a, b) => b.score - a.score || a.row.name.localeCompare(b.row.name));
  const best = found.length ? found[0].score : 0;
  const alarms = raised(index, units, rarityOf);
  // The name of another page raises no alarm.
  if (rows.some((row) => !row.flag && isNamed(row))) for (const row of alarms.keys()) if (!isNamed(row)) alarms.delete(row);
  // No phrase says it, but nothing fits a sentence better.
  if (!alarms.size && found[0]?.row.flag && units.filter((unit) => !index.isPart(unit)).length > 1) alarms.set(found[0].row, 0);
  const flags = found.filter(({ row }) => alarms.has(row)).sort((a, b) => alarms.get(b.row) - alarms.get(a.row))
    .slice(0, MOST_FLAGS).sort((a, b) => a.row.flag.order - b.row.flag.order);
  const pages = found.filter((one) => !flags.includes(one) && one.score > LEAST_OF_BEST * best).slice(0, MOST_PAGES);
  return { flags, pages };
}
