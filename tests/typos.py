"""Every typo that is reported, made in the sound folder's conditions.yaml."""

from __future__ import annotations

from typing import Final

NOTE: Final = "      note: It eases after a few steps.\n"
DOSE: Final = "dose: {reps: 10, hold_seconds: 10, times_per_day: 3}"
BY_DAY: Final = "over_the_day: It warms up and comes back later"
TEXT: Final = "      You can often ease it yourself.\n"
FOLDED: Final = "    text: >-\n      This is pain under the heel from a sore band of tissue.\n"

Typo = tuple[str, str, str, str, str]
"""What stood there, what is written instead, and of the finding: line, message, help."""

TYPOS: Final[dict[str, Typo]] = {
    "a tab": (
        "  tissue: fascia\n", "\ttissue: fascia\n", "tissue",
        "A line must be indented with spaces, and this one has a tab.",
        "Delete everything before `tissue`, and type 2 spaces.",
    ),
    "a blank that is none": (
        "  tissue: fascia\n", "\u00a0 tissue: fascia\n", "tissue", "that looks like a space",
        "type 2 spaces",
    ),
    "no colon": (
        "  tissue: fascia\n", "  tissue fascia\n", "tissue",
        "After `tissue` there must be a colon and a space.", "Write `tissue: fascia`.",
    ),
    "no colon before a group": (
        "  pattern:\n", "  pattern\n", "pattern",
        "After `pattern` there must be a colon and a space.",
        "Write `pattern:`.",
    ),
    "no blank after a colon": (
        "  tissue: fascia\n", "  tissue:fascia\n", "tissue",
        "After `tissue` there must be a colon and a space.", "Write `tissue: fascia`.",
    ),
    "no blank after a colon in a dose": (
        DOSE, DOSE.replace("reps: 10", "reps:10"), "dose", "must not have the field `reps:10`",
        "Write a space after the colon: `reps: 10`.",
    ),
    "no blank after a hyphen": (
        "    - sign: arch-pain\n", "    -sign: arch-pain\n", "-sign",
        "After the hyphen of a list there must be a space.", "Write `- sign: arch-pain`.",
    ),
    "one blank too many": (
        "  tissue: fascia\n", "   tissue: fascia\n", "tissue",
        "`tissue` must line up with its neighbours: it is indented by 3 spaces, and must "
        "be by 2.", "Delete 1 space at the start of the line.",
    ),
    "one blank too few": (
        "    - sign: arch-pain\n", "   - sign: arch-pain\n", "arch-pain",
        "is indented by 3 spaces, and must be by 4.",
        "Add 1 space at the start of the line.",
    ),
    "no indent": (
        "  tissue: fascia\n", "tissue: fascia\n", "tissue",
        "`tissue` must be indented: it is a field of the record above.",
        "Write it with 2 spaces before `tissue`.",
    ),
    "an id that is indented": (
        "plantar-fasciitis:\n", " plantar-fasciitis:\n", "plantar-fasciitis:",
        "`plantar-fasciitis` must be alone on its line, with a colon: it is an id.",
        "Type the line again, without spaces before it: `plantar-fasciitis:`.",
    ),
    "text out of line": (
        TEXT, TEXT[2:], "You can often", "`You can often ease it yo…` must line up",
        "Add 2 spaces at the start of the line.",
    ),
    "a hyphen lost": (
        "    - cause: age\n", "      cause: age\n", "cause: age",
        "`cause` must appear only once in an item of a list.", "write `- cause:`",
    ),
    "curly quotation marks": (
        NOTE, NOTE.replace("It eases after a few steps.", "“Note: it eases.”"), "“",
        "Quotation marks around a text must be straight ones.", 'Write `note: "Note: it eases."`.',
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
        "Did you forget a comma? Write `rathleff-2015, alfredson-1998`.",
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
        DOSE, DOSE[:-1], "dose", "The brace `{` must close.", f"Write `{DOSE}`.",
    ),
    "a bracket that is not closed": (
        "levels: [new, experienced]", "levels: [new, experienced", "levels",
        "The bracket `[` must close.", "Write `levels: [new, experienced]`.",
    ),
    "a field twice": (
        "  tissue: fascia\n", "  tissue: fascia\n  tissue: bone\n", "bone",
        "`tissue` must appear only once here.", "Keep one of the two and delete the other.",
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
        "Text with a colon in it must be in double quotation marks.",
        'Write `note: "Note: it eases."`.',
    ),
    "an apostrophe in single quotation marks": (
        NOTE, "      note: 'The day's first steps.'\n", "The day",
        "Quotation marks must be aaround the whole text, and not within it.",
        """Write `note: "The day's first steps."`.""",
    ),
    "quotation marks within quotation marks": (
        NOTE, '      note: "The "first" steps."\n', "first",
        "Quotation marks must be aaround the whole text, and not within it.",
        """Write `note: "The 'first' steps."`.""",
    ),
    "a quotation that ends too soon": (
        NOTE, '      note: "First" steps.\n', "First",
        "Quotation marks must be aaround the whole text, and not within it.",
        """Write `note: "'First' steps."`.""",
    ),
    "a quotation that does not end": (
        NOTE, '      note: "It eases.\n', "It eases", "The quotation mark that opens here must",
        'Write `note: "It eases."`.',
    ),
    "a sign that YAML keeps for itself": (
        NOTE, "      note: **First** steps.\n", "First",
        "Text that starts with `*` must be in double quotation marks.",
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
        "must be in quotation marks to hold `#`: without them, what follows is left out, here "
        "`#1 and #2.`.", 'Put double quotation marks (") aaround the whole text; or, if this is',
    ),
    "a number sign that begins a text": (
        NOTE, "      note: #1 of all signs.\n", "#1 of all",
        "must be in quotation marks to hold `#`", "around the whole text",
    ),
    "a comment behind a text": (
        NOTE, NOTE[:-1] + "  # Ask Sam.\n", "# Ask Sam",
        "must be in quotation marks to hold `#`", "put it on its own line.",
    ),
    "a number sign in the first line of a text": (
        NOTE, "      note: It starts in toe #1\n        and ends in the heel.\n", "toe #1",
        "Text that holds ` #` must be in double quotation marks.",
        'Put one (") before the first word of the text, and one behind its last.',
    ),
    "a number sign in a list": (
        "aliases: [Plantar heel pain]", "aliases: [Plantar heel pain, Heel pain #1]", "aliases",
        "Text that holds ` #` must be in double quotation marks.",
        'Put one (") before the first word of the text',
    ),
    "a blank after a colon that is none": (
        "    place: Under the heel\n", "    place:\u00a0Under the heel\n", "place",
        "After `place` there must be a colon and a space.", "Write `place: Under the heel`.",
    ),
    "a wide colon": (
        "    place: Under the heel\n", "    place\uff1aUnder the heel\n", "place",
        "After `place` there must be a colon and a space.", "Write `place: Under the heel`.",
    ),
    "a bullet of a word processor": (
        "    - cause: age\n", "    • cause: age\n", "• cause: age",
        "An item of a list must start with a hyphen and a space.", "Write `- cause: age`.",
    ),
    "an asterisk for a hyphen": (
        "    - cause: age\n", "    * cause: age\n", "* cause: age",
        "An item of a list must start with a hyphen and a space.", "Write `- cause: age`.",
    ),
    "a dash for a hyphen": (
        "    - cause: age\n", "    – cause: age\n", "– cause: age",
        "An item of a list must start with a hyphen and a space.", "Write `- cause: age`.",
    ),
    "numbered items": (
        "    - cause: age\n", "    2. cause: age\n", "2. cause: age",
        "An item of a list must start with a hyphen and a space.", "Write `- cause: age`.",
    ),
    "a hyphen and its blank lost": (
        "    - cause: age\n", "    cause: age\n", "cause: age",
        "An item of a list must start with a hyphen and a space.", "Write `- cause: age`.",
    ),
    "a tab after a hyphen": (
        "    - cause: age\n", "    -\tcause: age\n", "cause: age",
        "After the hyphen of a list there must be a space.", "Write `- cause: age`.",
    ),
    "text that begins in brackets": (
        NOTE, "      note: [At dawn] it is worst.\n", "At dawn",
        "Text that starts with `[` must be in double quotation marks.",
        'Write `note: "[At dawn] it is worst."`.',
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
        "Add 6 spaces at the start of the line.",
    ),
    "a dose without braces": (
        DOSE, DOSE.replace("{", "").replace("}", ""), "dose",
        "Several fields on one line must be in braces.", f"Write `{DOSE}`.",
    ),
    "a dose in round brackets": (
        DOSE, DOSE.replace("{", "(").replace("}", ")"), "dose",
        "Several fields on one line must be in braces.", f"Write `{DOSE}`.",
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
        "After `tissue` there must be a colon and a space.", "Write `tissue: fascia`.",
    ),
    "a comma at the end of a line": (
        "  tissue: fascia\n", "  tissue: fascia,\n", "fascia,",
        "`fascia,` must be the id of a record in tissues.yaml.", "Did you mean `fascia`?",
    ),
    "an id in round brackets": (
        "    source: [rathleff-2015]\n  serious", "    source: (rathleff-2015)\n  serious",
        "(rathleff", "must be `general` or a list", "Write `source: [rathleff-2015]`",
    ),
    "a word for nothing": (
        NOTE, "      note: ~\n", "note", "`note` must not be empty.", "delete its line.",
    ),
    "a character without width": (
        "  tissue: fascia\n", "  tissue: fas\u200bcia\n", "tissue",
        "Text must not hold the invisible character U+200B.", "Type this word again",
    ),
    "a byte order mark amid the file": (
        "plantar-fasciitis:\n", "\ufeffplantar-fasciitis:\n", "plantar-fasciitis",
        "Text must not hold the invisible character U+FEFF.", "Type this word again",
    ),
    "an id without a colon": (
        "achilles-tendinopathy:\n", "achilles-tendinopathy\n", "achilles-tendinopathy",
        "`achilles-tendinopathy` must be alone on its line, with a colon",
        "Type the line again, without spaces before it",
    ),
    "an id with half a quotation": (
        "achilles-tendinopathy:\n", '"achilles-tendinopathy:\n', "achilles-tendinopathy",
        "`achilles-tendinopathy` must be alone on its line, with a colon", "Type the line again",
    ),
    "an id with a blank that is none": (
        "achilles-tendinopathy:\n", "achilles-tendinopathy:\u00a0\n", "achilles-tendinopathy",
        "`achilles-tendinopathy` must be alone on its line, with a colon", "Type the line again",
    ),
    "a line lost above its fields": (
        "  pattern:\n", "", "place: Under",
        "Above `place` the line `pattern:` seems to be missing.",
        "Put `pattern:` on its own line above this one, after 2 spaces.",
    ),
    "a line lost above its list": (
        "  signs:\n", "", "sign: first-step", "Above `sign` the line `signs:` seems to be missing.",
        "Put `signs:` on its own line above this one, after 2 spaces.",
    ),
    "a line lost above its fields, after another group": (
        "  self_care:\n", "", "do:", "Above `do` the line `self_care:` seems to be missing.",
        "Put `self_care:` on its own line above this one, after 2 spaces.",
    ),
    "a line lost above its list, after another list": (
        "  causes:\n    - cause: rapid-training-increase\n      note: Hills",
        "    - cause: rapid-training-increase\n      note: Hills", "cause: rapid",
        "Above `cause` the line `causes:` seems to be missing.", "after 2 spaces.",
    ),
    "a line lost within a group": (
        "    do:\n", "", "text: ", "Above `text` the line `do:` seems to be missing.",
        "after 4 spaces.",
    ),
    "two fields on a line": (
        "  tissue: fascia\n  levels:", "  tissue: fascia levels:", "fascia levels",
        "`levels` must be on its own line.",
        "Start a new line before `levels:`, and type 2 spaces there.",
    ),
    "a field behind a text": (
        NOTE + "      source:", NOTE[:-1] + " source:", "steps. source",
        "`source` must be on its own line.", "and type 6 spaces there.",
    ),
    "a field that became words of a text": (
        TEXT + "    source:", TEXT + "      source:", "source: [rathleff-2015]",
        "`source` must line up with its neighbours", "Delete 2 spaces at the start of the line.",
    ),
    "a field of another depth": (
        "    not_typical: Numb toes\n    source: general",
        "    not_typical: Numb toes\n  source: general", "source: general",
        "`source` must line up with its neighbours", "Add 2 spaces at the start of the line.",
    ),
    "an item that is too deep": (
        "    - sign: arch-pain\n      typicality: common\n",
        "      - sign: arch-pain\n        typicality: common\n", "arch-pain",
        "`- sign: arch-pain` must line up with its neighbours: it is indented by 6 spaces, and "
        "must be by 4.", "Delete 2 spaces at the start of this line and of the ",
    ),
    "an item without its field": (
        "    - sign: arch-pain\n", "    - arch-pain\n", "arch-pain",
        "This item must begin with `sign:`", "Write `- sign: arch-pain`.",
    ),
    "two hyphens": (
        "    - sign: arch-pain\n", "    - - sign: arch-pain\n", "arch-pain",
        "must have fields such as `sign:`, and this is a list.", "each on its own line",
    ),
    "an alias": (
        NOTE, "      note: *Stiff\n", "*Stiff",
        "Text must not start with `*` outside of quotation marks", "Wrap the text in double",
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
        "From here on, this can't be read as YAML", "Compare the indent and the punctuation",
    ),
    "a comma behind a dose": (
        DOSE, DOSE + ",", "dose", "must have fields such as", "Put each field on its own line",
    ),
    "a sign before a number": (
        DOSE, DOSE.replace("reps: 10", "reps: >10"), "dose",
        "From here on, this can't be read as YAML", "wrap the text in quotation marks.",
    ),
    "a brace that closes a bracket": (
        "levels: [new, experienced]", "levels: [new, experienced}", "levels",
        "The bracket `[` must close.", "Write `levels: [new, experienced]`.",
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
        "`levels` must be a list", "Write a space after each hyphen, as in `- new`.",
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
        FOLDED, FOLDED.replace(" >-", "").replace("This is", "It is: a"), "It is: a",
        "`text` must be text, and this is a group of fields.", "wrap it in double quotation marks",
    ),
    "a hyphen before an id": (
        "plantar-fasciitis:\n", "- plantar-fasciitis:\n", "plantar-fasciitis",
        "`plantar-fasciitis` must be alone on its line", "Type the line again",
    ),
    "a field in bold": (
        "  tissue: fascia\n", "  **tissue**: fascia\n", "tissue",
        "There must be no signs around `tissue`.", "Write `tissue: fascia`.",
    ),
    "a plus of a comparison": (
        "  tissue: fascia\n", "+ tissue: fascia\n", "tissue", "`tissue` must be indented",
        "Write it with 2 spaces before `tissue`.",
    ),
    "a field that nobody knows where one is missing": (
        "  tissue: fascia\n", "  structure: fascia\n", "structure",
        "must not have the field `structure`.", "Is this `tissue`, which is missing?",
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
        "Delete everything on this line.",
    ),
    "fences of Markdown": (
        "plantar-fasciitis:\n", "```yaml\nplantar-fasciitis:\n", "```",
        "A data file must hold records only", "Delete this line",
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
        "Type this word again",
    ),
    "a bullet that shows as a box": (
        NOTE, NOTE.replace("It", "\uf0b7 It"), "It eases",
        "character U+F0B7, which shows as an empty box.", "Type this word again",
    ),
    "a letter that was lost on the way": (
        NOTE, NOTE.replace("steps", "st\ufffdps"), "It eases", "U+FFFD", "Type this word again",
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
        "rathleff", "`rathleff-2015` must appear only once in this list.", "Delete one of the two.",
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
    "no comma between ids": (
        "  regions: [foot]\n  tissue: fascia", "  regions: [foot whole-body]\n  tissue: fascia",
        "[foot whole-body]", "`foot whole-body` must be the id of a record in regions.yaml.",
        "Did you forget a comma? Write `foot, whole-body`.",
    ),
    "another rule": (
        "    rule: mild-pain-rule\n    short: Often", "    rule: nerve-rule\n    short: Often",
        "nerve-rule", "`nerve-rule` must be the id of a record in pain-rules.yaml.",
        "Write one of these, or add it to pain-rules.yaml: `mild-pain-rule`.",
    ),
    "one or two": (
        DOSE, DOSE.replace("reps: 10", "reps: 1/2"), "dose", "and this is `1/2`.",
        "Write `1` or `2`.",
    ),
    "a number that is far too large": (
        DOSE, DOSE.replace("reps: 10", "reps: 99999999999"), "dose",
        "`reps` must be between 1 and 100, and this is `99999999999`.", "Check the number",
    ),
    "a number in wide digits": (
        DOSE, DOSE.replace("reps: 10", "reps: \uff11\uff10"), "dose",
        "`10` must be written in the usual characters", "Type `10` in its place.",
    ),
    "a name of a sign": (
        "    - sign: first-step-heel-pain\n      typ",
        "    - sign: Heel pain with the first steps\n      typ",
        "Heel pain", "`Heel pain with the first steps` must be the id",
        "Write its id, `first-step-heel-pain`.",
    ),
    "a DOI for a source": (
        "    not_typical: Numb toes\n    source: general",
        "    not_typical: Numb toes\n    source: 10.1136/bjsports-2014-094386", "10.1136",
        "must be `general` or a list of reference ids",
        "Add a reference with this DOI, then write its id.",
    ),
    "a DOI in a list": (
        "    not_typical: Numb toes\n    source: general",
        "    not_typical: Numb toes\n    source: [10.1136/bjsports-2014-094386]", "10.1136",
        "must be the id of a record in references.yaml.",
        "Add a reference with this DOI, then write its id.",
    ),
    "a DOI that a reference has": (
        "    not_typical: Numb toes\n    source: general",
        "    not_typical: Numb toes\n    source: [10.1177/03635465980260030301]", "10.1177",
        "must be the id of a record in references.yaml.", "Write its id, `alfredson-1998`.",
    ),
    "an id with a Cyrillic letter": (
        "achilles-tendinopathy:\n", "\u0430chilles-tendinopathy:\n", "chilles",
        "must be written in Latin letters alone.",
        "Type this id again; a letter looks like `a` and is not.",
    ),
    "a reference with a Greek letter": (
        "    - sign: arch-pain\n", "    - sign: \u03b1rch-pain\n", "rch-pain",
        "must be written in Latin letters alone.",
        "Type this id again; a letter looks like `a` and is not.",
    ),
    "a word with a Cyrillic letter": (
        NOTE, NOTE.replace("steps", "st\u0435ps"), "It eases",
        "must be written in Latin letters alone.",
        "Type this word again; a letter looks like `e` and is not.",
    ),
    "a word all in Cyrillic letters": (
        NOTE, NOTE.replace("few", "\u0441\u043e\u0440\u0435"), "It eases",
        "must be written in Latin letters alone.", "a letter looks like `c` and is not.",
    ),
    "letters of another shape": (
        NOTE, NOTE.replace("few", "\U0001d41f\U0001d41e\U0001d430"), "It eases",
        "`few` must be written in the usual characters", "Type `few` in its place.",
    ),
    "braces in a text": (
        NOTE, NOTE.replace("few", "{{ 7*7 }}"), "It eases",
        "Nothing fills in `{{ 7*7 }}`, and readers would see it.", "Take the braces out",
    ),
    "a number to call, out of its place": (
        NOTE, NOTE.replace("steps", "steps, or call {emergency}"), "It eases",
        "Nothing fills in `{emergency}`", "only the action of a care tier or of a red flag",
    ),
    "a number of one country": (
        NOTE, NOTE.replace("steps", "steps, or call 911 now"), "It eases",
        "Text must hold no number to call, such as `911`", "Say whom to call",
    ),
    "a telephone number": (
        NOTE, NOTE.replace("steps", "steps: 1-800-273-8255").replace("note: ", 'note: "')[:-1]
        + '"\n', "It eases", "such as `1-800-273-8255`", "Say whom to call",
    ),
    "what nobody has chosen": (
        "    verdict: limits\n    rule: mild-pain-rule\n    short: Often yes, but less",
        "    verdict: to-be-chosen\n    rule: mild-pain-rule\n    short: Often yes, but less",
        "to-be-chosen", "`verdict` must be chosen.", "Write one of these: `yes`, `limits`, ",
    ),
    "a number that nobody has chosen": (
        DOSE, DOSE.replace("reps: 10", "reps: to-be-chosen"), "dose", "`reps` must be chosen.",
        "Write a whole number or a range such as 10-15 from 1 to 100.",
    ),
    "a merge nobody finished": (
        "  tissue: fascia\n", "<<<<<<< HEAD\n  tissue: fascia\n=======\n  tissue: bone\n"
        ">>>>>>> other\n", "<<<<<<<", "Two versions of the same lines must become one.",
        "delete the other and the marker lines (`<<<<<<<`, ",
    ),
}  # fmt: skip
