"""What another tool knew of a student's conduct, taken over as it left it, and taken back while nobody touched it.

Nobody is told: families were, by the other tool. What the law erases by now is never written again (`erasure.py`). Who did
something is told by name alone (`OTHER_TOOL`): nobody here becomes its author.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Student
from pupitre.discipline.models import (
    Acknowledgement,
    Detention,
    Incident,
    IncidentPerson,
    Punishment,
    RegisterEntry,
    Sanction,
)
from pupitre.discipline.queries.delays import erasure_day
from pupitre.discipline.services.sanctioning import next_number, year_of
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor

OTHER_TOOL = 0
"""The author of what was taken over: nobody of this house."""


@dataclass(frozen=True, slots=True)
class PastIncident:
    """An incident with the students who took part in it, each with a role."""

    parts: tuple[tuple[int, str], ...]
    happened_on: dt.date
    happened_at: dt.time | None
    place: str
    kind: str
    gravity: int
    facts: str
    author: str


@dataclass(frozen=True, slots=True)
class PastPunishment:
    """A punishment, done with: what was left to do is for the school to give again."""

    student_id: int
    kind: str
    happened_on: dt.date
    motive: str
    detail: str
    author: str


@dataclass(frozen=True, slots=True)
class PastSanction:
    """A sanction still in the student's file. `starts_on` and `ends_on` for a temporary exclusion whose days are told."""

    student_id: int
    kind: str
    decided_on: dt.date
    motive: str
    author: str
    by_council: bool = False
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


Past = PastIncident | PastPunishment | PastSanction


@transaction.atomic
def take_over(pasts: Sequence[Past], *, actor: Actor | None) -> dict[str, list[int]]:
    """Write what another tool knew in the open school; the numbers of the rows, by what they are."""
    made: dict[str, list[int]] = {"incident": [], "punishment": [], "sanction": []}
    students: set[int] = set()
    for past in pasts:
        if isinstance(past, PastIncident):
            made["incident"].append(_incident(past).pk)
            students |= {student for student, _role in past.parts}
        elif isinstance(past, PastPunishment):
            made["punishment"].append(_punishment(past).pk)
            students.add(past.student_id)
        else:
            made["sanction"].append(_sanction(past).pk)
            students.add(past.student_id)
    if pasts:
        counts = {name: len(rows) for name, rows in made.items()}
        audit.record(actor, "discipline.take_over", None, establishment_id=current_establishment_id(), **counts)
        see_again(students=students)
    return made


@transaction.atomic
def take_back(made: Mapping[str, Sequence[int]], *, actor: Actor | None) -> int:
    """Remove what was taken over, but for what somebody used since; how many rows stay."""
    incidents = Incident.objects.filter(pk__in=made.get("incident", ()), author_id=OTHER_TOOL)
    punishments = Punishment.objects.filter(pk__in=made.get("punishment", ()), author_id=OTHER_TOOL)
    sanctions = Sanction.objects.filter(pk__in=made.get("sanction", ()), decided_by_id=OTHER_TOOL)
    held = incidents.count() + punishments.count() + sanctions.count()
    read = Acknowledgement.objects.all()
    untouched = punishments.filter(state=Punishment.State.DONE, shown_at=None).exclude(
        Exists(Detention.objects.filter(punishment=OuterRef("pk")))
    )
    untouched.delete()
    unused = sanctions.filter(erasure_asked_at=None, revoked_on=None, incident=None)
    unused = unused.exclude(Exists(read.filter(sanction=OuterRef("pk"))))
    lines = list(unused.values_list("line_id", flat=True))
    unused.delete()
    RegisterEntry.objects.filter(pk__in=lines).delete()
    led = (Punishment.objects.filter(incident=OuterRef("pk")), Sanction.objects.filter(incident=OuterRef("pk")))
    quiet = incidents.filter(follow_up="", published_at=None, closed_at__isnull=False)
    quiet.exclude(Exists(led[0])).exclude(Exists(led[1])).delete()
    left = incidents.count() + punishments.count() + sanctions.count()
    school = current_establishment_id()
    audit.record(actor, "discipline.take_back", None, establishment_id=school, rows=held - left)
    see_again()
    return int(left)


def _incident(past: PastIncident) -> Incident:
    row: Incident = Incident.objects.create(
        happened_on=past.happened_on,
        happened_at=past.happened_at,
        place=past.place[:80] or _("Lieu non précisé"),
        kind=past.kind,
        gravity=past.gravity,
        facts=past.facts[:2000],
        author_id=OTHER_TOOL,
        author_name=past.author[:120] or _("Ancien outil"),
        reported_at=clock.now(),
        # Nothing more is asked of anybody.
        closed_at=clock.now(),
    )
    IncidentPerson.objects.bulk_create(
        IncidentPerson(establishment_id=row.establishment_id, incident=row, student_id=student, role=role)
        for student, role in past.parts
    )
    return row


def _punishment(past: PastPunishment) -> Punishment:
    is_exclusion = past.kind == Punishment.Kind.LESSON_EXCLUSION
    row: Punishment = Punishment.objects.create(
        student=Student.objects.get(pk=past.student_id),
        kind=past.kind,
        state=Punishment.State.DONE,
        happened_on=past.happened_on,
        motive=past.motive[:300],
        task="" if is_exclusion else past.detail[:600],
        report=(past.detail[:2000] or _("Rapport resté dans l’ancien outil.")) if is_exclusion else "",
        author_id=OTHER_TOOL,
        author_name=past.author[:120] or _("Ancien outil"),
        given_at=clock.now(),
        ended_at=clock.now(),
    )
    return row


def _sanction(past: PastSanction) -> Sanction:
    year = year_of(past.decided_on)
    line = RegisterEntry.objects.create(
        year=year,
        number=next_number(year),
        decided_on=past.decided_on,
        by_council=past.by_council,
        kind=past.kind,
        measure=_("reprise de l’ancien outil"),
        # What the other tool wrote may name people: the register never does.
        facts=_("Faits écrits au registre de l’ancien outil."),
    )
    student = Student.objects.select_related("person").get(pk=past.student_id)
    row: Sanction = Sanction.objects.create(
        student=student,
        line=line,
        kind=past.kind,
        motive=past.motive[:600],
        by_council=past.by_council,
        heard_on=past.decided_on,
        decided_on=past.decided_on,
        decided_by_id=OTHER_TOOL,
        decided_by_name=past.author[:120] or _("Ancien outil"),
        noted_at=clock.now(),
        starts_on=past.starts_on,
        ends_on=past.ends_on,
        days=(past.ends_on - past.starts_on).days + 1 if past.starts_on and past.ends_on else None,
        erases_on=erasure_day(past.kind, past.decided_on, student.person.birth_date),
    )
    return row
