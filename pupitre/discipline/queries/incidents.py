"""Incidents as staff list and open them, and as a family reads the part of its own child."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from pupitre.attendance.queries.cases import division_of
from pupitre.directory.models import FormTeacher, Membership
from pupitre.directory.periods import held_on
from pupitre.discipline.models import Incident, IncidentPerson
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

A_PAGE = 25
FILTERS: dict[str, Q] = {
    "ouverts": Q(closed_at=None),
    "graves": Q(gravity__gte=3),
    "tous": Q(),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part as this reader may know it: without a name when it is not theirs to know."""

    id: int
    role: str
    role_label: str
    name: str
    division: str
    student_id: int | None


def incidents_seen(actor: Actor) -> QuerySet[Incident]:
    """Incidents that the actor may see as staff."""
    return allowed(actor, "discipline.view_incident", Incident.objects.all())


def list_incidents(
    actor: Actor, *, filtered: str, kind: str, number: int, knows_all: bool
) -> tuple["Page[Incident]", dict[int, list[Part]]]:
    """A page of incidents, the last first, with everyone's part; three statements."""
    rows = incidents_seen(actor).filter(FILTERS[filtered])
    rows = rows.filter(kind=kind) if kind else rows
    page = Paginator(rows.order_by("-happened_on", "-pk"), A_PAGE).get_page(number)
    return page, parts_of(list(page.object_list), actor, knows_all=knows_all)


def parts_of(incidents: Sequence[Incident], actor: Actor, *, knows_all: bool) -> dict[int, list[Part]]:
    """Everyone's part, offenders first; one statement, two for a form teacher, who reads the names of their class alone."""
    rows = IncidentPerson.objects.filter(incident__in=incidents).select_related("student__person", "incident")
    rows = rows.annotate(division=division_of("student"))
    led = frozenset[int]() if knows_all else _led(actor)
    order = {role: place for place, role in enumerate(IncidentPerson.Role.values)}
    found: dict[int, list[Part]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: (order[each.role], each.pk)):
        knows = knows_all or row.incident.author_id == actor.person_id or row.student_id in led
        name = (str(row.student) if row.student else row.name) if knows else ""
        found[row.incident_id].append(
            Part(
                row.pk,
                row.role,
                row.get_role_display(),
                name,
                (row.division or "") if knows else "",
                row.student_id if knows else None,
            )
        )
    return found


def _led(actor: Actor) -> frozenset[int]:
    """The students of the classes of which the actor is form teacher."""
    groups = FormTeacher.objects.filter(held_on(clock.today()), person=actor.person_id).values("group")
    rows = Membership.objects.filter(held_on(clock.today()), group__in=groups)
    return frozenset(rows.values_list("student_id", flat=True))


def incidents_of_student(student_id: int) -> list[Incident]:
    """Incidents in which a student has a part, the last first; one statement."""
    return list(Incident.objects.filter(people__student=student_id).distinct().order_by("-happened_on", "-pk"))
