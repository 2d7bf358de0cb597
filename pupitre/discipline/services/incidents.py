"""Incidents: reported by whoever saw, followed up by the CPE and the head, shown to families in words written for them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Person, Student
from pupitre.discipline.models import Incident, IncidentPerson
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.services.naming import names_in
from pupitre.discipline.services.telling import tell_counsellors, tell_family
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor

INCIDENT, SHOWN = "discipline.incident", "discipline.incident_shown"


@dataclass(frozen=True, slots=True)
class Reported:
    """What happened, as whoever saw it says."""

    happened_on: dt.date
    happened_at: dt.time | None
    place: str
    kind: str
    gravity: int
    facts: str


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part: a student of the school, or another person by name."""

    role: str
    student: Student | None = None
    name: str = ""


@transaction.atomic
def report(*, reported: Reported, parts: Sequence[Part], actor: Actor) -> Incident:
    """Report an incident; the CPE and the head are told. Raises Refusal."""
    if reported.happened_on > clock.today():
        raise Refusal(_("Un incident se signale une fois qu’il a eu lieu."))
    row: Incident = Incident.objects.create(
        happened_on=reported.happened_on,
        happened_at=reported.happened_at,
        place=reported.place,
        kind=reported.kind,
        gravity=reported.gravity,
        facts=reported.facts,
        author_id=actor.person_id,
        author_name=Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id),
        reported_at=clock.now(),
    )
    for part in parts:
        add_part(incident=row, part=part)
    audit.record(actor, "discipline.report", row, kind=row.kind, gravity=row.gravity)
    tell_counsellors(INCIDENT, title=_("Un incident signalé"), route="discipline:incident", pk=row.pk)
    see_again(people=[actor.person_id])
    return row


def add_part(*, incident: Incident, part: Part) -> IncidentPerson:
    """Name somebody's part; a student has one part in an incident, the last said."""
    if part.student is None:
        row: IncidentPerson = IncidentPerson.objects.create(incident=incident, name=part.name[:120], role=part.role)
        return row
    row, _new = IncidentPerson.objects.update_or_create(
        incident=incident,
        student=part.student,
        defaults={"establishment_id": incident.establishment_id, "role": part.role},
    )
    return row


@transaction.atomic
def involve(*, incident: Incident, part: Part, actor: Actor) -> None:
    """Add somebody to an incident."""
    add_part(incident=incident, part=part)
    audit.record(actor, "discipline.involve", incident, role=part.role)
    see_again()


@transaction.atomic
def leave_out(*, incident: Incident, part_id: int, actor: Actor) -> None:
    """Take somebody out of an incident."""
    IncidentPerson.objects.filter(incident=incident, pk=part_id).delete()
    audit.record(actor, "discipline.leave_out", incident)
    see_again()


@transaction.atomic
def follow_up(
    *, incident: Incident, text: str, on: dt.date | None, partners: Sequence[str], gravity: int, actor: Actor
) -> None:
    """Write what is done about it, until when, and whom the school told outside."""
    incident.follow_up, incident.follow_up_on, incident.partners = text[:1000], on, list(partners)
    incident.gravity = gravity
    incident.save(update_fields=["follow_up", "follow_up_on", "partners", "gravity"])
    audit.record(actor, "discipline.follow_up", incident, gravity=gravity, partners=list(partners))
    see_again()


@transaction.atomic
def show(*, incident: Incident, text: str, actor: Actor) -> None:
    """Show families a text written for them, the same for all of them: it names nobody. Raises Refusal."""
    if not text.strip():
        raise Refusal(_("Écrivez d’abord ce que les familles liront."))
    named = names_in(text, incident)
    if named:
        raise Refusal(
            _("Ce texte est lu par plusieurs familles et ne nomme personne : retirez « %(name)s ».") % {"name": named}
        )
    incident.family_text, incident.published_at = text.strip()[:600], clock.now()
    incident.save(update_fields=["family_text", "published_at"])
    audit.record(actor, "discipline.show_incident", incident)
    students = [part.student for part in _students(incident)]
    for student in students:
        tell_family(SHOWN, student, title=_("un incident à lire"), route="discipline:record", pk=student.pk)
    see_again(students=[student.pk for student in students])


def _students(incident: Incident) -> list[IncidentPerson]:
    rows = IncidentPerson.objects.filter(incident=incident, student__isnull=False)
    return list(rows.select_related("student__person"))


@transaction.atomic
def close(*, incident: Incident, actor: Actor) -> None:
    """Say that nothing more is to be done; closed again, it is opened."""
    incident.closed_at = None if incident.closed_at else clock.now()
    incident.save(update_fields=["closed_at"])
    audit.record(actor, "discipline.close_incident", incident, closed=bool(incident.closed_at))
    see_again()
