"""Students as the office looks for them, with their class."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from pupitre.attendance.queries.cases import division_of
from pupitre.directory.models import Membership, Student
from pupitre.directory.names import fold
from pupitre.directory.periods import held_on
from pupitre.foundation import clock

MOST = 40


@dataclass(frozen=True, slots=True)
class StudentFound:
    """A student and their class."""

    student: Student
    division: str


def students_found(
    *,
    text: str = "",
    division: int | None = None,
    ids: Collection[int] = (),
    most: int = MOST,
    beside: Mapping[str, Combinable] | None = None,
) -> list[StudentFound]:
    """Students whose name holds every word, those of a class, and those already chosen; `most` of them; one statement.

    `beside`: annotations on each student, for pages that read more of them.
    """
    words = fold(text).split()
    asked = Q(pk__in=ids)
    if words:
        named = Q()
        for word in words:
            named &= Q(person__sort_key__contains=word)
        asked |= named
    if division:
        here = Membership.objects.filter(held_on(clock.today()), group=division, student=OuterRef("pk"))
        asked |= Q(Exists(here))
    if not (words or division or ids):
        return []
    today = clock.today()
    rows = Student.objects.filter(asked, Q(left_on=None) | Q(left_on__gte=today)).select_related("person")
    rows = rows.annotate(division=division_of("pk"), **(beside or {})).order_by("person__sort_key")
    return [StudentFound(row, row.division or "") for row in rows[: max(most, 200) if division else most]]
