"""A guardian's children, school by school, with what is to be said of their absences."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from pupitre.attendance.policies import ANSWERABLE
from pupitre.attendance.transitions import State
from pupitre.directory.models import Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class ChildAbsences:
    """A child, how many absences nobody has explained yet, and how many are announced."""

    student: Student
    url: str
    to_explain: int
    planned: int


@dataclass(frozen=True, slots=True)
class SchoolOfFamily:
    """A school and the children in it."""

    uai: str
    name: str
    children: Sequence[ChildAbsences]


def children_of(actors: Sequence[Actor]) -> list[SchoolOfFamily]:
    """Each school in turn, since one actor has one school; two statements a school."""
    names = dict(
        Establishment.objects.filter(pk__in=[each.establishment_id for each in actors]).values_list("pk", "name")
    )
    found = []
    for actor in actors:
        with scope(actor.establishment_id):
            children = [_child(each, actor.uai) for each in _students(actor)]
        if children:
            found.append(SchoolOfFamily(actor.uai, names[actor.establishment_id], children))
    return found


def _students(actor: Actor) -> list[Student]:
    today = clock.today()
    waiting = ANSWERABLE - {State.ANSWERED, State.REFUSED}
    rows = allowed(actor, "attendance.announce_absence", Student.objects.select_related("person")).annotate(
        to_explain=Count("absence_cases", filter=Q(absence_cases__state__in=waiting)),
        planned=Count(
            "absence_cases",
            filter=Q(
                absence_cases__state__in=(State.PLANNED, State.CONFIRMED, State.EXEMPTION_ASKED, State.EXEMPT),
                absence_cases__ends_on__gte=today,
            ),
        ),
    )
    return list(rows.order_by("person__sort_key"))


def _child(student: Student, uai: str) -> ChildAbsences:
    facts = vars(student)
    url = reverse("attendance:record", args=[uai, student.pk])
    return ChildAbsences(student, url, facts["to_explain"], facts["planned"])
