"""Who is in a group in a term, in which class each student is, and whether their bulletin may still be written."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from pupitre.directory.models import Membership, Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.reportcards import sql


def there_in(term: Term) -> Q:
    """Memberships that hold during a term, were it one day."""
    return Q(starts_on__lte=term.ends_on) & (Q(ends_on=None) | Q(ends_on__gte=term.starts_on))


def students_in(group_id: int, term: Term) -> QuerySet[Student]:
    """The students of a group in a term who have not left the school since, by family name; one statement."""
    here = Membership.objects.filter(there_in(term), group=group_id, student=OuterRef("pk"))
    staying = Q(left_on=None) | Q(left_on__gte=min(term.ends_on, clock.today()))
    return Student.objects.filter(Exists(here), staying).select_related("person").order_by("person__sort_key", "pk")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the bulletin of a student stands in a term: their class, its dates, how far the council is."""

    division_id: int | None
    status: str
    comments_end_on: dt.date | None

    @property
    def is_late(self) -> bool:
        """Whether appreciations are no longer entered."""
        return self.comments_end_on is not None and self.comments_end_on < clock.today()


_decode = msgspec.json.Decoder(list[tuple[int, int | None, str, dt.date | None]]).decode


def standings_of(students: Collection[int], term: Term) -> Mapping[int, Standing]:
    """Where each of these students stands; one statement. The class is the last one of the term."""
    facts: dict[str, Any] = {
        "school": current_establishment_id(), "students": list(students), "term": term.pk, "first": term.starts_on,
        "last": term.ends_on,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.STANDINGS, facts)
        rows = _decode(cursor.fetchone()[0])
    return {student: Standing(division, status, ends) for student, division, status, ends in rows}
