"""Claims that a reader can misread: odds, shares of nobody, borrowed results, pointing words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small import change, findings_of, sound_copy

from generator.library.library import Library
from generator.library.readability import reader_texts
from generator.model.kinds import READ_KINDS

CLAIM = """\
    - text: Many runners get it at some time.
      source: general
"""
"""A claim on the page of the heel, filed under the foot."""


def codes(tmp_path: Path, text: str, source: str = "[rathleff-2015]") -> list[str]:
    """The findings when a claim of the sound library says this."""
    data = sound_copy(tmp_path)
    with (data / "policy.yaml").open("a", encoding="utf-8") as policy:
        policy.write("  population_words: [runner, people, man, men]\n")
    change(data / "conditions.yaml", CLAIM, f'    - text: "{text}"\n      source: {source}\n')
    return [code for _, _, code in findings_of(data)]


@pytest.mark.parametrize(
    "text",
    [
        "Runners with a past injury had 5 times the odds of another.",
        "In 40 runners, the odds were 12.7 times higher.",
        "Runners who trained had better odds.",
        "Odds of getting well were 2.35 times those of other runners.",
    ],
)
def test_odds_are_no_chances(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, text) == ["odds-without-words"]


def test_an_odds_ratio_is_called_so(tmp_path: Path) -> None:
    text = "Runners who were hurt before were hurt more (odds ratio 4.99, range 2.91 to 8.56)."
    assert codes(tmp_path, text) == []


@pytest.mark.parametrize(
    "share",
    [
        "12%",
        "12 per cent",
        "9.1% to 10.9%",
        "13.6 to 20.0%",
        "3 in 10",
        "3 in every 10",
        "38 of 65",
        "One in three",
        "88 per 100,000",
    ],
)
def test_a_share_says_of_whom(tmp_path: Path, share: str) -> None:
    assert codes(tmp_path / "nobody", f"{share} got well.") == ["population-missing"]
    assert codes(tmp_path / "runners", f"{share} got well in a trial of new runners.") == []
    assert codes(tmp_path / "usual", f"{share} got well.", source="general") == []


@pytest.mark.parametrize(
    "text",
    [
        "The plan cut pain by 6.0%.",
        "Cut your steps by 10 to 20% at first.",
        "Take 5 to 10% quicker steps.",
        "It used 38% to 40% of the full effort.",
        "Stay within 10% of your longest run.",
        "Of the plans, 4 of 7 trials were in favour.",
        "Keep pain at 3 out of 10 or less.",
    ],
)
def test_a_change_or_a_limit_is_no_share(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, text) == []


def test_no_word_list_no_finding(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(data / "conditions.yaml", CLAIM, CLAIM.replace("Many", "12%").replace("runners ", ""))
    change(
        data / "conditions.yaml",
        "12% get it at some time.\n      source: general",
        "12% get it at some time.\n      source: [rathleff-2015]",
    )
    assert findings_of(data) == []


def borrowed(tmp_path: Path, text: str, region: str, source: str = "[rathleff-2015]") -> list[str]:
    """The findings when the claim's source is about this region and studied the shin."""
    data = sound_copy(tmp_path)
    change(
        data / "references.yaml",
        "  url: https://example.org/rathleff\n",
        f"  url: https://example.org/rathleff\n  holds_for: [{region}]\n  studied: shin\n",
    )
    text = (
        (data / "conditions.yaml")
        .read_text(encoding="utf-8")
        .replace("source: [rathleff-2015]", "source: general")
        .replace(CLAIM, f"    - text: {text}\n      source: {source}\n")
    )
    (data / "conditions.yaml").write_text(text, encoding="utf-8")
    return [code for _, _, code in findings_of(data)]


def test_a_borrowed_result_says_so(tmp_path: Path) -> None:
    plain = "Runners come back once they walk without pain."
    named = "Runners come back once they walk without pain, says shin-bone research."
    both = "[rathleff-2015, alfredson-1998]"
    assert borrowed(tmp_path / "away", plain, "whole-body") == ["borrowed-without-words"]
    assert borrowed(tmp_path / "named", named, "whole-body") == []
    assert borrowed(tmp_path / "home", plain, "foot") == []
    assert borrowed(tmp_path / "both", plain, "whole-body", both) == []


@pytest.mark.parametrize(
    "tell",
    [
        "That pain sits lower.",
        "A strain hurts for days, while this lets go.",
        "Pain from this tendon sits behind.",
        "These hurt at night.",
    ],
)
def test_a_tell_names_its_condition(tmp_path: Path, tell: str) -> None:
    data = sound_copy(tmp_path)
    change(
        data / "conditions.yaml",
        "tell: The heel is sore from below, the tendon from behind.",
        f"tell: {tell}",
    )
    assert [code for _, _, code in findings_of(data)] == ["pointing-tell"]


def test_words_inside_a_tell_may_be_that(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(
        data / "conditions.yaml",
        "tell: The heel is sore from below, the tendon from behind.",
        "tell: Plantar fasciitis is a pain that warms up. Achilles pain sits behind.",
    )
    assert findings_of(data) == []


URGENT = re.compile(
    r"\b(hot|fever|snaps?|pop|popped|throbs?|throbbing|breathless|very painful|swells? (a lot|fast)"
    r"|(swelled|is|are|very) (a lot|swollen)|cannot (straighten|lift|stand))\b",
    re.IGNORECASE,
)
WHEN = re.compile(r"same day|today|emergency|straight away|\bnow\b|within days", re.IGNORECASE)
KNOWN_HARM = re.compile(r"\b(linked|reported)\b")


def test_what_cannot_wait_says_when(library: Library) -> None:
    assert [
        (condition.id, claim.text)
        for condition in library.conditions.values()
        for claim in condition.see_someone.when
        if URGENT.search(claim.text) and not WHEN.search(claim.text)
    ] == []


def test_a_typical_warning_sign_stops_the_runs(library: Library) -> None:
    assert [
        (condition.id, edge.sign)
        for condition in library.conditions.values()
        for edge in condition.signs
        if edge.typicality != "sometimes" and library.signs[edge.sign].red_flag
        if condition.can_i_run.verdict not in {"pause", "no"}
    ] == []


def test_a_steroid_injection_names_its_harm(library: Library) -> None:
    texts = [
        edge.text
        for condition in library.conditions.values()
        for edge in condition.treatments
        if "steroid injection" in edge.text
    ]
    assert len(texts) > 5
    assert [text for text in texts if not KNOWN_HARM.search(text)] == []


def told(library: Library, words: str) -> list[str]:
    """Every text of the data that has these words, as readers see it."""
    return [
        text
        for kind in READ_KINDS
        for record in library.of_kind(kind.name).values()
        for text, _ in reader_texts(record, library)
        if re.search(words, text)
    ]


def test_tendon_pain_on_an_antibiotic_stops_the_tablets(library: Library) -> None:
    flag = library.signs["tendon-pain-on-antibiotics"].red_flag
    assert flag and flag.tier == "same-day" and flag.action.startswith("Stop the tablets")
    assert [
        condition.id
        for condition in library.conditions.values()
        if condition.tissue == "tendon"
        if not any(
            "ciprofloxacin" in claim.text and "stop the tablets and call today" in claim.text
            for claim in condition.see_someone.when
        )
    ] == []


def test_steroid_tablets_are_never_stopped_alone(library: Library) -> None:
    advice = [claim.text for claim in library.causes["medicines"].what_to_do]
    assert any(text.startswith("Never stop steroid tablets on your own.") for text in advice)
    assert not told(library, "(?<!Never )[Ss]top (the |your )?steroid tablets")


def test_a_twisted_testicle_is_an_emergency(library: Library) -> None:
    flag = library.signs["sudden-testicle-pain"].red_flag
    assert flag and flag.tier == "emergency" and "now" in flag.action


@pytest.mark.parametrize(
    ("sign", "tier"),
    [
        ("child-with-limp", "same-day"),
        ("child-cannot-bear-weight", "emergency"),
        ("child-limp-with-fever", "emergency"),
    ],
)
def test_a_child_that_limps_is_seen_today(library: Library, sign: str, tier: str) -> None:
    record = library.signs[sign]
    assert record.red_flag and record.red_flag.tier == tier
    assert {"hip-and-pelvis", "thigh", "knee"} <= {*record.regions}


def test_ten_days_are_for_a_sprain(library: Library) -> None:
    texts = told(library, r"\b10 days\b")
    assert len(texts) > 3
    assert [text for text in texts if not re.search("sprain|do not hold", text)] == []
    assert len(told(library, "clinician fitted|as long as your doctor says")) > 1


def test_a_clot_can_come_with_a_cast(library: Library) -> None:
    for sign in ("hot-swollen-calf", "sudden-breathlessness"):
        advice = " ".join(claim.text for claim in library.signs[sign].what_to_do)
        for risk in ("cast or boot", "surgery", "cancer", "past clot", "birth", "none of these"):
            assert risk in advice


def test_anti_inflammatory_tablets_need_a_pharmacist(library: Library) -> None:
    texts = [
        edge.text
        for condition in library.conditions.values()
        for edge in condition.treatments
        if edge.treatment == "pain-relief-medicine" and "anti-inflammatory" in edge.text.lower()
    ]
    assert len(texts) > 2
    assert [text for text in texts if "pharmacist" not in text or "pregnancy" not in text] == []
    races = told(library, "[Kk]idney injury was found")
    assert len(races) > 2
    assert [text for text in races if "before or during a race" not in text] == []
    assert [text for text in races if "too small to be sure" not in text] == []


def test_an_old_review_counts_no_share_of_runners(library: Library) -> None:
    texts = told(library, r"13\.6% to 20\.0%|9\.1% to 10\.9%|4\.5% to 10\.0%")
    assert len(texts) > 3
    assert [text for text in texts if "differ in how they count" not in text] == []


def test_bleeding_on_hormones_does_not_show_enough_food(library: Library) -> None:
    warned = {
        condition.id
        for condition in library.conditions.values()
        for edge in condition.causes
        if edge.cause == "low-energy-intake" and "monthly bleeding does not show" in edge.note
    }
    assert {
        name for name in library.conditions if "stress" in name and "fracture" in name
    } <= warned
    assert told(library, "no reason to stop it as contraception")


def test_running_after_a_birth_has_both_sides(library: Library) -> None:
    assert [text for text in told(library, "first 3 months") if "2019" not in text] == []
    for record in (library.causes["pregnancy-and-birth"], library.signs["pelvic-floor-symptoms"]):
        advice = " ".join(text for text, _ in reader_texts(record, library))
        assert "2019" in advice and "2024" in advice


def test_canada_has_its_lines(library: Library) -> None:
    canada = library.countries["ca"]
    assert [call.number for call in canada.crisis] == ["9-8-8"]
    assert [call.number for call in canada.advice] == ["811"]
    assert "Info-Santé" in canada.advice[0].after


def test_how_serious_it_is_says_when(library: Library) -> None:
    assert [
        (condition.id, condition.serious.short)
        for condition in library.conditions.values()
        if "red flag" in condition.serious.short.lower()
        or not re.search(f"{WHEN.pattern}|at once", condition.serious.short)
    ] == []


def test_a_dose_is_from_the_trial_that_gives_it(library: Library) -> None:
    assert library.exercises["heel-drop"].dose_source.references == ("alfredson-1998",)
