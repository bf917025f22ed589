"""Typos that a physiotherapist makes in GitHub's web editor: each is told once, with its cure."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st
from small import ROOT, change, sound_copy

from generator import cli
from generator.changes.edits import read_text
from generator.checking import load_and_check
from generator.diagnostics import RULES, Diagnostic
from generator.model.kinds import KINDS, Kind
from generator.reading.composing import compose
from generator.reading.follow_ups import ELSEWHERE, LOOSE, WITHIN
from generator.reading.load import expected_of
from generator.reading.nodes import Mapping, Node, Scalar, Sequence

TEXTS: Final = {k.name: (ROOT / "data" / k.file).read_text(encoding="utf-8") for k in KINDS}
NOTE: Final = "      note: It eases after a few steps.\n"
DOSE: Final = "dose: {reps: 10, hold_seconds: 10, times_per_day: 3}"
BY_DAY: Final = "over_the_day: It warms up and comes back later"
TEXT: Final = "      You can often ease it yourself.\n"
FOLDED: Final = "    text: >-\n      This is pain under the heel from a sore band of tissue.\n"

Typo = tuple[str, str, str, str, str]
"""What stood there, what is written instead, and of the finding: line, message, cure."""

TYPOS: Final[dict[str, Typo]] = {
    "a tab": (
        "  tissue: fascia\n", "\ttissue: fascia\n", "tissue",
        "A line must be indented by blanks, and this one has a tab.",
        "Delete what stands before `tissue`, and type 2 blanks.",
    ),
    "a blank that is none": (
        "  tissue: fascia\n", "\u00a0 tissue: fascia\n", "tissue", "that looks like a blank",
        "type 2 blanks",
    ),
    "no colon": (
        "  tissue: fascia\n", "  tissue fascia\n", "tissue",
        "After `tissue` there must be a colon.", "Write `tissue: fascia`.",
    ),
    "no colon before a group": (
        "  pattern:\n", "  pattern\n", "pattern", "After `pattern` there must be a colon.",
        "Write `pattern:`.",
    ),
    "no blank after a colon": (
        "  tissue: fascia\n", "  tissue:fascia\n", "tissue",
        "After `tissue:` there must be a blank.", "Write `tissue: fascia`.",
    ),
    "no blank after a colon in a dose": (
        DOSE, DOSE.replace("reps: 10", "reps:10"), "dose", "must not have the field `reps:10`",
        "Write a blank after the colon: `reps: 10`.",
    ),
    "no blank after a hyphen": (
        "    - sign: arch-pain\n", "    -sign: arch-pain\n", "-sign",
        "After the hyphen of a list there must be a blank.", "Write `- sign: arch-pain`.",
    ),
    "one blank too many": (
        "  tissue: fascia\n", "   tissue: fascia\n", "tissue",
        "`tissue` must line up with its neighbours: it stands after 3 blanks, and must stand "
        "after 2.", "Delete 1 blank at the start of the line.",
    ),
    "one blank too few": (
        "    - sign: arch-pain\n", "   - sign: arch-pain\n", "arch-pain",
        "stands after 3 blanks, and must stand after 4.",
        "Add 1 blank at the start of the line.",
    ),
    "no indent": (
        "  tissue: fascia\n", "tissue: fascia\n", "tissue",
        "`tissue` must be indented: it is a field of the record above.", "Add 2 blanks",
    ),
    "an id that is indented": (
        "plantar-fasciitis:\n", " plantar-fasciitis:\n", "plantar-fasciitis:",
        "`plantar-fasciitis` must stand at the start of its line: it is the id of a record.",
        "Delete 1 blank at the start of the line.",
    ),
    "text out of line": (
        TEXT, TEXT[2:], "You can often", "`You can often ease it yo…` must line up",
        "Add 2 blanks at the start of the line.",
    ),
    "a hyphen lost": (
        "    - cause: age\n", "      cause: age\n", "cause: age",
        "`cause` must stand only once in an item of a list.", "write `- cause:`",
    ),
    "curly quotation marks": (
        NOTE, NOTE.replace("It eases after a few steps.", "“Note: it eases.”"), "“",
        "Quotation marks round a text must be straight ones.", 'Write `note: "Note: it eases."`.',
    ),
    "curly quotation marks that YAML takes": (
        NOTE, NOTE.replace("It eases after a few steps.", "“It eases.”"), "“",
        "`note` must not be wrapped in curly quotation marks", "straight ones",
    ),
    "an unknown field": (
        "  tissue: fascia\n", "  tissue: fascia\n  severity: high\n", "severity",
        "must not have the field `severity`.", "It can have: name, ",
    ),
    "a misspelt field": (
        "  tissue: fascia\n", "  Tisue: fascia\n", "Tisue", "must not have the field `Tisue`.",
        "Did you mean `tissue`?",
    ),
    "half the name of a field": (
        DOSE, DOSE.replace("hold_seconds", "seconds"), "dose", "must not have the field `seconds`",
        "Say which one: `hold_seconds`, `work_seconds`, ",
    ),
    "a misspelt id": (
        "      typicality: hallmark\n      note: It eases after a few steps.\n"
        "      source: [rathleff-2015]",
        "      typicality: hallmark\n      note: It eases after a few steps.\n"
        "      source: [ratleff-2015]", "ratleff",
        "`ratleff-2015` must be the id of a record in references.yaml.",
        "Did you mean `rathleff-2015`?",
    ),
    "a semicolon between ids": (
        "      You can often ease it yourself.\n    source: [rathleff-2015]",
        "      You can often ease it yourself.\n    source: [rathleff-2015; alfredson-1998]",
        "alfredson", "must be the id of a record in references.yaml.",
        "Put a comma between two ids",
    ),
    "general in brackets": (
        "    not_typical: Numb toes\n    source: general",
        "    not_typical: Numb toes\n    source: [general]", "[general]",
        "`general` must be the id", "Write `source: general`, without brackets.",
    ),
    "a name where an id must be": (
        "exercise: calf-stretch\n          dose: {reps: 10, h", "exercise: Calf stretch\n"
        "          dose: {reps: 10, h", "Calf stretch", "`Calf stretch` must be the id",
        "Did you mean `calf-stretch`?",
    ),
    "a unit": (
        DOSE, DOSE.replace("reps: 10", "reps: 10 reps"), "dose", "and this is `10 reps`.",
        "Write only the number: `10`.",
    ),
    "another unit": (
        DOSE, DOSE.replace("hold_seconds: 10", "hold_seconds: 1 minute"), "dose",
        "and this is `1 minute`.", "Write it in seconds: `60`.",
    ),
    "a dose as it is said": (
        DOSE, "dose: 3x15", "dose", "must have fields such as", "Write `{sets: 3, reps: 15}`.",
    ),
    "sets and repetitions in one": (
        DOSE, "dose: {sets: 3 x 15}", "dose", "and this is `3 x 15`.",
        "Write sets and repetitions apart: `sets: 3, reps: 15`.",
    ),
    "a range in words": (
        DOSE, DOSE.replace("reps: 10", "reps: 10 to 15"), "dose", "a range such as 10-15",
        "Write `10-15`.",
    ),
    "a number out of ten": (
        "      pain_limit: 5\n      pain_source: general\n      exercises:\n"
        "        - exercise: calf-stretch",
        "      pain_limit: 5/10\n      pain_source: general\n      exercises:\n"
        "        - exercise: calf-stretch", "5/10", "must be a whole number", "Write `5`.",
    ),
    "no comma in a dose": (
        DOSE, DOSE.replace("reps: 10,", "reps: 10"), "dose",
        "Between two entries in braces there must be a comma.", f"Write `{DOSE}`.",
    ),
    "a brace that is not closed": (
        DOSE, DOSE[:-1], "dose", "The brace `{` must close.", "Add `}` at the end of the line.",
    ),
    "a bracket that is not closed": (
        "levels: [new, experienced]", "levels: [new, experienced", "levels",
        "The bracket `[` must close.", "Add `]` at the end of the line.",
    ),
    "a field twice": (
        "  tissue: fascia\n", "  tissue: fascia\n  tissue: bone\n", "bone",
        "`tissue` must stand only once here.", "Keep one of the two and delete the other.",
    ),
    "an empty list": (
        "  regions: [foot]\n  tissue: fascia", "  regions: []\n  tissue: fascia", "regions",
        "`regions` must have at least 1 item.", "Add what is missing: in [ ]",
    ),
    "a field deleted": (
        "    place: Under the heel\n", "", "pattern:",
        "`pattern` must have the field `place`.", "Add `place:`",
    ),
    "a long sentence": (
        NOTE, f"      note: It eases {'and eases ' * 10}again.\n", "It eases and",
        "A sentence must have at most 20 words", "Make two sentences of it.",
    ),
    "a colon in text": (
        NOTE, "      note: Note: it eases.\n", "Note:",
        "Text with a colon in it must stand in double quotation marks.",
        'Write `note: "Note: it eases."`.',
    ),
    "an apostrophe in single quotation marks": (
        NOTE, "      note: 'The day's first steps.'\n", "The day",
        "Text with an apostrophe must stand in double quotation marks.",
        """Write `note: "The day's first steps."`.""",
    ),
    "quotation marks within quotation marks": (
        NOTE, '      note: "The "first" steps."\n', "first",
        "Text in double quotation marks must not hold a third one.",
        """Write `note: "The 'first' steps."`.""",
    ),
    "a quotation that ends too soon": (
        NOTE, '      note: "First" steps.\n', "First",
        "Text that starts with a quotation mark must end with it.",
        """Write `note: "'First' steps."`.""",
    ),
    "a quotation that does not end": (
        NOTE, '      note: "It eases.\n', "It eases", "The quotation mark that opens here must",
        'Write `note: "It eases."`.',
    ),
    "a sign that YAML keeps for itself": (
        NOTE, "      note: **First** steps.\n", "First",
        "Text that starts with `*` must stand in double quotation marks.",
        'Write `note: "**First** steps."`.',
    ),
    "yes": (
        "dose: {sets: 3, reps: 15, per_side: true}\n",
        "dose: {sets: 3, reps: 15, per_side: yes}\n", "per_side: yes",
        "`per_side` must be true or false, and this is `yes`.", "Write `true`.",
    ),
    "No": (
        "    verdict: limits\n    rule: mild-pain-rule\n    short: Often yes, but less",
        "    verdict: Limits\n    rule: mild-pain-rule\n    short: Often yes, but less", "Limits",
        "must be one of the known words, not `Limits`.", "Did you mean `limits`?",
    ),
    "a number sign in text": (
        NOTE, "      note: It starts in toe #1 and #2.\n", "toe #1",
        "must stand in quotation marks to hold `#`: without them, what follows is left out, here "
        "`#1 and #2.`.", 'Put double quotation marks (") round the whole text; or, if this is',
    ),
    "a number sign that begins a text": (
        NOTE, "      note: #1 of all signs.\n", "#1 of all",
        "must stand in quotation marks to hold `#`", "round the whole text",
    ),
    "a comment behind a text": (
        NOTE, NOTE[:-1] + "  # Ask Sam.\n", "# Ask Sam",
        "must stand in quotation marks to hold `#`", "put it on a line of its own.",
    ),
    "a number sign in the first line of a text": (
        NOTE, "      note: It starts in toe #1\n        and ends in the heel.\n", "toe #1",
        "Text that holds ` #` must stand in double quotation marks.",
        'Put one (") before the first word of the text, and one behind its last.',
    ),
    "a number sign in a list": (
        "aliases: [Plantar heel pain]", "aliases: [Plantar heel pain, Heel pain #1]", "aliases",
        "Text that holds ` #` must stand in double quotation marks.", 'Write `"Heel pain #1"`.',
    ),
    "a blank after a colon that is none": (
        "    place: Under the heel\n", "    place:\u00a0Under the heel\n", "place",
        "After `place` there must be an ordinary colon and an ordinary blank.",
        "Delete what stands between `place` and its value, and type `: ` there.",
    ),
    "a wide colon": (
        "    place: Under the heel\n", "    place\uff1aUnder the heel\n", "place",
        "After `place` there must be an ordinary colon", "type `: ` there.",
    ),
    "a bullet of a word processor": (
        "    - cause: age\n", "    • cause: age\n", "• cause: age",
        "An item of a list must start with a hyphen and a blank.", "Write `- cause: age`.",
    ),
    "an asterisk for a hyphen": (
        "    - cause: age\n", "    * cause: age\n", "* cause: age",
        "An item of a list must start with a hyphen and a blank.", "Write `- cause: age`.",
    ),
    "a dash for a hyphen": (
        "    - cause: age\n", "    – cause: age\n", "– cause: age",
        "An item of a list must start with a hyphen and a blank.", "Write `- cause: age`.",
    ),
    "numbered items": (
        "    - cause: age\n", "    2. cause: age\n", "2. cause: age",
        "An item of a list must start with a hyphen and a blank.", "Write `- cause: age`.",
    ),
    "a hyphen and its blank lost": (
        "    - cause: age\n", "    cause: age\n", "cause: age",
        "An item of a list must start with a hyphen and a blank.", "Write `- cause: age`.",
    ),
    "a tab after a hyphen": (
        "    - cause: age\n", "    -\tcause: age\n", "cause: age",
        "After the hyphen of a list there must be a blank.", "Write `- cause: age`.",
    ),
    "text that begins in brackets": (
        NOTE, "      note: [At dawn] it is worst.\n", "At dawn",
        "Text that starts with `[` must stand in double quotation marks.",
        'Write `note: "[At dawn] it is worst."`.',
    ),
    "text that begins in braces": (
        NOTE, "      note: {At dawn} it is worst.\n", "At dawn",
        "Text that starts with `{` must stand in double quotation marks.",
        'Write `note: "{At dawn} it is worst."`.',
    ),
    "text that begins with a call": (
        NOTE, "      note: !Stiff at dawn.\n", "Stiff",
        "Text must not start with `!` outside of quotation marks, and here is `!Stiff`.",
        "Wrap the text in double quotation marks",
    ),
    "text in brackets": (
        NOTE, "      note: [It is stiff.]\n", "[It is stiff.]",
        "`note` must be text, and this is a list.", "or starts with a bracket.",
    ),
    "text that goes on at the start of a line": (
        TEXT, TEXT.lstrip(), "You can often", "`You can often ease it yo…` must line up",
        "Add 6 blanks at the start of the line.",
    ),
    "a dose without braces": (
        DOSE, DOSE.replace("{", "").replace("}", ""), "dose",
        "Several fields on one line must stand in braces.", f"Write `{DOSE}`.",
    ),
    "a dose in round brackets": (
        DOSE, DOSE.replace("{", "(").replace("}", ")"), "dose",
        "Several fields on one line must stand in braces.", f"Write `{DOSE}`.",
    ),
    "a dose in square brackets": (
        DOSE, DOSE.replace("{", "[").replace("}", "]"), "dose",
        "must have fields such as", "Put the fields in { } and not in [ ]",
    ),
    "a range with its unit": (
        DOSE, DOSE.replace("reps: 10", "reps: 10 – 15 reps"), "dose",
        "and this is `10 – 15 reps`.", "Write only the numbers: `10-15`.",
    ),
    "an equals sign": (
        "  tissue: fascia\n", "  tissue = fascia\n", "tissue",
        "After `tissue` there must be a colon.", "Write `tissue: fascia`.",
    ),
    "a comma at the end of a line": (
        "  tissue: fascia\n", "  tissue: fascia,\n", "fascia,",
        "`fascia,` must be the id of a record in tissues.yaml.", "Did you mean `fascia`?",
    ),
    "an id in round brackets": (
        "    source: [rathleff-2015]\n  runners", "    source: (rathleff-2015)\n  runners",
        "(rathleff", "must be `general` or a list", "Write `source: [rathleff-2015]`",
    ),
    "a word for nothing": (
        NOTE, "      note: ~\n", "note", "`note` must not be empty.", "delete its line.",
    ),
    "a character without width": (
        "  tissue: fascia\n", "  tissue: fas\u200bcia\n", "tissue",
        "Text must not hold the invisible character U+200B.", "Type this word anew",
    ),
    "a byte order mark amid the file": (
        "plantar-fasciitis:\n", "\ufeffplantar-fasciitis:\n", "plantar-fasciitis",
        "Text must not hold the invisible character U+FEFF.", "Type this word anew",
    ),
    "an id without a colon": (
        "achilles-tendinopathy:\n", "achilles-tendinopathy\n", "achilles-tendinopathy",
        "`achilles-tendinopathy` must stand alone on its line, with a colon",
        "Type the line anew: `achilles-tendinopathy:`.",
    ),
    "an id with half a quotation": (
        "achilles-tendinopathy:\n", '"achilles-tendinopathy:\n', "achilles-tendinopathy",
        "`achilles-tendinopathy` must stand alone on its line, with a colon", "Type the line anew",
    ),
    "an id with a blank that is none": (
        "achilles-tendinopathy:\n", "achilles-tendinopathy:\u00a0\n", "achilles-tendinopathy",
        "`achilles-tendinopathy` must stand alone on its line, with a colon", "Type the line anew",
    ),
    "a line lost above its fields": (
        "  pattern:\n", "", "place: Under",
        "Above `place` the line `pattern:` seems to be missing.",
        "Put `pattern:` on a line of its own above this one, after 2 blanks.",
    ),
    "a line lost above its list": (
        "  signs:\n", "", "sign: first-step", "Above `sign` the line `signs:` seems to be missing.",
        "Put `signs:` on a line of its own above this one, after 2 blanks.",
    ),
    "a line lost above its fields, after another group": (
        "  self_care:\n", "", "do:", "Above `do` the line `self_care:` seems to be missing.",
        "Put `self_care:` on a line of its own above this one, after 2 blanks.",
    ),
    "a line lost above its list, after another list": (
        "  causes:\n    - cause: rapid-training-increase\n      note: Hills",
        "    - cause: rapid-training-increase\n      note: Hills", "cause: rapid",
        "Above `cause` the line `causes:` seems to be missing.", "after 2 blanks.",
    ),
    "a line lost within a group": (
        "    do:\n", "", "text: ", "Above `text` the line `do:` seems to be missing.",
        "after 4 blanks.",
    ),
    "two fields on a line": (
        "  tissue: fascia\n  levels:", "  tissue: fascia levels:", "fascia levels",
        "`levels` must stand on a line of its own.",
        "Start a new line before `levels:`, and type 2 blanks there.",
    ),
    "a field behind a text": (
        NOTE + "      source:", NOTE[:-1] + " source:", "steps. source",
        "`source` must stand on a line of its own.", "and type 6 blanks there.",
    ),
    "a field that became words of a text": (
        TEXT + "    source:", TEXT + "      source:", "source: [rathleff-2015]",
        "`source` must line up with its neighbours", "Delete 2 blanks at the start of the line.",
    ),
    "a field of another depth": (
        "    not_typical: Numb toes\n    source: general",
        "    not_typical: Numb toes\n  source: general", "source: general",
        "`source` must line up with its neighbours", "Add 2 blanks at the start of the line.",
    ),
    "an item that is too deep": (
        "    - sign: arch-pain\n      typicality: common\n",
        "      - sign: arch-pain\n        typicality: common\n", "arch-pain",
        "`- sign: arch-pain` must line up with its neighbours: it stands after 6 blanks, and must "
        "stand after 4.", "Delete 2 blanks at the start of this line and of the ",
    ),
    "an item without its field": (
        "    - sign: arch-pain\n", "    - arch-pain\n", "arch-pain",
        "This item must begin with `sign:`", "Write `- sign: arch-pain`.",
    ),
    "two hyphens": (
        "    - sign: arch-pain\n", "    - - sign: arch-pain\n", "arch-pain",
        "An item of a list must start with one hyphen.", "Write `- sign: arch-pain`.",
    ),
    "an alias": (
        NOTE, "      note: *Stiff\n", "*Stiff",
        "Text must not start with `*` outside of quotation marks", "Wrap the text in double",
    ),
    "number signs on two lines": (
        NOTE, "      note: It starts in toe #1\n        and ends in toe #2 soon.\n", "toe #1",
        "Text that holds ` #` must stand in double quotation marks.",
        'Put one (") before the first word of the text, and one behind its last.',
    ),
    "number signs on later lines": (
        NOTE, "      note: It starts\n        in toe #1\n        and in #2.\n", "It starts",
        "Text that holds ` #` must stand in double quotation marks.", "before the first word",
    ),
    "a decimal comma in a dose": (
        DOSE, DOSE.replace("reps: 10", "reps: 12,5"), "dose", "and this is `12,5`.",
        "Round it to a whole number, or write a range.",
    ),
    "a semicolon in a dose": (
        DOSE, DOSE.replace(", hold", "; hold"), "dose",
        "Between two entries in braces there must be a comma.", f"Write `{DOSE}`.",
    ),
    "two commas in a dose": (
        DOSE, DOSE.replace(", hold", ",, hold"), "dose",
        "Between two entries one comma must stand.", f"Write `{DOSE}`.",
    ),
    "a comma behind a dose": (
        DOSE, DOSE + ",", "dose", "Behind the bracket that closes nothing must stand.",
        f"Write `{DOSE}`.",
    ),
    "a sign before a number": (
        DOSE, DOSE.replace("reps: 10", "reps: >10"), "dose",
        "A number must stand alone, without `>`.", f"Write `{DOSE}`.",
    ),
    "a brace that closes a bracket": (
        "levels: [new, experienced]", "levels: [new, experienced}", "levels",
        "What `[` opens must close with `]`.", "Write `levels: [new, experienced]`.",
    ),
    "a dose for each leg": (
        DOSE, DOSE.replace("reps: 10", "reps: 10 each leg"), "dose", "and this is `10 each leg`.",
        "Write the number alone: `10`; and `per_side: true` beside it.",
    ),
    "a list without brackets": (
        "levels: [new, experienced]", "levels: new, experienced", "levels",
        "`levels` must be a list", "Write `[new, experienced]`.",
    ),
    "a list in braces": (
        "levels: [new, experienced]", "levels: {new, experienced}", "levels",
        "`levels` must be a list", "Write a list in [ ] and not in { }",
    ),
    "a hyphen without a blank in a list of words": (
        "levels: [new, experienced]", "levels:\n    -new\n    -experienced", "-new",
        "`levels` must be a list", "Write a blank after each hyphen, as in `- new`.",
    ),
    "a quotation mark left over": (
        NOTE, NOTE[:-1] + '"\n', "It eases", 'one `"` is alone.', "Delete it, or put the other",
    ),
    "quotation marks of two sorts": (
        NOTE, '      note: "It eases.”\n', "It eases", "The quotation mark that opens here must",
        'Write `note: "It eases."`.',
    ),
    "a mention with one bracket": (
        NOTE, "      note: It is like [arch-pain] at first.\n", "[arch-pain]",
        "must be named in two brackets on each side, and this is `[arch-pain]`.",
        "Write `[[arch-pain]]`, or",
    ),
    "a mention as Markdown has it": (
        NOTE, "      note: It is like [arch pain](arch-pain) at first.\n", "[arch pain]",
        "must be named in two brackets", "or `[[arch-pain|arch pain]]`.",
    ),
    "text that goes on without its sign": (
        FOLDED, FOLDED.replace(" >-", "").replace("This is", "It is: a"), "text:",
        "Text that goes on over several lines must begin with `>-`", "Write `text: >-`.",
    ),
    "text behind its sign": (
        FOLDED, FOLDED.replace(">-\n     ", ">-"), "text: >- This",
        "Nothing must stand behind `>-` on its line.", "on the line below, after 6 blanks.",
    ),
    "a name on the line of the id": (
        "plantar-fasciitis:\n  name: ", "plantar-fasciitis: ", "plantar-fasciitis: ",
        "`plantar-fasciitis` must stand alone on its line", "on the line below, after 2 blanks.",
    ),
    "a hyphen before an id": (
        "plantar-fasciitis:\n", "- plantar-fasciitis:\n", "plantar-fasciitis",
        "`plantar-fasciitis` must stand alone on its line", "Type the line anew",
    ),
    "a field in bold": (
        "  tissue: fascia\n", "  **tissue**: fascia\n", "tissue",
        "No signs must stand round `tissue`.", "Write `tissue: fascia`.",
    ),
    "a plus of a comparison": (
        "  tissue: fascia\n", "+ tissue: fascia\n", "tissue", "`tissue` must be indented",
        "Put 2 blanks at the start of the line, and no `+`.",
    ),
    "a comment of another language": (
        "  tissue: fascia\n", "  tissue: fascia\n  // or tendon?\n", "or tendon",
        "A comment must start with `#`.", "Write `# or tendon?`.",
    ),
    "a field that nobody knows where one is missing": (
        "  tissue: fascia\n", "  structure: fascia\n", "structure",
        "must not have the field `structure`.", "Did you mean `tissue`?",
    ),
    "two colons": (
        "  tissue: fascia\n", "  tissue:: fascia\n", "tissue",
        "must not have the field `tissue:`.", "Write one colon",
    ),
    "a line that ends the file": (
        "  tissue: fascia\n", "  tissue: fascia\n---\n", "---", "A data file must be one piece",
        "Delete this line.",
    ),
    "a tab on an empty line": (
        "  tissue: fascia\n", "  tissue: fascia\n\t\n", "\t", "An empty line must hold no tab.",
        "Delete all that is on this line.",
    ),
    "fences of Markdown": (
        "plantar-fasciitis:\n", "```yaml\nplantar-fasciitis:\n", "```",
        "A data file must hold records alone", "Delete this line",
    ),
    "half a merge, its start gone": (
        "  tissue: fascia\n", "  tissue: fascia\n=======\n  tissue: bone\n>>>>>>> other\n",
        "=======", "Two versions of the same lines must become one.", "the marker lines",
    ),
    "half a merge, its end gone": (
        "  tissue: fascia\n", "<<<<<<< HEAD\n  tissue: bone\n=======\n  tissue: fascia\n",
        "<<<<<<<", "Two versions of the same lines must become one.", "the marker lines",
    ),
    "a marker of a merge alone": (
        "  tissue: fascia\n", "  tissue: fascia\n>>>>>>> other\n", ">>>>>>>",
        "Two versions of the same lines must become one.", "the marker lines",
    ),
    "signs that turn the order of letters": (
        NOTE, NOTE.replace("few", "\u202efew\u202c"), "It eases", "invisible character U+202E",
        "Type this word anew",
    ),
    "a bullet that shows as a box": (
        NOTE, NOTE.replace("It", "\uf0b7 It"), "It eases",
        "character U+F0B7, which shows as an empty box.", "Type this word anew",
    ),
    "a letter that was lost on the way": (
        NOTE, NOTE.replace("steps", "st\ufffdps"), "It eases", "U+FFFD", "Type this word anew",
    ),
    "letters that a PDF has joined": (
        NOTE, NOTE.replace("few", "\ufb01ve"), "It eases",
        "`fi` must be written in the usual characters, and this is `\ufb01`", "Type `fi`",
    ),
    "a letter apart from its accent": (
        NOTE, NOTE.replace("few", "fe\u0301w"), "It eases", "`é` must be written", "Type `é`",
    ),
    "a file that was saved in another coding": (
        NOTE, NOTE.replace("few steps", "runnerâ€™s “few” steps"), "It eases",
        "`’` must be written in the usual characters, and this is `â€™`", "Type `’`",
    ),
    "a tag of YAML": (
        NOTE, NOTE.replace("It", "!!str It"), "It eases", "and here is `!!str`.",
        "Wrap the text in double quotation marks",
    ),
    "a number where words must be": (
        DOSE, DOSE.replace("reps: 10", "reps: 10, load: 20"), "dose",
        "`load` must be words, and this is `20`.", "a number with its unit.",
    ),
    "a text with a comma in a dose": (
        DOSE, DOSE.replace("reps: 10", "reps: 10, load: a bag, if easy"), "dose",
        "must not have the field `if easy`", 'write `load: "a bag, if easy"`.',
    ),
    "a word for how often": (
        DOSE, DOSE.replace("times_per_day: 3", "times_per_day: twice"), "dose",
        "and this is `twice`.", "Write `2`.",
    ),
    "two pain limits": (
        "      pain_limit: 5\n      pain_source: general\n      exercises:\n"
        "        - exercise: calf-stretch",
        "      pain_limit: 3-5\n      pain_source: general\n      exercises:\n"
        "        - exercise: calf-stretch", "3-5", "must be a whole number", "one of the two.",
    ),
    "italics as Markdown has them": (
        NOTE, NOTE.replace("few", "_few_"), "It eases",
        "no signs of Markdown but stars, and here is `_few_`.", "Delete the signs",
    ),
    "stars that do not close": (
        NOTE, NOTE.replace("few", "**few"), "It eases", "here is `**few`.", "Delete the signs",
    ),
    "a list in a text": (
        NOTE, "      note: |-\n        It eases.\n        - After a few steps.\n", "note: |-",
        "here is `- After a few steps.`.", "Delete the signs",
    ),
    "an address of a person": (
        NOTE, NOTE.replace("a few steps", "you ask sam.b@clinic.example"), "It eases",
        "must not hold the address `sam.b@clinic.example`", "Use `[[id",
    ),
    "a source with a capital": (
        "    not_typical: Numb toes\n    source: general",
        "    not_typical: Numb toes\n    source: General", "General",
        "must be `general` or a list of reference ids", "Write `source: general`.",
    ),
    "sources in quotation marks": (
        "    not_typical: Numb toes\n    source: general",
        '    not_typical: Numb toes\n    source: "[rathleff-2015]"', "rathleff",
        "must be `general` or a list of reference ids",
        "Write `source: [rathleff-2015]`, or `source: general`.",
    ),
    "the same source twice": (
        "      You can often ease it yourself.\n    source: [rathleff-2015]",
        "      You can often ease it yourself.\n    source: [rathleff-2015, rathleff-2015]",
        "rathleff", "`rathleff-2015` must stand only once in this list.", "Delete one of the two.",
    ),
    "an exercise where a sign must be": (
        "    - sign: arch-pain\n", "    - sign: calf-raise\n", "calf-raise",
        "`calf-raise` must be the id of a record in signs.yaml.",
        "This is the id of an exercise: write that of a sign.",
    ),
    "an exercise without the name of its field": (
        "        - exercise: calf-stretch\n          dose: {reps",
        "        - exercise: calf-raise\n          dose: {reps: 5}\n          source: general\n"
        "          strength: usual-practice\n        - calf-stretch\n          dose: {reps",
        "- calf-stretch",
        "This item must begin with `exercise:`", "Write `- exercise: calf-stretch`.",
    ),
    "a merge nobody finished": (
        "  tissue: fascia\n", "<<<<<<< HEAD\n  tissue: fascia\n=======\n  tissue: bone\n"
        ">>>>>>> other\n", "<<<<<<<", "Two versions of the same lines must become one.",
        "delete the other and the marker lines (`<<<<<<<`, ",
    ),
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The sound folder with its fields in their order."""
    copy = sound_copy(tmp_path)
    assert fix(copy) == 0
    return copy


def fix(data: Path) -> int:
    wish = ["check", str(data), "--content-dir", str(data.parent / "content"), "--fix", "--yes"]
    return CliRunner().invoke(cli.cli, wish).exit_code


def found_in(data: Path) -> tuple[Diagnostic, ...]:
    return load_and_check(data, data.parent / "content").diagnostics


def typo_in(path: Path, old: str, new: str) -> None:
    text = read_text(path)
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


@pytest.mark.parametrize("typo", TYPOS.values(), ids=TYPOS)
def test_a_typo_is_told_once(typo: Typo, data: Path) -> None:
    old, new, line, message, cure = typo
    path = data / "conditions.yaml"
    typo_in(path, old, new)
    [finding] = found_in(data)
    assert finding.place.path.endswith("conditions.yaml")
    assert line in read_text(path).split("\n")[finding.place.line - 1]
    assert message in finding.message
    assert cure in finding.cure


@pytest.mark.parametrize("typo", TYPOS.values(), ids=TYPOS)
def test_windows_shifts_no_line(typo: Typo, data: Path) -> None:
    """With its line ends and byte order mark, the same finding stands at the same place."""
    path = data / "conditions.yaml"
    typo_in(path, typo[0], typo[1])
    [before] = found_in(data)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert found_in(data) == (before,)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["Unix", "Windows"])
def test_fix_keeps_text_behind_a_number_sign(end: str, data: Path) -> None:
    """Where a blank follows the sign, only its author knows whether it is a comment."""
    path = data / "conditions.yaml"
    typo_in(path, NOTE, "      note: It starts in toe #1.\n")
    typo_in(path, "goal: Calm the first steps.", "goal: Calm the first steps. # Or rest?")
    path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    assert fix(data) == 1
    assert f'      note: "It starts in toe #1."{end}' in read_text(path)
    [finding] = found_in(data)
    assert (finding.code, finding.rewrite) == ("text-after-hash", "")


def test_comments_may_stand_where_they_hide_nothing(data: Path) -> None:
    """On lines of their own, behind numbers, ids and quotation marks, and within long texts."""
    path = data / "conditions.yaml"
    typo_in(path, "  tissue: fascia\n", "  # A band.\n  tissue: fascia  # or tendon?\n")
    typo_in(path, "pain_limit: 5\n", "pain_limit: 5 # of 10\n")
    typo_in(path, "regions: [foot]\n", "regions: [foot] # and heel\n")
    typo_in(path, NOTE, '      note: "It eases."  # Soon.\n')
    typo_in(path, TEXT, "      You can ease pain #1 yourself.\n")
    assert found_in(data) == ()


MENDED: Final = [
    name
    for name, (_, _, _, message, cure) in TYPOS.items()
    if "blank" in message or "line up" in message or "colon." in message or "comma" in message
    or "must close" in message or "indented" in message
    if "of this line and of" not in cure
]  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["Unix", "Windows"])
def test_fix_writes_the_line_as_it_was(name: str, newline: str, data: Path) -> None:
    path = data / "conditions.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", newline.encode()))
    before = path.read_bytes()
    old, new, _, _, _ = TYPOS[name]
    typo_in(path, old.replace("\n", newline), new.replace("\n", newline))
    assert fix(data) == 0
    assert path.read_bytes() == before


def test_two_records_with_one_id_are_told_once(data: Path) -> None:
    change(data / "conditions.yaml", "\nachilles-tendinopathy:\n", "\nplantar-fasciitis:\n")
    (data / "published.txt").write_text("conditions/achilles-tendinopathy\n")
    [finding] = found_in(data)
    assert finding.message == "`plantar-fasciitis` must be the id of one record only."
    assert "give this one an id of its own" in finding.cure


def test_a_record_whose_id_is_lost_is_told_once(data: Path) -> None:
    """Its neighbour is read, and nothing is said of all the places that name it."""
    change(data / "conditions.yaml", "\nachilles-tendinopathy:\n", "\n")
    (data / "published.txt").write_text("conditions/achilles-tendinopathy\n")
    [finding] = found_in(data)
    assert finding.message == (
        "`name` must stand only once in a record, and here another one seems to begin."
    )
    assert "Put the id of that record on a line of its own above this one" in finding.cure


def test_a_record_that_is_gone_is_told_once(data: Path) -> None:
    """Where it was published, and not at each place that names it."""
    text = read_text(data / "signs.yaml")
    gone = re.search(r"^arch-pain:\n(?:  .*\n|\n(?=  ))+", text, re.M)
    assert gone
    (data / "signs.yaml").write_text(text.replace(gone[0], ""))
    (data / "published.txt").write_text("signs/arch-pain\nsigns/first-step-heel-pain\n")
    [finding] = found_in(data)
    assert (finding.code, finding.place.line) == ("published-id-gone", 1)
    assert "Bring the record back" in finding.cure
    assert "named here" in finding.notes[0].text


def test_an_id_that_was_changed_by_hand_is_told_once(data: Path) -> None:
    change(data / "signs.yaml", "\narch-pain:\n", "\nsore-arch:\n")
    text = read_text(data / "signs.yaml")
    known = re.findall(r"^([a-z-]+):$", text, re.M)
    (data / "published.txt").write_text(
        "".join(f"signs/{id_}\n" for id_ in ("arch-pain", *known) if id_ != "sore-arch")
    )
    [finding] = found_in(data)
    assert finding.code == "published-id-gone"
    assert "Put the old id back in the place of `sore-arch`" in finding.cure
    assert "`strideguide rename signs arch-pain sore-arch`" in finding.cure
    line = finding.notes[0].place.line
    assert text.split("\n")[line - 1] == "sore-arch:"


def test_a_mention_of_what_is_retired_is_still_told(data: Path) -> None:
    change(data / "signs.yaml", "\narch-pain:\n", "\nsore-arch:\n")
    (data / "published.txt").write_text("signs/arch-pain\n")
    (data / "retired.yaml").write_text(
        "arch-pain:\n  kind: signs\n  fate: renamed\n  on: 2027-01-31\n  now: sore-arch\n"
        "  why: It has a better name.\n"
    )
    assert "unknown-reference" in {d.code for d in found_in(data)}


def test_a_line_of_published_txt_that_is_none(data: Path) -> None:
    (data / "published.txt").write_text("Signs\n")
    [finding] = found_in(data)
    assert "as in `signs/hop-pain`" in finding.message


def test_a_line_that_is_lost_shifts_no_other_finding(data: Path) -> None:
    path = data / "conditions.yaml"
    typo_in(path, "  pattern:\n", "")
    typo_in(path, "typicality: hallmark", "typicality: halmark")
    typo_in(path, "  signs:\n", "")
    typo_in(path, "  levels: [new, experienced]\n", "  levels [new, experienced]\n")
    text = read_text(path).split("\n")
    told = [(d.code, text[d.place.line - 1].strip()) for d in found_in(data)]
    assert told == [
        ("yaml-syntax", "levels [new, experienced]"),
        ("yaml-syntax", "place: Under the heel"),
        ("yaml-syntax", "- sign: first-step-heel-pain"),
        ("unknown-value", "typicality: halmark"),
    ]


def test_a_misspelt_id_is_told_once_where_nobody_else_names_the_record(data: Path) -> None:
    change(data / "conditions.yaml", "  tissue: tendon\n", "  tissue: tendo\n")
    assert [d.code for d in found_in(data)] == ["unknown-reference"]


def test_what_follows_is_named_by_rules_that_there_are() -> None:
    assert set(RULES) >= (ELSEWHERE | WITHIN | LOOSE)


REFERENCES: Final = {
    "doi: https://doi.org/10.1111/sms.12313": "Write `10.1111/sms.12313`.",
    'doi: "DOI: 10.1111/sms.12313."': "Write `10.1111/sms.12313`.",
    "doi: 2015": "Write a DOI such as",
    "pmid: PMID 25145882": "Write `25145882`.",
    "url: <https://clinic.example/a>": "Copy it from the browser's address bar",
    """url: "https://clinic.example/'a\\"b" """: "Copy it from the browser's address bar",
}


@pytest.mark.parametrize("field, cure", REFERENCES.items())
def test_a_number_of_a_source_has_its_form(field: str, cure: str, data: Path) -> None:
    """The page of a source would lead nowhere."""
    typo_in(data / "references.yaml", "url: https://example.org/rathleff", field)
    [finding] = found_in(data)
    assert cure in finding.cure


def test_a_file_that_is_no_text_is_told_once(data: Path) -> None:
    path = data / "conditions.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert [d.code for d in found_in(data)] == ["not-utf8"]


def test_a_second_mistake_is_not_taken_for_a_consequence(data: Path) -> None:
    typo_in(data / "conditions.yaml", "  tissue: fascia\n", "\ttissue: fascia\n")
    typo_in(data / "conditions.yaml", "typicality: common", "typicality: comon")
    change(data / "exercises.yaml", "easier: [calf-raise]", "easier: [calf-rase]")
    codes = [d.code for d in found_in(data)]
    assert sorted(codes) == ["unknown-reference", "unknown-value", "yaml-syntax"]


# Real records, with a slip in a random line

SLIPS: Final[dict[str, Callable[[str], str]]] = {
    "tab": lambda line: f"\t{line.lstrip()}",
    "one blank more": lambda line: f" {line}",
    "one blank less": lambda line: line[1:],
    "no colon": lambda line: line.replace(":", "", 1),
    "no blank after the colon": lambda line: line.replace(": ", ":", 1),
    "no blank after the hyphen": lambda line: line.replace("- ", "-", 1),
    "not closed": lambda line: line[:-1],
}


@given(kind=st.sampled_from(KINDS), slip=st.sampled_from(sorted(SLIPS)), seed=st.integers(0, 9999))
def test_a_slip_in_a_real_record_is_told_once(kind: Kind, slip: str, seed: int) -> None:
    """At its line, with the line as it was; the record is read as if it had not happened."""
    rng = random.Random(seed)
    record = rng.choice(re.findall(r"^[a-z0-9-]+:\n(?: .*\n|\n(?= ))+", TEXTS[kind.name], re.M))
    lines = record.split("\n")
    number = rng.randrange(1, len(lines) - 1)
    line = lines[number]
    is_key = re.match(r"\s*(?:- )?[a-z_]+:(?: |$)", line)
    assume(is_key and (slip != "no blank after the hyphen" or line.lstrip().startswith("- ")))
    assume(slip != "not closed" or line.endswith(("]", "}", '"')))
    lines[number] = SLIPS[slip](line)
    text = "\n".join(lines)
    assume(any(d.code == "yaml-syntax" for d in compose(text, "x")[1]))
    top, found = compose(text, "x", expected=expected_of(kind))
    assert [(d.place.line, d.rewrite) for d in found] == [(number + 1, line)]
    assert plain(top) == plain(compose(record, "x")[0])


def plain(node: Node | None) -> object:
    """A node without its places."""
    match node:
        case Mapping():
            return [(key.text, plain(value)) for key, value in node.entries]
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.text
    return None


def test_a_record_of_another_kind_is_told_once_with_its_file(data: Path) -> None:
    cause = re.search(r"^age:\n(?: .*\n)+", read_text(data / "causes.yaml"), re.M)
    assert cause
    path = data / "conditions.yaml"
    path.write_text(read_text(path) + "\n" + cause[0].replace("age:", "old-age:"))
    [finding] = found_in(data)
    assert finding.message.startswith("`old-age` must stand in causes.yaml")
    assert finding.cure.startswith("Cut the whole record out here")


def test_a_whole_file_of_another_kind_is_told_once(data: Path) -> None:
    (data / "conditions.yaml").write_text(read_text(data / "exercises.yaml"))
    (data / "published.txt").write_text("conditions/plantar-fasciitis\n")
    [finding] = found_in(data)
    assert finding.message == (
        "conditions.yaml must hold conditions, and these records look like exercises."
    )


def test_fields_that_are_too_deep_one_after_the_other_are_told_alike(data: Path) -> None:
    """A line that may be missing brings nobody further down the file by itself."""
    path = data / "conditions.yaml"
    text = read_text(path)
    deeper = text.replace("\n      source:", "\n        source:", 3)
    path.write_text(deeper)
    found = found_in(data)
    assert len(found) == 3
    assert {d.cure for d in found} == {"Delete 2 blanks at the start of the line."}


def test_a_record_that_is_cut_off_is_told_once(data: Path) -> None:
    path = data / "exercises.yaml"
    text = read_text(path)
    path.write_text(text + "\nnew-one:\n  name: New one\n  group: calf-strength\n")
    [finding] = [d for d in found_in(data) if d.code == "missing-field"]
    assert finding.message.startswith("The exercise `new-one` must have the fields `review`, `reg")
