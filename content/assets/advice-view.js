// What the page's own rule says of an entry, quoted with its sources, and the red flags where pain
// has jumped.
import { dayText } from "./day.js";
import { button, element, fill, list, withCalls } from "./dom.js";
import { adviceOn, idOf } from "./pain-advice.js";
import { redFlagsOf } from "./programme-words.js";

export const titleOf = ({ words, data }, entry) =>
  fill(words.diary[entry.kind], {
    date: dayText(entry.on),
    name: data.conditions[idOf(entry)]?.name ?? words.diary.noCondition,
  });

// The red flags of a condition, one tier after the other, the most dangerous first. `none` hears
// that none fits.
function flagQuestion(about, condition, none) {
  const { words } = about;
  const tiers = redFlagsOf(about, [{ condition }]);
  const slot = element("div");
  const show = (at) => {
    const tier = tiers[at];
    const next = () => {
      show(at + 1);
      slot.firstChild.focus();
      if (at + 1 === tiers.length) none?.();
    };
    slot.replaceChildren(
      element("h4", { tabindex: "-1" }, tier ? words.diary.flags : words.diary.noFlags),
    );
    if (tier)
      slot.append(
        element("p", { class: "sg-quiet" }, words.diary.whyFlags),
        element(
          "div",
          { class: `sg-care sg-care--${tier.id}` },
          element("p", { class: "sg-care__head" }, tier.heading),
          element(
            "div",
            { class: "sg-care__body" },
            list(tier.names),
            element("p", { class: "sg-care__do" }, withCalls(tier.action, words.numbers)),
          ),
        ),
        button(words.diary.noneFits, next),
      );
  };
  if (tiers.length) show(0);
  return slot;
}

// `asked` hears that no red flag fits.
export function adviceView(about, entry, diary, asked) {
  const { root, words, data } = about;
  const { rule, verdict, because, jump } = adviceOn(data, entry, diary);
  const quote = ({ moment, sentence, limit }) => [
    `${words.diary.moments[moment]}: `,
    sentence
      ? element("q", {}, sentence)
      : fill(words.diary.overLimit, { limit, pain: entry.pain.during }),
  ];
  const link = ([name, url]) => [" ", element("a", { href: root.dataset.root + url }, name)];
  return element(
    "div",
    { class: `sg-verdict sg-verdict--${verdict}` },
    element("h3", { tabindex: "-1" }, words.diary.verdicts[verdict || "open"]),
    element("p", { class: "sg-quiet" }, titleOf(about, entry)),
    verdict && element("p", {}, words.diary.does[verdict]),
    jump && !entry.asked && flagQuestion(about, idOf(entry), asked),
    verdict && list(because.map(quote)),
    verdict &&
      element(
        "details",
        { class: "sg-details", id: `why-${entry.id}` },
        element("summary", {}, fill(words.diary.by, rule)),
        element(
          "p",
          {},
          words.diary.sources,
          rule.sources.length ? rule.sources.map(link) : words.diary.general,
        ),
        rule.caution && element("p", {}, rule.caution),
      ),
  );
}
