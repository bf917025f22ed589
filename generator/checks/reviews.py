"""Rules about signatures: who, when, and over what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Final

from generator.diagnostics import Diagnostic, Severity, rule
from generator.library.library import Library
from generator.library.review import is_sealed, review_status, signed_on
from generator.model.record import Reviewed

CODES: Final = frozenset({"incomplete-signature", "invalid-signature", "changed-since-review"})
"""Findings that a new signature fixes."""
_SIGN_AGAIN: Final = "Sign with `strideguide sign`, or write `review: {state: draft}`."


@rule("incomplete-signature")
def signatures_are_complete(library: Library) -> Iterator[Diagnostic]:
    """A signed review says who signed, with which registration, on which day, over what.

    The command `strideguide sign` writes all of it. A draft has none of it.
    """
    for record in _reviewed(library):
        review = record.review
        given = [name for name in ("by", "registration", "on", "digest") if getattr(review, name)]
        if review.state == "signed" and len(given) < 4:
            message = f"The signature of `{record.id}` must be complete."
            help_text = _SIGN_AGAIN
        elif review.state == "draft" and given:
            message = f"The draft `{record.id}` must not name a signature (`{given[0]}`)."
            help_text = "Write `review: {state: draft}`, or sign with `strideguide sign`."
        else:
            continue
        yield Diagnostic(
            code="incomplete-signature",
            place=record.where("review"),
            message=message,
            help=help_text,
        )


@rule("invalid-signature")
def signatures_are_valid(library: Library) -> Iterator[Diagnostic]:
    """A signature is as `strideguide sign` wrote it, and not dated in the future.

    Its digest belongs to the record, the name, the registration and the date: none of them can
    be changed by hand. A day counts as begun when it has begun anywhere on earth.
    """
    for record in _signed(library):
        if wrong := _wrong(record):
            field, message = wrong
            yield Diagnostic(
                code="invalid-signature",
                place=record.review.where(field),
                message=message,
                help=_SIGN_AGAIN,
            )


@rule("changed-since-review")
def signatures_still_hold(library: Library) -> Iterator[Diagnostic]:
    """Something that can mislead changed after the record was signed.

    That may be in the record, or in a pain rule, care text or red flag that its page shows. The
    signature no longer covers it, and the page says so until somebody signs again.
    """
    for record in _signed(library):
        if not _wrong(record) and review_status(record, library).state == "changed":
            yield Diagnostic(
                code="changed-since-review",
                place=record.where("review"),
                message=f"`{record.id}` must be signed again: it changed since its review.",
                help="Have a clinician read it and run `strideguide sign`.",
                severity=Severity.WARNING,
            )


def _reviewed(library: Library) -> Iterator[Reviewed]:
    return (record for _, record in library.all_records() if isinstance(record, Reviewed))


def _signed(library: Library) -> Iterator[Reviewed]:
    """Those with a complete signature, on a day that there is."""
    for record in _reviewed(library):
        review = record.review
        if signed_on(record) and review.by and review.registration and review.digest:
            yield record


def _wrong(record: Reviewed) -> tuple[str, str] | None:
    """The field that makes a complete signature invalid, and what must hold."""
    if (day := signed_on(record)) and day > _today():
        return "on", f"The signature of `{record.id}` must not be dated in the future."
    if not is_sealed(record):
        return "digest", f"The signature of `{record.id}` must be as `strideguide sign` wrote it."
    return None


def _today() -> date:
    """The latest day that it is anywhere. An error stops a build: no page depends on the day."""
    return datetime.now(timezone(timedelta(hours=14))).date()
