"""What a signature covers, whether it still does, and when the next one is due."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from generator.library.library import Library
from generator.library.meaning import meaning
from generator.library.red_flags import inherited_flags
from generator.model.dose import Span
from generator.model.quality import Policy
from generator.model.record import Located, Review, Reviewed, Source
from generator.model.schema import Field, fields_of
from generator.model.sign import Sign

State = Literal["draft", "signed", "changed"]

SHARED_KINDS: Final = ("pain-rules", "poses")
"""Kinds without signatures whose records show in full on the pages that name them."""
_CONTENT_LENGTH: Final = 16
_SEAL_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """The state of a record's review; `due` is the day by which it must be looked at again."""

    state: State
    by: str = ""
    registration: str = ""
    on: str = ""
    due: str = ""


def review_status(record: Reviewed, library: Library) -> ReviewStatus:
    """Draft, signed, or changed since it was signed. Whether it is overdue depends on the day."""
    review, day = record.review, signed_on(record)
    if not day:
        return ReviewStatus("draft")
    as_it_is = signature(record, library, by=review.by, registration=review.registration, on=day)
    state: State = "signed" if review.digest == as_it_is.digest else "changed"
    due = due_date(record.id, day, library.house)
    return ReviewStatus(state, review.by, review.registration, review.on, due.isoformat())


def signed_on(record: Reviewed) -> date | None:
    """The day of the signature; None for a draft, and while nobody can tell the day."""
    try:
        return date.fromisoformat(record.review.on) if record.review.state == "signed" else None
    except ValueError:
        return None


def signature(
    record: Reviewed, library: Library, *, by: str, registration: str, on: date
) -> Review:
    """A signature over the record as it is now.

    Its digest is of the content, followed by a seal of that with the name and the day: who
    changes one by hand breaks the seal.
    """
    content = _digest(signed_content(record, library), _CONTENT_LENGTH)
    review = Review(state="signed", by=by, registration=registration, on=on.isoformat())
    return replace(review, digest=_sealed(record.id, review, content))


def is_sealed(record: Reviewed) -> bool:
    """Whether the signature is as it was written, over whatever content."""
    review = record.review
    return review.digest == _sealed(record.id, review, review.digest[:_CONTENT_LENGTH])


def _sealed(id_: str, review: Review, content: str) -> str:
    sealed = [id_, review.by, review.registration, review.on, content]
    return content + _digest(sealed, _SEAL_LENGTH)


def _digest(value: object, length: int) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def signed_content(record: Reviewed, library: Library) -> Mapping[str, Any]:
    """All that a signature covers: the record, under "", and what its page shows of others.

    Those have no signature of their own: pain rules, poses, the care that its red flags need.
    Of a red flag itself its name and tier are covered; the rest has its own signature.
    """
    found = {"": clinical_fields(record)}
    for link in library.links_from(record):
        if link.kind in SHARED_KINDS and (shared := library.of_kind(link.kind).get(link.id)):
            found[f"{link.kind}/{link.id}"] = clinical_fields(shared)
    shown = {*getattr(record, "red_flags", ()), *inherited_flags(library, record)}
    flags = [library.signs[id_] for id_ in shown if id_ in library.signs]
    if isinstance(record, Sign):
        flags.append(record)
    for sign in flags:
        if sign.red_flag:
            tier = sign.red_flag.tier
            found[f"signs/{sign.id}"] = [sign.name, tier]
            if tier in library.care:
                found[f"care/{tier}"] = clinical_fields(library.care[tier])
    return found


def clinical_fields(value: object) -> Any:
    """What can mislead in a record or part, as plain values; white space counts as one space.

    That is all but the review. Of a field that is only wording, it is the words that turn meaning.
    """
    match value:
        case Source():
            return sorted(value.references) or "general"
        case Span():
            return str(value)
        case Located():
            fields = ((f, getattr(value, f.name)) for f in fields_of(type(value)))
            return {
                f.name: covered
                for f, inner in fields
                if inner not in (None, "", ()) and not isinstance(inner, Review)
                if (covered := _turning_words(f, inner) if f.wording else clinical_fields(inner))
                or not f.wording
            }
        case tuple():
            return [clinical_fields(item) for item in value]
        case str():
            return " ".join(value.split())
    return value


def _turning_words(field: Field, value: Any) -> list[str]:
    texts = value if isinstance(value, tuple) else (value,)
    return sorted(meaning(*texts).elements()) if field.shape.innermost.text else []


def due_date(id_: str, signed_on: date, policy: Policy) -> date:
    """When a signature runs out.

    Due dates are spread by the record's id, earlier than the longest time and never later, so
    that what was signed on one day does not come back on one day.
    """
    spread = int(hashlib.sha256(id_.encode()).hexdigest(), 16) % (policy.review_spread_months + 1)
    months = signed_on.year * 12 + signed_on.month - 1 + policy.review_months - spread
    return date(months // 12, months % 12 + 1, min(signed_on.day, 28))
