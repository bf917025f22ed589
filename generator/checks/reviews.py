"""Rules about signatures: who, when, and over what."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Severity, rule
from generator.library import Library
from generator.model.record import Reviewed
from generator.review import clinical_digest


@rule("incomplete-signature")
def signatures_are_complete(library: Library) -> Iterator[Diagnostic]:
    """A signed review says who signed, with which registration, on which day, over what.

    The command `strideguide sign` writes all of it. A draft has none of it.
    """
    for _, record in library.all_records():
        if not isinstance(record, Reviewed):
            continue
        review = record.review
        given = [name for name in ("by", "registration", "on", "digest") if getattr(review, name)]
        if review.state == "signed" and len(given) < 4:
            message = f"The signature of `{record.id}` must be complete."
            cure = "Sign with `strideguide sign`, or write `review: {state: draft}`."
        elif review.state == "draft" and given:
            message = f"The draft `{record.id}` must not name a signature (`{given[0]}`)."
            cure = "Write `review: {state: draft}`, or sign with `strideguide sign`."
        else:
            continue
        yield Diagnostic(
            code="incomplete-signature",
            place=record.where("review"),
            message=message,
            cure=cure,
        )


@rule("changed-since-review")
def signatures_still_hold(library: Library) -> Iterator[Diagnostic]:
    """A clinical field changed after the record was signed, so the signature no longer covers it.

    The page says so until somebody signs again.
    """
    for _, record in library.all_records():
        if not isinstance(record, Reviewed) or record.review.state != "signed":
            continue
        if record.review.digest and record.review.digest != clinical_digest(record):
            yield Diagnostic(
                code="changed-since-review",
                place=record.where("review"),
                message=f"`{record.id}` must be signed again: it changed since its review.",
                cure="Have a clinician read it and run `strideguide sign`.",
                severity=Severity.WARNING,
            )
