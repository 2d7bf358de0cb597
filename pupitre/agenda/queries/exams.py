"""The exams of a student, for the rooms above: an absence announced on that day is worth a word (ATT-32)."""

import datetime as dt
from dataclasses import dataclass

from pupitre.agenda.models import Event, Occurrence
from pupitre.agenda.policies import reader_of
from pupitre.agenda.sql import seen
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam on a day, or several; without hours, whole days."""

    event_id: int
    title: str
    starts_on: dt.date
    ends_on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None


def exams_of(person_id: int, first: dt.date, last: dt.date) -> list[Exam]:
    """The exams that a student of the open school sits between two days, both included; one statement."""
    student = Actor(0, person_id, current_establishment_id(), "", frozenset({str(Profile.STUDENT)}))
    condition = seen(reader_of(student), "agenda_event")
    rows = Occurrence.objects.filter(
        event__kind=Event.Kind.EXAM, event__cancelled_at=None, starts_on__lte=last, ends_on__gte=first
    ).select_related("event")
    # Numbers and dates of ours; the table is named by the join.
    rows = rows.extra(where=[condition])  # noqa: S610 # nosec B610
    return [
        Exam(each.event_id, each.event.title, each.starts_on, each.ends_on, each.starts_at, each.ends_at)
        for each in rows.order_by("starts_on", "starts_at")
    ]
