"""What a runner feels or notices, in the runner's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal, get_args

from generator.model.fields import AtLeast, Phrase, Prose, Ref, Term, Text, Wording
from generator.model.record import SOURCE_HELP, Claim, Located, Reviewed, Source
from generator.model.spot import Spot

Tier = Literal["emergency", "same-day", "within-days"]
TIERS: Final[tuple[Tier, ...]] = get_args(Tier)
"""The most urgent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag(Located):
    """What makes a sign urgent: how soon, what to do, and what a clinician must rule out."""

    tier: Annotated[Tier, "emergency, same-day or within-days."]
    short: Annotated[
        str, Text(limit=60), "what it is called within a sentence, as in: cola-coloured urine."
    ]
    action: Annotated[Prose, "what to do now; {crisis} and the like become numbers to call."]
    why: Annotated[Prose, "what must be ruled out."]
    source: Annotated[Source, SOURCE_HELP]
    told_by: Annotated[
        tuple[Phrase, ...],
        Wording(),
        "sets of few words: search shows the flag when a sentence says all words of one set.",
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Reviewed):
    """A sign. How typical it is of a condition is with the condition."""

    regions: Annotated[tuple[Annotated[str, Ref("regions")], ...], AtLeast(1), "where it is felt."]
    spot: Annotated[Spot | None, Wording(), "the sore place on a close-up of the body."] = None
    kind: Annotated[str, Term("sign-kinds"), "pain, stiffness, swelling …"]
    when: Annotated[tuple[Annotated[str, Term("moments")], ...], AtLeast(1), "when it shows."]
    onset: Annotated[tuple[Annotated[str, Term("onsets")], ...], AtLeast(1), "how it begins."]
    summary: Annotated[Prose, "what it feels like."]
    what_to_do: Annotated[
        tuple[Claim, ...], AtLeast(1), "first steps that are safe whatever is behind it."
    ]
    red_flag: Annotated[RedFlag | None, "only for signs that must be seen soon."] = None

    @property
    def urgency(self) -> int:
        """Less where it is more urgent; most for a sign that is no red flag."""
        tier = self.red_flag.tier if self.red_flag else ""
        return TIERS.index(tier) if tier in TIERS else len(TIERS)
