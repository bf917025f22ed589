// Ranks pages by the words that they share with a whole sentence. Pure: the index in, rows out.
//
// Words that say nothing are dropped; a phrase of the lay words stands for what it means; rare
// words count more than common ones. A red flag is found when the sentence says all that one of
// its phrases says, in any order. It compares words, and never says what somebody has.

// Words that a phrase may hold or not: "can't put any weight" is "can't put weight".
const FILLERS = new Set(
  `a able also am an and any are been being but can completely cos cuz coz damn
did does doing especially even feels felt fucking got gotta has have he her hers him his i if im is
its itself ive just kind kinda like literally m mine my now or our please pretty properly quite
rather re really s said says she so some somehow sometimes sort such t than that thats the
their them then theres they think this those thought to today too totally absolutely u ur ve very
was we well were yesterday you your yours`.split(/\s+/),
);
// Words that say nothing alone, though a phrase may need them.
const STOP = new Set(
  `about after again all another around as at away bad badly be because before bit
bloody by came come comes could d do done each every everything for from gave get gets getting give
go goes going gone had having hell help here herself himself how in into it jog jogging keep keeps
know last little ll lot lots made make makes maybe me myself of off ok on once one only other out
over own ran run runner running runs say seem should side since something still their there these
thing things though thro through thru time times try trying two up us wanna want way went what
whats when where which while who why will with would`.split(/\s+/),
);
// What can't be done and what is not there read alike; only the second takes back what follows.
const UNABLE = "cant cannot wont couldnt unable struggle struggling".split(" ");
const ABSENT =
  "not dont doesnt never no isnt didnt havent hasnt hadnt wasnt werent arent aint without".split(
    " ",
  );
const NOT = new Set([...UNABLE, ...ABSENT]);
// An age: "12 years old", "is 75"; but not "is 75 minutes".
const AGE = new RegExp(
  "\\b(\\d{1,2})[ -]?(?:yo|y/o|(?:yr|year)s?[ -]old)\\b" +
    "|\\b(?:aged?|is|im|i'm|i am|turned) (\\d{1,2})\\b(?! ?(?:[a-z]*k|km|mi|miles?|mins?|minutes?" +
    "|hours?|days?|weeks?|months?|years?|times?|lbs?|st|stone|out|%))",
  "gi",
);
const CHILD_BELOW = 18;
const OLD_ABOVE = 64;
const SHORT = /^[^aeiou]*[aeiou][b-df-hj-np-tvz]$/;
const PAIN = "pain";
const LONGEST_PHRASE = 5;
const MOST_FLAGS = 3;
const MOST_PAGES = 15;
const LEAST = 0.12;
const LEAST_OF_BEST = 0.45;
const FITS = 0.6;
const NEARLY_WHOLE = 0.9;
const PRIOR = { conditions: 1.03, signs: 1 };
const LISTED = { hallmark: 0.85, common: 0.75, sometimes: 0.6 };

export const wordsOf = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

// Endings go, so that "swelling" and "swells" are one word. Both sides are cut alike. A short word
// keeps its e, with "hoping" as "hope": it is another word without ("hop", "shin", "spin").
export function stem(word) {
  if (NOT.has(word)) return "not";
  let cut = word;
  if (cut.length > 4 && cut.endsWith("ies")) cut = `${cut.slice(0, -3)}y`;
  else if (cut.length > 5 && cut.endsWith("ing")) cut = cut.slice(0, -3);
  else if (cut.length > 4 && cut.endsWith("ed")) cut = cut.slice(0, -2);
  else if (cut.length > 3 && /[^su]s$/.test(cut)) cut = cut.slice(0, -1);
  const isVerb = /(?:ing|ed)$/.test(word) && cut !== word;
  if (isVerb && SHORT.test(cut)) return `${cut}e`;
  if (cut.length > 3) cut = cut.replace(/([b-df-hj-np-tv-z])\1$/, "$1");
  return cut.length > 3 && !SHORT.test(cut.slice(0, -1)) ? cut.replace(/e$/, "") : cut;
}

export const stemsOf = (text) =>
  wordsOf(text)
    .filter((word) => !FILLERS.has(word))
    .map(stem);
const STOP_STEMS = new Set([...STOP].map(stem));
export const saysNothing = (word) => word === "not" || STOP_STEMS.has(word);

// How many letters must be added, dropped, changed or swapped with a neighbour.
function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = [],
    last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

// The lay words: phrases with what they mean, and of each meaning its larger ones and its regions.
function lexiconOf(layWords) {
  const lexicon = { phrases: new Map(), starts: new Set(), larger: new Map(), regions: new Map() };
  for (const [concept, [regions, larger, ...words]] of Object.entries(layWords)) {
    lexicon.regions.set(concept, regions);
    lexicon.larger.set(concept, larger);
    for (const text of words) {
      const stems = stemsOf(text);
      const key = stems.join(" ");
      if (!key || key === "not") continue;
      const known = lexicon.phrases.get(key) ?? lexicon.phrases.set(key, []).get(key);
      if (!known.includes(concept)) known.push(concept);
      if (stems.length > 1) lexicon.starts.add(stems[0]);
    }
  }
  return lexicon;
}

// Cuts stems into units: the longest phrases of the lay words, and single words between them.
function unitsOf(stems, { phrases, starts, larger }) {
  const units = [];
  for (let at = 0, size; at < stems.length; at += size) {
    size = starts.has(stems[at]) ? Math.min(LONGEST_PHRASE, stems.length - at) : 1;
    while (size > 1 && !phrases.has(stems.slice(at, at + size).join(" "))) size--;
    const part = stems.slice(at, at + size);
    const concepts = phrases.get(part.join(" ")) ?? [];
    const said = part.filter((word) => !saysNothing(word));
    if (!concepts.length && !said.length) continue;
    units.push({
      at,
      size,
      stems: said,
      concepts,
      larger: concepts.flatMap((one) => larger.get(one)),
    });
  }
  return units;
}

const termsOf = (units) =>
  new Set(
    units.flatMap(({ stems, concepts }) => [...stems, ...concepts.map((concept) => `#${concept}`)]),
  );

const isPart = ({ concepts }, { regions }) => concepts.some((one) => regions.get(one).length);

// What a question must say so that a phrase raises a red flag. Pain is not asked for; and a name
// that says no more than a place raises none.
function needsOf({ units }, isName, lexicon) {
  const needs = units.filter(({ concepts }) => !concepts.includes(PAIN));
  return needs.some((unit) => !isName || !isPart(unit, lexicon)) ? needs : null;
}

// What the index says, ready for any number of questions.
export function prepare({ kinds, tiers, layWords, misspellings, pages, others }) {
  const lexicon = lexiconOf(layWords);
  const phraseOf = (words) => {
    const stems = stemsOf(words);
    const units = unitsOf(stems, lexicon);
    return { words, key: stems.join(" "), units, terms: termsOf(units) };
  };
  const rowOf = (row, names, said) => ({
    aliases: [],
    regions: [],
    listed: [],
    flag: null,
    needs: [],
    ...row,
    phrases: names.map(phraseOf),
    said: said.map(phraseOf),
    body: phraseOf(row.text).terms,
  });
  const order = Object.keys(tiers);
  const rows = pages.map(([kind, id, name, regions, text, aliases, said, flag, listed]) => {
    const [tier, action] = flag ?? [];
    const row = rowOf(
      {
        kind: kinds[kind],
        isRecord: true,
        url: `${kind}/${id}/`,
        id: `${kind}/${id}`,
        name,
        aliases,
        regions,
        listed,
        text,
        prior: PRIOR[kind] ?? 0.8,
        flag: flag && { tier, tierName: tiers[tier], order: order.indexOf(tier), action },
      },
      [name, ...aliases],
      said,
    );
    if (flag) {
      row.needs = [
        ...row.phrases.map((phrase) => needsOf(phrase, true, lexicon)),
        ...row.said.map((phrase) => needsOf(phrase, false, lexicon)),
      ].filter(Boolean);
    }
    return row;
  });
  for (const [url, name, text, headings] of others) {
    rows.push(rowOf({ kind: "", url, id: url, name, text, prior: 0.7 }, [name, ...headings], []));
  }
  // In how many rows a term is. Typos become words of names and lay words; those of texts stay.
  const counts = new Map();
  for (const { phrases, said } of rows) {
    const terms = new Set([...phrases, ...said].flatMap((phrase) => [...phrase.terms]));
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const words = new Set([
    ...counts.keys(),
    ...[...lexicon.phrases.keys()].flatMap((key) => key.split(" ")),
  ]);
  const known = new Set([...words, ...rows.flatMap((row) => [...row.body])]);
  return {
    rows,
    lexicon,
    counts,
    known,
    misspellings,
    words: [...words].filter((word) => word[0] !== "#" && word.length > 3),
  };
}

const own = (table, word) => (Object.hasOwn(table, word) ? table[word] : "");

// The stem of a word of a question; what is spelt like no known word becomes the nearest one.
function readWord(index, word, isLast) {
  const cut = stem(word);
  if (index.known.has(cut) || saysNothing(cut) || word.length < 4) return cut;
  // The last word may still be in the middle of being typed.
  const begun = isLast && index.words.find((other) => other.startsWith(word));
  if (begun) return begun;
  const limit = word.length < 7 ? 1 : 2;
  const bare = cut.replace(/e$/, "");
  let best = cut,
    apart = limit + 1;
  for (const other of index.words) {
    if (other[0] !== cut[0]) continue;
    // Letters are left out more often than changed, and the last one is seldom wrong.
    const now = Math.min(
      ...[cut, bare].map((form) => {
        const isOdd = other.length === form.length || other.at(-1) !== form.at(-1);
        return distance(form, other, limit) + (isOdd && other !== form ? 0.5 : 0);
      }),
    );
    if (now < apart) [best, apart] = [other, now];
  }
  return best;
}

const ageWord = (age) => (age < CHILD_BELOW ? " child " : age > OLD_ABOVE ? " elderly " : " ");

// The units of a question, and whether each is said not to be there: "no fever", "didn't fall".
function readQuestion(index, text) {
  const words = wordsOf(text.replace(AGE, (_, old, aged) => ageWord(old ?? aged)))
    .flatMap((word) => wordsOf(own(index.misspellings, word) || word))
    .filter((word) => !FILLERS.has(word));
  const stems = words.map((word, at) => readWord(index, word, at === words.length - 1));
  const units = unitsOf(stems, index.lexicon);
  for (const unit of units) {
    unit.isAbsent = !isPart(unit, index.lexicon) && ABSENT.includes(words[unit.at - 1]);
  }
  return { key: stems.join(" "), units };
}

function matchOf({ size, stems, concepts, larger }, terms) {
  const isMeant = concepts.some((one) => terms.has(`#${one}`));
  if (
    size > 1 && concepts.length ? isMeant : stems.length && stems.every((word) => terms.has(word))
  )
    return 1;
  if (isMeant) return 0.9;
  return larger.some((one) => terms.has(`#${one}`)) ? 0.6 : 0;
}

// The red flags of which a question says all that a phrase needs, and how much that is.
function raised(index, units, rarityOf) {
  const said = new Set();
  for (const { stems, concepts, larger, size, isAbsent } of units) {
    if (isAbsent) continue;
    for (const one of [...concepts, ...larger]) said.add(`#${one}`);
    if (size === 1) for (const word of stems) said.add(word);
  }
  const isSaid = ({ stems, concepts }) =>
    concepts.length
      ? concepts.some((one) => said.has(`#${one}`))
      : stems.every((word) => said.has(word));
  const weight = (needs) => needs.reduce((sum, unit) => sum + rarityOf(unit), 0);
  const flags = new Map();
  for (const row of index.rows) {
    const told = row.needs.filter((needs) => needs.every(isSaid)).map(weight);
    if (told.length) flags.set(row, Math.max(...told));
  }
  return flags;
}

// How well each row fits the units: by what its names and text say, and those of the signs that
// it lists; and by how much one name alone is like the question.
function score(index, units, isNamed, rarityOf) {
  const { rows, lexicon } = index;
  const byPhrase = rows.map((row) =>
    row.phrases.map((phrase) => units.map((unit) => matchOf(unit, phrase.terms))),
  );
  const matches = rows.map((row, at) =>
    units.map((unit, u) =>
      Math.max(0.5 * matchOf(unit, row.body), ...byPhrase[at].map((phrase) => phrase[u])),
    ),
  );
  const rarity = units.map((_, u) =>
    Math.log(1 + rows.length / (1 + matches.filter((match) => match[u] > FITS).length)),
  );
  const whole = rarity.reduce((sum, one) => sum + one, 0);
  const weigh = (match) => match.reduce((sum, one, u) => sum + one * rarity[u], 0);
  const isAsked = ({ stems, concepts }) =>
    units.some(
      (unit) =>
        concepts.some((one) => unit.concepts.includes(one)) ||
        stems.every((word) => unit.stems.includes(word)),
    );
  // What a name says beyond the question.
  const beyond = (phrase) =>
    phrase.units
      .filter((unit) => !isAsked(unit))
      .reduce((sum, { stems }) => sum + rarityOf({ stems, concepts: [] }), 0);
  const likes = rows.map((row, at) => {
    let best = 0,
      alias = "";
    row.phrases.forEach((phrase, p) => {
      const shared = weigh(byPhrase[at][p]);
      const like = shared && (2 * shared) / (whole + shared + beyond(phrase));
      if (like > best) [best, alias] = [like, phrase.words];
    });
    return [best, alias];
  });
  const places = units
    .map(({ concepts }) => concepts.flatMap((one) => lexicon.regions.get(one)))
    .filter((regions) => regions.length);
  return rows
    .map((row, at) => {
      const match = [...matches[at]];
      let [like, alias] = likes[at];
      for (const [other, typicality] of row.listed) {
        const share = LISTED[typicality];
        matches[other].forEach((one, u) => {
          match[u] = Math.max(match[u], share * one);
        });
        like = Math.max(like, share * likes[other][0]);
      }
      const isElsewhere =
        row.regions.length &&
        !row.regions.includes("whole-body") &&
        places.some((regions) => !regions.some((region) => row.regions.includes(region)));
      // Its own name was typed, or nearly so.
      const prior = isNamed(row) ? 1.2 : likes[at][0] > NEARLY_WHOLE ? 1.1 : row.prior;
      const fit = 0.6 * (weigh(match) / whole) + 0.4 * like;
      return {
        row,
        score: prior * (isElsewhere ? 0.7 : 1) * fit,
        alias: row.aliases.includes(alias) ? alias : "",
      };
    })
    .sort((a, b) => b.score - a.score || a.row.name.localeCompare(b.row.name));
}

// The red flags first, at most three; then the pages, best first.
export function rank(index, text) {
  const { rows, counts, lexicon } = index;
  const { key, units } = readQuestion(index, text);
  const isNamed = ({ phrases }) => phrases.some((phrase) => phrase.key === key);
  if (!units.length) {
    const named = rows
      .filter((row) => key && isNamed(row))
      .map((row) => ({ row, score: 1, alias: "" }));
    return {
      flags: named.filter(({ row }) => row.flag),
      pages: named.filter(({ row }) => !row.flag),
    };
  }
  const rarityOf = ({ stems, concepts }) =>
    Math.max(
      0,
      ...[...stems, ...concepts.map((one) => `#${one}`)].map((term) =>
        Math.log(1 + rows.length / (1 + (counts.get(term) ?? 0))),
      ),
    );
  // What is said twice in other words counts once.
  const once = units.filter(
    ({ concepts }, at) =>
      !concepts.length ||
      units.findIndex((other) => String(other.concepts) === String(concepts)) === at,
  );
  const found = score(index, once, isNamed, rarityOf);
  const alarms = raised(index, units, rarityOf);
  for (const row of rows) if (row.flag && isNamed(row)) alarms.set(row, Infinity);
  // The name of another page raises no alarm.
  if (rows.some((row) => !row.flag && isNamed(row))) {
    for (const row of alarms.keys()) if (!isNamed(row)) alarms.delete(row);
  }
  // No phrase says it, but nothing fits a sentence better, and more than one of its words does.
  const [first] = found;
  const fits = (unit) =>
    !isPart(unit, lexicon) &&
    !unit.concepts.includes(PAIN) &&
    !unit.isAbsent &&
    first.row.phrases.some((phrase) => matchOf(unit, phrase.terms) >= FITS);
  if (!alarms.size && first.row.flag && once.filter(fits).length > 1) alarms.set(first.row, 0);
  const flags = found
    .filter(({ row }) => alarms.has(row))
    .sort((a, b) => alarms.get(b.row) - alarms.get(a.row))
    .slice(0, MOST_FLAGS)
    .sort((a, b) => a.row.flag.order - b.row.flag.order);
  const others = found.filter((one) => !flags.includes(one));
  const least = Math.max(LEAST, LEAST_OF_BEST * others[0].score);
  return { flags, pages: others.filter((one) => one.score > least).slice(0, MOST_PAGES) };
}
