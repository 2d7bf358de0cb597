"""Rows of the ground floor to write in a ledger: years, their terms, closures."""

import datetime as dt
from typing import Any

from pupitre.establishments.ledger import Create, Ref
from pupitre.establishments.models import Closure, SchoolYear, Term

ORDER = (SchoolYear, Term, Closure)
SEPTEMBER, DECEMBER = dt.date(2026, 9, 1), dt.date(2026, 12, 1)


def year(first: int = 2026, ref: str = "") -> Create:
    """A school year to create."""
    values = {"year": first, "starts_on": dt.date(first, 9, 1), "ends_on": dt.date(first + 1, 8, 31),
              "first_monday": dt.date(first, 8, 24)}  # fmt: skip
    return Create(SchoolYear, values, ref=ref)


def term(of: int | Ref, code: str = "T1", **more: Any) -> Create:
    """A marking period to create."""
    values = {"school_year_id": of, "code": code, "label": code, "starts_on": SEPTEMBER, "ends_on": DECEMBER}
    return Create(Term, values | more)


def closure(label: str = "Pont", day: dt.date = SEPTEMBER, ref: str = "") -> Create:
    """A day without lessons to create."""
    return Create(Closure, {"label": label, "starts_on": day, "ends_on": day}, ref=ref)
