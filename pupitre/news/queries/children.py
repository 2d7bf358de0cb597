"""The children that news may be for, by name."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from pupitre.directory.models import Membership, Student
from pupitre.directory.names import fold
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.news.queries.reach import Reach

FOUND = 12
"""Children shown for one search."""


def children_named(text: str, reach: Reach) -> list[Student]:
    """Those within reach whose name holds every word; one statement."""
    words = fold(text).split()
    if not words:
        return []
    matching = Q()
    for word in words:
        matching &= Q(person__sort_key__contains=word)
    return list(_within(reach).filter(matching).order_by("person__sort_key")[:FOUND])


def children_chosen(pks: Iterable[int], reach: Reach) -> list[Student]:
    """Those of these within reach, by name; one statement, none when nobody was chosen."""
    wanted = list(pks)
    return list(_within(reach).filter(pk__in=wanted).order_by("person__sort_key")) if wanted else []


def _within(reach: Reach) -> QuerySet[Student]:
    seats = Membership.objects.filter(held_on(clock.today()), student=OuterRef("pk"))
    if not reach.is_whole:
        seats = seats.filter(group__in=[each.pk for each in reach.groups])
    found: QuerySet[Student] = Student.objects.filter(Exists(seats)).select_related("person")
    return found
