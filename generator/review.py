"""What a signature covers, whether it still does, and when the next one is due."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from generator.model.dose import Span
from generator.model.quality import Policy
from generator.model.record import Located, Reviewed, Source
from generator.shape import fields_of

State = Literal["draft", "signed", "changed"]


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """The state of a record's review; `due` is the day by which it must be looked at again."""

    state: State
    by: str = ""
    registration: str = ""
    on: str = ""
    due: str = ""


def review_status(record: Reviewed, policy: Policy) -> ReviewStatus:
    """Draft, signed, or changed since it was signed. Whether it is overdue depends on the day."""
    review = record.review
    if review.state != "signed":
        return ReviewStatus("draft")
    state: State = "signed" if review.digest == clinical_digest(record) else "changed"
    due = due_date(record.id, date.fromisoformat(review.on), policy)
    return ReviewStatus(state, review.by, review.registration, review.on, due.isoformat())


def clinical_digest(record: Reviewed) -> str:
    """A digest of what the record advises: every field but those that are only wording."""
    text = json.dumps(clinical_fields(record), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def clinical_fields(value: object) -> Any:
    """The clinical fields of a record or part as plain values; white space counts as one blank."""
    match value:
        case Source():
            return sorted(value.references) or "general"
        case Span():
            return str(value)
        case Located():
            fields = (
                (f.name, getattr(value, f.name)) for f in fields_of(type(value)) if not f.wording
            )
            return {
                name: clinical_fields(inner)
                for name, inner in fields
                if inner not in (None, "", ())
            }
        case tuple():
            return [clinical_fields(item) for item in value]
        case str():
            return " ".join(value.split())
    return value


def due_date(id_: str, signed_on: date, policy: Policy) -> date:
    """When a signature runs out.

    Due dates are spread by the record's id, earlier than the longest time and never later, so
    that what was signed on one day does not come back on one day.
    """
    spread = int(hashlib.sha256(id_.encode()).hexdigest(), 16) % (policy.review_spread_months + 1)
    months = signed_on.year * 12 + signed_on.month - 1 + policy.review_months - spread
    return date(months // 12, months % 12 + 1, min(signed_on.day, 28))
