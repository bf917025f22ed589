"""One published source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from generator.model.fields import Address, Between, Form, Name, Phrase, Ref, Term, Text
from generator.model.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Record):
    """A source as it is cited. `name` is the short form, as in "Beyer 2015"."""

    title: Annotated[str, Text(limit=400), "the title, word for word."]
    authors: Annotated[str, Text(limit=200), "as printed, shortened with et al."]
    published_in: Annotated[str, Text(limit=200), "journal with issue and pages, or publisher."]
    kind: Annotated[str, Term("reference-kinds"), "guideline, rct, cohort …"]
    year: Annotated[int | None, Between(1900, 2100), "the year it appeared."] = None
    doi: Annotated[
        Name,
        Form(r"10\.\d{4,9}/\S*[\w)>]", "a DOI such as 10.1136/bjsm.2007.035790"),
        "10.…, without https://doi.org/.",
    ] = ""
    pmid: Annotated[Name, Form(r"\d{1,9}", "digits alone"), "PubMed's number."] = ""
    url: Annotated[str, Text(limit=300), Address(), "https address, where there is no DOI."] = ""
    holds_for: Annotated[
        tuple[Annotated[str, Ref("regions")], ...],
        "the regions that it is about, where it says nothing of others.",
    ] = ()
    studied: Annotated[
        Phrase, "with `holds_for`: the word that a claim elsewhere must use, as in shin."
    ] = ""
