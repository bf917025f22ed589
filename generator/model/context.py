"""Records that conditions, signs and exercises lean on: places, tissues, causes, care, rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from generator.model.fields import (
    AtLeast,
    Between,
    Form,
    Phrase,
    Prose,
    Ref,
    Sentence,
    Short,
    Term,
    Wording,
)
from generator.model.record import SOURCE_HELP, Claim, Located, Record, Reviewed, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint(Located):
    """A corner of a shape on the body map, in centimetres, on one side of the body."""

    across: Annotated[int, Between(0, 20), "from the body's middle line outwards."]
    up: Annotated[int, Between(-3, 128), "above the floor."]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapShape(Located):
    """Where a region lies on the body map: its corners in order, on one side of the body.

    The other side mirrors it. A shape that begins and ends at `across: 0` covers the middle.
    What goes past the edge of the body is cut off, and can still be tapped.
    """

    front: Annotated[tuple[MapPoint, ...], "corners seen from the front, at least three."] = ()
    back: Annotated[tuple[MapPoint, ...], "corners seen from the back, at least three."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Record):
    """A part of the body. Red flags that name it hold for everything filed in it."""

    order: Annotated[int, "its position in lists, from head to foot."]
    summary: Annotated[Prose, "what hurts there, in a sentence or two."]
    on_home: Annotated[
        tuple[Annotated[str, Ref("signs")], ...],
        Wording(),
        "signs by which the home page lets readers start.",
    ] = ()
    shape: Annotated[MapShape | None, Wording(), "where it lies on the body map."] = None
    frames: Annotated[
        tuple[Annotated[str, Term("frames")], ...],
        Wording(),
        "close-ups that show it; spots of what is filed here lie on one of them.",
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tissue(Record):
    """What is hurt: tendon, bone, muscle …"""

    summary: Annotated[Prose, "what it is and how it heals, in a sentence or two."]
    red_flags: Annotated[
        tuple[Annotated[str, Ref("signs")], ...], "signs that must be seen soon."
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Record):
    """A family of exercises."""

    summary: Annotated[Sentence, "what they have in common."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause(Reviewed):
    """Something that may bring an injury about."""

    changeable: Annotated[bool, "true when a runner can change it."]
    summary: Annotated[Claim, "what it is, and how sure it is that it matters."]
    facts: Annotated[tuple[Claim, ...], "numbers, with who was studied."] = ()
    what_to_do: Annotated[tuple[Claim, ...], "how to change it."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment(Reviewed):
    """Care that a professional gives or advises."""

    summary: Annotated[Claim, "what it is."]
    facts: Annotated[tuple[Claim, ...], "what trials found."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Light(Located):
    """One moment of a pain rule in traffic-light words; a colour that can't happen is left out."""

    stop: Annotated[Sentence, "when to stop."]
    care: Annotated[Sentence, "when to take care."] = ""
    go: Annotated[Sentence, "when to go on."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PainRule(Record):
    """How much pain is all right: during a run, later that day, next morning."""

    summary: Annotated[Prose, "the rule in a sentence or two."]
    during: Annotated[Light, "during the run."]
    later: Annotated[Light, "later that day."]
    next_morning: Annotated[Light, "the next morning."]
    source: Annotated[Source, SOURCE_HELP]
    caution: Annotated[Prose, "how firm the numbers are."] = ""
    other_rules: Annotated[tuple[Claim, ...], "what other sources say."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Care(Record):
    """An urgency tier: how soon to be seen, and by whom. `name` is the tier's short name."""

    heading: Annotated[Phrase, "the heading of its card; above red flags it ends in for:"]
    action: Annotated[Prose, "what to do; {emergency} and the like become numbers to call."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Located):
    """A number to call, or whom to ask where there is none, as within a sentence."""

    before: Annotated[Phrase, "the words before the number."] = ""
    number: Annotated[
        Short,
        Form(r"[0-9](?:[0-9 -]*[0-9])?", "digits, in groups if need be, such as 9-8-8"),
        "the number as it is printed; its digits are dialled.",
    ] = ""
    after: Annotated[Phrase, "the words after it."] = ""


Calls = Annotated[tuple[Call, ...], AtLeast(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country(Record):
    """Whom to call in a country. Each list of calls fills its name in braces, as {emergency}."""

    emergency: Annotated[Calls, "the emergency number."]
    advice: Annotated[Calls, "whom to ask about urgent, not life-threatening, trouble."]
    crisis: Annotated[Calls, "whom to call or text about thoughts of suicide, with the verb."]
    source: Annotated[Source, SOURCE_HELP]
