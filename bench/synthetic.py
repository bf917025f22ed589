"""A made-up knowledge base of any size in the real YAML shape. The same seed gives the same bytes.

    python bench/synthetic.py DIR --conditions 300 --seed 1

What every knowledge base shares (words, care tiers, countries, policy) comes from data/.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

DATA = Path(__file__).parent.parent / "data"
SHARED = ("care", "countries", "glossary", "policy", "vocabulary")
FIRST_ONLY = {"groups": "hip-mobility", "lay-words": "stiff", "poses": "standing"}
"""Of these files, the one record that is needed."""
PLACES = ("heel", "arch", "shin", "calf", "knee", "thigh", "hip", "groin", "back")
HURTS = ("aches", "burns", "is stiff", "feels weak", "is sore", "pulls", "tingles")
WHENS = ("after a run", "on stairs", "in the morning", "at night", "on hills", "when you sit")
DOES = ("Cut your runs", "Walk each day", "Rest", "Slow down", "Use ice", "Ask for help")


class Maker:
    """Makes the records of one knowledge base."""

    def __init__(self, conditions: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.ids = {
            "conditions": _ids("condition", conditions),
            "signs": _ids("sign", max(12, conditions // 2)),
            "exercises": _ids("exercise", max(8, conditions // 2)),
            "references": _ids("study", max(6, conditions // 3)),
            "causes": _ids("cause", max(4, conditions // 10)),
            "treatments": _ids("care", max(4, conditions // 20)),
            "programmes": _ids("programme", 3),
            "regions": _ids("region", 7),
            "tissues": _ids("tissue", 6),
        }
        self.flags = self.ids["signs"][:8]
        self.plain_signs = self.ids["signs"][8:]

    def pick(self, kind: str, count: int) -> list[str]:
        return self.rng.sample(self.ids[kind], count)

    def text(self, sentences: int = 2) -> str:
        choose = self.rng.choice
        return " ".join(
            f"{choose(DOES)} when your {choose(PLACES)} {choose(HURTS)} {choose(WHENS)}."
            for _ in range(sentences)
        )

    def source(self) -> str | list[str]:
        return "general" if self.rng.random() < 0.5 else self.pick("references", 2)

    def claim(self) -> dict[str, object]:
        return {"text": self.text(), "source": self.source()}

    def claims(self, count: int) -> list[dict[str, object]]:
        return [self.claim() for _ in range(count)]

    def named(self, id_: str) -> dict[str, object]:
        return {"name": id_.replace("-", " ").capitalize(), "aliases": [f"also {id_}"]}

    def stage(self, number: int) -> dict[str, object]:
        exercises = [
            {
                "exercise": id_,
                "dose": {"sets": 3, "reps": "10-15", "per_side": True, "days_per_week": 3},
                "source": self.source(),
                "strength": "usual-practice",
            }
            for id_ in self.pick("exercises", 2)
        ]
        return {
            "name": f"Step {number}",
            "goal": self.text(1),
            "start_when": self.claims(1),
            "pain_limit": self.rng.randint(0, 5),
            "pain_source": "general",
            "exercises": exercises,
            "move_on_when": self.claims(1),
            "step_back_when": self.claims(1),
        }

    def condition(self, id_: str) -> dict[str, object]:
        place = self.rng.choice(PLACES)
        signs = self.rng.sample(self.plain_signs, 4)
        kinds = ("hallmark", "common", "common", "sometimes")
        return {
            **self.named(id_),
            "regions": self.pick("regions", 1),
            "tissue": self.pick("tissues", 1)[0],
            "levels": ["new", "experienced"],
            "answer": self.claim(),
            "serious": {"short": "Rarely", "source": self.source()},
            "runners": self.claims(2),
            "pattern": {
                "place": f"The {place}",
                "onset": "Little by little",
                "brought_on_by": f"Running {self.rng.choice(WHENS)}",
                "over_the_day": "Eases with rest",
                "not_typical": "Numb toes",
                "source": "general",
            },
            "signs": [
                {"sign": sign, "typicality": kind, "source": self.source(), "note": self.text(1)}
                for sign, kind in zip(signs, kinds, strict=True)
            ],
            "red_flags": [],
            "causes": [
                {"cause": cause, "note": self.text(1), "source": self.source()}
                for cause in self.pick("causes", 2)
            ],
            "can_i_run": {
                "verdict": self.rng.choice(("yes", "limits", "pause", "no")),
                "rule": "rule-1",
                "short": "Within limits",
                "answer": self.claim(),
                "advice": self.claims(2),
            },
            "self_care": {"do": self.claims(2), "dont": self.claims(2)},
            "stages": [self.stage(1), self.stage(2)],
            "recovery": {"short": "6 to 12 weeks", "facts": self.claims(1)},
            "treatments": [
                {
                    "treatment": treatment,
                    "verdict": "may-help",
                    "strength": "usual-practice",
                    "text": self.text(),
                    "source": self.pick("references", 2),
                }
                for treatment in self.pick("treatments", 2)
            ],
            "prevention": self.claims(1),
            "see_someone": {"short": "If it does not ease", "when": self.claims(1)},
            "confused_with": [
                {"condition": other, "tell": self.text(1), "source": "general"}
                for other in self.pick("conditions", 1)
                if other > id_
            ],
            "gaps": f"{self.text(1)} See [[{self.rng.choice(self.plain_signs)}]].",
            "review": {"state": "draft"},
        }

    def case(self, id_: str, condition: dict[str, object] | None) -> dict[str, object]:
        case = {"name": f"Case of {id_}", "age_band": "40 to 49", "story": self.text()}
        if condition is None:
            return case | {"signs": [id_], "red_flag": id_}
        signs = [edge["sign"] for edge in condition["signs"]]  # type: ignore[attr-defined]
        return case | {"signs": signs[:1], "leads_to": [id_]}

    def sign(self, id_: str) -> dict[str, object]:
        record = {
            **self.named(id_),
            "regions": self.pick("regions", 1),
            "kind": "pain",
            "when": ["during-run"],
            "onset": ["gradual"],
            "summary": self.text(),
            "what_to_do": self.claims(3),
            "review": {"state": "draft"},
        }
        if id_ in self.flags:
            tier = ("emergency", "same-day", "within-days")[self.flags.index(id_) % 3]
            text, why = self.text(1), self.text(1)
            flag = {"short": self.text(1)[:50], "action": text, "why": why, "source": "general"}
            record["red_flag"] = {"tier": tier, **flag}
            # So that each region has a red flag.
            record["regions"] = [self.ids["regions"][self.flags.index(id_) % 7]]
        return record

    def exercise(self, id_: str) -> dict[str, object]:
        return {
            **self.named(id_),
            "group": "hip-mobility",
            "regions": self.pick("regions", 1),
            "level": "start",
            "purpose": self.text(),
            "muscles": ["adductors"],
            "equipment": ["wall"],
            "steps": [self.text(1) for _ in range(4)],
            "dose": {"sets": 3, "reps": 10},
            "dose_source": self.source(),
            "dose_strength": "usual-practice",
            "feel": self.text(1),
            "mistakes": [self.text(1), self.text(1)],
            "cautions": self.claims(1),
            "review": {"state": "draft"},
        }

    def programme(self, id_: str) -> dict[str, object]:
        step = {"name": "Step 1", "source": "general", "sessions": 3, "total_minutes": 30}
        return {
            **self.named(id_),
            "regions": self.pick("regions", 1),
            "purpose": self.claim(),
            "for_whom": self.claims(1),
            "start_when": self.claims(1),
            "sessions": self.claim(),
            "steps": [step | {"intervals": [{"run_seconds": 60, "walk_seconds": 60}]}],
            "step_up_when": self.claims(1),
            "step_down_when": self.claims(1),
            "rule": "rule-1",
            "review": {"state": "draft"},
        }

    def files(self) -> Iterator[tuple[str, dict[str, object]]]:
        """Each file's stem with its records."""
        light = {"stop": self.text(1), "care": self.text(1), "go": self.text(1)}
        rule = {"name": "Rule 1", "summary": self.text(), "source": "general"}
        moments = {"during": light, "later": dict(light), "next_morning": dict(light)}
        yield "pain-rules", {"rule-1": rule | moments}
        makers = {
            "conditions": self.condition,
            "signs": self.sign,
            "exercises": self.exercise,
            "programmes": self.programme,
            "references": lambda id_: {
                "name": f"{id_.capitalize()}",
                "title": f"What helps runners, part {id_}",
                "authors": "Nobody N et al",
                "published_in": "A journal that does not exist",
                "kind": "cohort",
                "year": self.rng.randint(1990, 2025),
            },
            "causes": lambda id_: {
                **self.named(id_),
                "changeable": self.rng.random() < 0.5,
                "summary": self.claim(),
                "review": {"state": "draft"},
            },
            "treatments": lambda id_: {
                **self.named(id_),
                "summary": self.claim(),
                "review": {"state": "draft"},
            },
            "regions": lambda id_: {
                **self.named(id_),
                "order": int(id_[-4:]),
                "summary": self.text(),
            },
            "tissues": lambda id_: {"name": id_.replace("-", " "), "summary": self.text()},
        }
        cases: dict[str, object] = {}
        for kind, make in makers.items():
            records = {id_: make(id_) for id_ in self.ids[kind]}
            if kind == "conditions":
                cases = {f"case-of-{id_}": self.case(id_, made) for id_, made in records.items()}
            yield kind, records
        flags = {f"case-of-{id_}": self.case(id_, None) for id_ in self.flags}
        yield "vignettes", cases | flags


def write(target: Path, conditions: int, seed: int) -> None:
    """Write the data folder."""
    target.mkdir(parents=True, exist_ok=True)
    for name in SHARED:
        text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
        (target / f"{name}.yaml").write_text(_without_references(text), encoding="utf-8")
    for name, id_ in FIRST_ONLY.items():
        text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
        record = re.search(rf"^{id_}:\n(?:[ #].*\n)+", text, re.MULTILINE)
        assert record
        (target / f"{name}.yaml").write_text(record[0], encoding="utf-8")
    for name, records in Maker(conditions, seed).files():
        text = yaml.dump(records, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
        (target / f"{name}.yaml").write_text(text, encoding="utf-8")


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: object) -> bool:
        return True


def _without_references(text: str) -> str:
    """A file whose sources are those of data/, which are not shared."""
    return re.sub(r"source: \[.*\]", "source: general", text)


def _ids(stem: str, count: int) -> list[str]:
    return [f"{stem}-{number:04}" for number in range(1, count + 1)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path)
    parser.add_argument("--conditions", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.target, asked.conditions, asked.seed)
