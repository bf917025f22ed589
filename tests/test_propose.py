"""The form for proposals, used in a browser from blank to a record that `check` takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from conftest import PHONE
from examples import Template
from playwright.sync_api import Locator, Page, Route, expect
from real import real_checked, real_copy
from small import ROOT

from generator.library.library import Library
from generator.model import record
from generator.model.kinds import FIXED_KINDS, KINDS, Kind
from generator.model.record import MAX_ID_LENGTH, RESERVED_ID
from generator.routes import EMBED_SCRIPT

OPEN: Final = [kind for kind in KINDS if kind.name not in FIXED_KINDS]
ID: Final = "an-invented-one"
NAME: Final = "An invented one"
NASTY: Final = [
    "yes", "NO", "null", "1:30", "12", "1e3", "2027-01-31", "- a", "a: b", "a #b", "#a", "'a'",
    '"a"', "[[calf-raise]] first", "{a}", "*a*", "&a", "!a", "%a", "@a", "`a`", "a\\nb", "?", "~",
    "ends in:", "tab\tinside", 'Heel: sore, "very" sore', "é ü ß 痛", "👟 shoe", "a" * 200,
    ("word " * 60).strip(), ("word: # " * 30).strip(), "First paragraph.\n\nSecond: one.",
    "- " * 60 + "x", ".5", "0x1f", "|", ">-", "On", "on", "12-15", "12–15", "=", "<<", "0o7",
]  # fmt: skip


def at(page: Page, *path: str | int) -> Any:
    return page.locator(f'[id="sg-field-{".".join(map(str, path))}"]')


def open_form(page: Page, kind: str) -> None:
    page.goto(f"propose/#{kind}")
    expect(page.get_by_role("heading", name="Your record")).to_be_visible()


SORT: Final = "(field) => [field.dataset.sort, field.localName, field.type]"
OPENED: Final = """(field) => {
    let at = field;
    while ((at = at.parentElement.closest("details"))) at.open = true;
}"""
TYPED: Final = """(field, value) => {
    field.value = value;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}"""
PRESSED: Final = "(field) => field.click()"


class Hand:
    """Fills in what a record says, as a person would: add, choose, tick, type.

    The first control of each sort is used in earnest; at the others, only what it does to the page
    is done, because a browser that looks for each of 200 controls takes half a minute.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._known: set[str] = set()

    def write(self, value: Any, *path: str | int) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                if name != "review":
                    self.write(inner, *path, name)
            return
        field = at(self._page, *path)
        sort, tag, type_ = field.evaluate(SORT)
        if sort == "choices":
            for word in value:
                self._press(field.locator(f'input[value="{word}"]'), "choice")
        elif sort == "source":
            if value == "general":
                self._press(field.locator('input[value="general"]'), "general")
            else:
                self._press(field.locator('input[value="references"]'), "source")
                for i, id_ in enumerate(value):
                    if i:
                        self._add(path)
                    self._type(at(self._page, *path, i), id_, "source")
        elif sort == "yes":
            self._press(field.locator(f'input[value="{value}"]'), "yes")
        elif sort == "list":
            for i, item in enumerate(value):
                if not at(self._page, *path, i).count():
                    self._add(path)
                self.write(item, *path, i)
        elif type_ == "checkbox":
            if field.is_checked() != (value == "true"):
                self._press(field, "checkbox")
        else:
            self._type(field, value, f"{tag} {type_}")

    def _add(self, path: tuple[str | int, ...]) -> None:
        self._press(self._page.locator(f'[data-add="{".".join(map(str, path))}"]'), "add")

    def _press(self, field: Locator, sort: str) -> None:
        if self._is_first(f"press {sort}"):
            field.evaluate(OPENED)
            field.click()
        else:
            field.evaluate(PRESSED)

    def _type(self, field: Locator, value: str, sort: str) -> None:
        if not self._is_first(sort):
            field.evaluate(TYPED, value)
            return
        field.evaluate(OPENED)
        if sort.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)

    def _is_first(self, sort: str) -> bool:
        is_first = sort not in self._known
        self._known.add(sort)
        return is_first


def downloaded(page: Page) -> str:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename == f"{ID}.yaml"
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def test_every_kind_is_offered(phone: Page) -> None:
    phone.goto("propose/")
    options = phone.get_by_label("What do you want to write?").locator("option")
    assert options.evaluate_all("(all) => all.map((one) => one.value)") == [k.name for k in KINDS]
    assert {kind.name for kind in OPEN} | FIXED_KINDS == {kind.name for kind in KINDS}


def test_a_kind_that_was_picked_before_the_form_was_ready_is_kept(phone: Page) -> None:
    held: list[Route] = []
    phone.route("**/schema/ids.json", lambda route: held.append(route))
    with phone.expect_request("**/schema/ids.json"):
        phone.goto("propose/")
    phone.get_by_label("What do you want to write?").select_option("signs")
    held[0].continue_()
    expect(at(phone, "what_to_do")).to_be_attached()
    assert phone.url.endswith("#signs")


def test_a_form_that_cannot_be_read_says_so(lend: Callable[..., Page]) -> None:
    page = lend(viewport=PHONE)
    said = page.get_by_text("The form could not be read. Check your connection")
    page.route("**/schema/ids.json", lambda route: route.abort())
    page.goto("propose/#signs")
    expect(said).to_be_visible()
    page.unroute_all()
    page.reload()
    expect(at(page, "what_to_do")).to_be_attached()
    page.route("**/schema/exercises.json", lambda route: route.fulfill(status=503))
    kind = page.get_by_label("What do you want to write?")
    kind.select_option("exercises")
    expect(said).to_be_visible()
    expect(kind).to_have_value("signs")


def test_a_link_within_the_page_leaves_the_form_alone(phone: Page) -> None:
    open_form(phone, "signs")
    skip = phone.locator("a.md-skip")
    skip.focus()
    skip.press("Enter")
    phone.wait_for_url("**/propose/#*top")
    expect(phone.get_by_label("What do you want to write?")).to_have_value("signs")


@pytest.mark.parametrize("kind", OPEN, ids=lambda kind: kind.name)
def test_from_blank_to_a_record_that_check_takes(
    kind: Kind, phone: Page, library: Library, tmp_path: Path
) -> None:
    sources = tuple(list(library.references)[:2])
    text = Template(library, sources).text(kind, ID, NAME)
    wanted = yaml.load(text, yaml.BaseLoader)
    open_form(phone, kind.name)
    Hand(phone).write(wanted[ID])
    expect(at(phone, "id")).to_have_value(ID)
    state = phone.locator(".sg-propose__state")
    expect(state).to_have_text("Complete. Download it, or propose it on GitHub.")

    made = downloaded(phone)
    assert yaml.load(made, yaml.BaseLoader) == wanted
    with (real_copy(tmp_path) / "data" / kind.file).open("a", encoding="utf-8") as file:
        file.write(f"\n{made}")
    checked = real_checked(tmp_path)
    assert [d.message for d in checked.diagnostics if d.severity == "error"] == []
    assert ID in checked.library.of_kind(kind.name)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_record_that_is_there_is_changed(kind: Kind, phone: Page, library: Library) -> None:
    """It comes as it stands in the file, and its YAML says the same but for one name."""
    id_ = list(library.of_kind(kind.name))[-1]
    file = (ROOT / "data" / kind.file).read_text(encoding="utf-8")
    wanted = yaml.load(file, yaml.BaseLoader)[id_]
    open_form(phone, kind.name)
    if kind.name in FIXED_KINDS:  # There can be no others, so it starts from the first.
        expect(at(phone, "id")).to_have_value(next(iter(library.of_kind(kind.name))))
        at(phone, "id").fill("another-one")
        at(phone, "name").fill("A new one")
        expect(at(phone, "id-problem")).to_contain_text("Choose under “Start from”")
        at(phone, "id").fill(next(iter(library.of_kind(kind.name))))
    phone.get_by_label("Start from").select_option(id_)
    expect(at(phone, "id")).to_have_value(id_)
    expect(phone.locator(".sg-propose__state")).to_contain_text("Complete")
    at(phone, "name").fill("Another name")
    made = yaml.load(phone.locator(".sg-propose__side pre").inner_text(), yaml.BaseLoader)
    assert without_defaults(made) == without_defaults({id_: wanted | {"name": "Another name"}})
    link = phone.get_by_role("link", name="Open a GitHub issue with it")
    query = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    assert (query["template"], query["page"]) == (["2-correction.yml"], [f"{kind.name}/{id_}/"])


def without_defaults(value: Any) -> Any:
    """What is left out and what counts the same are the same; so are the two ways to fold."""
    if isinstance(value, dict):
        inner = {key: without_defaults(part) for key, part in value.items()}
        left_out = ("", "false", [], {}, None)
        return {k: v for k, v in inner.items() if v not in left_out and (k, v) != ("view", "side")}
    if isinstance(value, list):
        return [without_defaults(part) for part in value]
    return " ".join(str(value).replace("–", "-").split())


def test_an_addition_leaves_the_rest_of_the_form_alone(phone: Page) -> None:
    open_form(phone, "conditions")
    phone.evaluate(
        """() => { for (const one of document.querySelectorAll(".sg-propose__form input,"
          + ".sg-propose__form textarea, .sg-propose__form select")) one.wasHere = true; }"""
    )
    new = "[...document.querySelectorAll('.sg-propose__form :is(input, textarea, select)')]"
    added = f"() => {new}.filter((one) => !one.wasHere).map((one) => one.id)"
    phone.locator('[data-add="signs"]').click()
    ids = phone.evaluate(added)
    count = phone.locator("[id^='sg-field-signs.'].sg-propose__item").count()
    assert ids and all(not id_ or id_.startswith(f"sg-field-signs.{count - 1}.") for id_ in ids)
    expect(at(phone, "signs", count - 1, "sign")).to_be_focused()


def test_an_item_that_goes_takes_only_its_own_words(phone: Page) -> None:
    open_form(phone, "conditions")
    for _ in range(2):
        phone.locator('[data-add="runners"]').click()
    texts = phone.locator("[id^='sg-field-runners.'][id$='.text']")
    count = texts.count()
    for i in range(count):
        texts.nth(i).fill(f"Said {i}.")
    phone.get_by_role("button", name="Remove: Runners 2", exact=True).click()
    said = texts.evaluate_all("(all) => all.map((one) => one.value)")
    assert said == [f"Said {i}." for i in range(count) if i != 1]
    assert "Said 1." not in phone.locator(".sg-propose__side pre").inner_text()


def test_two_changes_of_one_kind_are_both_kept(phone: Page) -> None:
    open_form(phone, "care")
    source = phone.get_by_label("Start from")
    source.select_option("emergency")
    expect(at(phone, "id")).to_have_value("emergency")
    at(phone, "action").fill("Call now.")
    source.select_option("same-day")
    expect(at(phone, "id")).to_have_value("same-day")
    source.select_option("emergency")
    expect(at(phone, "action")).to_have_value("Call now.")
    phone.reload()
    expect(at(phone, "action")).to_have_value("Call now.")
    expect(source).to_have_value("emergency")


def test_the_page_does_not_jump(phone: Page) -> None:
    open_form(phone, "conditions")
    shift = phone.evaluate(
        """() => new Promise((told) => {
          let shift = 0;
          const seen = (list) => list.getEntries().forEach((one) => { shift += one.value; });
          new PerformanceObserver(seen).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => told(shift), 300);
        })"""
    )
    assert shift < 0.02


def test_nothing_is_lost_until_it_is_erased(phone: Page) -> None:
    open_form(phone, "signs")
    at(phone, "name").fill("Toe that tingles")
    at(phone, "summary").fill("It tingles.")
    phone.get_by_label("What do you want to write?").select_option("exercises")
    at(phone, "name").fill("Typed while the form is on its way")
    expect(at(phone, "steps")).to_be_visible()
    at(phone, "name").fill("Toe curl")
    phone.reload()
    expect(at(phone, "name")).to_have_value("Toe curl")
    phone.goto("about/")
    open_form(phone, "signs")
    expect(at(phone, "summary")).to_have_value("It tingles.")
    expect(at(phone, "what_to_do")).to_be_visible()
    expect(phone.get_by_text("What you typed last time is still here.")).to_be_visible()

    phone.get_by_role("button", name="Erase what I typed here").click()
    phone.get_by_role("button", name="No, keep it").click()
    expect(at(phone, "summary")).to_have_value("It tingles.")
    phone.get_by_role("button", name="Erase what I typed here").click()
    phone.get_by_role("button", name="Yes, erase it").click()
    expect(at(phone, "summary")).to_have_value("")
    phone.reload()
    expect(at(phone, "name")).to_have_value("")
    assert "tingles" not in phone.evaluate("JSON.stringify(localStorage)")


def test_two_tabs_do_not_overwrite_each_other(phone: Page) -> None:
    open_form(phone, "signs")
    other = phone.context.new_page()
    open_form(other, "glossary")
    at(phone, "name").fill("Toe that tingles")
    at(other, "name").fill("Bursa")
    phone.reload()
    expect(at(phone, "name")).to_have_value("Toe that tingles")
    other.reload()
    expect(at(other, "name")).to_have_value("Bursa")


def test_what_is_wrong_is_said_beside_the_field(phone: Page) -> None:
    open_form(phone, "references")
    at(phone, "name").fill("Smith 2020")
    at(phone, "title").fill("A <b>bold</b> title")
    assert "Write plain text" in at(phone, "title-problem").inner_text()
    assert at(phone, "title").get_attribute("aria-invalid") == "true"
    assert "title-problem" in (at(phone, "title").get_attribute("aria-describedby") or "")
    at(phone, "title").fill("A plain title")
    expect(at(phone, "title-problem")).to_have_text("")
    at(phone, "id").fill("calf-raise")
    expect(at(phone, "id-problem")).to_contain_text("Another record has this address already.")
    at(phone, "id").fill("Not an id")
    expect(at(phone, "id-problem")).to_contain_text("small letters")
    at(phone, "id").fill("index")
    expect(at(phone, "id-problem")).to_contain_text("means something else in an address")
    at(phone, "doi").evaluate(OPENED)
    at(phone, "doi").fill("https://doi.org/10.1136/bjsm.2007.035790")
    expect(at(phone, "doi-problem")).to_contain_text("as it is described")
    at(phone, "doi").fill("10.1136/bjsm.2007.035790")
    expect(at(phone, "doi-problem")).to_have_text("")
    phone.get_by_role("button", name="Authors: This is missing.").click()
    expect(at(phone, "authors")).to_be_focused()


def test_github_is_given_the_record(phone: Page) -> None:
    open_form(phone, "glossary")
    at(phone, "name").fill("Bursa")
    at(phone, "meaning").fill("A small cushion & more: near a joint.")
    link = phone.get_by_role("link", name="Open a GitHub issue with it")
    address = urlsplit(link.get_attribute("href") or "")
    query = parse_qs(address.query)
    assert address.path.endswith("/issues/new")
    assert query["template"] == ["3-condition.yml"]
    assert query["title"] == ["New Glossary entry: Bursa"]
    assert yaml.safe_load(query["yaml"][0]) == {
        "bursa": {"name": "Bursa", "meaning": "A small cushion & more: near a joint."}
    }
    edit = phone.get_by_role("link", name="Copy it, and open the file on GitHub")
    assert (edit.get_attribute("href") or "").endswith("/edit/main/data/glossary.yaml")


def test_red_flags_come_first_in_the_preview(phone: Page) -> None:
    open_form(phone, "conditions")
    at(phone, "name").fill("Sore toe")
    at(phone, "answer", "text").fill("It is a sore toe.")
    phone.locator('[data-add="red_flags"]').click()
    at(phone, "red_flags", 0).fill("cannot-bear-weight")
    phone.get_by_text("How it will read, roughly").click()
    blocks = phone.locator(".sg-propose__reading > *").all_inner_texts()
    assert "cannot bear weight" in blocks[0]
    assert any("It is a sore toe." in block for block in blocks)


def test_any_text_survives_as_yaml(phone: Page) -> None:
    open_form(phone, "glossary")
    made = phone.evaluate(
        """async (texts) => {
          const { yamlText } = await import(new URL("../assets/proposal-yaml.js", location.href));
          return yamlText("it", { one: texts, two: texts.map((text) => ({ text, more: [text] })) });
        }""",
        NASTY,
    )
    read = yaml.load(made, yaml.BaseLoader)["it"]
    joined = [text.replace("\n\n", "\n") for text in NASTY]  # As a fold gives paragraphs back.
    assert read["one"] == joined
    assert [row["text"] for row in read["two"]] == joined
    assert [row["more"] for row in read["two"]] == [[text] for text in joined]
    typed = yaml.safe_load(made)["it"]["one"]
    assert {str(value) for value in typed if not isinstance(value, str)} <= {"2027-01-31"}


def test_the_form_takes_every_real_record(phone: Page, library: Library) -> None:
    open_form(phone, "conditions")
    for kind in KINDS:
        file = (ROOT / "data" / kind.file).read_text(encoding="utf-8")
        text = json.dumps(yaml.load(file, yaml.BaseLoader))
        found = phone.evaluate(
            """async ([kind, text]) => {
              const proposal = new URL("../assets/proposal.js", location.href);
              const { problems, shapeOf, cleaned } = await import(proposal);
              const read = async (name) => (await fetch(`../api/v1/schema/${name}.json`)).json();
              const schema = await read(kind);
              const shape = shapeOf(schema.additionalProperties, schema, await read("ids"));
              return Object.entries(JSON.parse(text)).flatMap(([id, record]) =>
                [...problems(cleaned(record, shape), shape)].map((one) => ({ id, ...one })));
            }""",
            [kind.name, text],
        )
        assert found == [], kind.name


def test_the_form_has_the_rules_of_ids_that_the_loader_has(phone: Page) -> None:
    ids = [
        *("index", "con", "nul", "lpt9", "lpt0", "index-x", "knee-x", "5k", "a" * MAX_ID_LENGTH),
        *("a" * (MAX_ID_LENGTH + 1), "Knee", "a--b", "-a", "a-", "a b", "é"),
    ]
    open_form(phone, "signs")
    found = phone.evaluate(
        """async (ids) => {
          const { idProblem } = await import(new URL("../assets/proposal.js", location.href));
          const known = await (await fetch("../api/v1/schema/ids.json")).json();
          return ids.map((id) => idProblem(id, known));
        }""",
        ids,
    )

    def problem(id_: str) -> str:
        if RESERVED_ID.fullmatch(id_):
            return "reserved"
        return "" if record.ID.fullmatch(id_) and len(id_) <= MAX_ID_LENGTH else "notId"

    assert dict(zip(ids, found, strict=True)) == {id_: problem(id_) for id_ in ids}


@pytest.mark.parametrize("script", ["assets/plan.js", EMBED_SCRIPT])
def test_scripts_that_load_no_rules_know_the_form_of_ids(script: str) -> None:
    assert f"/^{record.ID.pattern}$/" in (ROOT / "content" / script).read_text(encoding="utf-8")


def test_nothing_is_chosen_before_somebody_chooses(phone: Page) -> None:
    """And what is left open is a finding, in the form and for `check`."""
    open_form(phone, "causes")
    assert phone.locator('.sg-propose input[type="radio"]:checked').count() == 0
    at(phone, "name").fill("Old shoes")
    made = phone.locator(".sg-propose pre code").inner_text()
    assert 'changeable: ""' in made
    assert 'source: ""' in made
    assert "general" not in made
    at(phone, "changeable").locator('input[value="false"]').check()
    expect(phone.locator(".sg-propose pre code")).to_contain_text("changeable: false")


def test_a_name_is_taken_for_its_id(phone: Page) -> None:
    open_form(phone, "signs")
    at(phone, "name").fill("A toe that tingles")
    at(phone, "regions", 0).fill("Knee")
    expect(phone.locator(".sg-propose pre code")).to_contain_text("regions: [knee]")
    assert at(phone, "regions", 0).get_attribute("aria-invalid") is None


def test_without_scripts_there_are_other_ways(plain: Page) -> None:
    plain.goto("propose/")
    links = [link.get_attribute("href") or "" for link in plain.locator("article a").all()]
    assert [x for x in links if "1-harm" in x] and [x for x in links if "3-condition" in x]
    assert plain.locator("article script:not([src])").count() == 0
