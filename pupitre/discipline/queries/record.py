"""The page of one student: punishments, incidents, sanctions, each as this reader may know them, and how many of each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Student
from pupitre.discipline.models import (
    Acknowledgement,
    Detention,
    Incident,
    IncidentPerson,
    Punishment,
    Sanction,
)
from pupitre.discipline.queries.incidents import incidents_seen
from pupitre.discipline.queries.punishments import punishments_seen, with_sittings
from pupitre.discipline.queries.sanctions import sanctions_seen
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class StudentRecord:
    """What the reader may know of a student. `parts` are those of their own child, for a family; `incidents` for staff."""

    student: Student
    punishments: Sequence[tuple[Punishment, Detention | None]]
    incidents: Sequence[tuple[Incident, str]]
    parts: Sequence[IncidentPerson]
    sanctions: Sequence[Sanction]
    read: frozenset[tuple[str, int]]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each type, those that were taken back left out; in the order of the scale."""
        kept = [each for each, _sitting in self.punishments if each.state != Punishment.State.CANCELLED]
        punishments, sanctions = Counter(each.kind for each in kept), Counter(each.kind for each in self.sanctions)
        return [
            *((str(kind.label), punishments[kind]) for kind in Punishment.Kind if punishments[kind]),
            *((str(each.get_kind_display()), sanctions[each.kind]) for each in _first_of_kind(self.sanctions)),
        ]


def _first_of_kind(sanctions: Sequence[Sanction]) -> list[Sanction]:
    return list({each.kind: each for each in sanctions}.values())


def record_of(student: Student, actor: Actor, *, is_family: bool) -> StudentRecord:
    """Everything of a student that the actor may see, the last first; six statements."""
    punishments = list(punishments_seen(actor).filter(student=student).order_by("-happened_on", "-pk"))
    sanctions = list(sanctions_seen(actor).filter(student=student).order_by("-decided_on", "-pk"))
    parts: list[IncidentPerson] = []
    incidents: list[tuple[Incident, str]] = []
    if is_family:
        mine = IncidentPerson.objects.filter(student=student).select_related("incident")
        parts = list(allowed(actor, "discipline.read_incident_part", mine).order_by("-incident__happened_on"))
    else:
        roles = IncidentPerson.objects.filter(student=student, incident__in=incidents_seen(actor))
        rows = roles.select_related("incident").order_by("-incident__happened_on")
        incidents = [(each.incident, str(each.get_role_display())) for each in rows]
    read = Acknowledgement.objects.filter(
        Q(punishment__in=punishments) | Q(sanction__in=sanctions), person=actor.person_id
    ).values_list("punishment_id", "sanction_id")
    return StudentRecord(
        student,
        with_sittings(punishments),
        incidents,
        parts,
        sanctions,
        frozenset(("punishment", first) if first else ("sanction", second) for first, second in read),
    )


def children_here(actor: Actor) -> list[Student]:
    """The children of the actor in the open school; one statement."""
    links = Guardianship.objects.filter(
        open_on(clock.today()),
        guardian=actor.person_id,
        establishment=actor.establishment_id,
    )
    rows = Student.objects.filter(person__in=links.values("student")).select_related("person")
    return list(rows.order_by("person__sort_key"))
