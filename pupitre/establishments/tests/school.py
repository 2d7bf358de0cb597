"""A school of its own for the tests of the ground floor, with rows of the rooms above to write in its ledger."""

import datetime as dt
from typing import Any

from pupitre.directory.models import Affiliation, ExternalId, Group, Membership, Person, Student
from pupitre.establishments.ledger import Create, Ref
from pupitre.establishments.models import Closure, SchoolYear
from pupitre.establishments.services import ensure_school_year

ORDER = (SchoolYear, Closure, Group, Person, ExternalId, Affiliation, Student, Membership)
SEPTEMBER = dt.date(2026, 9, 1)


def person(first: str, ref: str = "", **more: Any) -> Create:
    """Somebody to create."""
    values = {"last_name": "BELKACEM", "first_name": first, "display_name": f"{first} Belkacem", "formal_name": first,
              "sort_key": f"belkacem {first.lower()}", "birth_date": None, "email": ""}  # fmt: skip
    return Create(Person, values | more, ref=ref)


def student(owner: int | Ref, ref: str = "") -> Create:
    """A schooling to create."""
    return Create(Student, {"person_id": owner, "ine": "", "mef": "", "boarding_code": "0"}, ref=ref)


def group(code: str = "5A", ref: str = "") -> Create:
    """A class of the year 2026 to create, in the open school."""
    year = ensure_school_year(year=2026).pk
    return Create(
        Group, {"school_year_id": year, "kind": "division", "code": code, "label": code, "ends_on": None}, ref=ref
    )


def seat(owner: int | Ref, of: int | Ref) -> Create:
    """A membership to create."""
    return Create(Membership, {"student_id": owner, "group_id": of, "starts_on": SEPTEMBER, "ends_on": None})
